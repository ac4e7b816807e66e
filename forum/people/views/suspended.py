"""A suspended person keeps reading, the own account, letters, data and appeals; everything else is refused in words."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from forum.core.db import db
from forum.core.errors import Suspended
from forum.core.forms import UNSAFE, typed
from forum.core.problems import answer, wants_json
from forum.core.sentences import sentence
from forum.core.web import visitor
from forum.people.views import bp

KEPT_BLUEPRINTS = frozenset({"accounts", "appeals", "notifications", "pages", "privacy", "search", "statistics"})
KEPT = frozenset(
    {
        "letters.withdraw",
        "letters.save_draft",
        "letters.discard_draft",
        "letters.draft_files",
        "letters.remove_draft_file",
        "letters.hints",
        "comments.delete",
        "redactions.redact",
        "handover.pack",
        "responses.save_draft",
        "merchants.end_representation",
        "orders.one",
    }
)
"""What nobody loses: taking back and covering own words, drafts, the pack of an own case, leaving a team, objecting to an order."""


@bp.before_app_request
def guard_suspended() -> None:
    """Refuse what a suspended person sends, but for what they keep; actions refuse by themselves (`core.access.ensure`)."""
    if request.method not in UNSAFE or request.blueprint in KEPT_BLUEPRINTS or request.endpoint in KEPT:
        return
    who = visitor()
    if who.is_suspended:
        raise Suspended(until=who.suspended_until)


@bp.app_errorhandler(Suspended)
def tell_suspended(problem: Suspended) -> ResponseReturnValue:
    """Say until when and how to appeal, and show every word that was typed."""
    db.session.rollback()
    words = sentence(problem)
    if wants_json() or g.get("session_row") is None:
        return answer(403, words=words)
    return render_template("errors/suspended.html", words=words, fields=typed()), 403
