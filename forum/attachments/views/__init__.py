"""Files as they are sent, the page on which an owner looks after one, and the documents that prove a claim."""

from flask import Blueprint

from forum.attachments.choosing import choosing
from forum.attachments.words import audience_words, opener_words

bp = Blueprint("attachments", __name__)
bp.add_app_template_global(choosing)
bp.add_app_template_filter(opener_words)
bp.add_app_template_filter(audience_words)

from forum.attachments.views import documents, files, room  # noqa: E402  the routes need `bp`

__all__ = ["bp", "documents", "files", "room"]
