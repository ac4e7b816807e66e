"""Comments as ready HTML: drawn once by the macro, then kept in this process, so that a page of them costs a few look-ups."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from forum.accounts.models import Visitor
from forum.comments import policy
from forum.comments.lifecycle import CommentState
from forum.comments.models import SEGMENT_DIGITS
from forum.comments.queries import KEY_COLUMNS, SORTS
from forum.core.ready import Shelf
from forum.core.web import time_zone
from forum.letters.headline import Headline
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter

MOST_CHARACTERS = 8_000_000
"""How much HTML a process keeps; 100 comments of 300 characters are about 80,000."""
GONE_PARENT = "\0"

shelf: Shelf[str] = Shelf(MOST_CHARACTERS)


def fragments(
    rows: Sequence[Any], *, letter: Letter | Headline, who: Visitor, sort: str = "oldest", helped: Iterable[int] = ()
) -> list[str]:
    """Return the HTML of each row of `queries.thread`, in the reader's language and time zone, with what this person may do.

    A guest's fragments serve every other reader as well; only those of an own or a helpful comment differ.
    """
    language, zone = str(get_locale()), time_zone()
    threaded, helped = SORTS[sort].threaded, frozenset(helped)
    is_open = letter.publication is Publication.PUBLISHED and letter.comments_locked_at is None
    here: set[int] = set()
    drawn = []
    for row in rows:
        number, path, depth, parent_id, author_id, votes, version, at, parent, parent_state = row[:KEY_COLUMNS]
        level = len(path) // SEGMENT_DIGITS - 1 if threaded else 0
        answers = None
        if parent_id is not None and (level != depth or parent_id not in here):
            answers = parent if parent_state == CommentState.VISIBLE else GONE_PARENT
        here.add(number)
        mine = 0
        if author_id == who.id:
            mine = 2 if is_open and policy.is_fresh(moment(at)) else 1
        voted = number in helped
        key = (number, at, version, votes, language, zone, level, answers, is_open, mine, voted)
        html = shelf.get(key)
        if html is None:
            html = _draw(row, letter, level, answers, is_open=is_open, mine=mine, voted=voted)
            shelf.put(key, html)
        drawn.append(html)
    return drawn


def moment(value: datetime | str) -> datetime:
    """Return a time as the driver gave it (SQLite: text) as an aware one in UTC."""
    parsed = datetime.fromisoformat(value) if isinstance(value, str) else value
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)


def _draw(row: Any, letter: Letter | Headline, level: int, answers: str | None, *, is_open: bool, mine: int, voted: bool) -> str:
    macro: Any = current_app.jinja_env.get_template("ui/comment.html").module
    gone = _placeholder(row)
    by_author = row.author_id is not None and row.author_id == letter.author_id
    html: str = macro.comment(
        {
            "id": row.id,
            "depth": level,
            "name": "" if gone else row.byline,
            "label": "" if gone else row.merchant_name or (_("Author of the letter") if by_author else ""),
            "official": row.merchant_name is not None,
            "at": moment(row.created_at),
            "edited": row.edited and not gone,
            "permalink": url_for("comments.one", comment_id=row.id),
            "html": row.html,
            "gone": gone,
            "record": url_for("ledger.about", kind="comment", number=row.id) if row.state == CommentState.HIDDEN else "",
            "own": row.html if mine and row.state == CommentState.HIDDEN else "",
            "reply_to": answers if answers != GONE_PARENT else "",
            "parent_gone": answers == GONE_PARENT,
            "helpful": 0 if gone else row.votes,
            "actions": [] if gone else _actions(row.id, is_open=is_open, mine=mine, voted=voted),
        }
    )
    return html


def _placeholder(row: Any) -> str:
    if row.state == CommentState.VISIBLE:
        return ""
    if row.state == CommentState.DELETED:
        return str(_("The author of this comment has deleted it."))
    if row.state == CommentState.GONE:
        return str(_("The comment that was answered here is no longer there."))
    reason = current_app.jinja_env.filters["reason_words"](row.hidden_reason)
    return str(_("Hidden by the editors. Reason: %(reason)s", reason=reason))


def _actions(comment_id: int, *, is_open: bool, mine: int, voted: bool) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = []
    if is_open:
        links.append({"words": _("Reply"), "href": url_for("comments.reply", comment_id=comment_id), "reply": True})
    if mine == 2:
        links.append({"words": _("Edit"), "href": url_for("comments.edit", comment_id=comment_id)})
    if mine:
        links.append({"words": _("Cover words"), "href": url_for("redactions.redact", kind="comment", thing_id=comment_id)})
        links.append(
            {
                "words": _("Delete"),
                "post": url_for("comments.delete", comment_id=comment_id),
                "confirm": _("Delete this comment? Its words cannot be brought back."),
            }
        )
    else:
        links.append(
            {
                "words": _("Helpful"),
                "post": url_for("comments.vote", comment_id=comment_id),
                "name": "on",
                "value": 0 if voted else 1,
                "pressed": voted,
            }
        )
        links.append({"words": _("Report"), "href": url_for("moderation.report", kind="comment", id=comment_id)})
    return links
