"""Pages on which words are covered."""

from flask import Blueprint

from forum.redactions import words

bp = Blueprint("redactions", __name__)
bp.add_app_template_filter(words.label_words, "redaction_label")
bp.add_app_template_filter(words.reason_words, "redaction_reason")
bp.add_app_template_filter(words.place_words, "redaction_place")

from forum.redactions.views import redact  # noqa: E402  the routes need `bp`

__all__ = ["bp", "redact"]
