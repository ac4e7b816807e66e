"""The page of the open data, and the package of each day."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forum.config import settings
from forum.core import formats, paging
from forum.core.errors import Invalid
from forum.opendata import folder, words
from forum.opendata.folder import Dump
from forum.opendata.package import LICENCES, file_name
from forum.opendata.schema import TABLES

bp = Blueprint("opendata", __name__)

DAYS_A_PAGE = 30
KEPT_SECONDS = 365 * 24 * 3600
POLICY = "sandbox; default-src 'none'"


@bp.route("/open")
def dumps() -> ResponseReturnValue:
    """What the open data is, the newest package, those before it by key, how to count with it, its licence."""
    after = request.args.get("after")
    behind = _day(after)
    days = folder.days()
    newest = folder.find(days[0]) if days else None
    older = [day for day in days[1:] if behind is None or day < behind]
    page = [found for day in older[:DAYS_A_PAGE] if (found := folder.find(day)) is not None]
    more = len(older) > DAYS_A_PAGE
    title, path = LICENCES[settings().open_licence]
    return render_template(
        "opendata/dumps.html",
        newest=newest,
        size_of=formats.size_words,
        tables=_tables(newest) if newest is not None else [],
        older=page,
        first=url_for("opendata.dumps") if after else None,
        following=url_for("opendata.dumps", after=paging.encode([older[DAYS_A_PAGE - 1].isoformat()])) if more else None,
        licence={"title": title, "path": path},
        kept_days=settings().open_days,
        commands=_commands(newest),
    )


@bp.route("/open/<name>.zip")
def package(name: str) -> ResponseReturnValue:
    """The package of a day; it never changes, so everybody may keep it for good."""
    day = folder.day_of(name)
    found = folder.find(day) if day is not None else None
    if found is None:
        known = folder.days()
        words_of = {"day": day, "newest": known[0] if known else None, "kept_days": settings().open_days}
        return render_template("opendata/none.html", **words_of), HTTPStatus.NOT_FOUND
    response = send_file(
        found.path,
        mimetype="application/zip",
        as_attachment=True,
        download_name=file_name(found.day),
        conditional=True,
        etag=found.sha256,
    )
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, immutable"
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _day(after: str | None) -> date | None:
    """Return the day behind which a page begins; raises Invalid("bad_cursor")."""
    behind = paging.decode(after, "s")
    if behind is None:
        return None
    day = folder.day_of(behind[0])
    if day is None:
        raise Invalid("bad_cursor", field="after")
    return day


def _tables(newest: Dump) -> list[dict[str, Any]]:
    """The files of the newest package, what is in them and how many rows."""
    said = folder.described(newest) or {}
    rows = {one.get("path"): one.get("rows") for one in said.get("resources", ())}
    named = words.table_words()
    return [{"path": one.path, "words": named[one.name], "rows": rows.get(one.path)} for one in TABLES]


def _commands(newest: Dump | None) -> list[str]:
    """How to check the newest package and to count with it, on any machine."""
    if newest is None:
        return []
    start, name = "flask --app wsgi dump", file_name(newest.day)
    return [
        f"{start} recount {name}",
        f"{start} recount {name} --business 12",
        f"{start} recount {name} --category asuransi",
        f"{start} check {name} --heads heads.csv",
    ]
