"""A person without an account: asking by an address, proving it by the mailed link, fetching the copy by another one."""

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.config import settings
from forum.core.errors import DomainError, Missing
from forum.core.sentences import sentence
from forum.core.web import language, open_to_others, remote_address
from forum.privacy import actions, links, queries
from forum.privacy.actions.asking import LINK_LIFE
from forum.privacy.forms import MailForm
from forum.privacy.models import DataRequest
from forum.privacy.views import bp, sending

PAGES = {"privacy.mailed", "privacy.confirm", "privacy.withdraw_mailed", "privacy.copy", "privacy.fetch_mailed"}
CLOSED = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}


@bp.after_request
def tell_nobody_the_address(response: Response) -> Response:
    """Keep the address of a mailed link to itself: no Referer, no index, no cache."""
    if request.endpoint in PAGES:
        response.headers.update(CLOSED)
    return response


@bp.route("/privacy/request", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask about own data without an account; the answer is the same whether or not anything is held."""
    form = MailForm()
    if form.validate_on_submit():
        try:
            made = actions.ask_by_mail(
                email=form.email.data or "",
                kind=form.chosen,
                text=form.text.data or "",
                everything=form.whole,
                language=language(),
                address=remote_address(),
            )
        except DomainError as problem:
            form.explain(problem)
        else:
            return render_template("privacy/sent.html", email=made.email, days=LINK_LIFE.days)
    return render_template(
        "privacy/ask.html", form=form, hours=settings().data_request_hours
    ), 422 if form.errors or form.form_errors else 200


@bp.route("/data-requests/<int:request_id>/<key>", methods=["GET"])
@open_to_others
def mailed(request_id: int, key: str) -> ResponseReturnValue:
    return render_template(
        "privacy/one.html",
        asked=_found(request_id, key),
        form=None,
        fetch_url=None,
        confirm_url=url_for("privacy.confirm", request_id=request_id, key=key),
        withdraw_url=url_for("privacy.withdraw_mailed", request_id=request_id, key=key),
        mine=False,
    )


@bp.route("/data-requests/<int:request_id>/<key>/confirm", methods=["POST"])
@open_to_others
def confirm(request_id: int, key: str) -> ResponseReturnValue:
    found = _found(request_id, key)
    try:
        actions.prove(found)
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("Thank you. We answer within %(hours)s hours.", hours=settings().data_request_hours), "success")
    return redirect(url_for("privacy.mailed", request_id=request_id, key=key))


@bp.route("/data-requests/<int:request_id>/<key>/withdraw", methods=["POST"])
@open_to_others
def withdraw_mailed(request_id: int, key: str) -> ResponseReturnValue:
    found = _found(request_id, key)
    try:
        actions.withdraw(found, by=None)
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("The request is taken back."), "success")
    return redirect(url_for("privacy.mailed", request_id=request_id, key=key))


@bp.route("/data-requests/<int:request_id>/copy/<key>", methods=["GET"])
@open_to_others
def copy(request_id: int, key: str) -> ResponseReturnValue:
    """The page of the mail about the finished copy: a button fetches it, since programs open links as well."""
    return render_template(
        "privacy/one.html",
        asked=_found(request_id, key, links.COPY),
        form=None,
        fetch_url=url_for("privacy.fetch_mailed", request_id=request_id, key=key),
        confirm_url=None,
        withdraw_url=None,
        mine=False,
    )


@bp.route("/data-requests/<int:request_id>/copy/<key>", methods=["POST"])
@open_to_others
def fetch_mailed(request_id: int, key: str) -> ResponseReturnValue:
    found = _found(request_id, key, links.COPY)
    return sending.answer(actions.fetch(found, by=None, storage=current_app.extensions["storage"]))


def _found(request_id: int, key: str, purpose: str = links.STATE) -> DataRequest:
    """The request of an address that this key opens; any other is none. Raises Missing."""
    if not links.opens(request_id, key, purpose):
        raise Missing
    found = queries.request_by_id(request_id)
    if found.user_id is not None:
        raise Missing
    return found
