"""The moderators' review of a right of reply: published as it is, or refused with a reason."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError, Missing
from forum.core.web import login_required, visitor
from forum.moderation.policy import may_open_desk
from forum.moderation.queries.pane import pane
from forum.moderation.queries.panel import panel_of
from forum.reply import actions, policy, queries
from forum.reply.forms import ReviewForm
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply
from forum.reply.views import bp


@bp.route("/moderation/right-of-reply/<int:reply_id>", methods=["GET"])
@login_required
def review(reply_id: int) -> ResponseReturnValue:
    found = _found(reply_id)
    return _page(found, ReviewForm(to=found.language, endpoint="reply.decide"))


@bp.route("/moderation/right-of-reply/<int:reply_id>/decide", methods=["POST"])
@login_required(back="reply.review")
def decide(reply_id: int) -> ResponseReturnValue:
    found = _found(reply_id)
    ensure(policy.may_decide, visitor(), found)
    form = ReviewForm(to=found.language)
    publish = form.decision.data == "publish"
    pressed = form.decision.data in {"publish", "refuse"}
    if pressed and form.validate_on_submit() and (publish or not form.propose()):
        try:
            if publish:
                actions.publish(found, by=visitor())
            else:
                actions.refuse(found, by=visitor(), refusal=form.chosen, message=form.message.data or "")
        except DomainError as problem:
            form.explain(problem)
            return _page(_found(reply_id), form)
        flash(_("The reply is published.") if publish else _("The reply is not published, and its writer is told why."), "success")
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(found, form)


def _found(reply_id: int) -> Reply:
    ensure(may_open_desk, visitor(), None)
    found = queries.reply_with_letter(reply_id)
    if found.state in {ReplyState.UNPROVEN, ReplyState.WITHDRAWN}:
        raise Missing
    return found


def _page(found: Reply, form: ReviewForm) -> ResponseReturnValue:
    return render_template(
        "reply/review.html",
        pane=pane(visitor(), f"reply:{found.id}"),
        reply=found,
        letter=found.letter,
        form=form,
        waits=found.state is ReplyState.WAITING,
        may_decide=policy.may_decide(visitor(), found),
        before=queries.others_of(found),
        panel=panel_of(
            [(_("reply"), found.text)], merchants=[case.merchant for case in found.letter.cases], known_names=[found.name, found.byline]
        ),
    ), 422 if form.errors or form.form_errors else 200
