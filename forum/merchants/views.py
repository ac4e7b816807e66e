"""Pages of businesses: suggestions, the claim and its proof. The public page of a business is `pages.merchant`."""

from datetime import timedelta

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.config import settings
from forum.core import limits
from forum.core.errors import DomainError, Missing
from forum.core.text import clean, initials
from forum.core.web import login_required, visitor
from forum.letters.queries.merchants import merchant_for, suggestions
from forum.merchants import actions, policy, queries
from forum.merchants.forms import ButtonForm, ClaimForm, StatementForm
from forum.merchants.lifecycle import ClaimState, ContactState
from forum.responses.queries import kept_job_title
from forum.responses.queries.mailed import proofs_by_mail

bp = Blueprint("merchants", __name__)


@bp.route("/merchants/suggest", methods=["GET"])
def suggest() -> ResponseReturnValue:
    """Names of businesses that hold what was typed, for the writer's form."""
    found = suggestions(visitor(), queries.key_of(clean(request.args.get("q", "")[:200])))
    return jsonify([{"name": row.name, "slug": row.slug} for row in found])


@bp.route("/merchants/<slug>/proof", methods=["GET"])
def proof(slug: str) -> ResponseReturnValue:
    """Who proved to speak for the business, how and when; never an address."""
    merchant = merchant_for(visitor(), slug)
    voices = [
        {
            "name": initials(voice.user.name),
            "job_title": voice.job_title,
            "proof": voice.proof,
            "domain": voice.proved_domain,
            "since": voice.since,
            "ended_at": voice.ended_at,
        }
        for voice in queries.voices_of(merchant)
    ]
    return render_template(
        "merchants/proof.html",
        merchant=merchant,
        voices=voices,
        by_mail=proofs_by_mail(merchant.id),
        contacts=queries.working_contacts([merchant.id]),
        keeps=policy.may_keep_contacts(visitor(), merchant),
        declines=queries.ended_contacts([merchant.id]).get(merchant.id) is ContactState.REFUSED,
    )


@bp.route("/merchants/<slug>/claim", methods=["GET", "POST"])
@login_required
def claim(slug: str) -> ResponseReturnValue:
    """Claim a business, or see how the claim stands."""
    who, merchant = visitor(), merchant_for(visitor(), slug)
    form = ClaimForm(obj=queries.open_claim(who, merchant.id), job_title=kept_job_title(who, merchant.id))
    if form.validate_on_submit():
        try:
            limits.allow("claim", str(who.id), most=settings().mails_per_hour, window=timedelta(hours=1))
            made = actions.claim(
                merchant,
                by=who,
                work_email=form.work_email.data,
                job_title=form.job_title.data,
                statement=form.statement.data,
                once=form.once.data,
            )
        except DomainError as problem:
            form.explain(problem)
            who, merchant = visitor(), merchant_for(visitor(), slug)
        else:
            if made.state is ClaimState.WAITING_EMAIL:
                flash(_("We sent a link to your work e-mail. It works for 24 hours."), "success")
            else:
                flash(_("A moderator will look at your claim. You will be told of the decision."), "success")
            return redirect(url_for("merchants.claim", slug=slug))
    standing = queries.open_claim(who, merchant.id)
    return render_template(
        "merchants/claim.html",
        merchant=merchant,
        form=form,
        claim=standing,
        statement_form=StatementForm(endpoint="merchants.hand_over") if standing else None,
        speaks=merchant.id in who.merchant_ids,
        may_claim=policy.may_claim(who, merchant),
    )


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
            flash(_("A moderator will look at your claim. You will be told of the decision."), "success")
            return redirect(url_for("merchants.claim", slug=slug))
    found = queries.claim_for(visitor(), claim_id)
    return render_template(
        "merchants/claim.html",
        merchant=found.merchant,
        form=ClaimForm(endpoint="merchants.claim", obj=found),
        claim=found,
        statement_form=form,
        speaks=False,
        may_claim=True,
    )


@bp.route("/claims/<token>", methods=["GET", "POST"])
@login_required
def confirm_claim(token: str) -> ResponseReturnValue:
    """The mailed link: a page with a button, so that no link scanner confirms anything."""
    who, form = visitor(), ButtonForm()
    if len(token) > 100:
        raise Missing("claim_link_over")
    if form.validate_on_submit():
        voice = actions.confirm_claim(token, by=who)
        merchant_name = queries.merchant_of(voice.merchant_id).name
        flash(_("Proved: you speak for %(merchant)s now.", merchant=merchant_name), "success")
        return redirect(url_for("responses.desk"))
    found = queries.claim_of_token(token)
    return render_template("merchants/confirm.html", claim=found, token=token, theirs=policy.may_confirm(who, found))


@bp.route("/representations/<int:voice_id>/end", methods=["POST"])
@login_required
def end_representation(voice_id: int) -> ResponseReturnValue:
    """Speak for a business no more."""
    actions.end_representation(queries.voice(voice_id), by=visitor())
    flash(_("You do not speak for this business any more."), "success")
    return redirect(url_for("responses.desk"))
