"""Bodies by category, and what a case says about its pack."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from forum.accounts.models import Visitor
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.handover import policy
from forum.handover.models import Body, BodyCategory, Pack
from forum.letters.clocks import Clock
from forum.letters.models import Case
from forum.responses.lifecycle import PackGround, PromiseVerdict, ground_of
from forum.responses.models import Response
from forum.responses.queries.cases import clock_of

MOST_BODIES = 200


@dataclass(frozen=True)
class Standing:
    """How a case stands for its pack."""

    clock: Clock
    ground: PackGround | None


def standing_of(case: Case) -> Standing:
    """Return the clock of a started case and the ground of a pack; needs `case.letter` and `case.questions`."""
    ticking = clock_of(case, case.letter, case.answered_at or utcnow())
    broken = db.session.scalar(
        select(Response.id)
        .where(
            Response.case_id == case.id, Response.promise_verdict == PromiseVerdict.BROKEN, Response.hidden_at.is_(None)
        )
        .limit(1)
    )
    return Standing(
        ticking,
        ground_of(case.response, case.outcome, late=ticking.is_late, broken=broken is not None, untold=case.waits),
    )


def bodies_of(category: str) -> Sequence[Body]:
    """Return the bodies of a category, the first to turn to first."""
    return db.session.scalars(
        select(Body)
        .join(BodyCategory, BodyCategory.body_id == Body.id)
        .where(BodyCategory.category == category, Body.ended_at.is_(None))
        .order_by(BodyCategory.position, Body.id)
        .limit(MOST_BODIES)
    ).all()


def bodies() -> Sequence[Body]:
    """Return all bodies that are listed, by name."""
    return db.session.scalars(
        select(Body).where(Body.ended_at.is_(None)).order_by(Body.name, Body.id).limit(MOST_BODIES)
    ).all()


def all_bodies() -> Sequence[Body]:
    """Return all bodies for those who edit them, those off the lists last."""
    return db.session.scalars(
        select(Body).order_by(Body.ended_at.is_not(None), Body.name, Body.id).limit(MOST_BODIES)
    ).all()


def order() -> dict[str, list[int]]:
    """Return the ids of the listed bodies by category, in their order."""
    found: dict[str, list[int]] = {}
    for category, body_id in db.session.execute(
        select(BodyCategory.category, BodyCategory.body_id)
        .join(Body, Body.id == BodyCategory.body_id)
        .where(Body.ended_at.is_(None))
        .order_by(BodyCategory.category, BodyCategory.position, BodyCategory.body_id)
    ):
        found.setdefault(category, []).append(body_id)
    return found


def body_for(who: Visitor, body_id: int) -> Body:
    """Return a body for somebody who may edit it; raises Missing or NotAllowed."""
    body = db.session.get(Body, body_id)
    ensure(policy.may_edit_bodies, who, None)
    if body is None:
        raise Missing
    return body


def packs_of(case: Case) -> Sequence[Pack]:
    """Return the packs that were taken of a case, the newest first, twenty at most."""
    return db.session.scalars(select(Pack).where(Pack.case_id == case.id).order_by(Pack.number.desc()).limit(20)).all()


def count_packs(case: Case) -> int:
    """How many packs were taken of a case."""
    return db.session.scalar(select(func.count(Pack.id)).where(Pack.case_id == case.id)) or 0
