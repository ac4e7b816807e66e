"""Sign up, sign in, sign out."""

from datetime import datetime

from flask import flash, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts import actions, proof
from forum.accounts.addresses import normal_email
from forum.accounts.devices import device_words
from forum.accounts.forms import SignInForm, SignUpForm
from forum.accounts.models import User
from forum.accounts.passwords import hash_password, outdated
from forum.accounts.sessions import clear_cookie, cookie_name, set_cookie, set_step_cookie
from forum.accounts.views import bp
from forum.core import work
from forum.core.errors import DomainError, TooMany
from forum.core.returning import hand_over
from forum.core.web import language, local_path, remote_address, visitor

TOO_MANY = 429


def wanted() -> str | None:
    """Where the person was going before: a path of this site, or None."""
    return local_path(request.args.get("next"))


def status(problem: DomainError | None) -> int:
    """The status of a form page: 429 beyond a limit."""
    return TOO_MANY if isinstance(problem, TooMany) else 200


@bp.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> ResponseReturnValue:
    if not visitor().is_guest:
        return redirect(wanted() or url_for("pages.home"))
    form, refused = SignUpForm(), None
    if form.validate_on_submit():
        try:
            proof.allow_sign_up(remote_address(), solution=form.work.data or "")
            email = normal_email(form.email.data)
            secret = proof.new_hash(form.password.data, email=email)
            user = actions.sign_up(
                name=form.name.data,
                email=email,
                password_hash=secret,
                language=language(),
                mail=proof.may_mail(email, "sign-up"),
                then=wanted(),
            )
        except DomainError as problem:
            refused = problem
            form.explain(problem)
        else:
            if user is not None:
                hand_over(wanted(), user.id)
            flash(_("We sent a mail to %(email)s.", email=email), "good")
            return redirect(url_for("accounts.signed_up", next=wanted()))
    page = render_template("accounts/sign_up.html", form=form, next=wanted(), sum_asked=work.is_asked("sign-up-site"))
    return page, status(refused)


@bp.route("/sign-up/work", methods=["GET"], endpoint="work")
def fresh_sum() -> ResponseReturnValue:
    """A sum for the browser to do; each is taken once."""
    answer = jsonify(work.challenge())
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("/sign-up/sent")
def signed_up() -> ResponseReturnValue:
    """The same page whether the address was known or not."""
    return render_template("accounts/signed_up.html", next=wanted())


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    if not visitor().is_guest and request.method == "GET":
        return redirect(wanted() or url_for("pages.home"))
    form, refused = SignInForm(), None
    if form.validate_on_submit():
        try:
            user = proof.prove(form.email.data, form.password.data, address=remote_address())
        except DomainError as problem:
            refused = problem
            form.explain(problem)
        else:
            if user.password_hash and outdated(user.password_hash):
                actions.rehash(user, password_hash=hash_password(form.password.data))
            if user.has_second_factor:
                return begin_second_step(user)
            return enter(user, wanted() or url_for("pages.home"))
    return render_template("accounts/sign_in.html", form=form, next=wanted()), status(refused)


def begin_second_step(user: User) -> ResponseReturnValue:
    """The password was right: lead to the second factor. Whoever is signed in in this browser stays so until it is given."""
    token = actions.begin_step(user)
    response = make_response(redirect(url_for("accounts.second_step", next=wanted())))
    set_step_cookie(response, token)
    return response


def enter(user: User, target: str, *, second_factor_at: datetime | None = None) -> ResponseReturnValue:
    """Go on as this person, under a new session that replaces the one this browser had."""
    token = actions.open_session(
        user,
        address=remote_address(),
        device=device_words(request.user_agent.string),
        replaces=request.cookies.get(cookie_name()),
        second_factor_at=second_factor_at,
    )
    response = make_response(redirect(target))
    set_cookie(response, token)
    return response


@bp.route("/sign-out", methods=["POST"])
def sign_out() -> ResponseReturnValue:
    user, row = visitor(), g.get("session_row")
    if row is not None:
        actions.end_sessions(user, only=row.id)
        flash(_("You are signed out."), "good")
    response = make_response(redirect(url_for("pages.home")))
    clear_cookie(response)
    return response
