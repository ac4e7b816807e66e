"""Pages of letters: reading, writing, and what an author does with an own letter."""

from flask import Blueprint

from forum.letters.words import mark_reason_words

bp = Blueprint("letters", __name__)
bp.add_app_template_filter(mark_reason_words)

from forum.letters.views import author, drafts, files, mine, places, read, write  # noqa: E402  the routes need `bp`

__all__ = ["author", "bp", "drafts", "files", "mine", "places", "read", "write"]
