"""Pages of administrators, and what all pages show of what they set."""

from flask import Blueprint

from forum.console import words
from forum.console.queries.announcements import shown
from forum.core import steering
from forum.core.steering import READ_ONLY

bp = Blueprint("console", __name__)
bp.add_app_template_global(shown, "announcements")
bp.add_app_template_global(lambda: steering.value(READ_ONLY), "read_only")
bp.add_app_template_filter(words.change_name)
bp.add_app_template_filter(words.value_words)

from forum.console.views import (  # noqa: E402  the routes need `bp`
    announcements,
    categories,
    front,
    jobs,
    limits,
    mails,
    read_only,
)

__all__ = ["announcements", "bp", "categories", "front", "jobs", "limits", "mails", "read_only"]
