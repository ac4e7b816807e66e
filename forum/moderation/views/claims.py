"""Somebody says that they speak for a business; a moderator looks at the proof."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.moderation import actions, policy
from forum.moderation.forms import ClaimForm
from forum.moderation.queries import desk
from forum.moderation.views import bp


@bp.route("/moderation/claims/<int:claim_id>", methods=["GET"])
@login_required
def claim(claim_id: int) -> ResponseReturnValue:
    return _page(claim_id, ClaimForm(endpoint="moderation.decide_claim"))


@bp.route("/moderation/claims/<int:claim_id>/decide", methods=["POST"])
@login_required(back="moderation.claim")
def decide_claim(claim_id: int) -> ResponseReturnValue:
    found = desk.claim_for(visitor(), claim_id)
    ensure(policy.may_decide_claim, visitor(), desk.plea(found))
    form = ClaimForm()
    approve = form.decision.data == "approve"
    if form.validate_on_submit():
        try:
            actions.decide_claim(found, approve=approve, by=visitor(), message=form.said)
        except DomainError as problem:
            form.explain(problem)
            return _page(claim_id, form)
        flash(_("The claim is approved.") if approve else _("The claim is refused."), "success")
        return redirect(url_for("moderation.claims"))
    return _page(claim_id, form)


def _page(claim_id: int, form: ClaimForm) -> ResponseReturnValue:
    found = desk.claim_for(visitor(), claim_id)
    return render_template(
        "moderation/claim.html",
        claim=found,
        form=form,
        waits=found.decided_at is None,
        may_decide=policy.may_decide_claim(visitor(), desk.plea(found)),
        may_describe=policy.may_describe(visitor(), found.merchant),
        past=desk.past_of_merchants([found.merchant_id])[found.merchant_id],
    )
