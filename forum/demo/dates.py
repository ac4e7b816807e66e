"""The one place that moves the demo into the past: what an action wrote just now gets the date of its step in the story."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, or_, update

from forum.core.clock import utcnow
from forum.core.db import Base, UTCDateTime, db, unit_of_work

MOVED = (
    "user",
    "merchant",
    "representative",
    "contact",
    "claim",
    "authenticator",
    "letter",
    "case",
    "question",
    "revision",
    "letter_return",
    "update",
    "answer_link",
    "response",
    "comment",
    "vote",
    "me_too",
    "attachment",
    "report",
    "redaction",
    "contest",
    "reply",
    "appeal",
    "joint_request",
    "sanction",
    "takedown_order",
    "legal_notice",
    "legal_hold",
    "data_request",
    "case_note",
    "response_template",
    "template_version",
    "event",
    "notification",
)


@cache
def _statement(name: str) -> Any:
    """The update of one table: every date of this step gets the step's own."""
    table = Base.metadata.tables[name]
    since, now, to = (bindparam(f"_{one}", type_=UTCDateTime) for one in ("since", "now", "to"))
    columns = [column for column in table.columns if isinstance(column.type, UTCDateTime)]
    young = [column.between(since, now) for column in columns]
    values = {column.name: case((is_young, to), else_=column) for column, is_young in zip(columns, young, strict=True)}
    return update(table).where(or_(*young)).values(values)


@unit_of_work
def move(since: datetime, to: datetime, only: tuple[str, ...] = MOVED) -> None:
    """Move every date that is not older than `since`, and not in the future, to `to`.

    Steps happen one after the other and each is moved at once, so nothing of an earlier step is young enough to be met.
    """
    for name in only:
        db.session.execute(_statement(name), {"_since": since, "_now": utcnow(), "_to": to})


def step(since: datetime, to: datetime, only: tuple[str, ...] = MOVED) -> None:
    """Move what happened since, never later than a minute ago, and forget what was loaded."""
    move(since, min(to, utcnow() - timedelta(minutes=1)), only)
    db.session.expire_all()
