"""A contest without an account, by the link in the mail: confirmed by a button, since programs open links as well, and followed."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.models import Guest
from forum.appeals.queries import key_to_appeal
from forum.contests import actions, links, queries
from forum.contests.models import Contest
from forum.contests.views import bp
from forum.contests.views.sides import facts
from forum.core.errors import DomainError, Missing
from forum.core.sentences import sentence
from forum.core.web import open_to_others

PAGES = {"contests.mailed", "contests.confirm", "contests.withdraw_mailed"}
CLOSED = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}


@bp.after_request
def tell_nobody_the_address(response: Response) -> Response:
    """Keep the address of a mailed link to itself: no Referer, no index, no cache."""
    if request.endpoint in PAGES:
        response.headers.update(CLOSED)
    return response


@bp.route("/contests/<int:contest_id>/<key>", methods=["GET"])
@open_to_others
def mailed(contest_id: int, key: str) -> ResponseReturnValue:
    found = _found(contest_id, key)
    return render_template("contests/mailed.html", key=key, appeal=key_to_appeal(found.about) if found.is_decided else None, **facts(found))


@bp.route("/contests/<int:contest_id>/<key>/confirm", methods=["POST"])
@open_to_others
def confirm(contest_id: int, key: str) -> ResponseReturnValue:
    found = _found(contest_id, key)
    try:
        actions.prove(found)
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("Your contest is filed. The letter says so, and its author is told."), "success")
    return redirect(url_for("contests.mailed", contest_id=contest_id, key=key))


@bp.route("/contests/<int:contest_id>/<key>/withdraw", methods=["POST"])
@open_to_others
def withdraw_mailed(contest_id: int, key: str) -> ResponseReturnValue:
    found = _found(contest_id, key)
    try:
        actions.withdraw(found, by=Guest())
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("The contest is taken back."), "success")
    return redirect(url_for("contests.mailed", contest_id=contest_id, key=key))


def _found(contest_id: int, key: str) -> Contest:
    """The contest that this key opens; any other address is none. Raises Missing."""
    if not links.opens(contest_id, key):
        raise Missing
    found = queries.contest_by_id(contest_id)
    if found.email is None:
        raise Missing
    return found
