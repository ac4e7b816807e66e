"""What a member does with own words under a letter. The letter's row is held first by every action on its thread."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Scope, User, Visitor
from forum.comments import policy
from forum.comments.counting import leave
from forum.comments.holding import Prepared, prepare, why_held
from forum.comments.lifecycle import CommentMove, CommentState, HeldFor
from forum.comments.models import COMMENT_CHARACTERS, SEGMENT_DIGITS, SHOWN_LEVELS, Comment
from forum.core.access import ensure, ensure_free, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotAllowed, NotNow, SecondFactorNeeded
from forum.core.events import Kind, Role, record
from forum.core.text import RENDERER, render
from forum.letters import policy as letters
from forum.letters.actions import keep_words
from forum.letters.models import Case, Letter
from forum.responses.actions.holding import guard_words

YOUNG = timedelta(days=1)
MOST_LINKS_OF_THE_YOUNG = 2
SENT_BEFORE = select(Comment).where(Comment.author_id == bindparam("author_id"), Comment.once == bindparam("once"))
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def post(
    letter: Letter,
    *,
    by: User,
    text: str,
    parent_id: int | None = None,
    once: str | None = None,
    permit: Callable[[], None] | None = None,
) -> Comment:
    """Write under a letter, or answer the comment `parent_id`; the same `once` gives the same comment again.

    `permit` counts a new comment in its transaction, as `limits.permit` does.

    Raises NotAllowed (not confirmed, not in print), NotNow("comments_locked"), NotNow("parent_gone") when what it
    answers cannot be read any more, Invalid("comment_length"), Invalid("too_many_links") and, for a voice of a business,
    GuardStopped at the text, TooMany.
    """
    return _post(letter, by, prepare(text, _rendered(by, text)), parent_id, once, permit)


@unit_of_work
def _post(
    letter: Letter,
    by: User,
    words: Prepared,
    parent_id: int | None,
    once: str | None,
    permit: Callable[[], None] | None,
) -> Comment:
    lock(letter)
    sent = once and db.session.scalar(SENT_BEFORE, {"author_id": by.id, "once": once})
    if sent:
        return sent
    _ensure_open(by, letter)
    parent = _parent(letter, parent_id)
    if permit is not None:
        permit()
    letter.comment_number += 1
    own = _segment(letter.comment_number)
    kept = parent.path[: SEGMENT_DIGITS * (SHOWN_LEVELS - 1)] if parent else ""
    is_author = letters.is_author(by, letter)
    merchant = None if is_author else _guarded_business(by, letter, words.text)
    held_for = None if is_author or merchant else why_held(by, words)
    comment = Comment(
        letter_id=letter.id,
        number=letter.comment_number,
        parent_id=parent_id,
        root_number=parent.root_number if parent else letter.comment_number,
        path=kept + own,
        depth=parent.depth + 1 if parent else 0,
        author_id=by.id,
        byline=letter.byline if is_author else by.name,
        merchant_name=merchant,
        text=words.text,
        html=words.html,
        renderer=RENDERER,
        once=once,
        state=CommentState.VISIBLE if held_for is None else CommentState.HELD,
        held_for=held_for,
        held_at=None if held_for is None else utcnow(),
    )
    db.session.add(comment)
    if held_for is None:
        letter.comment_count += 1
        if parent:
            parent.reply_count += 1
    db.session.flush()  # the event needs its number
    why = {"parent_id": parent_id} if held_for is None else {"parent_id": parent_id, "reason": held_for.value}
    record(
        Kind.COMMENT_POSTED if held_for is None else Kind.COMMENT_HELD,
        by=by,
        role=role_of(is_author=is_author, merchant=merchant),
        letter_id=letter.id,
        about=f"comment:{comment.id}",
        **why,
    )
    return comment


def edit(comment: Comment, *, by: User, text: str, seen: int) -> Comment:
    """Change the words of a fresh comment; needs `comment.letter`.

    Raises NotNow("edit_over") when the minutes are over, NotAllowed, Stale, Invalid as `post`.
    """
    return _edit(comment, by, prepare(text, _rendered(by, text)), seen)


@unit_of_work
def _edit(comment: Comment, by: User, words: Prepared, seen: int) -> Comment:
    lock(comment.letter)
    lock(comment)
    if not policy.is_fresh(comment.created_at):
        raise NotNow("edit_over")
    ensure_free(by, Scope.COMMENTS)
    ensure(policy.may_edit, by, comment)
    ensure_fresh(comment, seen)
    if comment.merchant_name is not None and _guarded_business(by, comment.letter, words.text) is None:
        raise NotAllowed  # it carries the label of a business whose voice they are no more
    keep_words(comment.letter_id, f"comment:{comment.id}", text=comment.text)
    comment.text, comment.html, comment.renderer, comment.edited_at = words.text, words.html, RENDERER, utcnow()
    comment.version += 1
    is_free = comment.merchant_name is not None or letters.is_author(by, comment.letter)
    held_for = None if is_free else why_held(by, words)
    if held_for is not None:
        _hold(comment, held_for)
        _note(Kind.COMMENT_HELD, comment, by, reason=held_for.value, parent_id=comment.parent_id)
    else:
        _note(Kind.COMMENT_EDITED, comment, by)
    return comment


def _hold(comment: Comment, held_for: HeldFor) -> None:
    """Let a comment wait for a moderator; one that stood before leaves the thread until then."""
    stood = comment.state is CommentState.VISIBLE
    comment.move(CommentMove.HOLD)
    comment.held_for, comment.held_at = held_for, comment.held_at or utcnow()
    if stood:
        comment.letter.comment_count -= 1
        leave(comment)


@unit_of_work
def delete(comment: Comment, *, by: User) -> None:
    """Take a comment back: its words are erased, a placeholder stays while there are replies; twice is once."""
    lock(comment.letter)
    lock(comment)
    if comment.state is CommentState.DELETED and policy.is_author(by, comment):
        return
    ensure(policy.may_delete, by, comment)
    stood = comment.state is CommentState.VISIBLE
    comment.move(CommentMove.DELETE)
    keep_words(comment.letter_id, f"comment:{comment.id}", text=comment.text)
    comment.text = comment.html = ""
    comment.held_for = comment.held_at = None
    if stood:
        comment.letter.comment_count -= 1
        leave(comment)
    _note(Kind.COMMENT_DELETED, comment, by)


def _parent(letter: Letter, parent_id: int | None) -> Comment | None:
    if parent_id is None:
        return None
    parent = db.session.get(Comment, parent_id, populate_existing=True)
    if parent is None or parent.letter_id != letter.id or parent.state is not CommentState.VISIBLE:
        raise NotNow("parent_gone")
    return parent


def _ensure_open(by: Visitor, letter: Letter) -> None:
    ensure(letters.may_read, by, letter)
    if letter.comments_locked_at is not None:
        raise NotNow("comments_locked")
    if not letters.may_write(by):
        raise NotAllowed("not_confirmed")
    ensure_free(by, Scope.COMMENTS)
    ensure(letters.may_comment, by, letter)


def _rendered(by: User, text: str) -> str:
    """Safe HTML of the text; made before the unit of work, for it may take long."""
    least, most = COMMENT_CHARACTERS
    if not least <= len(text.strip()) <= most:
        raise Invalid("comment_length", field="text", least=least, most=most)
    html = render(text)
    if utcnow() - by.created_at < YOUNG and html.count("<a ") > MOST_LINKS_OF_THE_YOUNG:
        raise Invalid("too_many_links", field="text", most=MOST_LINKS_OF_THE_YOUNG)
    return html


def _guarded_business(by: User, letter: Letter, text: str) -> str | None:
    """Return the name of the letter's business that this person speaks for, None when there is none (a reader's has no label).

    Raises GuardStopped when the text of somebody of the team holds one of the author's private details: they know them;
    SecondFactorNeeded when the comment would carry the label and the person may not act for the business without.
    """
    if not by.merchant_ids:
        return None
    cases = db.session.scalars(
        select(Case)
        .where(Case.letter_id == letter.id, Case.merchant_id.in_(by.merchant_ids))
        .options(joinedload(Case.merchant))
        .order_by(Case.position)
    ).all()
    for case in cases:
        guard_words(case, letter, text=text)
    if any(case.merchant_id in by.unsecured_ids for case in cases):
        raise SecondFactorNeeded
    return next((case.merchant.name for case in cases if case.merchant_id in by.answering_ids), None)


def role_of(*, is_author: bool, merchant: str | None) -> Role:
    """In which role somebody writes a comment."""
    if is_author:
        return Role.AUTHOR
    return Role.BUSINESS if merchant else Role.READER


def _note(kind: Kind, comment: Comment, by: User, **data: Any) -> None:
    role = role_of(is_author=letters.is_author(by, comment.letter), merchant=comment.merchant_name)
    record(kind, by=by, role=role, letter_id=comment.letter_id, about=f"comment:{comment.id}", **data)


def _segment(number: int) -> str:
    """A number in base 36 with SEGMENT_DIGITS digits, so that text order is number order."""
    digits = ""
    while number:
        number, rest = divmod(number, len(DIGITS))
        digits = DIGITS[rest] + digits
    return digits.rjust(SEGMENT_DIGITS, "0")
