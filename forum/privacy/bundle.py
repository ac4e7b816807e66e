"""The ZIP of all that is held on a person: for machines (data.json), for reading (data.html), and their own files."""

import html
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from pathlib import PurePath
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from forum.attachments.kinds import Variant
from forum.attachments.models import Attachment
from forum.attachments.names import EXTENSIONS
from forum.attachments.queries import copy_of
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.secrecy import unseal
from forum.core.storage import Storage
from forum.privacy.columns import COLUMNS
from forum.privacy.grounds import TABLES
from forum.privacy.held import HELD
from forum.privacy.models import DataRequest
from forum.privacy.queries import owns, person_of, rows_of
from forum.privacy.queries.log import log_of, readings_of

STYLE = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;margin:0 0 1rem}th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{width:14rem}"


def make(request: DataRequest, storage: Storage) -> bytes:
    """Return the ZIP, read from the present rows."""
    person = person_of(request)
    tables = {name: [_plain(row) for row in rows] for name in HELD if (rows := rows_of(person, name))}
    log = [_plain(row) for row in log_of(request.subject)]
    opened = [] if person.user_id is None else [_plain(row) for row in readings_of(person.user_id)]
    data = {
        "site": settings().site_url,
        "made_at": utcnow().isoformat(timespec="seconds"),
        "request": request.id,
        "held": tables,
        "processing": log,
        "opened_by_others": opened,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        bundle.writestr("data.html", _page(request, data))
        for name, content in _files(request, storage):
            bundle.writestr(name, content)
    return made.getvalue()


def _plain(row: Any) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict | list | str | int | float | bool) or value is None:
        return value
    return str(value)


def _files(request: DataRequest, storage: Storage) -> Iterator[tuple[str, bytes]]:
    """Yield the person's own files: as they were sent while that is kept, else as they are shown."""
    mine = select(Attachment).where(owns(person_of(request), "attachment")).order_by(Attachment.id)
    for file in db.session.scalars(mine).all():
        stem, ending = PurePath(file.name).stem, PurePath(file.name).suffix
        copy = copy_of(file, Variant.FULL)
        try:
            if file.original_key is not None:
                with storage.open(file.original_key) as content:
                    yield f"files/{file.id}-{stem}{ending}", unseal(content.read())
            elif copy is not None:
                with storage.open(copy.key) as content:
                    yield f"files/{file.id}-{stem}{EXTENSIONS[copy.mime]}", content.read()
        except FileNotFoundError:
            yield f"files/{file.id}-missing.txt", b""


def _page(request: DataRequest, data: dict[str, Any]) -> str:
    """Return the same to be read in a browser; every value is escaped, and nothing is loaded from elsewhere."""
    with force_locale(request.language):
        title = _("What %(site)s holds on you", site=settings().site_name)
        lead = _("As of %(moment)s. The same is in data.json, for programs; your files are in the folder “files”.", moment=data["made_at"])
        sections = [(str(TABLES[name]), rows) for name, rows in data["held"].items()]
        sections += [
            (_("What was done with your data on request"), data["processing"]),
            (_("When others with a right to it opened something of yours"), data["opened_by_others"]),
        ]
        head = f'<html lang="{html.escape(request.language)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        parts = [f"<!doctype html>{head}<title>{html.escape(title)}</title><style>{STYLE}</style>", f"<h1>{html.escape(title)}</h1><p>{html.escape(lead)}</p>"]
        for words, rows in sections:
            parts += [f"<h2>{html.escape(words)}</h2>", *map(_rows, rows)]
    return "\n".join(parts)


def _rows(row: dict[str, Any]) -> str:
    cells = "".join(f"<tr><th scope=row>{html.escape(str(COLUMNS[name]))}</th><td>{html.escape(_shown(value))}</td></tr>" for name, value in row.items())
    return f"<table>{cells}</table>"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
