"""What happens to notifications when something happens elsewhere, in the same transaction."""

from sqlalchemy import delete, update

from forum.accounts.models import User
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.notifications.models import CommentMail, MailChoice, Notification


@on(Kind.ACCOUNT_CLOSED)
def forget_the_inbox(event: Event) -> None:
    """A closed account has no inbox and no choices."""
    for model in (Notification, MailChoice, CommentMail):
        db.session.execute(delete(model).where(model.user_id == event.by_id))
    db.session.execute(update(User).where(User.id == event.by_id).values(unread=0))
