"""The states of a comment."""

from enum import StrEnum


class CommentState(StrEnum):
    """Whether a comment can be read, and if not, who took it away."""

    VISIBLE = "visible"
    DELETED = "deleted"  # by its author
    HIDDEN = "hidden"  # by a moderator, with a reason
    HELD = "held"  # waits for a moderator; only its author and moderators see it
    REFUSED = "refused"  # by a moderator, with a reason, before anybody else saw it
    GONE = "gone"  # never here, or lost before: keeps the replies of an orphan thread readable


class CommentMove(StrEnum):
    """What can happen to a comment."""

    DELETE = "delete"
    HIDE = "hide"
    RESTORE = "restore"
    HOLD = "hold"
    PUBLISH = "publish"
    REFUSE = "refuse"


class HeldFor(StrEnum):
    """Why a comment waits for a moderator before others see it."""

    FIRST = "first"  # of the first ones of an account
    LINK = "link"  # with a link, by a new account
    WORDS = "words"  # of the list that moderators keep
    SPAM = "spam"  # like words that moderators called advertising


UNSEEN = frozenset({CommentState.HELD, CommentState.REFUSED})
"""Nobody but its author and moderators knows of it."""


COMMENT_MOVES: dict[tuple[CommentState, CommentMove], CommentState] = {
    (CommentState.VISIBLE, CommentMove.DELETE): CommentState.DELETED,
    (CommentState.VISIBLE, CommentMove.HIDE): CommentState.HIDDEN,
    (CommentState.HIDDEN, CommentMove.RESTORE): CommentState.VISIBLE,
    (CommentState.VISIBLE, CommentMove.HOLD): CommentState.HELD,
    (CommentState.HELD, CommentMove.HOLD): CommentState.HELD,
    (CommentState.HELD, CommentMove.PUBLISH): CommentState.VISIBLE,
    (CommentState.HELD, CommentMove.REFUSE): CommentState.REFUSED,
    (CommentState.HELD, CommentMove.DELETE): CommentState.DELETED,
    (CommentState.REFUSED, CommentMove.PUBLISH): CommentState.VISIBLE,
    (CommentState.REFUSED, CommentMove.DELETE): CommentState.DELETED,
}
