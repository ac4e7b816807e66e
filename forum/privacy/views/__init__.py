"""Pages of data requests: of an account, by a mailed link, on the desk; and the processing log."""

from flask import Blueprint

from forum.privacy import words

bp = Blueprint("privacy", __name__)
bp.add_app_template_filter(lambda value: words.KINDS[value], "data_kind")
bp.add_app_template_filter(lambda value: words.STATES[value], "data_state")
bp.add_app_template_filter(lambda value: words.REFUSALS[value], "data_refusal")
bp.add_app_template_filter(lambda value: words.GROUNDS[value], "data_ground")
bp.add_app_template_filter(lambda value: words.TABLES[value], "data_table_words")

from forum.privacy.views import desk, log, mailed, own  # noqa: E402  the routes need `bp`

__all__ = ["bp", "desk", "log", "mailed", "own"]
