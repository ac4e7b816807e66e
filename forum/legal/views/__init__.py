"""Pages of legal matters: how to serve a notice, the moderators' desk of them, what those concerned see."""

from flask import Blueprint

from forum.legal import words

bp = Blueprint("legal", __name__)
bp.add_app_template_filter(words.demand_words)
bp.add_app_template_filter(words.demand_means)
bp.add_app_template_filter(words.state_words, "legal_state")
bp.add_app_template_filter(words.outcome_words, "legal_outcome")

from forum.legal.views import concerned, desk, holding, intake  # noqa: E402  the routes need `bp`

__all__ = ["bp", "concerned", "desk", "holding", "intake"]
