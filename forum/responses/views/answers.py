"""Responding, acknowledging and asking: the business's side of a case."""

from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments import actions as attachments
from forum.attachments.queries import of_response_draft
from forum.config import settings
from forum.core.access import ensure_secured
from forum.core.errors import DomainError
from forum.core.sentences import sentence
from forum.core.text import slug
from forum.core.web import login_required, visitor
from forum.desk.policy import may_open
from forum.desk.queries import writers_of
from forum.letters.models import Case
from forum.letters.queries import case_for
from forum.merchants.queries import open_claim, representations_of
from forum.responses import actions, policy, queries
from forum.responses.actions.alike import sketch_of
from forum.responses.forms import QuestionForm, ResponseForm, SeenForm
from forum.responses.guard import GuardStopped
from forum.responses.models import MOST_FILES
from forum.responses.views import bp
from forum.responses.views.checked import checked, explain_guard, is_uniform, mask, previews
from forum.responses.views.files import add_files, chosen, tiles


def letter_url(case: Case) -> str:
    """Return the address of the case on the page of its letter."""
    return url_for("letters.read", letter_id=case.letter_id, slug=slug(case.letter.title), _anchor=f"case-{case.id}")


@bp.route("/cases/<int:case_id>/respond", methods=["GET", "POST"])
@login_required
def respond(case_id: int) -> ResponseReturnValue:
    """Write the official response; who has not proved to speak for the business is led to the claim, the words kept."""
    who = visitor()
    case = case_for(who, case_id, policy.may_offer)
    ensure_secured(policy.may_respond, who, case)
    form = _response_form(case)
    worked_on = request.method == "POST" and _worked_on(case, form)
    if request.method == "POST" and not worked_on and form.validate():
        try:
            if policy.may_respond(who, case):
                done = _publish(case, form)
                if done is not None:
                    return done
            else:
                actions.check(case, form.words, files=file_names(who, case.id), proven=False)
                if not previews():
                    actions.save_draft(case, by=who, fields=form.typed(), seen=form.seen.data, ready=True)
                    return _wait_for_proof(case_for(who, case_id))
        except GuardStopped as problem:
            explain_guard(form, problem)
        except DomainError as problem:
            form.explain(problem)
        who, case = visitor(), case_for(visitor(), case_id, policy.may_offer)
    if request.method == "POST" and not worked_on:
        actions.save_draft(case, by=who, fields=form.typed(), seen=form.seen.data)
    return _respond_page(who, case, form)


def _worked_on(case: Case, form: ResponseForm) -> bool:
    """Do what another button than that to publish asks for, and keep the words; returns whether the page is shown again."""
    pressed = request.form.get("do", "publish")
    sent = chosen(form.files.data)
    drops = pressed.startswith("remove-")
    if pressed == "mask":
        mask(case, form, proven=policy.may_respond(visitor(), case))
    if sent or drops or pressed in {"upload", "mask"}:
        draft = actions.save_draft(case, by=visitor(), fields=form.typed(), seen=form.seen.data)
        for file in of_response_draft(draft.id) if drops else ():
            if pressed == f"remove-{file.id}":
                attachments.remove(file, by=visitor())
        form.files.errors = [*form.files.errors, *add_files(draft, sent)]
    return bool(form.files.errors) or drops or pressed in {"upload", "mask"}


def _publish(case: Case, form: ResponseForm) -> ResponseReturnValue | None:
    """Publish, unless a preview is asked for or the writer has to hear first that many letters got these words; then None."""
    who, words = visitor(), form.words
    sketch = sketch_of(case.letter, words.text, words.signatory)
    if is_uniform(case, form, sketch) or previews():
        actions.check(case, words, files=file_names(who, case.id))
        return None
    response = actions.respond(case, words, by=who, seen=form.seen.data, once=form.once.data, sketch=sketch)
    if response.counts:
        flash(_("Your response is published."), "success")
    else:
        flash(
            _("Your response is published as a uniform one: the case is not answered by it, its clock runs on."), "info"
        )
    return redirect(letter_url(case_for(who, case.id)).split("#")[0] + f"#response-{response.id}")


def file_names(who: Any, case_id: int) -> list[str]:
    """Return the names of the files that wait with this person's response."""
    draft = queries.draft_of(who, case_id)
    return [] if draft is None else [file.name for file in of_response_draft(draft.id)]


def _response_form(case: Case) -> ResponseForm:
    who = visitor()
    fresh = request.method == "GET" and "parked" not in request.args
    kept = queries.draft_of(who, case.id) if fresh else None
    title = next((one.job_title for one in representations_of(who) if one.merchant_id == case.merchant_id), "")
    corrects = request.args.get("corrects", "")
    form = ResponseForm(kept=kept, seen=case.version, signatory=who.name, job_title=title, corrects=corrects)
    if request.method == "GET":
        form.now_at(case.version)
        if corrects:
            form.corrects.raw_data, form.corrects.data = None, corrects
    return form


def _wait_for_proof(case: Case) -> ResponseReturnValue:
    if open_claim(visitor(), case.merchant_id):
        flash(_("Your response is kept. It is published as soon as your claim is approved."), "success")
        return redirect(letter_url(case))
    flash(_("Your response is kept. Now prove that you speak for the business; then it is published."), "success")
    return redirect(url_for("merchants.claim", slug=case.merchant.slug))


def _respond_page(who: Any, case: Case, form: ResponseForm) -> ResponseReturnValue:
    g.letter_opened = case.letter_id
    view = queries.case_view(who, case)
    corrected = next((one for one in view.responses if str(one.id) == (form.corrects.data or "")), None)
    draft = queries.draft_of(who, case.id)
    files = of_response_draft(draft.id) if draft is not None else []
    return render_template(
        "responses/respond.html",
        case=case,
        letter=case.letter,
        letter_url=letter_url(case),
        case_view=view,
        corrected=corrected,
        form=form,
        speaks=policy.may_respond(who, case),
        claim=open_claim(who, case.merchant_id),
        of_team=may_open(who, case),
        writing=writers_of(who, case),
        files=tiles(files),
        most_files=MOST_FILES,
        keeps_numbers=policy.may_manage_numbers(who, case.merchant),
        **checked(case, form, [file.name for file in files]),
    )


@bp.route("/cases/<int:case_id>/respond/draft", methods=["POST"])
@login_required(back="responses.respond")
def save_draft(case_id: int) -> ResponseReturnValue:
    """Keep what is being typed."""
    case = case_for(visitor(), case_id, policy.may_offer)
    form = ResponseForm(endpoint="responses.save_draft")
    draft = actions.save_draft(case, by=visitor(), fields=form.typed(), seen=form.seen.data)
    return jsonify(saved=draft.saved_at.isoformat())


@bp.route("/cases/<int:case_id>/acknowledge", methods=["POST"])
@login_required(back="responses.respond")
def acknowledge(case_id: int) -> ResponseReturnValue:
    """Say that the business has received the letter."""
    case = case_for(visitor(), case_id, policy.may_respond)
    target = letter_url(case)
    try:
        actions.acknowledge(case, by=visitor(), seen=SeenForm().seen.data)
        flash(_("The letter shows now that you have received it."), "success")
    except DomainError as problem:
        flash(sentence(problem), "error")
    return redirect(target)


@bp.route("/cases/<int:case_id>/ask", methods=["GET", "POST"])
@login_required
def ask(case_id: int) -> ResponseReturnValue:
    """Put a question to the author."""
    case = case_for(visitor(), case_id, policy.may_ask)
    form = QuestionForm(seen=case.version)
    if form.validate_on_submit():
        try:
            asked = actions.ask(case, by=visitor(), text=form.text.data, seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
            case = case_for(visitor(), case_id, policy.may_ask)
        else:
            if asked.stops:
                flash(_("Your question is published. The clock stands until the author answers."), "success")
            else:
                flash(
                    _("Your question is published. Many letters got the same words, so it says so and the clock runs on."), "info"
                )
            return redirect(letter_url(case_for(visitor(), case_id)))
    g.letter_opened = case.letter_id
    view = queries.case_view(visitor(), case)
    return render_template(
        "responses/ask.html",
        case=case,
        letter=case.letter,
        letter_url=letter_url(case),
        case_view=view,
        form=form,
        left=policy.questions_left(case),
        days=settings().question_days,
    )
