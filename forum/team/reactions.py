"""What follows for invitations when somebody leaves a team, or is its owner no more."""

from typing import Any

from sqlalchemy import or_, update

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Representative
from forum.team.models import Invitation


@on(Kind.REPRESENTATIVE_ENDED)
def no_old_invitation_leads_back(event: Event) -> None:
    """Take back what was sent to the address of somebody who was ended, and what they sent: an owner could ask in themselves."""
    voice = db.session.get(Representative, int((event.about or "").removeprefix("representative:")))
    person = None if voice is None else db.session.get(User, voice.user_id)
    if voice is None or person is None:
        return
    _take_back(
        Invitation.merchant_id == voice.merchant_id,
        or_(Invitation.email == person.email, Invitation.invited_by_id == person.id),
    )


@on(Kind.TEAM_ROLE_CHANGED)
def who_may_invite_no_more_has_invited_nobody(event: Event) -> None:
    """Take back what a former owner sent, which might make them one again under another address."""
    voice = db.session.get(Representative, int((event.about or "").removeprefix("representative:")))
    if voice is not None and voice.role is not TeamRole.OWNER:
        _take_back(Invitation.merchant_id == voice.merchant_id, Invitation.invited_by_id == voice.user_id)


@on(Kind.ACCOUNT_CLOSED)
def nobody_is_invited_from_a_closed_account(event: Event) -> None:
    """As above, for every business."""
    _take_back(Invitation.invited_by_id == event.by_id)


def _take_back(*conditions: Any) -> None:
    db.session.execute(
        update(Invitation)
        .where(*conditions, Invitation.accepted_at.is_(None), Invitation.cancelled_at.is_(None))
        .values(cancelled_at=utcnow(), token_hash=None)
    )
