"""The page on which a letter is written or mended: one form, and whatever button was pressed, the words are kept first."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments import actions as attachments
from forum.attachments import queries as files_queries
from forum.attachments.kinds import MAX_FILES_PER_LETTER
from forum.attachments.models import Attachment, FileAudience
from forum.attachments.sent import take, why_not
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.errors import DomainError, Invalid
from forum.core.sentences import sentence
from forum.core.web import visitor
from forum.letters import actions
from forum.letters.clocks import clock
from forum.letters.files import audience_words, tiles
from forum.letters.forms import LetterForm
from forum.letters.models import Letter, LetterDraft
from forum.letters.queries.drafts import similar
from forum.letters.shown import shown
from forum.letters.views import proposals
from forum.letters.words import review_words


def work(form: LetterForm, letter: Letter | None = None) -> ResponseReturnValue:
    """Do what the pressed button says, after the words, the files and their audiences are kept."""
    pressed = request.form.get("do", "save")
    try:
        draft = keep(form, letter)
    except Invalid as problem:
        if problem.code == "already_sent":
            flash(sentence(problem), "info")
            return redirect(url_for("letters.read_by_number", letter_id=problem.facts["letter_id"]))
        form.explain(problem)
        return page(form, letter=letter)
    checked = pressed not in {"preview", "send"} or form.validate()
    _change_files(draft, pressed)
    problems = _take_files(form, draft)
    if problems:
        form.files.errors = [*form.files.errors, *problems]
        return page(form, draft, letter)
    if pressed == "mask":
        actions.keep_draft(by=visitor(), once=draft.once, fields=proposals.masked(form, request.form.getlist("mask")))
    if pressed.startswith(proposals.MEANS):
        actions.keep_draft(by=visitor(), once=draft.once, fields=proposals.meant(form, pressed))
    if pressed.startswith(proposals.LEAVES):
        actions.keep_draft(by=visitor(), once=draft.once, fields=proposals.left_as_it_is(form, pressed))
    if not checked:
        return page(form, draft, letter)
    if pressed == "send":
        return _send(form, draft, letter)
    if pressed == "save":
        flash(_("Your draft is saved."), "success")
    previews = pressed in {"preview", "mask"} or pressed.startswith((proposals.MEANS, proposals.LEAVES))
    return redirect(address(draft, letter, preview=previews))


def keep(form: LetterForm, letter: Letter | None) -> LetterDraft:
    """Keep the form as typed: in the draft of its key, or in the one that mends this letter."""
    once = form.once.data
    if letter is not None:
        once = actions.mending_draft(letter, by=visitor(), fields=form.typed()).once
    return actions.keep_draft(by=visitor(), once=once, fields=form.typed())


def address(draft: LetterDraft, letter: Letter | None, *, preview: bool = False) -> str:
    """Return where a draft is worked on."""
    more: dict[str, Any] = {"preview": 1, "_anchor": "preview"} if preview else {}
    if letter is not None:
        return url_for("letters.mend", letter_id=letter.id, **more)
    return url_for("letters.write", draft=draft.id, **more)


def page(
    form: LetterForm,
    draft: LetterDraft | None = None,
    letter: Letter | None = None,
    *,
    preview: bool = False,
    clear: str | None = None,
) -> str:
    """Draw the page; with `preview` the letter as it will look and what to think of before it is sent."""
    who, now = visitor(), utcnow()
    files = _files(draft, letter)
    return render_template(
        "letters/write.html",
        form=form,
        draft=draft,
        letter=letter,
        files=[
            {**tile, "chosen": file.audience.value} for tile, file in zip(tiles(who, None, files), files, strict=True)
        ],
        audiences=[(one.value, audience_words(one)) for one in FileAudience],
        most_files=MAX_FILES_PER_LETTER,
        autosave_url=None if who.is_guest else url_for("letters.save_draft", draft_id=draft.id if draft else 0),
        autosave_key=f"letter-{draft.id}" if draft else (f"mend-{letter.id}" if letter else "letter"),
        clear=clear,
        preview=proposals.preview_of(form, who) if preview else None,
        hints=proposals.hints_of(form, who) if preview else [],
        doubts=proposals.doubts_of(form, who) if preview or form.errors else [],
        similar=[shown(row) for row in similar(form.title.data or "", form.merchants.data)] if preview else [],
        clock=clock(form.category.data or "", now, now),
        days_vary=bool(settings().category_days) and not form.category.data,
        review_words=review_words(),
    )


def _send(form: LetterForm, draft: LetterDraft, letter: Letter | None) -> ResponseReturnValue:
    try:
        content = form.content()
        if letter is None:
            actions.submit(content, by=visitor(), once=draft.once)
        else:
            actions.send_again(letter, content, by=visitor(), once=draft.once, seen=form.seen.data)
    except DomainError as problem:
        form.explain(problem)
        return page(form, draft, letter)
    flash(
        _(
            "Your letter was sent. A moderator reads it, usually within %(days)s, and you hear of it by mail.",
            days=review_words(),
        ),
        "success",
    )
    return redirect(url_for("letters.mine"))


def _files(draft: LetterDraft | None, letter: Letter | None) -> Sequence[Attachment]:
    if draft is not None:
        return files_queries.of_draft(draft.id)
    return files_queries.of_letter(letter.id) if letter is not None else []


def _change_files(draft: LetterDraft, pressed: str) -> None:
    for file in files_queries.of_draft(draft.id):
        if pressed == f"remove-{file.id}":
            attachments.remove(file, by=visitor())
            continue
        chosen = request.form.get(f"audience-{file.id}")
        if chosen in set(FileAudience) and chosen != file.audience:
            attachments.set_audience(file, FileAudience(chosen), by=visitor())


def _take_files(form: LetterForm, draft: LetterDraft) -> list[str]:
    """Receive the files that came along; returns for each that cannot be taken its name and why."""
    problems: list[str] = []
    audience = (
        FileAudience(form.new_audience.data) if form.new_audience.data in set(FileAudience) else FileAudience.PUBLIC
    )
    for sent in form.files.data:
        try:
            if len(files_queries.of_draft(draft.id)) >= MAX_FILES_PER_LETTER:
                raise Invalid("too_many_files", most=MAX_FILES_PER_LETTER)
            attachments.keep(take(sent), by=visitor(), draft_id=draft.id, audience=audience)
        except DomainError as problem:
            problems.append(why_not(sent, problem))
    return problems
