"""Somebody says that they speak for a business; moderators look at the proof, and at objections to it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments.queries import document_of
from forum.attachments.serving import answer
from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.formats import size_words
from forum.core.web import login_required, visitor
from forum.merchants.words import (
    DOCUMENTS,
    OBJECTION_STATES,
    REFUSAL_ADVICE,
    REFUSALS,
    check_words,
    objection_words,
    proof_of_words,
    refusal_words,
    way_words,
)
from forum.moderation import actions, policy
from forum.moderation.forms import ClaimForm, ObjectionForm
from forum.moderation.queries import claims
from forum.moderation.queries.pane import pane
from forum.moderation.queries.panel import panel_of
from forum.moderation.views import bp

bp.add_app_template_filter(objection_words)


@bp.route("/moderation/claims/<int:claim_id>", methods=["GET"])
@login_required
def claim(claim_id: int) -> ResponseReturnValue:
    return _page(claim_id, ClaimForm(endpoint="moderation.decide_claim"), fresh=True)


@bp.route("/moderation/claims/<int:claim_id>/decide", methods=["POST"])
@login_required(back="moderation.claim")
def decide_claim(claim_id: int) -> ResponseReturnValue:
    found = claims.claim_for(visitor(), claim_id)
    ensure(policy.may_decide_claim, visitor(), claims.plea(found))
    form = ClaimForm()
    approve = form.decision.data == "approve"
    if form.validate_on_submit():
        try:
            voice = actions.decide_claim(
                found, approve=approve, by=visitor(), reason=form.chosen, message=form.said, seen=form.seen.data or None
            )
        except DomainError as problem:
            form.explain(problem)
            return _page(claim_id, form, fresh=True)
        if not approve:
            flash(_("The claim is refused."), "success")
        elif voice is None:
            flash(_("Your approval is kept. Another moderator has to approve it as well."), "success")
        else:
            flash(_("The claim is approved."), "success")
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(claim_id, form)


@bp.route("/moderation/claims/<int:claim_id>/documents/<int:file_id>", methods=["POST"])
@login_required(back="moderation.claim")
def open_document(claim_id: int, file_id: int) -> ResponseReturnValue:
    """One document of a claim: sent only after it is written down who opens it."""
    found = claims.claim_for(visitor(), claim_id)
    ensure(policy.may_open_documents, visitor(), claims.plea(found))
    file = document_of(claim_id, file_id)
    actions.open_document(file, by=visitor(), claim=found)
    return answer(file)


def _page(claim_id: int, form: ClaimForm, *, fresh: bool = False) -> ResponseReturnValue:
    found = claims.claim_for(visitor(), claim_id)
    if fresh:
        form.seen.data = found.version
    asked, around = claims.plea(found), claims.surroundings(found)
    names = {file.id: file.name for file in around.documents}
    return render_template(
        "moderation/claim.html",
        pane=pane(visitor(), f"claim:{claim_id}"),
        claim=found,
        form=form,
        around=around,
        way=way_words(found.way, found.domain, found.document),
        document_words=str(DOCUMENTS[found.document]) if found.document else "",
        refusal=refusal_words(found.reason),
        advice=[(REFUSALS[reason], words) for reason, words in REFUSAL_ADVICE.items()],
        documents=[{"id": one.id, "name": one.name, "size": size_words(one.original_size)} for one in around.documents],
        opened=[(one, names.get(one.file_id, "")) for one in around.opened],
        proposes=found.domain is not None and found.domain != found.merchant.domain,
        waits=found.decided_at is None,
        may_decide=policy.may_decide_claim(visitor(), asked),
        may_approve=policy.may_approve_claim(visitor(), asked),
        may_open=policy.may_open_documents(visitor(), asked),
        may_describe=policy.may_describe(visitor(), found.merchant),
        panel=panel_of([(_("statement"), found.statement)], person_id=found.user_id, merchants=[found.merchant]),
    )


@bp.route("/moderation/objections/<int:objection_id>", methods=["GET", "POST"])
@login_required
def objection(objection_id: int) -> ResponseReturnValue:
    """One objection to a proof, and the decision on it."""
    form = ObjectionForm()
    found = claims.objection_for(visitor(), objection_id)
    if request.method == "POST":
        ensure(policy.may_decide_objection, visitor(), claims.protest(found))
    if form.validate_on_submit():
        uphold = form.decision.data == "uphold"
        try:
            actions.decide_objection(found, uphold=uphold, by=visitor(), message=form.said, seen=form.seen.data or None)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("The proof is withdrawn.") if uphold else _("The proof is kept."), "success")
            return redirect(url_for("moderation.onward", after=request.form.get("place")))
    found = claims.objection_for(visitor(), objection_id)
    form.seen.data = found.version
    voice = found.representative
    return render_template(
        "moderation/objection.html",
        pane=pane(visitor(), f"objection:{objection_id}"),
        objection=found,
        form=form,
        voice=voice,
        proof=proof_of_words(voice.proof, voice.proved_domain, voice.document) if voice else "",
        check=check_words(voice.looked_at) if voice else "",
        state=str(OBJECTION_STATES[found.state]),
        waits=found.decided_at is None,
        panel=panel_of([(_("objection"), found.text)], person_id=found.user_id, merchants=[found.merchant]),
        may_decide=voice is not None and policy.may_decide_objection(visitor(), claims.protest(found)),
    )
