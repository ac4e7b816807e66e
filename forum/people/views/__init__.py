"""Pages about people: who holds an office, one person, what needs two, readings; and for everybody their own sanctions."""

from flask import Blueprint

from forum.people import words

bp = Blueprint("people", __name__)
bp.add_app_template_filter(words.standing_words)
bp.add_app_template_filter(words.sanction_reason_words)
bp.add_app_template_filter(words.until_words)
bp.add_app_template_filter(words.suspension_words)

from forum.people.views import orders, own, person, requests, suspended  # noqa: E402  the routes need `bp`

__all__ = ["bp", "orders", "own", "person", "requests", "suspended"]
