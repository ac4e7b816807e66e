"""What the holder of an account asks about their own data, and how it stands."""

from flask import current_app, flash, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts import proof
from forum.accounts.sessions import clear_cookie
from forum.config import settings
from forum.core.errors import DomainError
from forum.core.sentences import sentence
from forum.core.web import language, login_required, visitor
from forum.privacy import actions, queries
from forum.privacy.forms import FetchForm, OwnForm
from forum.privacy.lifecycle import DataKind
from forum.privacy.models import DataRequest
from forum.privacy.views import bp, sending


@bp.route("/settings/data", methods=["GET", "POST"])
@login_required
def own() -> ResponseReturnValue:
    user, form = visitor(), OwnForm()
    if form.validate_on_submit():
        try:
            proof.reenter(g.session_row, user, form.current_password.data)
            made = actions.ask(
                user, by=user, kind=form.chosen, text=form.text.data or "", everything=form.whole, language=language()
            )
        except DomainError as problem:
            form.explain(problem)
        else:
            if made.kind is DataKind.DELETION and not made.everything:
                flash(_("Your account is closed and your data deleted. A mail tells what stays and why."), "good")
                response = make_response(redirect(url_for("pages.home")))
                clear_cookie(response)
                return response
            flash(
                _("Your request is noted. We answer within %(hours)s hours.", hours=settings().data_request_hours),
                "good",
            )
            return redirect(url_for("privacy.one", request_id=made.id))
    return render_template(
        "privacy/own.html", form=form, rows=queries.mine(visitor()), hours=settings().data_request_hours
    ), 422 if form.errors or form.form_errors else 200


@bp.route("/settings/data/<int:request_id>", methods=["GET"])
@login_required
def one(request_id: int) -> ResponseReturnValue:
    return _page(queries.of_account(visitor(), request_id), FetchForm(endpoint="privacy.fetch"))


@bp.route("/settings/data/<int:request_id>/copy", methods=["POST"])
@login_required(back="privacy.one")
def fetch(request_id: int) -> ResponseReturnValue:
    """Hand the copy out, once the password was given again."""
    found, form = queries.of_account(visitor(), request_id), FetchForm()
    if form.validate_on_submit():
        try:
            proof.reenter(g.session_row, visitor(), form.current_password.data)
            data = actions.fetch(found, by=visitor(), storage=current_app.extensions["storage"])
        except DomainError as problem:
            form.explain(problem)
        else:
            return sending.answer(data)
    return _page(queries.of_account(visitor(), request_id), form)


@bp.route("/settings/data/<int:request_id>/withdraw", methods=["POST"])
@login_required(back="privacy.one")
def withdraw(request_id: int) -> ResponseReturnValue:
    found = queries.of_account(visitor(), request_id)
    try:
        actions.withdraw(found, by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("The request is taken back."), "success")
    return redirect(url_for("privacy.one", request_id=request_id))


def _page(found: DataRequest, form: FetchForm) -> ResponseReturnValue:
    return render_template(
        "privacy/one.html",
        asked=found,
        form=form,
        fetch_url=url_for("privacy.fetch", request_id=found.id),
        withdraw_url=url_for("privacy.withdraw", request_id=found.id),
        confirm_url=None,
        mine=True,
    ), 422 if form.errors or form.form_errors else 200
