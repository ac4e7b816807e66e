"""The files of a letter that is being written: what is shown of them, changed in them, and taken with the form."""

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from forum.attachments import actions as attachments
from forum.attachments import queries
from forum.attachments.kinds import MAX_FILES_PER_LETTER
from forum.attachments.models import LONGEST_CAPTION_CHARACTERS, Attachment, FileAudience
from forum.attachments.sent import taken, why_not
from forum.attachments.words import audience_words
from forum.core.errors import DomainError, Invalid
from forum.core.text import one_line
from forum.core.web import visitor
from forum.letters.files import tiles
from forum.letters.forms import LetterForm
from forum.letters.hints import find, hints_of_name, mask_all
from forum.letters.models import Letter, LetterDraft


def files_of(draft: LetterDraft | None, letter: Letter | None = None) -> Sequence[Attachment]:
    """Return the files of a draft; without one those of the letter that is to be mended."""
    if draft is not None:
        return queries.of_draft(draft.id)
    return queries.of_letter(letter.id) if letter is not None else []


def drawn(draft: LetterDraft | None, files: Sequence[Attachment]) -> dict[str, Any]:
    """Return what `letters/_kept.html` draws: these files, who may see them, and where the page's script asks."""
    tiled = tiles(visitor(), None, files)
    return {
        "files": [
            {**tile, "chosen": file.audience.value, "private": private_in(file)}
            for tile, file in zip(tiled, files, strict=True)
        ],
        "audiences": [(one.value, audience_words(one)) for one in FileAudience],
        "longest_caption": LONGEST_CAPTION_CHARACTERS,
        "files_url": url_for("letters.add_draft_file", draft_id=draft.id if draft else 0),
        "page_url": url_for("letters.write", draft=draft.id) if draft and draft.letter_id is None else None,
    }


def private_in(file: Attachment) -> dict[str, str]:
    """Return what seems private in the name and the caption of a file, and what an identity paper by its name is called."""
    found = [*hints_of_name(file.name), *find(file.caption)]
    return {
        "words": ", ".join(f"“{hint.found}”" for hint in found if hint.mask != hint.found),
        "paper": next((hint.found for hint in found if hint.mask == hint.found), ""),
    }


def change(draft: LetterDraft, pressed: str = "") -> list[str]:
    """Do what the form says of the files that are kept: removed, seen by whom, captions, order.

    Returns for each that cannot be done the name of the file and why.
    """
    problems, kept = [], []
    for file in queries.of_draft(draft.id):
        if pressed == f"remove-{file.id}":
            attachments.remove(file, by=visitor())
            continue
        kept.append(file)
        chosen = request.form.get(f"audience-{file.id}")
        if chosen in set(FileAudience) and chosen != file.audience:
            attachments.set_audience(file, FileAudience(chosen), by=visitor())
        caption = one_line(request.form.get(f"caption-{file.id}", file.caption))
        if len(caption) > LONGEST_CAPTION_CHARACTERS:
            problems.append(
                _(
                    "%(name)s: the caption has %(length)s characters; at most %(most)s fit.",
                    name=file.name,
                    length=len(caption),
                    most=LONGEST_CAPTION_CHARACTERS,
                )
            )
        elif caption != file.caption:
            attachments.set_caption(file, caption, by=visitor())
        if pressed == f"mask-{file.id}":
            attachments.set_caption(file, mask_all(file.caption, find(file.caption)), by=visitor())
            attachments.set_name(file, mask_all(file.name, hints_of_name(file.name)), by=visitor())
    wanted = _in_order(kept, pressed)
    if wanted != kept:
        attachments.put_in_order(wanted, by=visitor())
    return problems


def take_all(form: LetterForm, draft: LetterDraft) -> list[str]:
    """Receive the files that came with the form; returns for each that cannot be taken its name and why."""
    problems: list[str] = []
    for sent in form.files.data:
        try:
            ensure_room(draft)
            with taken(sent) as received:
                attachments.keep(
                    received, by=visitor(), draft_id=draft.id, audience=audience_of(form.new_audience.data)
                )
        except DomainError as problem:
            problems.append(why_not(sent, problem))
    return problems


def ensure_room(draft: LetterDraft) -> None:
    """Raise Invalid("too_many_files") before a file is stored that does not fit into the letter."""
    if len(queries.of_draft(draft.id)) >= MAX_FILES_PER_LETTER:
        raise Invalid("too_many_files", most=MAX_FILES_PER_LETTER)


def audience_of(chosen: str | None) -> FileAudience:
    """Return the audience that was chosen: everybody where nothing was, as the form offers it first, and nobody but moderators for what is none."""
    if not chosen:
        return FileAudience.PUBLIC
    return FileAudience(chosen) if chosen in set(FileAudience) else FileAudience.MODERATORS


def _in_order(files: list[Attachment], pressed: str) -> list[Attachment]:
    """Return the files as the rows of the form stand, with one of them moved up or down where that was pressed."""
    rows = request.form.getlist("order")
    place = {row: at for at, row in enumerate(rows)}
    ordered = sorted(files, key=lambda file: place.get(str(file.id), len(rows)))
    for at, file in enumerate(ordered):
        step = {f"up-{file.id}": -1, f"down-{file.id}": 1}.get(pressed, 0)
        if step and 0 <= at + step < len(ordered):
            ordered[at], ordered[at + step] = ordered[at + step], file
            break
    return ordered
