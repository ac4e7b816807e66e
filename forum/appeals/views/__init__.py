"""Pages of decisions and appeals: for those concerned, for who reported without an account, and for the moderators who judge."""

from flask import Blueprint

from forum.appeals import words

bp = Blueprint("appeals", __name__)
bp.add_app_template_filter(words.kind_words, "decision_kind_words")
bp.add_app_template_filter(words.decision_words)
bp.add_app_template_filter(words.decision_reason_words)

from forum.appeals.views import decisions, judging, reporters  # noqa: E402  the routes need `bp`

__all__ = ["bp", "decisions", "judging", "reporters"]
