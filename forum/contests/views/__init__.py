"""Pages of contests: filing one, what both sides see of it, and the moderators' decision."""

from flask import Blueprint

from forum.contests import words

bp = Blueprint("contests", __name__)
bp.add_app_template_filter(words.ground_words, "contest_ground")
bp.add_app_template_filter(words.state_words, "contest_state")
bp.add_app_template_filter(words.finding_words, "contest_finding")
bp.add_app_template_filter(words.effect_words, "contest_effect")
bp.add_app_template_global(words.side_words, "contest_side")

from forum.contests.views import desk, filing, mailed, sides  # noqa: E402  the routes need `bp`

__all__ = ["bp", "desk", "filing", "mailed", "sides"]
