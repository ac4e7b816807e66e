"""The facts of cases, derived from their letters, questions, reports and events: the one place that knows how."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.config import settings
from forum.contests.lifecycle import OPEN, ContestState, Side
from forum.contests.models import Contest as Contested
from forum.core.clock import local_date, utcnow
from forum.core.db import db, is_sqlite
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Outcome, Publication, Visibility
from forum.letters.models import Case, Letter
from forum.letters.queries.lists import clock_of_row, stops_of
from forum.moderation.lifecycle import Reason, ReportState, ThingKind
from forum.moderation.models import Report
from forum.statistics import workdays
from forum.statistics.lifecycle import Contest, Removal, RemovedBy, Timing
from forum.statistics.models import CaseFact

BATCH = 200  # letters whose facts are derived at once; a statement of SQLite takes 32,766 values
SHOWN = (Visibility.PUBLIC, Visibility.TOMBSTONE)
_fact: Any = CaseFact.__table__
ASKED_BY = {Side.BUSINESS.value: RemovedBy.BUSINESS, Side.PERSON.value: RemovedBy.READER}
_NAMES = tuple(column.name for column in _fact.columns)


@dataclass(frozen=True, slots=True)
class Fact:
    """The facts of a case, as `CaseFact` keeps them."""

    case_id: int
    letter_id: int
    merchant_id: int
    category: str
    started_at: datetime
    month: int
    listed: bool
    lead: bool
    answered: bool
    notified: bool
    days: int | None
    base: int | None
    answer_days: int
    outcome: Outcome
    contest: Contest
    removal: Removal
    removed_by: RemovedBy

    def used(self, number: int) -> int:
        """Return the working days until the response, or until the day of this number."""
        return self.days if self.days is not None else number - (self.base or 0)

    def timing(self, number: int) -> Timing:
        """Return how the case stands on the day of this number."""
        if self.answered:
            return Timing.IN_TIME if self.used(number) <= self.answer_days else Timing.LATE
        if not self.notified:
            return Timing.UNNOTIFIED
        return Timing.OVERDUE if self.used(number) > self.answer_days else Timing.WAITING


@dataclass
class _Taken:
    """How a letter was taken down last."""

    removal: Removal = Removal.NONE
    by: RemovedBy = RemovedBy.NOBODY


def derive(letter_ids: Sequence[int]) -> list[Fact]:
    """Return the facts of all cases of these letters that were published; others have none. Five queries, however many."""
    if not letter_ids:
        return []
    found = db.session.execute(
        select(
            Case.id,
            Case.letter_id,
            Case.merchant_id,
            Case.started_at,
            Case.acknowledged_at,
            Case.answered_at,
            Case.notified_at,
            Case.outcome,
            Letter.category,
            Letter.absences,
            Letter.publication,
            Letter.published_at,
            Letter.visibility,
        )
        .join(Letter, Letter.id == Case.letter_id)
        .where(Case.letter_id.in_(letter_ids), Case.started_at.is_not(None), Letter.published_at.is_not(None))
        .order_by(Case.letter_id, Case.id)
    ).all()
    stops = stops_of([one.id for one in found])
    contested, taken = _contests(letter_ids), _taken(letter_ids)
    now, seen, facts = utcnow(), set[int](), []
    for one in found:
        shown = one.visibility in SHOWN
        days, base, limit = _clock(one, stops[one.id], now)
        left = taken[one.letter_id] if one.publication is not Publication.WITHDRAWN else _Taken(Removal.WITHDRAWN)
        facts.append(
            Fact(
                case_id=one.id,
                letter_id=one.letter_id,
                merchant_id=one.merchant_id,
                category=one.category,
                started_at=one.started_at,
                month=workdays.month(local_date(one.published_at, settings().time_zone)),
                listed=one.visibility is Visibility.PUBLIC,
                lead=one.letter_id not in seen,
                answered=one.answered_at is not None,
                notified=one.notified_at is not None,
                days=days,
                base=base,
                answer_days=limit,
                outcome=one.outcome,
                contest=contested.get(one.id, Contest.NONE) if shown else Contest.NONE,
                removal=left.removal if shown else Removal.NONE,
                removed_by=left.by if shown else RemovedBy.NOBODY,
            )
        )
        seen.add(one.letter_id)
    return facts


def _clock(
    one: Any, stops: list[tuple[datetime, datetime | None]], now: datetime
) -> tuple[int | None, int | None, int]:
    """Return the days of a clock that ended or stands, else the base of one that runs, and the limit."""
    ran = clock_of_row(one, one, stops, now)
    if one.answered_at is not None or ran.stopped:
        return ran.used, None, ran.answer
    number = workdays.number(local_date(now, settings().time_zone))
    return None, number - ran.used, ran.answer


def _contests(letter_ids: Sequence[int]) -> dict[int, Contest]:
    """What became of the contests in each case by its business: open before upheld before rejected."""
    found = db.session.execute(
        select(Contested.case_id, Contested.state).where(
            Contested.letter_id.in_(letter_ids), Contested.case_id.is_not(None)
        )
    )
    order = {
        **dict.fromkeys(OPEN, Contest.OPEN),
        ContestState.UPHELD: Contest.UPHELD,
        ContestState.REJECTED: Contest.REJECTED,
    }
    ranks = list(dict.fromkeys(order.values()))
    known: dict[int, Contest] = {}
    for case_id, state in found:
        if case_id is not None and state in order:
            known[case_id] = min(order[state], known.get(case_id, order[state]), key=ranks.index)
    return known


def _taken(letter_ids: Sequence[int]) -> defaultdict[int, _Taken]:
    """How each letter was taken down last, and at whose request: that of a contest, else an upheld report on it that was made before."""
    taken: defaultdict[int, _Taken] = defaultdict(_Taken)
    downs: dict[int, tuple[datetime, str | None]] = {}
    for one in db.session.execute(
        select(Event.letter_id, Event.kind, Event.at, Event.data)
        .where(Event.letter_id.in_(letter_ids), Event.kind.in_((Kind.LETTER_TAKEN_DOWN, Kind.LETTER_REINSTATED)))
        .order_by(Event.id)
    ):
        if one.kind is Kind.LETTER_TAKEN_DOWN:
            downs[one.letter_id] = one.at, one.data.get("reason")
            by = ASKED_BY.get(one.data.get("asked_by", ""), RemovedBy.MODERATOR)
            taken[one.letter_id] = _Taken(Removal.TAKEN_DOWN, by)
        elif one.letter_id in taken:
            taken[one.letter_id].removal = Removal.REINSTATED
    if not downs:
        return taken
    reported: defaultdict[int, set[RemovedBy]] = defaultdict(set)
    for letter_id, created_at, contest_id in db.session.execute(
        select(Report.letter_id, Report.created_at, Contested.id)
        .outerjoin(Contested, Contested.report_id == Report.id)
        .where(
            Report.state == ReportState.UPHELD,
            Report.about.in_([f"{ThingKind.LETTER}:{letter_id}" for letter_id in downs]),
        )
    ):
        if created_at <= downs[letter_id][0]:
            reported[letter_id].add(RemovedBy.READER if contest_id is None else RemovedBy.BUSINESS)
    for letter_id, (_at, reason) in downs.items():
        if reason == Reason.ORDER:
            taken[letter_id].by = RemovedBy.AUTHORITY
        elif reported[letter_id] and taken[letter_id].by is RemovedBy.MODERATOR:
            taken[letter_id].by = min(reported[letter_id])  # of a business and readers, the business is named
    return taken


def keep(letter_ids: Sequence[int], facts: Sequence[Fact]) -> None:
    """Write the facts of these letters; those of cases that are gone, or were never published, go away."""
    rows = [asdict(one) for one in facts]
    stale = delete(CaseFact).where(CaseFact.letter_id.in_(letter_ids))
    if rows:
        stale = stale.where(CaseFact.case_id.not_in([one.case_id for one in facts]))
    db.session.execute(stale.execution_options(synchronize_session=False))
    if rows:
        db.session.execute(_upsert(), rows)


def _upsert() -> Any:
    insert: Any = sqlite_insert if is_sqlite() else postgresql_insert
    statement = insert(_fact).values({name: bindparam(name) for name in _NAMES})
    return statement.on_conflict_do_update(
        index_elements=["case_id"],
        set_={name: statement.excluded[name] for name in _NAMES if name != "case_id"},
    )


def kept(condition: ColumnElement[bool]) -> list[Fact]:
    """Return the facts that are kept and meet the condition, in the order of `derive`."""
    query = select(*_fact.columns).where(condition).order_by(_fact.c.letter_id, _fact.c.case_id)
    return [Fact(**row) for row in db.session.execute(query).mappings()]


def letters_of(condition: ColumnElement[bool], *, most: int | None = None) -> Iterator[list[int]]:
    """Yield the numbers of letters with a case that meets the condition, in order, by BATCH; not more than `most` in all."""
    after, left = 0, most
    while left is None or left > 0:
        size = BATCH if left is None else min(BATCH, left)
        found = list(
            db.session.scalars(
                select(Case.letter_id)
                .join(Letter, Letter.id == Case.letter_id)
                .where(condition, Case.letter_id > after)
                .distinct()
                .order_by(Case.letter_id)
                .limit(size)
            )
        )
        if found:
            yield found
        if len(found) < size:
            return
        after, left = found[-1], None if left is None else left - len(found)
