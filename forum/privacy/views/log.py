"""The processing log for administrators: a page, and the whole as CSV."""

import csv
import io
import json
from collections.abc import Iterator

from flask import Response, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from forum.core.access import ensure
from forum.core.web import login_required, visitor
from forum.privacy import actions, policy, queries
from forum.privacy.held import HELD
from forum.privacy.models import Processing
from forum.privacy.views import bp
from forum.privacy.words import ACTS, TABLES, kept_table

COLUMNS = ("number", "at", "act", "kind", "request", "subject", "by", "role", "facts")


@bp.route("/moderation/processing", methods=["GET"])
@login_required
def log() -> ResponseReturnValue:
    """The register of what is held and why, and every row of the log, newest first."""
    ensure(policy.may_see_log, visitor(), None)
    page = queries.processing(request.args.get("after"))
    return render_template(
        "privacy/log.html",
        rows=page.items,
        acts=ACTS,
        kept=kept_table(),
        held=[(TABLES[name], len(one.given.split())) for name, one in HELD.items()],
        first=url_for("privacy.log") if request.args.get("after") else None,
        following=url_for("privacy.log", after=page.next) if page.next else None,
    )


@bp.route("/moderation/processing.csv", methods=["POST"])
@login_required(back="privacy.log")
def export() -> ResponseReturnValue:
    """The whole log as CSV; that it was taken away is a row of it."""
    actions.note_export(by=visitor())
    response = Response(stream_with_context(_lines()), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="processing.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _lines() -> Iterator[str]:
    yield _line(COLUMNS)
    for row in queries.whole_log():
        yield _line(_cells(row))


def _cells(row: Processing) -> tuple[object, ...]:
    kind = row.kind.value if row.kind else ""
    facts = json.dumps(row.facts, sort_keys=True)
    return (
        row.id,
        row.at.isoformat(timespec="seconds"),
        row.act.value,
        kind,
        row.request_id or "",
        row.subject,
        row.by_id or "",
        row.role.value,
        facts,
    )


def _line(cells: tuple[object, ...]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
