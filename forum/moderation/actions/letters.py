"""Decisions on letters, their revisions and threads, and on claims: what the desk adds to the verbs of those rooms."""

from collections.abc import Callable, Sequence
from typing import Any

from forum.accounts.models import User
from forum.comments import actions as comments
from forum.core.access import ensure, ensure_fresh
from forum.core.db import lock, unit_of_work
from forum.core.errors import NotNow
from forum.letters import actions as letters
from forum.letters.actions import Marked
from forum.letters.lifecycle import Move, RevisionState
from forum.letters.models import Letter, Revision
from forum.moderation import policy
from forum.moderation.actions.explain import ensure_reason, ensure_short, ensure_words
from forum.moderation.lifecycle import Reason
from forum.moderation.queries.things import whole

VERBS: dict[Move, Callable[..., Any]] = {
    Move.PUBLISH: letters.publish,
    Move.RETURN: letters.send_back,
    Move.REJECT: letters.reject,
    Move.TAKE_DOWN: letters.take_down,
    Move.REINSTATE: letters.reinstate,
}
AGAINST = frozenset({Move.RETURN, Move.REJECT, Move.TAKE_DOWN})


@unit_of_work
def decide_letter(
    letter: Letter,
    move: Move,
    *,
    by: User,
    reason: Reason | None = None,
    message: str = "",
    seen: int | None = None,
    marks: Sequence[Marked] = (),
) -> None:
    """Publish, return, reject, take down or reinstate a letter; those of AGAINST need a reason and words.

    `marks`: passages of a letter that is returned. Raises NotAllowed, Stale when another moderator was quicker, NotNow or Invalid.
    """
    if move not in VERBS:
        raise NotNow(move=move.value)
    lock(letter)
    ensure(policy.may_decide_thing, by, whole(letter))
    ensure_fresh(letter, seen)
    if move in AGAINST:
        reason, message = ensure_reason(reason), ensure_words(message)
        more = {"marks": marks} if move is Move.RETURN else {}
        VERBS[move](letter, by=by, reason=reason.value, message=message, **more)
    else:
        VERBS[move](letter, by=by, message=ensure_short(message))


@unit_of_work
def decide_revision(
    revision: Revision,
    *,
    accept: bool,
    by: User,
    reason: Reason | None = None,
    message: str = "",
    seen: int | None = None,
) -> None:
    """Print the author's new version, or refuse it with a reason and words; `seen` is the letter's version.

    Raises NotAllowed, Stale, NotNow or Invalid. Needs `revision.letter` with its cases.
    """
    lock(revision.letter)
    lock(revision)
    ensure(policy.may_decide_revision, by, revision)
    if revision.state is not RevisionState.WAITING:
        raise NotNow("already_decided")
    ensure_fresh(revision.letter, seen)
    if accept:
        letters.accept_revision(revision, by=by, message=ensure_short(message))
    else:
        reason, message = ensure_reason(reason), ensure_words(message)
        letters.refuse_revision(revision, by=by, reason=reason.value, message=message)


@unit_of_work
def lock_comments(letter: Letter, *, by: User, reason: Reason | None, message: str) -> None:
    """Close the thread of a letter to new comments, with a reason and words; raises NotAllowed, NotNow or Invalid."""
    lock(letter)
    ensure(policy.may_decide_thing, by, whole(letter))
    if letter.comments_locked_at is not None:
        raise NotNow("already_decided")
    reason, message = ensure_reason(reason), ensure_words(message)
    comments.lock(letter, by=by, reason=reason.value, message=message)


@unit_of_work
def unlock_comments(letter: Letter, *, by: User, message: str = "") -> None:
    """Open the thread of a letter again; raises NotAllowed, NotNow or Invalid."""
    lock(letter)
    ensure(policy.may_decide_thing, by, whole(letter))
    if letter.comments_locked_at is None:
        raise NotNow("already_decided")
    comments.unlock(letter, by=by, message=ensure_short(message))
