"""The states of a comment."""

from enum import StrEnum


class CommentState(StrEnum):
    """Whether a comment can be read, and if not, who took it away."""

    VISIBLE = "visible"
    DELETED = "deleted"  # by its author
    HIDDEN = "hidden"  # by a moderator, with a reason
    GONE = "gone"  # never here, or lost before: keeps the replies of an orphan thread readable


class CommentMove(StrEnum):
    """What can happen to a comment."""

    DELETE = "delete"
    HIDE = "hide"
    RESTORE = "restore"


COMMENT_MOVES: dict[tuple[CommentState, CommentMove], CommentState] = {
    (CommentState.VISIBLE, CommentMove.DELETE): CommentState.DELETED,
    (CommentState.VISIBLE, CommentMove.HIDE): CommentState.HIDDEN,
    (CommentState.HIDDEN, CommentMove.RESTORE): CommentState.VISIBLE,
}
