"""Comments that waited are published or refused, one or all near-equal ones at once."""

from collections.abc import Sequence

from forum.accounts.models import User
from forum.comments import actions as comments
from forum.comments import policy
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.access import ensure, ensure_fresh
from forum.core.db import lock, unit_of_work
from forum.core.errors import NotNow
from forum.moderation.actions.explain import ensure_reason, ensure_short, ensure_words
from forum.moderation.lifecycle import Reason


@unit_of_work
def decide_held(
    comment: Comment,
    *,
    publish: bool,
    by: User,
    reason: Reason | None = None,
    message: str = "",
    seen: int | None = None,
    others: Sequence[Comment] = (),
) -> int:
    """Publish a comment that waits (or was refused by mistake), or refuse it with a reason and words; returns how many were decided.

    `others` are near-equal ones that wait: those that this moderator may decide get the same decision. All need `letter.cases`.
    Raises NotAllowed, NotNow("already_decided"), Stale or Invalid.
    """
    lock(comment.letter)
    lock(comment)
    ensure(policy.may_moderate, by, comment)
    if comment.state not in ({CommentState.HELD, CommentState.REFUSED} if publish else {CommentState.HELD}):
        raise NotNow("already_decided")
    ensure_fresh(comment, seen)
    message = ensure_short(message) if publish else ensure_words(message)
    why = "" if publish else ensure_reason(reason).value
    _decide(comment, by, why, message)
    decided = 1
    for one in sorted(others, key=lambda one: (one.letter_id, one.id)):
        lock(one.letter)
        lock(one)
        if one.state is CommentState.HELD and policy.may_moderate(by, one):
            _decide(one, by, why, message)
            decided += 1
    return decided


def _decide(comment: Comment, by: User, why: str, message: str) -> None:
    if why:
        comments.refuse(comment, by=by, reason=why, message=message)
    else:
        comments.publish(comment, by=by, message=message)
