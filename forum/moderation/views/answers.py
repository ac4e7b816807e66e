"""An official response that came by mail from an address that proves nothing; a moderator looks at it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.moderation import actions, policy
from forum.moderation.forms import AnswerForm
from forum.moderation.queries import answers
from forum.moderation.queries.pane import pane
from forum.moderation.queries.panel import panel_of
from forum.moderation.views import bp
from forum.responses.actions.respond import words_of
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink
from forum.responses.policy import is_gone, may_decide_answer
from forum.responses.queries.mailed import answer_for
from forum.responses.words import remedy_words


@bp.route("/moderation/answers/<int:link_id>", methods=["GET"])
@login_required
def answer(link_id: int) -> ResponseReturnValue:
    return _page(link_id, AnswerForm(endpoint="moderation.decide_answer"))


@bp.route("/moderation/answers/<int:link_id>/decide", methods=["POST"])
@login_required(back="moderation.answer")
def decide_answer(link_id: int) -> ResponseReturnValue:
    found = _found(link_id)
    ensure(may_decide_answer, visitor(), found)
    form = AnswerForm()
    approve = form.decision.data == "approve"
    pressed = form.decision.data in {"approve", "refuse"}  # Enter in a field only shows the page again
    if pressed and form.validate_on_submit():
        try:
            actions.decide_answer(
                found, approve=approve, by=visitor(), message=form.said, check_made=form.made, checked=form.checked.data or ""
            )
        except DomainError as problem:
            form.explain(problem)
            return _page(link_id, form)
        flash(_("The response is published.") if approve else _("The response is refused, and its writer is told why."), "success")
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(link_id, form)


def _found(link_id: int) -> AnswerLink:
    ensure(policy.may_open_desk, visitor(), None)
    return answer_for(link_id)


def _page(link_id: int, form: AnswerForm) -> ResponseReturnValue:
    found = _found(link_id)
    words = words_of(found)
    return render_template(
        "moderation/answer.html",
        pane=pane(visitor(), f"answer:{link_id}"),
        link=found,
        case=found.case,
        letter=found.case.letter,
        merchant=found.case.merchant,
        words=words,
        panel=panel_of(
            [(_("response"), words.text)], person_id=found.user_id, merchants=[found.case.merchant], known_names=[words.signatory]
        ),
        remedy=remedy_words(words.remedy),
        form=form,
        waits=found.state is LinkState.WAITING,
        decided=answers.decision_on(found.id),
        gone=is_gone(found.case.letter),
        may_decide=may_decide_answer(visitor(), found),
        may_describe=policy.may_describe(visitor(), found.case.merchant),
    )
