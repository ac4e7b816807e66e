"""The columns that rows are made of, in plain tables: a migration writes rows, too, and must not change with the models."""

from typing import Any, Final

import sqlalchemy as sa

from forum.core.db import Json, UTCDateTime


def _table(name: str, *plain: str, moments: tuple[str, ...] = (), json: tuple[str, ...] = ()) -> sa.TableClause:
    columns: list[sa.ColumnClause[Any]] = [sa.column(one) for one in plain]
    columns += [sa.column(one, UTCDateTime) for one in moments]
    return sa.table(name, *columns, *(sa.column(one, Json) for one in json))


EVENT: Final = _table(
    "event", "id", "kind", "by_id", "role", "letter_id", "case_id", "merchant_id", "about", moments=("at",), json=("data",)
)
LETTER: Final = _table("letter", "id", moments=("published_at",))
CASE: Final = _table("case", "letter_id", "merchant_id", "position")
REPORT: Final = _table(
    "report", "id", "about", "reason", "state", "decided_by_id", moments=("created_at", "decided_at")
)
CONTEST: Final = _table("contest", "report_id")
OBJECTION: Final = _table("objection", "id", moments=("created_at",))
REDACTION: Final = _table("redaction", "id", "reason")
ROW: Final = _table(
    "ledger_row", "id", "month", "act", "about", "letter_id", "asked_by", "reason", "detail", "outcome", "count", "took_seconds",
    "corrects_id", "why", "event_id", "hash", moments=("at", "written_at"), json=("merchants",),
)  # fmt: skip
BUSINESS: Final = _table("ledger_business", "merchant_id", "row_id")
HEAD: Final = _table("ledger_head", "id", "number", "hash")
