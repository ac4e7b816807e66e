"""What moderators do with comments and threads."""

from typing import Any

from forum.accounts.models import User
from forum.comments import policy
from forum.comments.actions.write import role_of
from forum.comments.counting import come
from forum.comments.lifecycle import CommentMove
from forum.comments.models import Comment
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.db import lock as hold
from forum.core.errors import NotNow
from forum.core.events import Kind, Role, record
from forum.letters import policy as letters
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter


@unit_of_work
def hide(comment: Comment, *, by: User, reason: str, message: str = "") -> None:
    """Replace a comment by a placeholder that names the reason (of the closed list); needs `comment.letter.cases`.

    Raises NotAllowed, NotNow when it is not readable any more.
    """
    hold(comment.letter)
    hold(comment)
    ensure(policy.may_moderate, by, comment)
    comment.move(CommentMove.HIDE)
    comment.hidden_reason = reason
    comment.letter.comment_count -= 1
    _note(Kind.COMMENT_HIDDEN, comment.letter, by, about=f"comment:{comment.id}", reason=reason, message=message)


@unit_of_work
def restore(comment: Comment, *, by: User, message: str = "") -> None:
    """Show a hidden comment again; needs `comment.letter.cases`. Raises NotAllowed, NotNow."""
    hold(comment.letter)
    hold(comment)
    ensure(policy.may_moderate, by, comment)
    comment.move(CommentMove.RESTORE)
    comment.hidden_reason = None
    comment.letter.comment_count += 1
    _note(Kind.COMMENT_RESTORED, comment.letter, by, about=f"comment:{comment.id}", message=message)


@unit_of_work
def publish(comment: Comment, *, by: User, message: str = "") -> None:
    """Let everybody read a comment that waited or was refused, at its place in the thread; needs `comment.letter.cases`.

    From now on it counts, and people are told of it. Raises NotAllowed, NotNow (`letter_gone` when the letter is not in print).
    """
    hold(comment.letter)
    hold(comment)
    ensure(policy.may_moderate, by, comment)
    if comment.letter.publication is not Publication.PUBLISHED:
        raise NotNow("letter_gone")
    comment.move(CommentMove.PUBLISH)
    comment.held_for = comment.held_at = comment.hidden_reason = None
    comment.letter.comment_count += 1
    come(comment)
    about = f"comment:{comment.id}"
    _note(Kind.COMMENT_PUBLISHED, comment.letter, by, about=about, message=message)
    author = None if comment.author_id is None else db.session.get(User, comment.author_id)
    role = role_of(is_author=comment.author_id == comment.letter.author_id, merchant=comment.merchant_name)
    record(Kind.COMMENT_POSTED, by=author, role=role, letter_id=comment.letter_id, about=about, parent_id=comment.parent_id)


@unit_of_work
def refuse(comment: Comment, *, by: User, reason: str, message: str = "") -> None:
    """Do not publish a comment that waits; its author still sees it, with the reason (of the closed list). Needs `comment.letter.cases`.

    Raises NotAllowed, NotNow when it does not wait any more.
    """
    hold(comment.letter)
    hold(comment)
    ensure(policy.may_moderate, by, comment)
    comment.move(CommentMove.REFUSE)
    comment.hidden_reason, comment.held_for, comment.held_at = reason, None, None
    _note(Kind.COMMENT_REFUSED, comment.letter, by, about=f"comment:{comment.id}", reason=reason, message=message)


@unit_of_work
def lock(letter: Letter, *, by: User, reason: str, message: str = "") -> None:
    """Close the thread for new words, for a reason of the closed list; closing it twice is once. Needs `letter.cases`."""
    hold(letter)
    ensure(letters.may_moderate, by, letter)
    if letter.comments_locked_at is None:
        letter.comments_locked_at, letter.comments_locked_reason = utcnow(), reason
        _note(Kind.COMMENTS_LOCKED, letter, by, reason=reason, message=message)


@unit_of_work
def unlock(letter: Letter, *, by: User, message: str = "") -> None:
    """Open the thread again, noting the reason that closed it; needs `letter.cases`."""
    hold(letter)
    ensure(letters.may_moderate, by, letter)
    if letter.comments_locked_at is not None:
        reason, letter.comments_locked_at, letter.comments_locked_reason = letter.comments_locked_reason, None, None
        _note(Kind.COMMENTS_UNLOCKED, letter, by, reason=reason, message=message)


def _note(kind: Kind, letter: Letter, by: User, *, about: str | None = None, **data: Any) -> None:
    record(kind, by=by, role=Role.MODERATOR, letter_id=letter.id, about=about, **data)
