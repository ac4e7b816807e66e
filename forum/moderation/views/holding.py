"""An item of the queue in somebody's hands: taken, put back, handed on, looked at; and the way to the next one."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import DomainError, Invalid, Missing
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor
from forum.moderation import actions, policy
from forum.moderation.queries import whole
from forum.moderation.queries.sources import place_of
from forum.moderation.views import bp


@bp.route("/moderation/next", methods=["GET"])
@login_required
def onward() -> ResponseReturnValue:
    """Go to the item that waits behind this one and is in nobody's hand, or to the queue when there is none."""
    ensure(policy.may_open_desk, visitor(), None)
    try:
        row = whole.onward(visitor(), request.args.get("after"))
    except Invalid:  # a form of an older page: from the first on
        row = whole.onward(visitor(), None)
    return redirect(url_for("moderation.queue") if row is None else url_for(row.endpoint, **row.arguments))


@bp.route("/moderation/items/<item>/take", methods=["POST"])
@login_required(back="moderation.queue")
def take(item: str) -> ResponseReturnValue:
    return _done(item, lambda: actions.take(item, by=visitor()), _("You have it in hand."))


@bp.route("/moderation/items/<item>/release", methods=["POST"])
@login_required(back="moderation.queue")
def release(item: str) -> ResponseReturnValue:
    return _done(item, lambda: actions.release(item, by=visitor()), _("You put it back: everybody can take it."))


@bp.route("/moderation/items/<item>/seen", methods=["POST"])
@login_required(back="moderation.queue")
def see(item: str) -> ResponseReturnValue:
    return _done(item, lambda: actions.see(item, by=visitor()), _("It counts as seen: its alarm stops, and it still waits."))


@bp.route("/moderation/items/<item>/hand-on", methods=["POST"])
@login_required(back="moderation.queue")
def hand_on(item: str) -> ResponseReturnValue:
    """Give the item to another moderator, chosen from the list."""
    chosen = request.form.get("to", "")
    to = db.session.get(User, int(chosen)) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 19 else None
    said = _("It is in the hands of %(name)s now.", name=to.name if to else "")
    return _done(item, lambda: actions.hand_on(item, by=visitor(), to=to, note=request.form.get("note", "")), said)


def _done(item: str, act: Callable[[], Any], said: str) -> ResponseReturnValue:
    """Do it and go back to the item; a refusal is said there."""
    ensure(policy.may_open_desk, visitor(), None)
    place = place_of(item)
    if place is None:
        raise Missing
    try:
        act()
    except Missing:
        flash(_("This does not wait any more."), "warning")
    except DomainError as problem:
        flash(sentence(problem), "warning")
    else:
        flash(said, "success")
    endpoint, arguments = place
    return redirect(url_for(endpoint, **arguments))
