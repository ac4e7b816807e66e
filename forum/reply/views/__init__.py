"""Pages of the right of reply: written and confirmed without an account, reviewed by moderators."""

from flask import Blueprint

from forum.reply import words

bp = Blueprint("reply", __name__)
bp.add_app_template_filter(words.refusal_words, "reply_refusal")

from forum.reply.views import desk, writing  # noqa: E402  the routes need `bp`

__all__ = ["bp", "desk", "writing"]
