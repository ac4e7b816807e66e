"""The list of a desk: pages by key whose cost does not grow with the cases, counts that stop at a hundred, neighbours.

The rows of one business in one state stand in the order of an index. A page takes the first few of each such run and
merges them, so it reads some twenty rows of each and no more, however many cases there are.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, literal, select, tuple_, union_all
from sqlalchemy.orm import aliased

from forum.accounts.models import User
from forum.contests.queries import is_contested
from forum.core import paging
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid
from forum.desk import policy
from forum.desk.lifecycle import REMEMBERED, Show, Wanted
from forum.desk.models import Presence
from forum.desk.queries import conditions
from forum.desk.queries.conditions import Order
from forum.letters.clocks import Clock
from forum.letters.lifecycle import Outcome, ResponseState
from forum.letters.models import Case, Letter
from forum.letters.queries import untold_column
from forum.letters.queries.lists import clock_of_row, stops_of
from forum.letters.stamps import Stamp, case_stamp, notes_of
from forum.merchants.models import Merchant
from forum.responses.models import Response, ResponseDraft
from forum.responses.queries.cases import drawn

PAGE_CASES = 25
MOST_COUNTED = 99
"""Counts beyond are shown as 99+."""

_agent = aliased(User)


@dataclass(frozen=True)
class Writer:
    """Somebody who opened the response form of a case: since when, and whether they write at this moment."""

    name: str
    since: datetime
    is_writing: bool


@dataclass(frozen=True)
class DeskRow:
    """A case in the list of a desk. Private details are in no list."""

    id: int
    version: int
    letter_id: int
    title: str
    byline: str
    place: str
    category: str
    merchant: str
    response: ResponseState
    outcome: Outcome
    stamp: Stamp
    clock: Clock
    stops: tuple[tuple[int, int], ...]
    answered_at: datetime | None
    agent_id: int | None
    agent: str
    promise_due: date | None  # of the first open promise; the stamp then says nothing of promises
    is_promise_late: bool
    is_contested: bool
    has_draft: bool
    writing: tuple[Writer, ...]
    may_act: bool

    @property
    def may_acknowledge(self) -> bool:
        """Whether the row can be ticked for saying that its letter was received."""
        return self.may_act and self.response is ResponseState.AWAITING


def board(who: User, wanted: Wanted, *, after: str | None = None, size: int = PAGE_CASES) -> paging.Page[DeskRow]:
    """Return a page of the person's cases: four queries, however many cases there are."""
    by = conditions.order(wanted.show)
    found = _keys(who, wanted, by, _decoded(after, by), size + 1)
    more, found = len(found) > size, found[:size]
    rows = rows_of(who, [row.id for row in found])
    return paging.Page(rows, _encoded(found[-1]) if more else None)


def _keys(
    who: User, wanted: Wanted, by: Order, behind: tuple[Any, int] | None, size: int, *, backwards: bool = False
) -> list[Any]:
    """The ids and keys of the next cases in order, behind a key or from the beginning."""
    down = by.descending is not backwards
    parts = []
    for run in conditions.runs(who, wanted):
        query = _of(wanted.show, by).where(run, *conditions.chosen(who, wanted))
        if behind is not None:
            here = tuple_(by.column, Case.id)
            query = query.where(here < behind if down else here > behind)
        ends = (by.column.desc(), Case.id.desc()) if down else (by.column, Case.id)
        parts.append(query.order_by(*ends).limit(size))
    if not parts:
        return []
    if len(parts) == 1:
        return list(db.session.execute(parts[0]).all())
    merged = union_all(*(select(part.subquery()) for part in parts)).subquery()
    order = (merged.c.key.desc(), merged.c.id.desc()) if down else (merged.c.key, merged.c.id)
    return list(db.session.execute(select(merged).order_by(*order).limit(size)).all())


def _of(show: Show, by: Order) -> Select[Any]:
    if show is Show.PROMISED:
        return select(Case.id, by.column.label("key")).select_from(Response).join(Case, Case.id == Response.case_id)
    return select(Case.id, by.column.label("key"))


def _encoded(row: Any) -> str:
    key = row.key.isoformat() if type(row.key) is date else row.key
    return paging.encode([key, row.id])


def _decoded(after: str | None, by: Order) -> tuple[Any, int] | None:
    found = paging.decode(after, "si" if by.kind == "d" else "ti")
    if found is None:
        return None
    try:
        return (date.fromisoformat(found[0]), found[1]) if by.kind == "d" else (found[0], found[1])
    except ValueError as problem:
        raise Invalid("bad_cursor", field="after") from problem


def neighbours(who: User, wanted: Wanted, case: Case) -> tuple[int | None, int | None]:
    """Return the cases before and behind this one in the list, None at its ends; where it left the list, where it stood."""
    by = conditions.order(wanted.show)
    key = _key_of(case, wanted.show)
    if key is None:
        first = _keys(who, wanted, by, None, 1)
        return None, next((row.id for row in first if row.id != case.id), None)
    here = (key, case.id)
    before = _keys(who, wanted, by, here, 1, backwards=True)
    behind = _keys(who, wanted, by, here, 1)
    return next((row.id for row in before), None), next((row.id for row in behind), None)


def _key_of(case: Case, show: Show) -> Any:
    if show in {Show.DUE, Show.OVERDUE, Show.ASKED}:
        return case.due_on
    if show is Show.PROMISED:
        day = conditions.today()
        return db.session.scalar(
            select(func.min(Response.promise_due)).where(
                Response.case_id == case.id, conditions.open_promise(Response, day)
            )
        )
    return case.answered_at if show in {Show.ANSWERED, Show.RATED} else case.started_at


def rows_of(who: User, case_ids: list[int]) -> list[DeskRow]:
    """Return cases as rows, in the order of their ids given: three queries, however many."""
    if not case_ids:
        return []
    day = conditions.today()
    promise = (
        select(func.min(Response.promise_due))
        .where(Response.case_id == Case.id, conditions.open_promise(Response, day))
        .correlate(Case)
        .scalar_subquery()
    )
    draft = exists().where(ResponseDraft.case_id == Case.id, ResponseDraft.author_id == who.id).correlate(Case)
    lines = db.session.execute(
        select(
            Case.id,
            Case.version,
            Case.letter_id,
            Case.merchant_id,
            Case.response,
            Case.outcome,
            Case.started_at,
            Case.acknowledged_at,
            Case.answered_at,
            Case.uniform_at,
            Case.promise_due,
            Case.promise_verdict,
            untold_column(),
            Case.agent_id,
            Letter.title,
            Letter.byline,
            Letter.place,
            Letter.category,
            Letter.absences,
            Merchant.name.label("merchant"),
            _agent.name.label("agent"),
            promise.label("next_promise_due"),
            is_contested(Case.id).label("is_contested"),
            draft.label("has_draft"),
        )
        .join(Letter, Letter.id == Case.letter_id)
        .join(Merchant, Merchant.id == Case.merchant_id)
        .outerjoin(_agent, _agent.id == Case.agent_id)
        .where(Case.id.in_(case_ids))
    ).all()
    stops, writing, acting = stops_of(case_ids), writers(who, case_ids), who.answering_ids
    place = {case_id: at for at, case_id in enumerate(case_ids)}
    return [_row(line, stops[line.id], writing[line.id], acting) for line in sorted(lines, key=lambda one: place[one.id])]


def _row(line: Any, stops: Any, writing: list[Writer], acting: frozenset[int]) -> DeskRow:
    now, due, noted = utcnow(), line.next_promise_due, notes_of(line)
    ticking = clock_of_row(line, line, stops, now)
    return DeskRow(
        id=line.id,
        version=line.version,
        letter_id=line.letter_id,
        title=line.title,
        byline=line.byline,
        place=line.place,
        category=line.category,
        merchant=line.merchant,
        response=line.response,
        outcome=line.outcome,
        stamp=case_stamp(line.response, line.outcome, ticking, replace(noted, promise_due=None) if due else noted),
        clock=ticking,
        stops=drawn(ticking),
        answered_at=line.answered_at,
        agent_id=line.agent_id,
        agent=line.agent or "",
        promise_due=due,
        is_promise_late=due is not None and due < conditions.today(),
        is_contested=line.is_contested,
        has_draft=line.has_draft,
        writing=tuple(writing),
        may_act=line.merchant_id in acting,
    )


def writers(who: User, case_ids: list[int]) -> dict[int, list[Writer]]:
    """Return who else opened the response form of these cases lately, by case, the longest first."""
    found: dict[int, list[Writer]] = defaultdict(list)
    now = utcnow()
    for row in db.session.execute(
        select(Presence.case_id, User.name, Presence.since, Presence.until)
        .join(User, User.id == Presence.user_id)
        .where(Presence.case_id.in_(case_ids), Presence.until > now - REMEMBERED, Presence.user_id != who.id)
        .order_by(Presence.since)
    ):
        found[row.case_id].append(Writer(row.name, row.since, row.until > now))
    return found


def writers_of(who: User, case: Case) -> list[Writer]:
    """Return the colleagues who have the response form of the case open; nobody for those outside the team."""
    return writers(who, [case.id])[case.id] if policy.may_open(who, case) else []


def counts(who: User, wanted: Wanted) -> dict[Show, int]:
    """Return how many cases each list holds with the same choices, MOST_COUNTED + 1 for more than that: one query."""
    shows = [show for show in Show if show is not Show.ALL]
    columns = [_counted(who, Wanted(show, wanted.category, wanted.agent, wanted.merchant)) for show in shows]
    row = db.session.execute(select(*columns)).one()
    return dict(zip(shows, row, strict=True))


def _counted(who: User, wanted: Wanted) -> Any:
    by = conditions.order(wanted.show)
    chosen = conditions.merchants(who, wanted)
    parts = []
    for run in conditions.runs(who, wanted):
        query = _of(wanted.show, by).where(run, *conditions.chosen(who, wanted))
        ends = by.column.desc() if by.descending else by.column  # as in the list, or the planner reads all letters
        query = query.with_only_columns(literal(1).label("one")).order_by(ends)
        parts.append(select(query.limit(MOST_COUNTED + 1).subquery()))
    if not chosen:
        return literal(0)
    capped = select(union_all(*parts).subquery() if len(parts) > 1 else parts[0].subquery()).limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(capped.subquery()).scalar_subquery()
