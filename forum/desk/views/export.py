"""The list of the desk as a file for programs of tables."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from flask import Response, flash, redirect, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.config import settings
from forum.core import limits
from forum.core.access import ensure
from forum.core.clock import local_date, utcnow
from forum.core.errors import NotAllowed, TooMany
from forum.core.sentences import sentence
from forum.core.templating import absolute
from forum.core.text import slug
from forum.core.web import language, login_required, visitor
from forum.desk import actions, policy
from forum.desk.forms import wanted_of
from forum.desk.lifecycle import Wanted
from forum.desk.queries.conditions import merchants
from forum.desk.queries.export import exported
from forum.desk.sheets import Cell, as_csv, as_xlsx
from forum.desk.views import bp
from forum.letters import categories
from forum.letters.models import DETAILS
from forum.responses.words import detail_words, outcome_words

CHUNK_BYTES = 64 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/desk/export", methods=["POST"])
@login_required(back="desk.board")
def export() -> ResponseReturnValue:
    """Send the list of cases as CSV or XLSX; private details only when they were asked for, and then it is written down."""
    who, wanted = visitor(), wanted_of(request.form)
    ensure(policy.may_use_desk, who, None)
    form, private = request.form.get("format", "csv"), bool(request.form.get("private"))
    if form not in {"csv", "xlsx"} or not merchants(who, wanted):
        raise NotAllowed
    try:
        limits.allow("desk-export", str(who.id))
    except TooMany as problem:
        flash(sentence(problem), "error")
        return redirect(url_for("desk.board", **wanted.but()))
    actions.note_export(merchants(who, wanted), by=who, form=form, private=private)
    rows = _rows(wanted, private=private)
    named = f"surat-{local_date(utcnow(), settings().time_zone).isoformat()}.{form}"
    heads = {"Content-Disposition": f'attachment; filename="{named}"', "Cache-Control": "no-store"}
    if form == "csv":
        lines = stream_with_context(as_csv(_heads(private=private), rows))
        return Response(lines, mimetype="text/csv", headers=heads)
    return Response(_file(rows, private=private), mimetype=XLSX, headers=heads)


def _file(rows: Iterator[Sequence[Cell]], *, private: bool) -> Iterator[bytes]:
    """The pieces of a sheet that was written into a file of its own, which is gone when the last one was read."""
    folder = tempfile.TemporaryDirectory(prefix="desk-")
    path = Path(folder.name) / "sheet.xlsx"
    as_xlsx(path, _("Letters"), _heads(private=private), rows)

    def pieces() -> Iterator[bytes]:
        with folder, path.open("rb") as file:
            while piece := file.read(CHUNK_BYTES):
                yield piece

    return pieces()


def _heads(*, private: bool) -> list[str]:
    names = [
        _("Case"),
        _("Letter"),
        _("Title"),
        _("Address"),
        _("Business"),
        _("Category"),
        _("Author"),
        _("Place"),
        _("Published"),
        _("State"),
        _("Working days used"),
        _("Last day to answer in time"),
        _("Received on"),
        _("Answered on"),
        _("Outcome"),
        _("In the hands of"),
        _("Promise due"),
        _("Contested"),
        _("Loss in rupiah"),
    ]
    return [str(name) for name in names] + ([detail_words(key) for key in DETAILS] if private else [])


def _rows(wanted: Wanted, *, private: bool) -> Iterator[Sequence[Cell]]:
    spoken = language()
    for row, more in exported(visitor(), wanted, private=private):
        details = (more.details or {}) if private else {}
        yield (
            row.id,
            row.letter_id,
            row.title,
            absolute(url_for("letters.read", letter_id=row.letter_id, slug=slug(row.title))),
            row.merchant,
            categories.name(row.category, spoken),
            row.byline,
            row.place,
            _day(more.published_at),
            row.stamp.words,
            row.clock.used,
            row.clock.due or more.due_on,
            _day(more.acknowledged_at),
            _day(row.answered_at),
            outcome_words(row.outcome) if row.answered_at else "",
            row.agent,
            row.promise_due,
            _("yes") if row.is_contested else "",
            more.loss,
            *((details.get(key, "") for key in DETAILS) if private else ()),
        )


def _day(moment: datetime | None) -> date | None:
    return local_date(moment, settings().time_zone) if moment else None
