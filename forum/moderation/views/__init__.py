"""Pages of the moderators, and of reporting, which is for everybody."""

from flask import Blueprint

from forum.moderation import words

bp = Blueprint("moderation", __name__)
bp.add_app_template_filter(words.reason_words)
bp.add_app_template_filter(words.report_reason_words)
bp.add_app_template_filter(words.original_reason_words)
bp.add_app_template_filter(words.removed_by_words)
bp.add_app_template_filter(words.own_check_words)
bp.add_app_template_filter(words.join_reason_words)
bp.add_app_template_filter(words.name_kind_words)
bp.add_app_template_filter(words.sign_words)
bp.add_app_template_filter(words.rule_words)
bp.add_app_template_filter(words.decided_words)
bp.add_app_template_filter(words.item_words)

from forum.moderation.views import (  # noqa: E402  the routes need `bp`
    ahead,
    answers,
    businesses,
    claims,
    files,
    held,
    holding,
    joining,
    letters,
    queue,
    reports,
    returning,
    revisions,
    spam,
    things,
)

__all__ = [
    "ahead",
    "answers",
    "bp",
    "businesses",
    "claims",
    "files",
    "held",
    "holding",
    "joining",
    "letters",
    "queue",
    "reports",
    "returning",
    "revisions",
    "spam",
    "things",
]
