"""What follows for invitations when somebody leaves a team."""

from sqlalchemy import update

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.merchants.models import Representative
from forum.team.models import Invitation


@on(Kind.REPRESENTATIVE_ENDED)
def no_old_invitation_leads_back(event: Event) -> None:
    """Take back what was sent to the address of somebody who was ended: coming back needs a new invitation."""
    voice = db.session.get(Representative, int((event.about or "").removeprefix("representative:")))
    person = None if voice is None else db.session.get(User, voice.user_id)
    if voice is None or person is None or person.email is None:
        return
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.merchant_id == voice.merchant_id,
            Invitation.email == person.email,
            Invitation.accepted_at.is_(None),
            Invitation.cancelled_at.is_(None),
        )
        .values(cancelled_at=utcnow(), token_hash=None)
    )
