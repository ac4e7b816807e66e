"""Pages of notifications: the inbox, the choice of mails, and the way out of a mail."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.web import login_required, open_to_others, same_origin, visitor
from forum.notifications import actions, queries
from forum.notifications import unsubscribe as ways
from forum.notifications.forms import MailForm
from forum.notifications.words import words_of
from forum.notifications.words.choices import choice_words

bp = Blueprint("notifications", __name__)


@bp.route("/notifications", methods=["GET"])
@login_required
def inbox() -> ResponseReturnValue:
    """Everything a person was told, newest first."""
    page = queries.inbox(visitor(), request.args.get("after"))
    lines = [(line, words_of(line.kind, line.subject)) for line in page.items]
    following = url_for("notifications.inbox", after=page.next) if page.next else None
    return render_template(
        "notifications/inbox.html", lines=lines, following=following, later=bool(request.args.get("after"))
    )


@bp.route("/notifications/<int:notification_id>", methods=["GET"])
@login_required
def follow(notification_id: int) -> ResponseReturnValue:
    """Go where a notification leads; from our own pages it counts as read by that."""
    found, line = queries.notification_for(visitor(), notification_id)
    if same_origin():
        actions.read(found, by=visitor())
    return redirect(words_of(line.kind, line.subject).path or url_for("notifications.inbox"))


@bp.route("/notifications/<int:notification_id>/read", methods=["POST"])
@login_required(back="notifications.follow")
def read(notification_id: int) -> ResponseReturnValue:
    """Mark one as read and stay."""
    found, _line = queries.notification_for(visitor(), notification_id)
    actions.read(found, by=visitor())
    return redirect(url_for("notifications.inbox", after=request.args.get("after"), _anchor=f"n{notification_id}"))


@bp.route("/notifications/read", methods=["POST"])
@login_required(back="notifications.inbox")
def read_all() -> ResponseReturnValue:
    """Mark everything as read."""
    actions.read_all(by=visitor())
    flash(_("Everything is marked as read."), "success")
    return redirect(url_for("notifications.inbox"))


@bp.route("/notifications/settings", methods=["GET", "POST"])
@login_required
def settings() -> ResponseReturnValue:
    """Choose which mails come."""
    offered = queries.offered(visitor())
    form = MailForm(offered, queries.unwanted(visitor()))
    if form.validate_on_submit():
        every = [choice for choices in offered.values() for choice in choices]
        actions.choose(form.wanted, offered=every, by=visitor())
        flash(_("Your choice of mails is kept."), "success")
        return redirect(url_for("notifications.settings"))
    return render_template("notifications/settings.html", form=form)


@bp.route("/unsubscribe/<token>", methods=["GET", "POST"])
@open_to_others
def unsubscribe(token: str) -> ResponseReturnValue:
    """Switch a kind of mail off without signing in; mail programs send the POST by themselves (RFC 8058)."""
    way = ways.read(token)
    if request.method == "POST":
        actions.unsubscribe(way)
    return render_template(
        "notifications/unsubscribe.html",
        done=request.method == "POST",
        about=choice_words(way.choice),
        of_business=way.merchant_id is not None,
    )
