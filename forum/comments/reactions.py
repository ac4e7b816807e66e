"""What happens to comments when something happens elsewhere, in the same transaction."""

from sqlalchemy import update

from forum.accounts.lifecycle import CLOSED_NAME
from forum.comments.models import Comment
from forum.core.db import db
from forum.core.events import Event, Kind, on


@on(Kind.ACCOUNT_CLOSED)
def sign_by_pseudonym(happened: Event) -> None:
    """A closed account's comments stay, signed as the account is now called."""
    db.session.execute(
        update(Comment)
        .where(Comment.author_id == happened.by_id)
        .values(
            byline=CLOSED_NAME,
            version=Comment.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
