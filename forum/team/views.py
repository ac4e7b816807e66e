"""Pages of a team: who is in it, invitations, roles; and the mailed link that leads into it."""


from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.sessions import renew
from forum.core import limits
from forum.core.access import ensure
from forum.core.errors import DomainError, Gone, Invalid
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor
from forum.letters.queries.merchants import merchant_for
from forum.merchants.lifecycle import TeamRole
from forum.team import actions, policy, queries, words
from forum.team.forms import ButtonForm, InviteForm, RoleForm

GONE = 410

bp = Blueprint("team", __name__)
for say in (words.role_words, words.role_meaning):
    bp.add_app_template_global(say)


@bp.after_request
def _private(response: Response) -> Response:
    """Keep the addresses of mailed links out of caches and of other sites' logs."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.route("/merchants/<slug>/team", methods=["GET", "POST"])
@login_required
def members(slug: str) -> ResponseReturnValue:
    """Who is in the team and who is invited; the form invites somebody more."""
    who, merchant = visitor(), merchant_for(visitor(), slug)
    ensure(policy.may_see_team, who, merchant)
    form = InviteForm()
    if form.validate_on_submit():
        try:
            limits.allow("invite", str(merchant.id))
            made = actions.invite(
                merchant,
                by=who,
                email=form.email.data,
                role=TeamRole(form.role.data),
                job_title=form.job_title.data,
            )
        except DomainError as problem:
            form.explain(problem)
            who, merchant = visitor(), merchant_for(visitor(), slug)
        else:
            flash(_("We sent an invitation to %(email)s. It works for 7 days.", email=made.email), "success")
            return redirect(url_for("team.members", slug=slug))
    page = queries.members(merchant, after=request.args.get("after"))
    return render_template(
        "team/members.html",
        merchant=merchant,
        page=page,
        next_url=url_for("team.members", slug=slug, after=page.next) if page.next else None,
        invitations=queries.open_invitations(merchant),
        form=form if policy.may_invite(who, merchant) else None,
        roles=list(TeamRole),
    )


@bp.route("/team-invitations/<int:invitation_id>/cancel", methods=["POST"])
@login_required
def cancel(invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    invitation = queries.invitation_for(visitor(), invitation_id)
    slug = invitation.merchant.slug
    try:
        actions.cancel_invitation(invitation, by=visitor())
        flash(_("The invitation is taken back; its link does not work any more."), "success")
    except DomainError as problem:
        flash(sentence(problem), "warning")
    return redirect(url_for("team.members", slug=slug))


def _over() -> ResponseReturnValue:
    return render_template("errors/link_over.html", title=_("This invitation does not work any more"), words=sentence(Gone("invitation_over"))), GONE


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@login_required
def join(token: str) -> ResponseReturnValue:
    """The mailed link: a page with a button, so that no program that looks into mails joins anything."""
    who, form = visitor(), ButtonForm()
    invitation = queries.invitation_of(token)
    if invitation is None:
        return _over()
    merchant = invitation.merchant
    if form.validate_on_submit():
        try:
            actions.accept_invitation(token, by=who)
        except Gone:
            return _over()
        except DomainError as problem:
            flash(sentence(problem), "warning")
            return redirect(url_for("team.join", token=token))
        flash(_("Welcome to the team of %(merchant)s.", merchant=merchant.name), "success")
        return renew(make_response(redirect(url_for("desk.board"))), who)
    return render_template(
        "team/join.html", invitation=invitation, token=token, fits=policy.may_accept(who, invitation)
    )


@bp.route("/representations/<int:voice_id>/role", methods=["POST"])
@login_required
def change_role(voice_id: int) -> ResponseReturnValue:
    """Let a member do more or less."""
    who, form = visitor(), RoleForm()
    voice = queries.member_for(who, voice_id)
    slug, own = voice.merchant.slug, voice.user_id == who.id
    if not form.validate_on_submit():
        flash(sentence(Invalid()), "warning")
        return redirect(url_for("team.members", slug=slug))
    try:
        actions.change_role(voice, by=who, role=TeamRole(form.role.data))
    except DomainError as problem:
        flash(sentence(problem), "warning")
        return redirect(url_for("team.members", slug=slug))
    flash(_("The role is changed."), "success")
    if own:
        return renew(make_response(redirect(url_for("desk.board"))), who)
    return redirect(url_for("team.members", slug=slug))
