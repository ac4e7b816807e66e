"""The settings of an account: one page with sections, and a page for each grave change."""

from flask import flash, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from forum.accounts import actions, policy, proof, queries
from forum.accounts.addresses import normal_email
from forum.accounts.forms import ChangeEmailForm, ChangePasswordForm, CloseForm, ProfileForm
from forum.accounts.lifecycle import CLOSED_NAME
from forum.accounts.sessions import clear_cookie
from forum.accounts.views import bp
from forum.accounts.views.entry import enter, status
from forum.config import settings as site_settings
from forum.core.access import ensure
from forum.core.errors import DomainError, Missing
from forum.core.web import login_required, visitor


@bp.route("/settings", methods=["GET", "POST"])
@login_required
def settings() -> ResponseReturnValue:
    user = visitor()
    zone = user.time_zone or site_settings().time_zone.key
    form = ProfileForm(name=user.name, language=user.language, time_zone=zone)
    if form.validate_on_submit():
        try:
            actions.update_profile(
                user, by=user, name=form.name.data, language=form.language.data, time_zone=form.time_zone.data
            )
        except DomainError as problem:
            form.explain(problem)
        else:
            refresh()  # the answer speaks the language just chosen
            flash(_("Your settings are kept."), "good")
            return redirect(url_for("accounts.settings"))
    return render_template("accounts/settings.html", form=form, sessions=queries.sessions_of(user))


@bp.route("/settings/password", methods=["GET", "POST"])
@login_required
def change_password() -> ResponseReturnValue:
    user, form, refused = visitor(), ChangePasswordForm(), None
    form.email_for_password = user.email
    if form.validate_on_submit():
        try:
            proof.reenter(g.session_row, user, form.current_password.data)
            secret = proof.new_hash(form.password.data, email=user.email)
            actions.change_password(user, by=user, password_hash=secret, but=g.session_row)
        except DomainError as problem:
            refused = problem
            form.explain(problem)
        else:
            flash(_("Your password is changed. Your other devices are signed out."), "good")
            return enter(user, url_for("accounts.settings"), second_factor_at=g.session_row.second_factor_at)
    return render_template("accounts/change_password.html", form=form), status(refused)


@bp.route("/settings/email", methods=["GET", "POST"])
@login_required
def change_email() -> ResponseReturnValue:
    user, form, refused = visitor(), ChangeEmailForm(), None
    if form.validate_on_submit():
        try:
            proof.reenter(g.session_row, user, form.current_password.data)
            email = normal_email(form.email.data)
            actions.ask_email_change(user, by=user, email=email, mail=proof.may_mail(email, "change"))
        except DomainError as problem:
            refused = problem
            form.explain(problem)
        else:
            flash(_("We sent a mail to %(email)s. Open the link in it to change your address.", email=email), "good")
            return redirect(url_for("accounts.settings"))
    return render_template("accounts/change_email.html", form=form), status(refused)


@bp.route("/settings/sessions")
@login_required
def sessions() -> ResponseReturnValue:
    return render_template("accounts/sessions.html", sessions=queries.sessions_of(visitor()), present=g.session_row.id)


@bp.route("/settings/sessions/end", methods=["POST"], defaults={"session_id": None})
@bp.route("/settings/sessions/<int:session_id>/end", methods=["POST"])
@login_required(back="accounts.sessions")
def end_session(session_id: int | None) -> ResponseReturnValue:
    user, row = visitor(), g.session_row
    if session_id is None:
        actions.end_sessions(user, but=row)
        flash(_("All other devices are signed out."), "good")
        return redirect(url_for("accounts.sessions"))
    asked = queries.session_of(user, session_id)
    if asked is None:
        raise Missing
    ensure(policy.may_end, user, asked)
    actions.end_sessions(user, only=asked.id)
    if asked.id == row.id:
        response = make_response(redirect(url_for("pages.home")))
        clear_cookie(response)
        return response
    flash(_("The device is signed out."), "good")
    return redirect(url_for("accounts.sessions"))


@bp.route("/settings/close", methods=["GET", "POST"])
@login_required
def close() -> ResponseReturnValue:
    user, form, refused = visitor(), CloseForm(), None
    if form.validate_on_submit():
        try:
            proof.reenter(g.session_row, user, form.current_password.data)
            actions.close_account(user, by=user, withdraw=bool(form.withdraw.data))
        except DomainError as problem:
            refused = problem
            form.explain(problem)
        else:
            flash(_("Your account is closed. Thank you for writing."), "good")
            response = make_response(redirect(url_for("pages.home")))
            clear_cookie(response)
            return response
    team = refused.facts.get("slug") if refused is not None else None
    return render_template("accounts/close.html", form=form, pseudonym=CLOSED_NAME, team=team), status(refused)
