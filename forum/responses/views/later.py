"""What follows a response: its promise, the proposal that the case is solved, a moderator who lets a uniform one count."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.errors import DomainError, Invalid
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor
from forum.letters.lifecycle import Outcome
from forum.letters.queries import case_for
from forum.responses import actions, policy, queries
from forum.responses.later_forms import DoneForm, OverruleForm, ProposalForm
from forum.responses.lifecycle import PromiseVerdict, ProposalAnswer
from forum.responses.models import Response
from forum.responses.views import bp
from forum.responses.views.answers import letter_url


def _back(response: Response) -> ResponseReturnValue:
    case = case_for(visitor(), response.case_id)
    return redirect(letter_url(case).split("#")[0] + f"#response-{response.id}")


def _nothing_said(endpoint: str, response: Response) -> ResponseReturnValue:
    flash(sentence(Invalid()), "error")
    return redirect(url_for(endpoint, response_id=response.id))


def _page(name: str, response: Response, **more: Any) -> str:
    view = queries.case_view(visitor(), response.case)
    return render_template(
        f"responses/{name}.html",
        response=next(one for one in view.responses if one.id == response.id),
        case=response.case,
        case_view=view,
        letter=response.case.letter,
        letter_url=letter_url(response.case).split("#")[0] + f"#response-{response.id}",
        **more,
    )


@bp.route("/responses/<int:response_id>/done", methods=["GET", "POST"])
@login_required
def say_done(response_id: int) -> ResponseReturnValue:
    """The business says that what it promised is done."""
    response = queries.response_for(visitor(), response_id, policy.may_say_done)
    form = DoneForm()
    if form.validate_on_submit():
        try:
            actions.say_done(response, by=visitor(), words=form.text.data)
        except DomainError as problem:
            form.explain(problem)
            response = queries.response_for(visitor(), response_id, policy.may_say_done)
        else:
            flash(_("It stands on the page now. The author is asked whether the promise was kept."), "success")
            return _back(response)
    return _page("done", response, form=form)


@bp.route("/responses/<int:response_id>/promise", methods=["GET", "POST"])
@login_required
def judge(response_id: int) -> ResponseReturnValue:
    """The author says whether a promise was kept."""
    response = queries.response_for(visitor(), response_id, policy.may_judge)
    said = request.form.get("verdict", "")
    if request.method == "POST" and said in set(PromiseVerdict):
        try:
            actions.judge(response, PromiseVerdict(said), by=visitor())
        except DomainError as problem:
            flash(sentence(problem), "error")
        else:
            flash(_("Thank you: what you said stands with your letter."), "success")
            if said == PromiseVerdict.BROKEN and response.case.outcome not in {Outcome.NONE, Outcome.UNCONFIRMED}:
                flash(_("A promise was broken: below you can open the case again."), "info")
        return _back(response)
    if request.method == "POST":
        return _nothing_said("responses.judge", response)
    return _page("promise", response)


@bp.route("/responses/<int:response_id>/propose", methods=["GET", "POST"])
@login_required
def propose(response_id: int) -> ResponseReturnValue:
    """The business proposes that the case is solved."""
    response = queries.response_for(visitor(), response_id, policy.may_propose)
    form = ProposalForm()
    if form.validate_on_submit():
        try:
            actions.propose_solved(response, by=visitor(), words=form.text.data)
        except DomainError as problem:
            form.explain(problem)
            response = queries.response_for(visitor(), response_id, policy.may_propose)
        else:
            flash(
                _("Proposed. The author gets one question; until the answer the page says that there is none."),
                "success",
            )
            return _back(response)
    return _page("propose", response, form=form)


@bp.route("/responses/<int:response_id>/proposal", methods=["GET", "POST"])
@login_required
def answer_proposal(response_id: int) -> ResponseReturnValue:
    """The author answers the proposal: yes, partly, no."""
    response = queries.response_for(visitor(), response_id, policy.may_answer_proposal)
    said = request.form.get("answer", "")
    if request.method == "POST" and said in set(ProposalAnswer):
        try:
            actions.answer_proposal(response, ProposalAnswer(said), by=visitor())
        except DomainError as problem:
            flash(sentence(problem), "error")
        else:
            flash(_("Thank you: what you said stands with your letter."), "success")
        return _back(response)
    if request.method == "POST":
        return _nothing_said("responses.answer_proposal", response)
    return _page("proposal", response, answers=list(ProposalAnswer))


@bp.route("/responses/<int:response_id>/count", methods=["GET", "POST"])
@login_required
def overrule(response_id: int) -> ResponseReturnValue:
    """A moderator lets a uniform response count."""
    response = queries.response_for(visitor(), response_id, policy.may_overrule)
    if response.counts:
        flash(_("This response counts already."), "info")
        return _back(response)
    form = OverruleForm()
    if form.validate_on_submit():
        try:
            actions.overrule(response, by=visitor(), message=form.message.data)
        except DomainError as problem:
            form.explain(problem)
            response = queries.response_for(visitor(), response_id, policy.may_overrule)
        else:
            flash(_("The response counts now; the case is answered since it was given."), "success")
            return _back(response)
    return _page("overrule", response, form=form)
