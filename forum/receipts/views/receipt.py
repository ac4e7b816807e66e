"""The receipt of a file, for its owner alone: as a page to print and as a text to keep."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments.models import Attachment, Prepared
from forum.attachments.queries import by_token, letter_of
from forum.config import settings
from forum.core.errors import Missing
from forum.core.events import Event, Kind
from forum.core.formats import number
from forum.core.text import slug
from forum.core.web import login_required, visitor
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.receipts import queries
from forum.receipts.models import DayHead
from forum.receipts.tree import Step, path_of
from forum.receipts.views import bp


@dataclass(frozen=True)
class Receipt:
    """What can be said of a file: its bytes as they came, the link of its letter that names them, the head that covers the link."""

    file: Attachment
    letter: Letter | None
    link: Event | None
    day: DayHead | None

    @property
    def prepared(self) -> str:
        """What the owner's own device had done before the file was sent, in words."""
        words = {
            Prepared.AS_IT_WAS: "",
            Prepared.SHRUNK: _("Your browser made the picture smaller before sending it: this is the receipt of the smaller file."),
            Prepared.COVERED: _("You covered parts of the picture before sending it: this is the receipt of the covered picture."),
        }
        return str(words[self.file.prepared])


@bp.route("/files/<token>/receipt")
@login_required
def receipt(token: str) -> ResponseReturnValue:
    """The receipt as a page."""
    found = _found(token)
    return render_template(
        "receipts/receipt.html",
        receipt=found,
        file=found.file,
        size=number(found.file.original_size),
        slug=slug(found.letter.title) if found.letter is not None else "",
        path=_path(found),
    )


@bp.route("/files/<token>/receipt.txt")
@login_required
def receipt_text(token: str) -> ResponseReturnValue:
    """The receipt as a text file that says how to check it without this site."""
    found = _found(token)
    response = Response(_text(found), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{found.file.original_sha256[:12]}.txt"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _found(token: str) -> Receipt:
    file = by_token(token)
    if file is None or file.claim_id is not None or file.owner_id != visitor().id:
        raise Missing
    letter_id = letter_of(file)
    if letter_id is None:
        return Receipt(file, None, None, None)
    link = queries.link_of(letter_id, f"attachment:{file.id}", Kind.FILE_ADDED)
    return Receipt(file, letter_for(visitor(), letter_id), link, queries.head_covering(link.at) if link is not None else None)


def _path(found: Receipt) -> list[Step]:
    """The way from the letter's newest link of that day to the published root."""
    if found.day is None or found.letter is None:
        return []
    leaves, _events = queries.leaves_of(found.day.day)
    at = next((at for at, leaf in enumerate(leaves) if leaf.letter_id == found.letter.id), None)
    return [] if at is None else path_of(leaves, at)


def _text(found: Receipt) -> str:
    file: Attachment = found.file
    lines = [
        *("site", settings().site_url),
        *("file", file.name),
        *("sha256", file.original_sha256),
        *("bytes", str(file.original_size)),
        *("received", _utc(file.created_at)),
        *("sent", file.prepared.value),
    ]
    if found.letter is not None:
        lines += ["letter", str(found.letter.id)]
    if found.link is not None:
        lines += ["link", f"{found.link.number} {found.link.hash}"]
    if found.day is not None:
        lines += ["day", found.day.day.isoformat(), "root", found.day.root, "head", found.day.head]
        lines += [part for step in _path(found) for part in (f"path-{step.side}", step.hash)]
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return "".join(f"{name}: {value}\n" for name, value in pairs) + "\nsha256sum FILE\n"


def _utc(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
