"""The second step of signing in: a code of the app, a passkey or a recovery code. Until then there is no session."""

from flask import current_app, flash, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts import actions, passkeys, queries, second, sessions
from forum.accounts.devices import device_words
from forum.accounts.forms import PasskeyAnswerForm, SecondStepForm
from forum.accounts.models import Ceremony, SignInStep
from forum.accounts.views import bp
from forum.accounts.views.entry import status, wanted
from forum.config import settings
from forum.core.db import db
from forum.core.errors import DomainError, Gone, SecondFactorNeeded
from forum.core.problems import answer, wants_json
from forum.core.sentences import sentence
from forum.core.web import lead_through, remote_address, visitor

BUSINESS_SIDE = frozenset({"desk", "webhooks"})
"""Blueprints whose every page is the business's side: private details, templates, tokens."""


def _step() -> SignInStep | None:
    return queries.sign_in_step(request.cookies.get(sessions.step_cookie_name()))


def _again() -> ResponseReturnValue:
    """Back to the first step: the second one took too long, or was never reached."""
    flash(sentence(Gone("step_over")), "info")
    response = make_response(redirect(url_for("accounts.sign_in", next=wanted())))
    sessions.clear_step_cookie(response)
    return response


@bp.route("/sign-in/second", methods=["GET", "POST"])
def second_step() -> ResponseReturnValue:
    """A code of the app, or a recovery code."""
    step = _step()
    if step is None:
        return _again()
    form, refused = SecondStepForm(), None
    if form.validate_on_submit():
        try:
            second.prove_code(step.user, form.code.data)
            return _finish(step)
        except Gone:
            return _again()
        except DomainError as problem:
            refused = problem
            form.explain(problem)
    return _page(form, PasskeyAnswerForm(endpoint="accounts.pass_with_passkey"), refused)


@bp.route("/sign-in/second/passkey", methods=["POST"])
def pass_with_passkey() -> ResponseReturnValue:
    """The answer of a passkey."""
    step = _step()
    if step is None:
        return _again()
    form, refused = PasskeyAnswerForm(), None
    if form.validate_on_submit():
        try:
            second.prove_passkey(step.user, form.credential.data or "", holder_hash=step.token_hash)
            return _finish(step)
        except Gone:
            return _again()
        except DomainError as problem:
            refused = problem
            form.explain(problem)
    form.credential.data = ""
    return _page(SecondStepForm(endpoint="accounts.second_step"), form, refused)


@bp.route("/sign-in/second/passkey/options", methods=["POST"])
def passkey_question() -> ResponseReturnValue:
    """What the browser asks a passkey with; for a script of ours."""
    step = _step()
    if step is None:
        raise Gone("step_over")
    return jsonify(actions.challenge_passkey(step.user, holder_hash=step.token_hash, ceremony=Ceremony.SIGN_IN))


def _page(form: SecondStepForm, passkey_form: PasskeyAnswerForm, refused: DomainError | None) -> ResponseReturnValue:
    step = _step()
    if step is None:
        return _again()
    known = queries.passkeys_of(step.user_id)
    page = render_template(
        "accounts/second_step.html",
        form=form,
        passkey_form=passkey_form if known and passkeys.possible() else None,
        has_app=queries.authenticator_of(step.user_id) is not None,
        demo_code=second.code_of_the_demo(step.user),
        contact=settings().contact_email,
        next=wanted(),
    )
    return page, status(refused)


def _finish(step: SignInStep) -> ResponseReturnValue:
    token = actions.finish_step(
        step,
        address=remote_address(),
        device=device_words(request.user_agent.string),
        replaces=request.cookies.get(sessions.cookie_name()),
    )
    response = make_response(redirect(wanted() or url_for("pages.home")))
    sessions.set_cookie(response, token)
    sessions.clear_step_cookie(response)
    return response


@bp.app_errorhandler(SecondFactorNeeded)
def lead_to_second_factor(problem: SecondFactorNeeded) -> ResponseReturnValue:
    """Whoever lacks nothing but a second factor sets one up first and comes back with every word typed."""
    db.session.rollback()
    if wants_json() or g.get("session_row") is None:
        return answer(403, words=sentence(problem))
    view = current_app.view_functions[request.endpoint or ""]
    rule = request.url_rule
    back = getattr(view, "back", None)
    if back is None and rule is not None and "GET" not in (rule.methods or set()):
        return answer(403, words=sentence(problem))
    words = _("Set up the second factor first. What you wrote is kept and comes back afterwards.")
    return lead_through("accounts.second_factor", words, back=back, anchor=getattr(view, "anchor", ""))


@bp.before_app_request
def guard_business_side() -> None:
    """Let nobody into a page of the business's side who may act there only with a second factor; actions refuse by themselves."""
    if request.blueprint in BUSINESS_SIDE and visitor().unsecured_ids:
        raise SecondFactorNeeded
