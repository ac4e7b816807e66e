"""Appeals: those on a decision, those that wait, and who could decide on them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import User, Visitor
from forum.accounts.rights import JUDGES
from forum.appeals import policy
from forum.appeals.lifecycle import AppealState
from forum.appeals.models import Appeal, Verdict
from forum.appeals.policy import Hearing
from forum.appeals.queries.verdicts import verdict_of
from forum.config import settings
from forum.core import paging
from forum.core.access import ensure
from forum.core.clock import local_date, utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.events import Event
from forum.letters.models import Letter
from forum.moderation import policy as desk
from forum.moderation.queries.queue import ROWS, Waiting
from forum.moderation.queries.sources import columns


def appeals_on(event_id: int) -> Sequence[Appeal]:
    """Return the appeals against a decision: none, one, or one of each side."""
    return db.session.scalars(select(Appeal).where(Appeal.event_id == event_id).order_by(Appeal.id)).all()


def appeals_by(user_id: int) -> dict[AppealState, int]:
    """Return how many appeals somebody made, by how they ended."""
    rows = db.session.execute(select(Appeal.state, func.count()).where(Appeal.by_id == user_id).group_by(Appeal.state))
    return {row[0]: row[1] for row in rows}


def judges() -> Sequence[User]:
    """Return everybody who may decide on appeals at present."""
    found = db.session.scalars(select(User).where(User.standing.in_(JUDGES), User.closed_at.is_(None)).order_by(User.id))
    return [one for one in found if one.is_moderator]


def others_may_judge(verdict: Verdict) -> bool:
    """Whether there is somebody who may decide on an appeal and did not decide first."""
    return any(one.id not in verdict.deciders and policy.is_free(one, verdict) for one in judges())


def hearing_of(appeal: Appeal) -> Hearing | None:
    """Return an appeal with its decision, and whether who decided first has to decide again; needs `appeal.event`."""
    verdict = verdict_of(appeal.event)
    return None if verdict is None else Hearing(appeal, verdict, alone=not others_may_judge(verdict))


def hearing_for(who: Visitor, appeal_id: int) -> Hearing:
    """Return an appeal for a moderator; raises NotAllowed, SecondFactorNeeded or Missing."""
    ensure(desk.may_open_desk, who, None)
    appeal = db.session.scalar(select(Appeal).where(Appeal.id == appeal_id).options(joinedload(Appeal.event)))
    hearing = None if appeal is None else hearing_of(appeal)
    if hearing is None:
        raise Missing
    return hearing


def rows_for_the_desk(who: Visitor) -> Select[Any]:
    """Return the open appeals as rows of the one queue; who took the decision, another moderator judges."""
    return (
        select(
            *columns(
                number=Appeal.id,
                at=Appeal.made_at,
                title=func.coalesce(Letter.title, ""),
                by=literal(""),
                mark=Event.kind,
                own=func.coalesce(Event.by_id, 0) == who.id,
            )
        )
        .join(Event, Event.id == Appeal.event_id)
        .outerjoin(Letter, Letter.id == Event.letter_id)
        .where(Appeal.state == AppealState.OPEN)
    )


def waiting_appeals(who: Visitor, after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of open appeals, the oldest first, as the desk lists them."""
    found = paging.page(
        select(Appeal, Event, Letter.title)
        .join(Event, Event.id == Appeal.event_id)
        .outerjoin(Letter, Letter.id == Event.letter_id)
        .where(Appeal.state == AppealState.OPEN),
        keys=(Appeal.id,),
        kinds="i",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.Appeal.id,),
    )
    config, now = settings(), utcnow()
    items = [
        Waiting(
            kind="appeal",
            id=appeal.id,
            title=title or "",
            by="",
            to="",
            since=appeal.made_at,
            due=local_date(appeal.due_at, config.time_zone),
            late=now > appeal.due_at,
            alarm=now - appeal.made_at > timedelta(days=config.appeal_alarm_days),
            due_at=appeal.due_at,
            marks=(event.kind.value,),
            for_others=event.by_id == who.id,
        )
        for appeal, event, title in found.items
    ]
    return paging.Page(items, found.next)
