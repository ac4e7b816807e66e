"""The page on which a letter is written or mended: one form, and whatever button was pressed, the words are kept first."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments.kinds import MAX_FILES_PER_LETTER
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.errors import DomainError, Invalid, Missing
from forum.core.sentences import sentence
from forum.core.web import remote_address, visitor
from forum.letters import actions, policy
from forum.letters.body import body
from forum.letters.clocks import clock
from forum.letters.forms import LetterForm
from forum.letters.models import Letter, LetterDraft
from forum.letters.queries import letter_for
from forum.letters.queries.drafts import similar
from forum.letters.queries.returns import marks_on
from forum.letters.shown import shown
from forum.letters.views import evidence, proposals
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
    problems = [*evidence.change(draft, pressed), *evidence.take_all(form, draft)]
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
    return redirect(address(draft, letter, at="preview" if previews else "evidence" if pressed != "save" else None))


def keep(form: LetterForm, letter: Letter | None) -> LetterDraft:
    """Keep the form as typed: in the draft of its key, or in the one that mends this letter."""
    once = form.once.data
    if letter is not None:
        once = actions.mending_draft(letter, by=visitor(), fields=form.typed()).once
    return actions.keep_draft(by=visitor(), once=once, fields=form.typed())


def mended(number: str | None) -> Letter | None:
    """Return the letter that a form mends by the number it carries, None for a new one; raises Missing or NotAllowed."""
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Missing
    return letter_for(visitor(), int(number), policy.may_mend)


def address(draft: LetterDraft, letter: Letter | None, *, at: str | None = None) -> str:
    """Return where a draft is worked on; `at` is the part of the page that is to be seen first."""
    more: dict[str, Any] = {"preview": 1 if at == "preview" else None, "_anchor": at}
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
    files = evidence.files_of(draft, letter)
    marks = [] if letter is None else marks_on(letter)
    return render_template(
        "letters/write.html",
        form=form,
        draft=draft,
        letter=letter,
        marks=marks,
        marked=body(letter, [one.passage for one in marks]) if letter is not None and marks else None,
        **evidence.drawn(draft, files),
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
            actions.submit(content, by=visitor(), once=draft.once, address=remote_address())
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
