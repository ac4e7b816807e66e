"""Pages of the public ledger."""

from flask import Blueprint

from forum.ledger import words

bp = Blueprint("ledger", __name__)
bp.add_app_template_filter(words.duration, "duration")
bp.add_app_template_filter(words.month, "month")
WORDS = {"ledger_acts": words.ACTS, "ledger_askers": words.ASKED_BY, "ledger_outcomes": words.OUTCOMES}
bp.record(lambda state: state.app.jinja_env.globals.update(WORDS))

from forum.ledger.views import correct, figures, files, lists, one  # noqa: E402  the routes need `bp`

__all__ = ["bp", "correct", "figures", "files", "lists", "one"]
