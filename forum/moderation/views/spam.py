"""Several advertisements of the queue rejected together."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.access import ensure
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor
from forum.moderation import actions, policy
from forum.moderation.queries.whole import waiting_item
from forum.moderation.views import bp


@bp.route("/moderation/spam", methods=["POST"])
@login_required(back="moderation.queue")
def reject_spam() -> ResponseReturnValue:
    """Reject what was ticked; what fails is told one by one."""
    ensure(policy.may_open_desk, visitor(), None)
    items = [item for item in request.form.getlist("item") if len(item) <= 60]
    names = {item: row.title for item in items[: actions.MOST_ITEMS] if (row := waiting_item(visitor(), item)) is not None}
    done = actions.reject_as_spam(
        items, by=visitor(), message=request.form.get("message", ""), answer=request.form.get("answer", "")
    )
    number = sum(one.problem is None for one in done)
    if number:
        flash(
            ngettext(
                "%(num)d rejected as advertising; its author is told.", "%(num)d rejected as advertising; their authors are told.", number
            ),
            "success",
        )
    if not items:
        flash(_("Nothing was ticked."), "warning")
    for one in done:
        if one.problem is not None:
            flash(f"{names.get(one.item, one.item)}: {sentence(one.problem)}", "warning")
    return redirect(url_for("moderation.queue", kind=request.form.get("kind") or None))
