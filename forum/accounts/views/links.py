"""What mailed links lead to. Opening one shows a button: programs that look into mails use nothing up."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts import actions, proof, queries
from forum.accounts.addresses import normal_email
from forum.accounts.forms import ForgotForm, ResetForm
from forum.accounts.models import MailedLink, Purpose
from forum.accounts.views import bp
from forum.accounts.views.entry import status, wanted
from forum.core import returning
from forum.core.errors import DomainError, Gone, TooMany
from forum.core.rates import LIMITS
from forum.core.sentences import sentence
from forum.core.web import login_required, remote_address, visitor

GONE = 410


def _over(link: MailedLink | None, purpose: Purpose) -> ResponseReturnValue:
    """The page of a link that works no more."""
    done = link is not None and link.used_at is not None and purpose is not Purpose.RESET
    return render_template("accounts/link_over.html", purpose=purpose, done=done, next=wanted()), GONE


def _after(email: str) -> Response:
    """Where the person was going; a guest goes there through signing in."""
    return _sign_in(email) if visitor().is_guest else make_response(redirect(wanted() or url_for("pages.home")))


def _sign_in(email: str) -> Response:
    """Signing in, with the address filled in that its owner has just proved; no word of it stands in the URL."""
    token, browser = returning.park("accounts.sign_in", {"email": [email]})
    response = make_response(redirect(url_for("accounts.sign_in", next=wanted(), parked=token)))
    returning.mark(response, browser)
    return response


@bp.route("/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    link = queries.link_for(token, Purpose.CONFIRM)
    if link is None or not queries.is_alive(link):
        return _over(link, Purpose.CONFIRM)
    email = link.email
    if request.method == "POST":
        try:
            actions.confirm(link)
        except Gone:
            return _over(link, Purpose.CONFIRM)
        flash(_("Your address is confirmed. You can send letters and comments now."), "good")
        return _after(email)
    return render_template("accounts/confirm.html", link=link)


@bp.route("/confirm", methods=["POST"])
@login_required(back="accounts.settings")
def resend_confirmation() -> ResponseReturnValue:
    user = visitor()
    try:
        if not user.is_confirmed and not proof.may_mail(user.email, "confirm"):
            raise TooMany(retry_after=int(LIMITS["mail-confirm"].window.total_seconds()))
        actions.resend_confirmation(user, by=user)
    except DomainError as problem:
        flash(sentence(problem), "warning")
    else:
        flash(_("We sent a mail to %(email)s.", email=user.email), "good")
    return redirect(url_for("accounts.settings"))


@bp.route("/forgot-password", methods=["GET", "POST"])
def forgot() -> ResponseReturnValue:
    form, refused = ForgotForm(), None
    if form.validate_on_submit():
        try:
            proof.allow_forgot(remote_address())
            email = normal_email(form.email.data)
            found = queries.credentials(email)
            actions.ask_reset(found[0] if found else None, then=wanted())
        except DomainError as problem:
            refused = problem
            form.explain(problem)
        else:
            flash(_("If there is an account with %(email)s, a mail is on its way to it.", email=email), "good")
            return redirect(url_for("accounts.forgot_sent", next=wanted()))
    return render_template("accounts/forgot.html", form=form, next=wanted()), status(refused)


@bp.route("/forgot-password/sent")
def forgot_sent() -> ResponseReturnValue:
    return render_template("accounts/forgot_sent.html", next=wanted())


@bp.route("/reset-password/<token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    link = queries.link_for(token, Purpose.RESET)
    if link is None or not queries.is_alive(link):
        return _over(link, Purpose.RESET)
    form, email = ResetForm(), link.email
    form.email_for_password = email
    if form.validate_on_submit():
        try:
            actions.reset_password(link, password_hash=proof.new_hash(form.password.data, email=email))
        except Gone:
            return _over(link, Purpose.RESET)
        flash(_("Your new password is set. Please sign in with it."), "good")
        return _sign_in(email)
    return render_template("accounts/reset.html", form=form, link=link)


@bp.route("/confirm-email/<token>", methods=["GET", "POST"])
def confirm_email_change(token: str) -> ResponseReturnValue:
    link = queries.link_for(token, Purpose.CHANGE_EMAIL)
    if link is None or not queries.is_alive(link):
        return _over(link, Purpose.CHANGE_EMAIL)
    email = link.email
    if request.method == "POST":
        try:
            actions.confirm_email_change(link)
        except Gone:
            return _over(link, Purpose.CHANGE_EMAIL)
        except DomainError as problem:
            flash(sentence(problem), "warning")
        else:
            flash(_("%(email)s is the address of your account now.", email=email), "good")
        return _after(email)
    return render_template("accounts/confirm_email.html", link=link)
