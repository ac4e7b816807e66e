"""Files of a letter or draft as tiles for the page: what this reader may open, and of the rest only that it is there."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from forum.accounts.models import Visitor
from forum.attachments import queries
from forum.attachments.addresses import address
from forum.attachments.kinds import Variant
from forum.attachments.models import Attachment, FileAudience, FileKind, FileState
from forum.attachments.receive import Refused
from forum.attachments.words import audience_words, checked_words, kind_words
from forum.core import formats
from forum.core.sentences import sentence
from forum.letters import policy
from forum.letters.models import Letter

size_words = formats.size_words


def tiles(who: Visitor, letter: Letter | None, files: Sequence[Attachment] | None = None) -> list[dict[str, Any]]:
    """Return what `ui/attachment.html` draws for each file; `letter` (with `cases`) is None for files of a draft.

    Without `files` those of the letter are loaded. A file that is closed to this reader has no address and no name. One that
    was refused is for its owner alone.
    """
    if files is None:
        files = queries.of_letter(letter.id) if letter is not None else []
    return [
        _tile(who, letter, file, place)
        for place, file in enumerate(files, start=1)
        if file.state is not FileState.REFUSED or file.owner_id == getattr(who, "id", None)
    ]


def _tile(who: Visitor, letter: Letter | None, file: Attachment, place: int) -> dict[str, Any]:
    is_open = policy.may_see_file(who, file, letter)
    return {
        **tile(file),
        **(addresses(file, partial(address, file)) if is_open else {}),
        "name": file.name if is_open else _("Attachment %(number)d", number=place),
        "caption": file.caption if is_open else "",
        "audience": file.audience.value if file.hidden_at is None else "moderators",
        "audience_words": _seen_by(who, letter, file),
        "receipt_url": None if file.owner_id != getattr(who, "id", None) else url_for("receipts.receipt", token=file.token),
        "room_url": room(who, file),
    }


def tile(file: Attachment) -> dict[str, Any]:
    """Return what a tile says of any file, with no address: this opens nothing."""
    return {
        "id": file.id,
        "name": file.name,
        "caption": file.caption,
        "kind": kind_words(file),
        "size": size_words(file.full_size or file.original_size),
        "state": file.state.value,
        "refusal": refusal_words(file),
        "url": None,
        "thumb_url": None,
        "audience": "public",
        "audience_words": "",
        "checked": checked_words(file),
        "receipt": file.original_sha256,
        "receipt_url": None,
        "room_url": None,
    }


def room(who: Visitor, file: Attachment) -> str | None:
    """Return where a file is looked after, for its owner alone."""
    if who.is_guest or who.id != file.owner_id or file.state is FileState.REFUSED:
        return None
    return url_for("attachments.room", token=file.token)


def addresses(file: Attachment, of: Callable[[Variant], str]) -> dict[str, str]:
    """Return the addresses of a file's forms for its tile, each made by `of`; none before it is ready."""
    if file.state is not FileState.READY:
        return {}
    return {
        "url": of(Variant.FULL),
        "thumb_url": of(Variant.THUMB),
        "thumb_jpeg_url": of(Variant.THUMB_JPEG),
        "jpeg_url": of(Variant.FULL_JPEG) if file.kind is FileKind.IMAGE else "",
    }


def _seen_by(who: Visitor, letter: Letter | None, file: Attachment) -> str:
    """Who may open the file, in words; that everybody may is told only to those whose letter, file or desk it is."""
    if file.hidden_at is not None:
        return str(_("Hidden by the editors"))
    concerned = letter is None or policy.is_author(who, letter) or policy.speaks_for(who, letter) or who.is_moderator
    return audience_words(file.audience) if concerned or file.audience is not FileAudience.PUBLIC else ""


def refusal_words(file: Attachment) -> str:
    """Return why nothing of a file can be shown, empty while that is not so."""
    if file.state is not FileState.REFUSED or file.refusal is None:
        return ""
    facts = dict(file.refusal)
    return sentence(Refused(facts.pop("code"), **facts))
