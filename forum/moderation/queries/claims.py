"""What a moderator wants to know before deciding who speaks for a business."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import User, Visitor
from forum.accounts.rights import JUDGES
from forum.attachments.models import Attachment
from forum.attachments.queries import of_claim
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.events import Event, Kind
from forum.letters.models import Case, Letter
from forum.letters.policy import NO_TRADE
from forum.merchants import size
from forum.merchants.models import Claim, Merchant, Objection, Representative
from forum.merchants.queries import objections_to_claim, resembling, rivals_of, team_of
from forum.moderation import policy
from forum.moderation.models import Plea, Protest

SHOWN_OPENINGS = 50


@dataclass(frozen=True)
class Opened:
    """A moderator opened a document of the claim."""

    at: object
    by: str
    file_id: int


@dataclass(frozen=True)
class Surroundings:
    """What stands around a claim: who speaks for the business, who claims it as well, who objects, what could be taken for it."""

    team: Sequence[Representative]
    rivals: Sequence[Claim]
    objections: Sequence[Objection]
    resembling: Sequence[Merchant]
    documents: Sequence[Attachment]
    opened: Sequence[Opened]
    needs_two: bool
    first: str | None  # the name of who approved it first


def claim_for(who: Visitor, claim_id: int) -> Claim:
    """Return a claim with its business and claimant for a moderator; raises NotAllowed or Missing."""
    ensure(policy.may_open_desk, who, None)
    claim = db.session.scalar(
        select(Claim).where(Claim.id == claim_id).options(joinedload(Claim.merchant), joinedload(Claim.user))
    )
    if claim is None:
        raise Missing
    return claim


def surroundings(claim: Claim) -> Surroundings:
    """Return what stands around a claim; needs `claim.merchant`."""
    domain = claim.domain or (claim.work_email.rpartition("@")[2] if claim.work_email else None)
    return Surroundings(
        team=team_of(claim.merchant_id),
        rivals=rivals_of(claim),
        objections=objections_to_claim(claim.id),
        resembling=resembling(domain, claim.merchant_id) if domain else [],
        documents=of_claim(claim.id),
        opened=_opened(claim.id),
        needs_two=size.needs_two_moderators(claim.merchant_id),
        first=db.session.scalar(select(User.name).where(User.id == claim.first_by_id)) if claim.first_by_id else None,
    )


def _opened(claim_id: int) -> list[Opened]:
    rows = db.session.execute(
        select(Event.at, Event.data, User.name)
        .join(User, User.id == Event.by_id)
        .where(Event.about == f"claim:{claim_id}", Event.kind == Kind.CLAIM_DOCUMENT_OPENED)
        .order_by(Event.id.desc())
        .limit(SHOWN_OPENINGS)
    )
    return [Opened(row.at, row.name, int(row.data.get("file_id", 0))) for row in rows]


def objection_for(who: Visitor, objection_id: int) -> Objection:
    """Return an objection with its business, its person and the proof or claim for a moderator; raises NotAllowed or Missing."""
    ensure(policy.may_open_desk, who, None)
    found = db.session.scalar(
        select(Objection)
        .where(Objection.id == objection_id)
        .options(
            joinedload(Objection.merchant),
            joinedload(Objection.user),
            joinedload(Objection.representative).joinedload(Representative.user),
        )
    )
    if found is None:
        raise Missing
    return found


def plea(claim: Claim) -> Plea:
    """Return a claim with the moderators who wrote against its business, whatever became of their letters."""
    return Plea(claim, critics_of(claim.merchant_id), trades_of(claim.merchant_id))


def protest(objection: Objection) -> Protest:
    """Return an objection with the moderators who wrote against the business."""
    return Protest(objection, critics_of(objection.merchant_id), trades_of(objection.merchant_id))


def critics_of(merchant_id: int) -> frozenset[int]:
    """Return the moderators who wrote a letter against this business, whatever became of it."""
    critics = (
        select(Letter.author_id)
        .join(Letter.cases)
        .join(User, User.id == Letter.author_id)
        .where(Case.merchant_id == merchant_id, User.standing.in_(JUDGES))
    )
    return frozenset(db.session.scalars(critics))


def trades_of(*merchant_ids: int) -> frozenset[str]:
    """Return the categories of the letters about these businesses, in which others are their rivals."""
    found = select(Case.category).where(Case.merchant_id.in_(merchant_ids)).distinct()
    return frozenset(db.session.scalars(found)) - NO_TRADE
