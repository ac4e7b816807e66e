"""One case on the desk: the letter, everything beside it, notes, whose hands it is in."""

from dataclasses import replace
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.contests.queries import open_of_case
from forum.core.errors import DomainError
from forum.core.sentences import sentence
from forum.core.text import slug
from forum.core.web import login_required, visitor
from forum.desk import actions, policy, queries
from forum.desk.forms import AssignForm, NoteForm, numbers_of, wanted_of
from forum.desk.views import bp
from forum.letters.body import body
from forum.letters.files import tiles
from forum.letters.models import Case
from forum.letters.queries.journey import journey
from forum.letters.shown import shown
from forum.responses import queries as responses


@bp.route("/desk/cases/<int:case_id>", methods=["GET"])
@login_required
def case(case_id: int) -> ResponseReturnValue:
    """One letter, with what the team needs to answer it."""
    return _page(queries.desk_case(visitor(), case_id), NoteForm(endpoint="desk.note"))


def _page(found: Case, note: NoteForm) -> ResponseReturnValue:
    who, wanted, letter = visitor(), wanted_of(request.args), found.letter
    g.letter_opened = found.letter_id
    before, behind = queries.neighbours(who, wanted, found)
    view = responses.case_view(who, found)
    travelled = journey(who, letter)
    drafts, members = queries.drafts_of(found), queries.team([found.merchant_id])
    return render_template(
        "desk/case.html",
        case=found,
        letter=letter,
        body=body(letter),
        letter_url=url_for("letters.read", letter_id=letter.id, slug=slug(letter.title)),
        case_view=view,
        said=replace(view, may_respond=False, may_acknowledge=False, may_ask=False, details={}),
        tiles=tiles(who, letter, letter.attachments),
        steps=travelled.steps,
        updates=travelled.updates,
        others=[one for one in responses.case_views(who, letter) if one.id != found.id],
        earlier=queries.earlier_letters(found),
        similar=[shown(row) for row in queries.similar_letters(found)],
        contests=open_of_case(found.id),
        notes=queries.notes_of(found),
        note=note,
        drafts=drafts,
        my_draft=next((one for one in drafts if one.author_id == who.id), None),
        writing=queries.writers_of(who, found),
        members=members,
        agent=next((one for one in members if one.id == found.agent_id), None),
        templates=queries.templates_of([found.merchant_id]) if policy.may_respond(who, found) else [],
        may={"assign": policy.may_assign(who, found), "respond": policy.may_respond(who, found)},
        wanted=wanted,
        parts=wanted.but(),
        before_url=url_for("desk.case", case_id=before, **wanted.but()) if before else None,
        behind_url=url_for("desk.case", case_id=behind, **wanted.but()) if behind else None,
        list_url=url_for("desk.board", **wanted.but()),
    )


def _here(found_id: int, **values: Any) -> str:
    return url_for("desk.case", case_id=found_id, **wanted_of(request.form).but(), **values)


@bp.route("/desk/cases/<int:case_id>/notes", methods=["POST"])
@login_required(back="desk.case")
def note(case_id: int) -> ResponseReturnValue:
    """Write a note for the team."""
    found = queries.desk_case(visitor(), case_id, policy.may_note)
    form = NoteForm()
    if form.validate_on_submit():
        try:
            written = actions.add_note(found, by=visitor(), text=form.text.data, once=form.once.data)
        except DomainError as problem:
            form.explain(problem)
        else:
            return redirect(_here(case_id, _anchor=f"note-{written.id}"))
    return _page(queries.desk_case(visitor(), case_id), form)


@bp.route("/desk/notes/<int:note_id>/delete", methods=["POST"])
@login_required(back="desk.board")
def delete_note(note_id: int) -> ResponseReturnValue:
    """Take a note of one's own away."""
    written, found = queries.note_for(visitor(), note_id)
    actions.delete_note(written, by=visitor())
    flash(_("The note is gone."), "success")
    return redirect(_here(found.id))


@bp.route("/desk/cases/<int:case_id>/assign", methods=["POST"])
@login_required(back="desk.case")
def assign(case_id: int) -> ResponseReturnValue:
    """Take the case, give it to a colleague, or give it back."""
    found = queries.desk_case(visitor(), case_id, policy.may_assign)
    form = AssignForm()
    try:
        actions.assign(found, to=form.to, by=visitor(), with_draft=bool(form.with_draft.data))
        flash(_("The case is in other hands now.") if form.to else _("The case is in nobody's hands now."), "success")
    except DomainError as problem:
        flash(sentence(problem), "error")
    return redirect(_here(case_id))


@bp.route("/desk/cases/<int:case_id>/template", methods=["POST"])
@login_required(back="desk.case")
def use_template(case_id: int) -> ResponseReturnValue:
    """Put a template into my draft, and go on with that."""
    found = queries.desk_case(visitor(), case_id, policy.may_respond)
    number = next(iter(numbers_of([request.form.get("template", "")])), 0)
    if not number:
        flash(_("Choose a template first."), "info")
        return redirect(_here(case_id))
    try:
        actions.use_template(found, queries.template_for(visitor(), number), by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "error")
        return redirect(_here(case_id))
    return redirect(url_for("responses.respond", case_id=case_id))
