"""Who may do what with a comment; each rule needs `comment.letter`."""

from datetime import datetime, timedelta

from forum.accounts import conflict
from forum.accounts.models import Visitor
from forum.comments.lifecycle import UNSEEN, CommentState
from forum.comments.models import Comment
from forum.config import settings
from forum.core.access import kept_while_suspended
from forum.core.clock import utcnow
from forum.letters import policy as letters
from forum.letters.lifecycle import Publication


def is_author(who: Visitor, comment: Comment) -> bool:
    """Whether this person wrote the comment."""
    return not who.is_guest and who.id == comment.author_id


def may_see(who: Visitor, comment: Comment) -> bool:
    """Whether this person may know of the comment, where they may read its letter."""
    return comment.state not in UNSEEN or is_author(who, comment) or who.is_moderator


def may_reply(who: Visitor, comment: Comment) -> bool:
    """Whether this person may answer the comment."""
    return comment.state is CommentState.VISIBLE and letters.may_comment(who, comment.letter)


def may_edit(who: Visitor, comment: Comment) -> bool:
    """Whether the author may still change the words: for some minutes, while the thread is open."""
    return (
        comment.state in {CommentState.VISIBLE, CommentState.HELD}
        and letters.may_comment(who, comment.letter)
        and is_author(who, comment)
        and is_fresh(comment.created_at)
    )


def is_fresh(created_at: datetime) -> bool:
    """Whether the minutes of editing are not over."""
    return utcnow() - created_at < timedelta(minutes=settings().comment_edit_minutes)


@kept_while_suspended
def may_delete(who: Visitor, comment: Comment) -> bool:
    """Whether the author may take the comment back; also when the thread is closed."""
    return comment.state in {CommentState.VISIBLE, *UNSEEN} and is_author(who, comment)


def may_vote(who: Visitor, comment: Comment) -> bool:
    """Whether this person may say that the comment helped: never of an own one."""
    return (
        letters.may_write(who)
        and comment.state is CommentState.VISIBLE
        and comment.letter.publication is Publication.PUBLISHED
        and not is_author(who, comment)
    )


def may_moderate(who: Visitor, comment: Comment) -> bool:
    """Whether this moderator may hide or restore the comment: not an own one; needs `comment.letter.cases`."""
    return who.is_moderator and conflict.may_judge(
        who, letters.matter_of(comment.letter).also(people=frozenset({comment.author_id}), texts=(comment.text,))
    )


def is_shown(who: Visitor, comment: Comment) -> bool:
    """Whether the comment stands on the page of its letter for this person, if only as a placeholder for its replies."""
    if comment.state in UNSEEN and is_author(who, comment):
        return True
    return comment.state in {CommentState.VISIBLE, CommentState.HIDDEN} or comment.reply_count > 0
