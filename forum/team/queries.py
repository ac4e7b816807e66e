"""The members of a team and the invitations into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import LoginSession, User, Visitor
from forum.core import paging
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.secrecy import digest
from forum.merchants.lifecycle import Proof, TeamRole
from forum.merchants.models import Merchant, Representative
from forum.team import policy
from forum.team.models import Invitation

PAGE_MEMBERS = 50
MOST_INVITATIONS = 100
LONGEST_TOKEN_CHARACTERS = 100


@dataclass(frozen=True)
class Member:
    """One person of the team, as its owners see them."""

    id: int  # of the representation
    user_id: int
    name: str
    role: TeamRole
    job_title: str
    proof: Proof
    proved_domain: str | None
    since: datetime
    seen_at: datetime | None  # of the sign-in seen last
    has_second_factor: bool


def members(merchant: Merchant, *, after: str | None = None) -> paging.Page[Member]:
    """Return a page of the present members, those who came first on top: one query."""
    seen = (
        select(func.max(LoginSession.seen_at)).where(LoginSession.user_id == Representative.user_id).scalar_subquery()
    )
    found = paging.page(
        select(
            Representative.id,
            Representative.user_id,
            User.name,
            Representative.role,
            Representative.job_title,
            Representative.proof,
            Representative.proved_domain,
            Representative.since,
            seen.label("seen_at"),
            User.second_factor_since.is_not(None).label("has_second_factor"),
        )
        .join(User, User.id == Representative.user_id)
        .where(Representative.merchant_id == merchant.id, Representative.ended_at.is_(None)),
        keys=(Representative.since, Representative.id),
        kinds="ti",
        after=after,
        size=PAGE_MEMBERS,
        descending=False,
        key_of=lambda row: (row.since, row.id),
    )
    return paging.Page([Member(**row._mapping) for row in found.items], found.next)  # noqa: SLF001 - SQLAlchemy's documented way


def open_invitations(merchant: Merchant) -> Sequence[Invitation]:
    """Return the invitations that may still be accepted or have just run out, the newest first; at most MOST_INVITATIONS."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.merchant_id == merchant.id,
            Invitation.accepted_at.is_(None),
            Invitation.cancelled_at.is_(None),
        )
        .order_by(Invitation.id.desc())
        .limit(MOST_INVITATIONS)
    ).all()


def invitation_to(merchant_id: int, email: str) -> Invitation | None:
    """Return the open invitation of this address."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.merchant_id == merchant_id,
            Invitation.email == email,
            Invitation.accepted_at.is_(None),
            Invitation.cancelled_at.is_(None),
        )
    )


def invitation_for(who: Visitor, invitation_id: int) -> Invitation:
    """Return an invitation by its number with its business; raises Missing, or NotAllowed for all but the owners."""
    found = db.session.scalar(
        select(Invitation).where(Invitation.id == invitation_id).options(joinedload(Invitation.merchant))
    )
    if found is None:
        raise Missing
    ensure(policy.may_cancel, who, found)
    return found


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation of a mailed link with business and inviter, None unless it is alive."""
    if len(token) > LONGEST_TOKEN_CHARACTERS:
        return None
    found = db.session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == digest(token), Invitation.expires_at > utcnow())
        .options(joinedload(Invitation.merchant), joinedload(Invitation.invited_by))
    )
    return found if found is not None and found.is_open else None


def member_for(who: Visitor, voice_id: int) -> Representative:
    """Return a member by the number of the representation with business; raises Missing, or NotAllowed to change it."""
    found = db.session.scalar(
        select(Representative).where(Representative.id == voice_id).options(joinedload(Representative.merchant))
    )
    if found is None:
        raise Missing
    ensure(policy.may_change_role, who, found)
    return found
