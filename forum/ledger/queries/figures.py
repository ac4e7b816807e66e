"""The figures of the transparency page: what was done by month, how long it took, what was upheld, what waits. Six queries, whatever the number of rows."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.orm import aliased

from forum.appeals.lifecycle import AppealState
from forum.appeals.models import Appeal
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.contests.queries import lists as contests
from forum.core.clock import utcnow
from forum.core.db import db
from forum.ledger.lifecycle import DECIDED, GROUPS, Act, AskedBy, Group, Outcome
from forum.ledger.models import LedgerRow
from forum.letters.lifecycle import Publication, RevisionState
from forum.letters.models import Letter, Revision
from forum.merchants.lifecycle import ClaimState, ObjectionState
from forum.merchants.models import Claim, Objection
from forum.moderation.lifecycle import ReportState
from forum.moderation.models import Report
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink
from forum.statistics.rates import Rate, rate

MONTHS: Final = 13
_later = aliased(LedgerRow)


class Waits(StrEnum):
    """What waits for the editors' decision."""

    LETTERS = "letters"
    REVISIONS = "revisions"
    REPORTS = "reports"
    CLAIMS = "claims"
    OBJECTIONS = "objections"
    ANSWERS = "answers"
    HELD = "held"
    CONTESTS = "contests"
    REPLIES = "replies"
    APPEALS = "appeals"


@dataclass(frozen=True)
class Open:
    """How many of a sort wait, and for how long: the one in the middle and the oldest."""

    waits: Waits
    n: int
    median: timedelta | None
    oldest: timedelta | None


@dataclass(frozen=True)
class Time:
    """How long half of the decisions of a sort took at most."""

    act: Act
    n: int
    median: timedelta


@dataclass(frozen=True)
class Share:
    """How many requests of a sort were upheld, wholly or partly; `key` is a reason or a requester."""

    act: Act
    key: str
    rate: Rate


@dataclass(frozen=True)
class Figures:
    """Everything counted; rows that were corrected count as the row that corrects them, void ones not at all."""

    rows: int
    corrections: int
    months: Sequence[tuple[str, Mapping[Group, int]]]  # newest first
    acts: Mapping[Act, int]
    asked: Mapping[AskedBy, int]  # rows that took something away or covered it
    times: Sequence[Time]
    by_reason: Sequence[Share]
    by_requester: Sequence[Share]
    open: Sequence[Open]


def figures() -> Figures:
    """Count."""
    months, acts, asked = _counted()
    rows, corrections = db.session.execute(select(func.count(LedgerRow.id), func.count(LedgerRow.corrects_id))).one()
    return Figures(
        rows=rows,
        corrections=corrections,
        months=[(month, months[month]) for month in sorted(months, reverse=True)[:MONTHS]],
        acts=acts,
        asked=asked,
        times=_times(),
        by_reason=_shares(LedgerRow.reason),
        by_requester=_shares(LedgerRow.asked_by),
        open=_open(),
    )


def _holds() -> tuple[ColumnElement[bool], ...]:
    """Rows that nothing corrects, but for those that say that nothing happened.

    As a list and not by EXISTS: PostgreSQL makes it a table once, also while it takes the ledger for a small one.
    """
    corrected = select(_later.corrects_id).where(_later.corrects_id.is_not(None))
    return LedgerRow.id.not_in(corrected), LedgerRow.outcome != Outcome.VOID


def _counted() -> tuple[dict[str, Counter[Group]], Counter[Act], Counter[AskedBy]]:
    of_act = {act: group for group, acts in GROUPS.items() for act in acts}
    months: defaultdict[str, Counter[Group]] = defaultdict(Counter)
    acts, asked = Counter[Act](), Counter[AskedBy]()
    query = (
        select(LedgerRow.month, LedgerRow.act, LedgerRow.asked_by, func.count())
        .where(*_holds())
        .group_by(LedgerRow.month, LedgerRow.act, LedgerRow.asked_by)
    )
    for month, act, asked_by, number in db.session.execute(query):
        months[month][of_act[act]] += number
        acts[act] += number
        if of_act[act] in {Group.REMOVED, Group.COVERED}:
            asked[asked_by] += number
    return months, acts, asked


def _times() -> list[Time]:
    seconds = (
        select(LedgerRow.act.label("sort"), LedgerRow.took_seconds.label("value"))
        .where(LedgerRow.took_seconds.is_not(None), *_holds())
        .subquery()
    )
    return [
        Time(act, n, timedelta(seconds=float(median)))
        for act, n, median, _high in sorted(_medians(seconds), key=lambda row: -row[1])
    ]


def _medians(of: Any) -> Sequence[Any]:
    """Return for each `sort` the number of its values, their median and the highest."""
    ranked = select(
        of.c.sort,
        of.c.value,
        func.row_number().over(partition_by=of.c.sort, order_by=of.c.value).label("place"),
        func.count().over(partition_by=of.c.sort).label("n"),
    ).subquery()
    middle = case((ranked.c.place.between(ranked.c.n / 2.0, ranked.c.n / 2.0 + 1), ranked.c.value))
    return db.session.execute(
        select(ranked.c.sort, func.max(ranked.c.n), func.avg(middle), func.max(ranked.c.value)).group_by(ranked.c.sort)
    ).all()


def _shares(key: Any) -> list[Share]:
    upheld = func.sum(case((LedgerRow.outcome.in_((Outcome.UPHELD, Outcome.PARTLY)), LedgerRow.count), else_=0))
    query = (
        select(LedgerRow.act, key, upheld, func.sum(LedgerRow.count))
        .where(LedgerRow.outcome.in_(DECIDED), key.is_not(None), *_holds())
        .group_by(LedgerRow.act, key)
    )
    found = [Share(act, str(value), rate(int(part), int(n))) for act, value, part, n in db.session.execute(query)]
    return sorted(found, key=lambda one: (list(Act).index(one.act), -one.rate.n, one.key))


def _open() -> list[Open]:
    """The moments since which each waits are few thousands at most, and compared here: databases differ in what they make of a time."""
    waiting: dict[Waits, Select[Any]] = {
        Waits.LETTERS: select(Letter.submitted_at).where(Letter.publication == Publication.SUBMITTED),
        Waits.REVISIONS: select(Revision.made_at).where(Revision.state == RevisionState.WAITING),
        Waits.REPORTS: select(func.min(func.coalesce(Report.reopened_at, Report.created_at))).where(Report.state == ReportState.OPEN).group_by(Report.about),
        Waits.CLAIMS: select(Claim.created_at).where(Claim.state == ClaimState.WAITING_MODERATOR),
        Waits.OBJECTIONS: select(func.coalesce(Objection.reopened_at, Objection.created_at)).where(
            Objection.state == ObjectionState.OPEN, Objection.claim_id.is_(None)
        ),
        Waits.ANSWERS: select(func.coalesce(AnswerLink.reopened_at, AnswerLink.sent_at)).where(
            AnswerLink.state == LinkState.WAITING
        ),
        Waits.HELD: select(Comment.held_at).where(Comment.state == CommentState.HELD),
        Waits.CONTESTS: select(contests.SINCE).where(contests.READY),
        Waits.REPLIES: select(Reply.proved_at).where(Reply.state == ReplyState.WAITING),
        Waits.APPEALS: select(Appeal.made_at).where(Appeal.state == AppealState.OPEN),
    }
    together = union_all(*(query.add_columns(literal(sort.value)) for sort, query in waiting.items()))
    since: defaultdict[str, list[datetime]] = defaultdict(list)
    for at, sort in db.session.execute(together):
        if at is not None:
            since[sort].append(at)
    now = utcnow()
    return [_ages(sort, sorted(now - at for at in since[sort.value])) for sort in Waits]


def _ages(sort: Waits, ages: list[timedelta]) -> Open:
    n = len(ages)
    median = (ages[(n - 1) // 2] + ages[n // 2]) / 2 if n else None
    return Open(sort, n, median, ages[-1] if n else None)
