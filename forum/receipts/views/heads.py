"""The published heads of days, as a page and as a file to keep."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.ledger import queries as ledger
from forum.receipts import queries
from forum.receipts.models import DayHead
from forum.receipts.views import bp

COLUMNS = ("day", "until", "letters", "events", "root", "head", "made_at", "ledger_rows", "ledger")


@bp.route("/ledger/heads")
def heads() -> ResponseReturnValue:
    """The heads, the newest first."""
    after = request.args.get("after")
    found = queries.days(after)
    return render_template(
        "receipts/heads.html",
        days=found.items,
        ledger=ledger.days_of([one.day for one in found.items]),
        first=url_for("receipts.heads") if after else None,
        following=url_for("receipts.heads", after=found.next) if found.next else None,
    )


@bp.route("/ledger/heads.csv")
def heads_file() -> ResponseReturnValue:
    """All heads, the oldest first: a line a day."""
    ends = {one.day: one for one in ledger.all_days()}
    rows = [(*_values(one), *_end(ends.get(one.day))) for one in queries.all_days()]
    response = Response(_lines([COLUMNS, *rows]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="heads.csv"'
    return response


def _values(one: DayHead) -> tuple[str | int, ...]:
    made = one.made_at.isoformat(timespec="seconds")
    return one.day.isoformat(), one.until.isoformat(), one.letters, one.events, one.root, one.head, made


def _end(of_ledger: Any) -> tuple[str | int, ...]:
    """Where the chain of the ledger ended that day; nothing before it began."""
    return ("", "") if of_ledger is None else (of_ledger.number, of_ledger.hash)


def _lines(rows: list[tuple[str | int, ...]]) -> Iterator[str]:
    for row in rows:
        written = io.StringIO()
        csv.writer(written).writerow(row)
        yield written.getvalue()
