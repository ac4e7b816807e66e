"""The page of what proves a claim."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments import actions, queries
from forum.attachments import policy as own
from forum.attachments.forms import DocumentsForm
from forum.attachments.kinds import MOST_DOCUMENTS
from forum.attachments.sent import taken, why_not
from forum.attachments.views import bp
from forum.core.access import ensure
from forum.core.errors import DomainError, Invalid
from forum.core.formats import size_words
from forum.core.web import login_required, visitor
from forum.merchants import actions as claims
from forum.merchants.models import Claim
from forum.merchants.queries import claim_for


@bp.route("/claims/<int:claim_id>/documents", methods=["GET", "POST"])
@login_required
def documents(claim_id: int) -> ResponseReturnValue:
    """The documents that prove a claim: chosen by its claimant, opened by the moderators who decide alone."""
    found, form = claim_for(visitor(), claim_id), DocumentsForm()
    slug = found.merchant.slug
    if visitor().id == found.user_id and not own.may_prove_with(visitor(), found):
        return redirect(url_for("merchants.claim", slug=slug))
    ensure(own.may_prove_with, visitor(), found)
    if form.validate_on_submit():
        pressed = request.form.get("do", "keep")
        problems = _change(found, form, pressed)
        if problems:
            form.files.errors = [*form.files.errors, *problems]
        elif pressed != "send":
            return redirect(url_for("attachments.documents", claim_id=claim_id))
        else:
            try:
                claims.send_documents(found, by=visitor(), number=len(queries.of_claim(claim_id)))
            except DomainError as problem:
                form.explain(problem)
            else:
                flash(_("A moderator will look at your claim. You will be told of the decision."), "success")
                return redirect(url_for("merchants.claim", slug=slug))
    found = claim_for(visitor(), claim_id)
    return render_template(
        "attachments/documents.html",
        claim=found,
        form=form,
        most=MOST_DOCUMENTS,
        files=[
            {"id": one.id, "name": one.name, "size": size_words(one.original_size)}
            for one in queries.of_claim(claim_id)
        ],
    )


def _change(claim: Claim, form: DocumentsForm, pressed: str) -> list[str]:
    """Remove or add documents; returns for each that cannot be taken its name and why."""
    for file in queries.of_claim(claim.id):
        if pressed == f"remove-{file.id}":
            actions.remove_document(file, by=visitor(), claim=claim)
    problems: list[str] = []
    for sent in form.files.data:
        try:
            if len(queries.of_claim(claim.id)) >= MOST_DOCUMENTS:
                raise Invalid("too_many_documents", most=MOST_DOCUMENTS)
            with taken(sent, counted="documents") as received:
                actions.keep_document(received, by=visitor(), claim=claim)
        except DomainError as problem:
            problems.append(why_not(sent, problem))
    return problems
