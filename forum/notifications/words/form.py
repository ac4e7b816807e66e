"""The shape of words, and addresses that need no request."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.text import excerpt
from forum.moderation.words import reason_words
from forum.notifications.subjects import Subject

LONGEST_TITLE_IN_SUBJECT = 100
QUOTED_CHARACTERS = 300


@dataclass(frozen=True)
class Words:
    """`line` is a whole sentence; `path` of this site, empty when it leads nowhere; `quote` are words of a person."""

    line: str
    more: tuple[str, ...] = ()
    quote: str = ""
    path: str = ""
    button: str = ""
    appeal: str = ""  # where one appeals against the decision that is told
    appeal_button: str = ""


def path(endpoint: str, **values: Any) -> str:
    """Return the path of a page, with or without a request."""
    return current_app.url_map.bind("localhost").build(endpoint, values)


def letter(subject: Subject, anchor: str = "") -> str:
    """Return the path of the letter."""
    place = path("letters.read", letter_id=subject.letter.id, slug=subject.slug) if subject.letter else ""
    return place + (f"#{anchor}" if place and anchor else "")


def title(subject: Subject) -> str:
    """The letter's title, cut where a sentence around it would become too long."""
    whole = subject.title
    return whole if len(whole) <= LONGEST_TITLE_IN_SUBJECT else whole[: LONGEST_TITLE_IN_SUBJECT - 1].rstrip() + "…"


def beginning(comment: Comment | None) -> str:
    """The first words of a comment that everybody may read, on one line; nothing of one that was hidden or deleted."""
    if comment is None or comment.state is not CommentState.VISIBLE:
        return ""
    return excerpt(comment.text, QUOTED_CHARACTERS)


def reason(subject: Subject) -> tuple[str, ...]:
    """The line that names a moderator's reason, none without one."""
    words = reason_words(subject.data("reason"))
    return (_("Reason: %(reason)s", reason=words),) if words else ()
