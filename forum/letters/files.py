"""Files of a letter or draft as tiles for the page: what this reader may open, and of the rest only that it is there."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.accounts.models import Visitor
from forum.attachments import queries
from forum.attachments.models import Attachment, FileAudience, FileKind
from forum.core import formats
from forum.letters import policy
from forum.letters.models import Letter

size_words = formats.size_words


def tiles(who: Visitor, letter: Letter | None, files: Sequence[Attachment] | None = None) -> list[dict[str, Any]]:
    """Return what `ui/attachment.html` draws for each file; `letter` (with `cases`) is None for files of a draft.

    Without `files` those of the letter are loaded. A file that is closed to this reader has no address and no name.
    """
    if files is None:
        files = queries.of_letter(letter.id) if letter is not None else []
    return [_tile(who, letter, file, place) for place, file in enumerate(files, start=1)]


def _tile(who: Visitor, letter: Letter | None, file: Attachment, place: int) -> dict[str, Any]:
    is_open = policy.may_see_file(who, file, letter)
    return {
        "id": file.id,
        "name": file.name if is_open else _("Attachment %(number)d", number=place),
        "kind": kind_words(file),
        "size": size_words(file.full_size),
        "url": address(file) if is_open else None,
        "thumb_url": address(file, "thumb") if is_open else None,
        "audience": file.audience.value if file.hidden_at is None else "moderators",
        "audience_words": _seen_by(who, letter, file),
        "checked": "",
        "receipt": file.original_sha256,
    }


def _seen_by(who: Visitor, letter: Letter | None, file: Attachment) -> str:
    """Who may open the file, in words; that everybody may is told only to those whose letter, file or desk it is."""
    if file.hidden_at is not None:
        return str(_("Hidden by the editors"))
    concerned = letter is None or policy.is_author(who, letter) or policy.speaks_for(who, letter) or who.is_moderator
    return audience_words(file.audience) if concerned or file.audience is not FileAudience.PUBLIC else ""


def address(file: Attachment, variant: str = "full") -> str:
    """Return the address of a file; opening it is decided there."""
    return url_for(
        "attachments.file", token=file.token, variant=variant, name=file.name if variant == "full" else "thumb.webp"
    )


def kind_words(file: Attachment) -> str:
    """Return what the file is: a picture, or a document with its pages."""
    if file.kind is FileKind.IMAGE:
        return str(_("Picture"))
    return str(ngettext("PDF, %(num)d page", "PDF, %(num)d pages", file.pages))


def audience_words(audience: FileAudience) -> str:
    """Return who may open the file."""
    words = {
        FileAudience.PUBLIC: _("Everybody can see it"),
        FileAudience.BUSINESS: _("Only the business and the editors can see it"),
        FileAudience.MODERATORS: _("Only the editors can see it"),
    }
    return str(words[audience])
