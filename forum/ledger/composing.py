"""From an event to the row it becomes: whose request it was, since when, what it concerns. Read-only."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from forum.config import settings
from forum.core.events import Kind, Role
from forum.ledger.facts import Facts
from forum.ledger.lifecycle import Act, AskedBy, Outcome, Why
from forum.ledger.reasons import reasons_of
from forum.ledger.registry import CORRECTS, ENDS, ROWS, Row
from forum.ledger.tables import CASE, CONTEST, EVENT, LETTER, OBJECTION, REDACTION, REPORT, ROW

ROLES: Final = {Role.AUTHOR: AskedBy.AUTHOR, Role.BUSINESS: AskedBy.BUSINESS, Role.READER: AskedBy.READER}
ASKING_REASONS: Final = {"order": AskedBy.AUTHORITY, "asked": AskedBy.PERSON_NAMED}
"""Reasons that say whose request it was."""
WEIGHT: Final = (AskedBy.AUTHORITY, AskedBy.BUSINESS, AskedBy.PERSON_NAMED, AskedBy.READER)
"""Of several who asked for the same removal the first one of these is named; each has a row of decided reports of its own."""
OF_ANOTHER: Final = frozenset({Act.APPEAL_OPENED, Act.APPEAL_DECIDED})
"""What is said of another decision, whose reason may be of a list that is not theirs."""
OF_BUSINESS: Final = sa.exists().where(CONTEST.c.report_id == REPORT.c.id)
"""Whether a business's team made the report, before there were contests: it became one."""
SAME_DECISION: Final = timedelta(seconds=5)
"""A thing is hidden, then the reports on it are upheld, in one transaction."""


def composed(connection: Connection, event: Any, written_at: datetime) -> Facts | None:
    """Return what the row of this event says, None where it becomes none.

    `event` has the columns of the table; everything that happened in its transaction is flushed.
    """
    kind = Kind(event.kind)
    if kind is CORRECTS:
        return _correction(connection, event, written_at)
    row, data = ROWS[kind], event.data
    if kind is Kind.REPORT_DECIDED:
        return _reports(connection, event, row, written_at)
    about = event.about or f"letter:{event.letter_id}"
    if "sanction_id" in data:
        about = f"sanction:{data['sanction_id']}"  # not whose account it is
    public = _was_public(connection, event)
    if kind is Kind.LETTER_WITHDRAWN and not public:
        return None
    since, asked_by, reason = _request(connection, event)
    off = row.reversed is not None and bool(data.get("off"))
    if row.act in OF_ANOTHER and reason not in reasons_of(row.act):
        reason = None
    return Facts(
        at=event.at,
        month=_month(event.at),
        act=(row.reversed if off and row.reversed else (row.acts or {}).get(data.get("sanction"), row.act)).value,
        about=about,
        letter_id=event.letter_id,
        asked_by=asked_by.value,
        reason=reason,
        detail=data.get("label"),
        outcome=(Outcome.RESTORED if off else row.outcome or ENDS.get(data["decision"]) or Outcome(data["decision"])).value,
        count=int(data.get("count") or data.get("number") or data.get("letters") or 1),
        took_seconds=_seconds(since, event.at),
        merchants=_merchants(connection, event, public=public),
        corrects_id=None,
        why=None,
        event_id=event.id,
        written_at=written_at,
    )


def _request(connection: Connection, event: Any) -> tuple[datetime | None, AskedBy, str | None]:
    """Return since when somebody asked for it, who, and the closed reason."""
    data, reason = event.data, event.data.get("reason")
    since = datetime.fromisoformat(data["asked_at"]) if data.get("asked_at") else None
    if event.kind == Kind.WORDS_RESTORED and reason is None:
        reason = connection.scalar(sa.select(REDACTION.c.reason).where(REDACTION.c.id == data.get("redaction_id")))
    if event.kind == Kind.OBJECTION_DECIDED:
        number = int(event.about.partition(":")[2])
        since = connection.scalar(sa.select(OBJECTION.c.created_at).where(OBJECTION.c.id == number))
        made = sa.select(EVENT.c.role).where(EVENT.c.kind == Kind.OBJECTION_MADE.value, EVENT.c.about == event.about)
        role = connection.scalar(made.limit(1))
        return since, ROLES.get(role, AskedBy.READER), reason  # type: ignore[arg-type]
    if data.get("asked_by") in set(AskedBy):
        return since, AskedBy(data["asked_by"]), reason
    found = _upheld_by(connection, event) if event.role == Role.MODERATOR and event.about else None
    if found is not None:
        return found[0], ASKING_REASONS.get(reason or "", found[1]), reason
    asked_by = ROLES.get(event.role, AskedBy.MODERATOR)
    if event.role == Role.MODERATOR:
        asked_by = ASKING_REASONS.get(reason or "", asked_by)
    return since, asked_by, reason


def _upheld_by(connection: Connection, event: Any) -> tuple[datetime, AskedBy] | None:
    """Return since when reports asked for what was done here, and the weightiest of who did, where the same decision upheld them."""
    about = event.about or f"letter:{event.letter_id}"
    found = connection.execute(
        sa.select(REPORT.c.created_at, OF_BUSINESS.label("of_business"), REPORT.c.reason).where(
            REPORT.c.about == about,
            REPORT.c.state == "upheld",
            REPORT.c.decided_by_id == event.by_id,
            REPORT.c.decided_at.between(event.at, event.at + SAME_DECISION),
        )
    ).all()
    if not found or ROWS[Kind(event.kind)].outcome is not Outcome.REMOVED:
        return None
    asked = {_reporter(one) for one in found}
    return min(one.created_at for one in found), next(one for one in WEIGHT if one in asked)


def _reporter(report: Any) -> AskedBy:
    if report.of_business:
        return AskedBy.BUSINESS
    return AskedBy.PERSON_NAMED if report.reason == "about_me" else AskedBy.READER


def _reports(connection: Connection, event: Any, row: Row, written_at: datetime) -> Facts | None:
    """One row for all reports that were decided together, for the same reason and asked by the same sort of person; the first one's event is it."""
    one = connection.execute(sa.select(REPORT, OF_BUSINESS.label("of_business")).where(REPORT.c.id == event.data["report_id"])).one_or_none()
    if one is None:
        return None
    same = (
        REPORT.c.state == one.state,
        REPORT.c.about == one.about,
        REPORT.c.decided_at == one.decided_at,
        REPORT.c.reason == one.reason,
        OF_BUSINESS if one.of_business else ~OF_BUSINESS,
    )
    if connection.scalar(sa.select(REPORT.c.id).where(*same, REPORT.c.id < one.id).limit(1)) is not None:
        return None
    count, since = connection.execute(sa.select(sa.func.count(), sa.func.min(REPORT.c.created_at)).where(*same)).one()
    return Facts(
        at=event.at,
        month=_month(event.at),
        act=row.act.value,
        about=one.about,
        letter_id=event.letter_id,
        asked_by=_reporter(one).value,
        reason=one.reason,
        detail=None,
        outcome=Outcome(event.data["decision"]).value,
        count=count,
        took_seconds=_seconds(since, event.at),
        merchants=_merchants(connection, event, public=_was_public(connection, event)),
        corrects_id=None,
        why=None,
        event_id=event.id,
        written_at=written_at,
    )


def _correction(connection: Connection, event: Any, written_at: datetime) -> Facts | None:
    """The row that is corrected once more, with what was wrong in it."""
    data = event.data
    wrong = connection.execute(sa.select(ROW).where(ROW.c.event_id == data["corrects_event_id"])).one_or_none()
    if wrong is None:
        return None
    facts = Facts(**{name: getattr(wrong, name) for name in Facts._fields})
    return facts._replace(
        asked_by=AskedBy(data["asked_by"]).value,
        reason=data["right_reason"],
        outcome=Outcome(data["outcome"]).value,
        corrects_id=wrong.id,
        why=Why(data["why"]).value,
        event_id=event.id,
        written_at=written_at,
    )


def _was_public(connection: Connection, event: Any) -> bool:
    """Whether the letter of the event had been in print by then."""
    if event.letter_id is None:
        return True
    since = connection.scalar(sa.select(LETTER.c.published_at).where(LETTER.c.id == event.letter_id))
    return since is not None and since <= event.at


def _merchants(connection: Connection, event: Any, *, public: bool) -> list[int]:
    """Return the businesses that it concerns; none of a letter that was not in print, for nobody knows yet what it says."""
    other = event.data.get("source_id") or event.data.get("other_id")
    if event.merchant_id is not None:
        found: Sequence[int] = [event.merchant_id, *([int(other)] if other else [])]
    else:
        found = connection.scalars(
            sa.select(CASE.c.merchant_id).where(CASE.c.letter_id == event.letter_id).order_by(CASE.c.position)
        ).all()
    return list(dict.fromkeys(found)) if public else []


def _month(at: datetime) -> str:
    return f"{at.astimezone(settings().time_zone):%Y-%m}"


def _seconds(since: datetime | None, at: datetime) -> int | None:
    return None if since is None else max(0, int((at - since).total_seconds()))


