"""Pages of businesses: suggestions, the claim and its proof. The public page of a business is `pages.merchant`."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core import limits
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import DomainError, Gone, Moved
from forum.core.sentences import sentence
from forum.core.text import clean, initials
from forum.core.web import login_required, visitor
from forum.letters.queries.merchants import merchant_for, suggestions
from forum.merchants import actions, policy, queries
from forum.merchants.forms import ButtonForm, ClaimForm, NameForm, ObjectionForm, StatementForm
from forum.merchants.lifecycle import ClaimState, ContactState, NameKind, NameState
from forum.merchants.lookups import record_names, record_value
from forum.merchants.models import Claim, Merchant
from forum.merchants.words import advice_words, check_words, end_words, proof_of_words, refusal_words, way_words
from forum.responses.queries import kept_job_title
from forum.responses.queries.mailed import proofs_by_mail

bp = Blueprint("merchants", __name__)
bp.add_app_template_filter(refusal_words)
bp.add_app_template_filter(advice_words)



@bp.route("/merchants/suggest", methods=["GET"])
def suggest() -> ResponseReturnValue:
    """Names of businesses that hold what was typed, for the writer's form."""
    found = suggestions(visitor(), queries.key_of(clean(request.args.get("q", "")[:200])))
    return jsonify([{"name": row.name, "slug": row.slug, **({"via": row.via} if row.via else {})} for row in found])


@bp.app_errorhandler(Moved)
def moved(problem: Moved) -> ResponseReturnValue:
    """Lead on to the same page of the business that this one was merged into, whichever page it is."""
    db.session.rollback()
    here: dict[str, Any] = {**request.args.to_dict(flat=False), **(request.view_args or {}), **problem.facts}
    code = HTTPStatus.MOVED_PERMANENTLY if request.method in {"GET", "HEAD"} else HTTPStatus.PERMANENT_REDIRECT
    return redirect(url_for(request.endpoint or "pages.home", **here), code)


@bp.route("/merchants/<slug>/proof", methods=["GET"])
def proof(slug: str) -> ResponseReturnValue:
    """Who proved to speak for the business, how, when and who checked it; never an address nor a document."""
    who, merchant = visitor(), merchant_for(visitor(), slug)
    page = queries.proofs_of(merchant, request.args.get("after"))
    voices = [
        {
            "id": voice.id,
            "name": initials(voice.user.name),
            "job_title": voice.job_title,
            "proof": proof_of_words(voice.proof, voice.proved_domain, voice.document),
            "check": check_words(voice.looked_at),
            "since": voice.since,
            "checked_at": voice.checked_at,
            "failing_since": voice.failing_since if voice.ended_at is None else None,
            "ended_at": voice.ended_at,
            "end": end_words(voice.end_reason),
            "may_object": policy.may_object(who, voice) or (who.is_guest and voice.ended_at is None),
        }
        for voice in page.items
    ]
    return render_template(
        "merchants/proof.html",
        merchant=merchant,
        voices=voices,
        first=url_for("merchants.proof", slug=slug) if request.args.get("after") else None,
        next=url_for("merchants.proof", slug=slug, after=page.next) if page.next else None,
        by_mail=proofs_by_mail(merchant.id),
        contacts=queries.working_contacts([merchant.id]),
        keeps=policy.may_keep_contacts(visitor(), merchant),
        declines=queries.ended_contacts([merchant.id]).get(merchant.id) is ContactState.REFUSED,
    )


@bp.route("/merchants/<slug>/proof/<int:voice_id>/object", methods=["GET", "POST"])
@login_required
def object_to_proof(slug: str, voice_id: int) -> ResponseReturnValue:
    """Say that a proof is wrong; the moderators decide."""
    voice = queries.voice_of(merchant_for(visitor(), slug), voice_id)
    ensure(policy.may_object, visitor(), voice)
    form = ObjectionForm()
    if form.validate_on_submit():
        try:
            _allow_objection()
            actions.object_to_proof(voice, by=visitor(), reason=form.chosen, text=form.text.data)
        except DomainError as problem:
            form.explain(problem)
            voice = queries.voice_of(merchant_for(visitor(), slug), voice_id)
        else:
            flash(_("The editors look at your objection. You will be told of the decision."), "success")
            return redirect(url_for("merchants.proof", slug=slug))
    return render_template(
        "merchants/object.html",
        merchant=voice.merchant,
        form=form,
        name=initials(voice.user.name),
        job_title=voice.job_title,
        proof=proof_of_words(voice.proof, voice.proved_domain, voice.document),
        standing=queries.objection_of(visitor(), voice_id=voice_id),
        target=url_for("merchants.object_to_proof", slug=slug, voice_id=voice_id),
    )


@bp.route("/claims/<int:claim_id>/object", methods=["GET", "POST"])
@login_required
def object_to_claim(claim_id: int) -> ResponseReturnValue:
    """Say, as an owner, that somebody else's claim on the business is wrong; it is decided with the claim."""
    found, form = queries.claim_on_mine(visitor(), claim_id), ObjectionForm()
    slug = found.merchant.slug
    if form.validate_on_submit():
        try:
            _allow_objection()
            actions.object_to_claim(found, by=visitor(), reason=form.chosen, text=form.text.data)
        except DomainError as problem:
            form.explain(problem)
            found = queries.claim_on_mine(visitor(), claim_id)
        else:
            flash(_("The editors look at your objection. You will be told of the decision."), "success")
            return redirect(url_for("merchants.proof", slug=slug))
    return render_template(
        "merchants/object.html",
        merchant=found.merchant,
        form=form,
        name=found.user.name,
        job_title=found.job_title,
        proof=way_words(found.way, found.domain, found.document),
        standing=queries.objection_of(visitor(), claim_id=claim_id),
        target=url_for("merchants.object_to_claim", claim_id=claim_id),
    )


def _allow_objection() -> None:
    limits.allow("objection", str(visitor().id))


@bp.route("/merchants/<slug>/names", methods=["GET", "POST"])
@login_required
def names(slug: str) -> ResponseReturnValue:
    """Other names of one's business: what an owner proposes and what became of it."""
    who, found = visitor(), merchant_for(visitor(), slug)
    ensure(policy.may_propose_name, who, found)
    form = NameForm()
    if form.validate_on_submit():
        try:
            actions.propose_name(found, by=who, name=form.name.data or "", kind=NameKind(form.kind.data))
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("The editors look at the name."), "success")
            return redirect(url_for("merchants.names", slug=slug))
    found = merchant_for(visitor(), slug)
    return render_template(
        "merchants/names.html",
        merchant=found,
        form=form,
        names=queries.other_names(found.id),
        proposals=[one for one in queries.proposed_names(found.id) if one.state is not NameState.ACCEPTED],
    )


@bp.route("/merchants/<slug>/claim", methods=["GET", "POST"])
@login_required
def claim(slug: str) -> ResponseReturnValue:
    """Claim a business, or see how the claim stands."""
    who, merchant = visitor(), merchant_for(visitor(), slug)
    form = ClaimForm(obj=queries.open_claim(who, merchant.id), job_title=kept_job_title(who, merchant.id))
    if form.validate_on_submit():
        try:
            made = actions.claim(
                merchant,
                by=who,
                way=form.chosen_way,
                work_email=form.work_email.data or "",
                domain=form.domain.data or "",
                document=form.chosen_document,
                job_title=form.job_title.data,
                statement=form.statement.data or "",
                once=form.once.data,
                permit=partial(limits.permit, "claim", str(who.id)),
            )
        except DomainError as problem:
            form.explain(problem)
            who, merchant = visitor(), merchant_for(visitor(), slug)
        else:
            if made.state is ClaimState.WAITING_DOCUMENT:
                return redirect(url_for("attachments.documents", claim_id=made.id))
            return redirect(url_for("merchants.claim", slug=slug))
    return _claim_page(merchant, form, queries.open_claim(who, merchant.id))


def _claim_page(
    merchant: Merchant,
    form: ClaimForm,
    standing: Claim | None,
    *,
    statement: StatementForm | None = None,
    look: ButtonForm | None = None,
) -> ResponseReturnValue:
    """How the claim stands, what its claimant does next, and the form that makes or changes it."""
    who = visitor()
    token, domain = (standing.record_token, standing.domain) if standing else (None, None)
    return render_template(
        "merchants/claim.html",
        merchant=merchant,
        form=form,
        claim=standing,
        refused=None if standing else queries.refused_claim(who, merchant.id),
        is_over=standing is not None and standing.expires_at is not None and standing.expires_at <= utcnow(),
        statement_form=statement or (StatementForm(endpoint="merchants.hand_over") if standing else None),
        look=look,
        record_value=record_value(token) if token else "",
        record_names=record_names(domain) if domain else (),
        decides=standing is not None and queries.moderators_decide(standing, merchant),
        speaks=merchant.id in who.merchant_ids,
        may_claim=policy.may_claim(who, merchant),
    )


@bp.route("/claims/<int:claim_id>/look-up", methods=["POST"])
@login_required
def look_up(claim_id: int) -> ResponseReturnValue:
    """Look the record of a claim up in the DNS, now."""
    found, form = queries.claim_for(visitor(), claim_id), ButtonForm()
    ensure(policy.may_confirm, visitor(), found)
    if form.validate_on_submit():
        try:
            limits.allow("look-up", str(visitor().id))
            voice = actions.check_record(found, by=visitor())
        except DomainError as problem:
            form.explain(problem)
        else:
            _say_proved(found.merchant.name if voice else None)
            return redirect(url_for("desk.board"))
    found = queries.claim_for(visitor(), claim_id)
    return _claim_page(found.merchant, ClaimForm(endpoint="merchants.claim", obj=found), found, look=form)


def _say_proved(merchant_name: str | None) -> None:
    if merchant_name is not None:
        flash(_("Proved: you speak for %(merchant)s now.", merchant=merchant_name), "success")
    else:
        flash(_("Proved. A moderator has to look at your claim as well; you will be told of the decision."), "success")


@bp.route("/claims/<int:claim_id>/moderator", methods=["POST"])
@login_required
def hand_over(claim_id: int) -> ResponseReturnValue:
    """Let a moderator decide instead of the mailed link."""
    who = visitor()
    found = queries.claim_for(who, claim_id)
    slug, form = found.merchant.slug, StatementForm()
    if form.validate_on_submit():
        try:
            actions.hand_to_moderator(found, by=who, statement=form.statement.data)
        except DomainError as problem:
            form.explain(problem)
        else:
            return redirect(url_for("merchants.claim", slug=slug))
    found = queries.claim_for(visitor(), claim_id)
    return _claim_page(found.merchant, ClaimForm(endpoint="merchants.claim", obj=found), found, statement=form)


@bp.route("/claims/<token>", methods=["GET", "POST"])
@login_required
def confirm_claim(token: str) -> ResponseReturnValue:
    """The mailed link: a page with a button, so that no link scanner confirms anything."""
    who, form = visitor(), ButtonForm()
    try:
        if form.validate_on_submit():
            voice = actions.confirm_claim(token, by=who)
            _say_proved(queries.merchant_of(voice.merchant_id).name if voice else None)
            return redirect(url_for("desk.board"))
        found = queries.claim_of_token(token)
    except Gone as problem:
        return render_template("errors/link_over.html", title=_("This link works no more"), words=sentence(problem)), HTTPStatus.GONE
    return render_template("merchants/confirm.html", claim=found, token=token, theirs=policy.may_confirm(who, found), decides=queries.moderators_decide(found, found.merchant))


@bp.route("/representations/<int:voice_id>/end", methods=["POST"])
@login_required
def end_representation(voice_id: int) -> ResponseReturnValue:
    """Speak for a business no more."""
    actions.end_representation(queries.voice(voice_id), by=visitor())
    flash(_("You do not speak for this business any more."), "success")
    return redirect(url_for("desk.board"))
