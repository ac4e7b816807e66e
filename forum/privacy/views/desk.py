"""A data request on the desk: what is asked, until when, and the decision."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError, Missing
from forum.core.web import login_required, visitor
from forum.moderation.policy import may_open_desk
from forum.moderation.queries.pane import pane
from forum.people.queries.people import names
from forum.privacy import actions, policy, queries
from forum.privacy.forms import ReviewForm
from forum.privacy.lifecycle import DataKind, DataState
from forum.privacy.models import DataRequest
from forum.privacy.views import bp


@bp.route("/moderation/data-requests/<int:request_id>", methods=["GET"])
@login_required
def review(request_id: int) -> ResponseReturnValue:
    return _page(_found(request_id), ReviewForm(endpoint="privacy.decide"))


@bp.route("/moderation/data-requests/<int:request_id>/decide", methods=["POST"])
@login_required(back="privacy.review")
def decide(request_id: int) -> ResponseReturnValue:
    found = _found(request_id)
    ensure(policy.may_decide, visitor(), found)
    form = ReviewForm()
    if form.decision.data in {"done", "refuse", "erase"} and form.validate_on_submit():
        message = form.message.data or ""
        try:
            if form.decision.data == "done":
                actions.settle(found, by=visitor(), message=message)
            elif form.decision.data == "refuse":
                actions.refuse(found, by=visitor(), refusal=form.chosen, message=message)
            else:
                actions.ask_second(found, by=visitor(), why=message)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("Another person has to confirm it now."), "success") if form.decision.data == "erase" else flash(
                _("The request is answered, and its person is told."), "success"
            )
            return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(_found(request_id), form)


def _found(request_id: int) -> DataRequest:
    ensure(may_open_desk, visitor(), None)
    found = queries.request_by_id(request_id)
    if found.state in {DataState.UNPROVEN, DataState.WITHDRAWN} or found.kind is DataKind.ACCESS:
        raise Missing
    return found


def _page(found: DataRequest, form: ReviewForm) -> ResponseReturnValue:
    return render_template(
        "privacy/review.html",
        pane=pane(visitor(), f"data:{found.id}"),
        asked=found,
        person=names({found.user_id}).get(found.user_id) if found.user_id else None,
        form=form,
        waits=found.state is DataState.WAITING,
        may_decide=policy.may_decide(visitor(), found),
        second=queries.attend(found) if found.everything else None,
    ), 422 if form.errors or form.form_errors else 200
