"""Second factors in the settings: an app for codes, passkeys, recovery codes; and the proof asked before they change."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import flash, g, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts import actions, passkeys, proof, queries, second, totp
from forum.accounts.forms import AuthenticatorForm, PasskeyForm, ReconfirmForm
from forum.accounts.models import Ceremony
from forum.accounts.views import bp
from forum.accounts.views.entry import status, wanted
from forum.core.errors import DomainError, Invalid, Missing
from forum.core.problems import answer, wants_json
from forum.core.sentences import sentence
from forum.core.web import lead_through, login_required, visitor

View = Callable[..., ResponseReturnValue]


def recently_proved(back: str | None = None) -> Callable[[View], View]:
    """Ask for the password or a code again when neither was given a short while ago; `back` as in `login_required`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if second.is_recent(g.session_row):
                return view(*args, **kwargs)
            if wants_json():
                return answer(403, words=_("Please load this page again and give your password."))
            words = _("Please give your password first. What you wrote is kept and comes back afterwards.")
            return lead_through("accounts.reconfirm", words, back=back)

        return guarded

    return decorate


@bp.route("/settings/confirm", methods=["GET", "POST"])
@login_required
def reconfirm() -> ResponseReturnValue:
    """The password or a second factor once more, before something grave."""
    user, form, refused = visitor(), ReconfirmForm(), None
    if form.validate_on_submit():
        by_code = bool(form.code.data) and user.has_second_factor
        try:
            if by_code:
                second.prove_code(user, form.code.data)
            else:
                proof.reenter(g.session_row, user, form.current_password.data or "")
            actions.note_proof(user, by=user, session=g.session_row, second=by_code)
        except DomainError as problem:
            refused = problem
            form.explain(problem)
        else:
            return redirect(wanted() or url_for("accounts.second_factor"))
    return render_template("accounts/reconfirm.html", form=form, next=wanted()), status(refused)


@bp.route("/settings/second-factor", methods=["GET"])
@login_required
def second_factor() -> ResponseReturnValue:
    """What the person has, and why a business needs it."""
    user = visitor()
    return render_template(
        "accounts/second_factor.html",
        app=queries.authenticator_of(user.id),
        passkeys=queries.passkeys_of(user.id),
        possible=passkeys.possible(),
        left=queries.recovery_codes_left(user.id),
        next=wanted(),
    )


def _done(codes: list[str], words: str) -> ResponseReturnValue:
    """Show the recovery codes that came with the first factor, else go back to the list, or to where the person was going."""
    flash(words, "success")
    if not codes:
        return redirect(wanted() or url_for("accounts.second_factor"))
    return _show(codes)


def _show(codes: list[str]) -> ResponseReturnValue:
    return render_template("accounts/recovery_codes.html", codes=codes, next=wanted())


@bp.route("/settings/second-factor/app", methods=["GET", "POST"])
@login_required
@recently_proved()
def add_authenticator() -> ResponseReturnValue:
    """An app for codes: the key as a QR code and as words, then the first code."""
    user, form, refused = visitor(), AuthenticatorForm(), None
    if queries.authenticator_of(user.id) is not None:
        return redirect(wanted() or url_for("accounts.second_factor"))
    ours = totp.is_sealed(user.id, form.secret.data or "", form.seal.data or "")
    if form.validate_on_submit():
        try:
            if not ours:
                raise Invalid("bad_secret")
            codes = actions.add_authenticator(
                user, by=user, secret=form.secret.data, code=form.code.data, session=g.session_row
            )
        except DomainError as problem:
            refused = problem
            form.explain(problem)
        else:
            return _done(codes, _("The app is set up. From now on signing in asks for a code as well."))
    user = visitor()
    if not ours:
        form.secret.data = totp.new_secret()
        form.seal.data = totp.seal(user.id, form.secret.data)
    side, path = totp.qr_path(totp.address_of(form.secret.data, user.email or user.name))
    words = totp.in_groups(form.secret.data)
    page = render_template("accounts/add_app.html", form=form, side=side, path=path, words=words, next=wanted())
    return page, status(refused)


@bp.route("/settings/second-factor/app/remove", methods=["POST"])
@login_required(back="accounts.second_factor")
@recently_proved("accounts.second_factor")
def remove_authenticator() -> ResponseReturnValue:
    """Do without the app."""
    try:
        actions.remove_authenticator(visitor(), by=visitor())
        flash(_("The app is removed."), "success")
    except DomainError as problem:
        flash(sentence(problem), "warning")
    return redirect(url_for("accounts.second_factor"))


@bp.route("/settings/second-factor/passkey", methods=["GET", "POST"])
@login_required
@recently_proved()
def add_passkey() -> ResponseReturnValue:
    """A passkey: named here, made by the browser."""
    user, form, refused = visitor(), PasskeyForm(), None
    if form.validate_on_submit():
        try:
            codes = second.add_passkey(user, g.session_row, name=form.name.data, answer=form.credential.data or "")
        except DomainError as problem:
            refused = problem
            form.explain(problem)
        else:
            return _done(codes, _("The passkey is added."))
    form.credential.data = ""
    possible = passkeys.possible()
    page = render_template("accounts/add_passkey.html", form=form, possible=possible, next=wanted())
    return page, status(refused)


@bp.route("/settings/second-factor/passkey/options", methods=["POST"])
@login_required(back="accounts.add_passkey")
@recently_proved("accounts.add_passkey")
def passkey_options() -> ResponseReturnValue:
    """What the browser makes a passkey with; for a script of ours."""
    user = visitor()
    return jsonify(
        actions.challenge_passkey(user, holder_hash=g.session_row.token_hash, ceremony=Ceremony.REGISTER)
    )


@bp.route("/settings/second-factor/passkeys/<int:passkey_id>/remove", methods=["POST"])
@login_required(back="accounts.second_factor")
@recently_proved("accounts.second_factor")
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    """Do without a passkey."""
    passkey = queries.own_passkey(visitor(), passkey_id)
    if passkey is None:
        raise Missing
    actions.remove_passkey(passkey, by=visitor())
    flash(_("The passkey is removed."), "success")
    return redirect(url_for("accounts.second_factor"))


@bp.route("/settings/second-factor/codes", methods=["POST"])
@login_required(back="accounts.second_factor")
@recently_proved("accounts.second_factor")
def renew_codes() -> ResponseReturnValue:
    """New recovery codes; the old ones work no more."""
    try:
        codes = actions.renew_codes(visitor(), by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "warning")
        return redirect(url_for("accounts.second_factor"))
    return _show(codes)
