"""The author's side of a case: answering a question, saying how it ended."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments.receive import Received
from forum.attachments.sent import let_go, take, why_not
from forum.config import settings
from forum.core.errors import DomainError
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor
from forum.letters.lifecycle import OutcomeMove
from forum.letters.models import Question
from forum.letters.queries import case_for
from forum.responses import actions, policy, queries
from forum.responses.forms import AnswerForm, OutcomeForm
from forum.responses.views import bp
from forum.responses.views.answers import letter_url
from forum.responses.views.files import chosen

MOST_RECEIPTS = 3


@bp.route("/questions/<int:question_id>/answer", methods=["GET", "POST"])
@login_required
def answer_question(question_id: int) -> ResponseReturnValue:
    """Answer a question of the business."""
    question = queries.question_for(visitor(), question_id, policy.may_answer_question)
    form = AnswerForm()
    receipts = _receipts(question, form) if request.method == "POST" else []
    if request.method == "POST" and not form.receipt.errors and form.validate():
        try:
            actions.answer_question(
                question,
                by=visitor(),
                text=form.text.data,
                details=form.details,
                bought_on=form.bought_on.data,
                receipts=receipts,
            )
        except DomainError as problem:
            form.explain(problem)
            question = queries.question_for(visitor(), question_id, policy.may_answer_question)
        else:
            flash(_("Your answer is published."), "success")
            return redirect(letter_url(queries.question_for(visitor(), question_id).case))
        finally:
            let_go(receipts)
    else:
        let_go(receipts)
    return render_template(
        "responses/answer.html",
        question=question,
        case=question.case,
        letter=question.case.letter,
        letter_url=letter_url(question.case),
        form=form,
        days=settings().question_days,
    )


def _receipts(question: Question, form: AnswerForm) -> list[Received]:
    """Take in the files of a proof, MOST_RECEIPTS at most; what cannot be taken is said at the field."""
    taken: list[Received] = []
    problems: list[str] = []
    sent = chosen(form.receipt.data) if question.proof_for_id is not None and form.validate() else []
    for one in sent[:MOST_RECEIPTS]:
        try:
            taken.append(take(one))
        except DomainError as problem:
            problems.append(why_not(one, problem))
    if problems:
        form.receipt.errors = [*form.receipt.errors, *problems]
    return taken


@bp.route("/cases/<int:case_id>/outcome", methods=["GET", "POST"])
@login_required
def conclude(case_id: int) -> ResponseReturnValue:
    """Say how the case ended, or open it again."""
    case = case_for(visitor(), case_id, policy.may_conclude)
    moves = policy.outcome_moves(case)
    form = OutcomeForm(moves=list(OutcomeMove) if request.method == "POST" else moves, seen=case.version)
    if form.validate_on_submit():
        try:
            actions.conclude(case, OutcomeMove(form.outcome.data), by=visitor(), seen=form.seen.data)
        except DomainError as problem:
            flash(sentence(problem), "error")
        else:
            flash(_("Thank you: what you said stands with your letter."), "success")
        return redirect(letter_url(case_for(visitor(), case_id)))
    return render_template(
        "responses/outcome.html",
        case=case,
        letter=case.letter,
        letter_url=letter_url(case),
        case_view=queries.case_view(visitor(), case),
        form=OutcomeForm(moves=moves, seen=case.version) if request.method == "GET" else form,
        days=settings().unconfirmed_days,
    )
