"""What follows for invitations when somebody leaves a team, or is its owner no more."""

from sqlalchemy import ColumnElement, or_, update

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Representative
from forum.merchants.team import voice_concerned
from forum.team.models import Invitation


@on(Kind.REPRESENTATIVE_ENDED)
def no_old_invitation_leads_back(event: Event) -> None:
    """Take back what was sent to the address of somebody who was ended, and what they sent: an owner could ask in themselves."""
    voice = voice_concerned(event)
    person = db.session.get_one(User, voice.user_id)
    _take_back(voice, or_(Invitation.email == person.email, Invitation.invited_by_id == person.id))


@on(Kind.TEAM_ROLE_CHANGED)
def who_may_invite_no_more_has_invited_nobody(event: Event) -> None:
    """Take back what a former owner sent, which might make them one again under another address."""
    voice = voice_concerned(event)
    if voice.role is not TeamRole.OWNER:
        _take_back(voice, Invitation.invited_by_id == voice.user_id)


def _take_back(voice: Representative, whose: ColumnElement[bool]) -> None:
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.merchant_id == voice.merchant_id,
            whose,
            Invitation.accepted_at.is_(None),
            Invitation.cancelled_at.is_(None),
        )
        .values(cancelled_at=utcnow(), token_hash=None)
    )
