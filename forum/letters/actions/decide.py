"""What moderators decide of a letter: the letter's side of it; who may, when, and what the page shows afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.accounts.models import User
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record
from forum.letters import passages, policy
from forum.letters.lifecycle import MarkReason, Move, RevisionState, Visibility
from forum.letters.models import MARK_CHARACTERS, MOST_MARKS, PASSAGE_CHARACTERS, Letter, Mark, Returned, Revision

LONGEST_MESSAGE_CHARACTERS = 2_000


@dataclass(frozen=True)
class Marked:
    """A passage of a letter that a moderator marks, why, and a word about it that may be empty."""

    passage: str
    reason: MarkReason
    words: str = ""


@unit_of_work
def publish(letter: Letter, *, by: User, reason: str | None = None, message: str = "", seen: int | None = None) -> None:
    """Print a submitted letter: everybody reads it, the clocks of its cases start, its first revision is kept.

    Raises NotAllowed, Stale or NotNow.
    """
    _begin(letter, by, seen)
    letter.move(Move.PUBLISH)
    now = utcnow()
    letter.published_at = now
    letter.visibility = Visibility.PUBLIC
    letter.reason, letter.message = None, ""
    letter.page_version += 1
    for case in letter.cases:
        case.started_at = now
    db.session.add(_first_revision(letter, by, now))
    _tell(Kind.LETTER_PUBLISHED, letter, by, reason, message)


@unit_of_work
def send_back(
    letter: Letter,
    *,
    by: User,
    reason: str | None = None,
    message: str = "",
    seen: int | None = None,
    marks: Sequence[Marked] = (),
) -> Returned:
    """Return a submitted letter to its author to be mended; `reason` and `message` tell what is missing, `marks` where.

    The words as they were sent are kept beside the letter. Raises NotAllowed, Stale, NotNow or Invalid: without a reason and
    words, many_marks, mark_unfit, words_not_found.
    """
    _begin(letter, by, seen)
    _explain(letter, reason, message)
    made = Returned(
        letter_id=letter.id,
        title=letter.title,
        text=letter.text,
        ask=letter.ask,
        reason=letter.reason,
        message=message,
        sent_at=letter.submitted_at,
        by_id=by.id,
        marks=_marks(letter, marks),
    )
    db.session.add(made)
    letter.move(Move.RETURN)
    letter.page_version += 1
    db.session.flush()  # the event names the return
    _tell(Kind.LETTER_RETURNED, letter, by, reason, message, return_id=made.id, marks=len(made.marks))
    return made


@unit_of_work
def reject(letter: Letter, *, by: User, reason: str | None = None, message: str = "", seen: int | None = None) -> None:
    """Refuse a submitted letter for good; its author keeps reading it.

    Raises NotAllowed, Stale, NotNow or Invalid without a reason and words.
    """
    _begin(letter, by, seen)
    _explain(letter, reason, message)
    letter.move(Move.REJECT)
    _tell(Kind.LETTER_REJECTED, letter, by, reason, message)


@unit_of_work
def take_down(
    letter: Letter, *, by: User, reason: str | None = None, message: str = "", seen: int | None = None, **facts: Any
) -> None:
    """Take a published letter out of print; a dated tombstone stays in its place. `facts` go with the event.

    Raises NotAllowed, Stale, NotNow or Invalid without a reason and words.
    """
    _begin(letter, by, seen)
    _explain(letter, reason, message)
    letter.move(Move.TAKE_DOWN)
    letter.visibility = Visibility.TOMBSTONE
    letter.removed_at = utcnow()
    letter.absences = [*letter.absences, [letter.removed_at.isoformat(), None]]
    letter.page_version += 1
    _tell(Kind.LETTER_TAKEN_DOWN, letter, by, reason, message, **facts)


@unit_of_work
def reinstate(
    letter: Letter, *, by: User, reason: str | None = None, message: str = "", seen: int | None = None
) -> None:
    """Put a letter that was taken down back into print; raises NotAllowed, Stale or NotNow."""
    _begin(letter, by, seen)
    letter.move(Move.REINSTATE)
    letter.visibility = Visibility.PUBLIC
    letter.removed_at = None
    letter.absences = [[since, until or utcnow().isoformat()] for since, until in letter.absences]
    letter.reason, letter.message = None, ""
    letter.page_version += 1
    _tell(Kind.LETTER_REINSTATED, letter, by, reason, message)


@unit_of_work
def reopen(letter: Letter, *, by: User, message: str = "") -> None:
    """Review a letter once more that was returned or rejected, as it was sent; raises NotAllowed or NotNow."""
    _begin(letter, by, None)
    letter.move(Move.REVIEW_AGAIN)
    letter.reason, letter.message = None, ""
    letter.submitted_at = utcnow()
    letter.page_version += 1
    _tell(Kind.LETTER_REOPENED, letter, by, None, message)


def _begin(letter: Letter, by: User, seen: int | None) -> None:
    lock(letter)
    db.session.scalar(select(Letter).where(Letter.id == letter.id).options(selectinload(Letter.cases)))
    ensure(policy.may_moderate, by, letter)
    ensure_fresh(letter, seen)


def _explain(letter: Letter, reason: str | None, message: str) -> None:
    if not reason:
        raise Invalid("reason_needed", field="reason")
    if not message.strip() or len(message) > LONGEST_MESSAGE_CHARACTERS:
        raise Invalid("message_needed", field="message", most=LONGEST_MESSAGE_CHARACTERS)
    letter.reason, letter.message = reason, message


def _marks(letter: Letter, marked: Sequence[Marked]) -> list[Mark]:
    """Each passage once, as it stands in the letter; a mark changes none of the author's words."""
    found: dict[str, Mark] = {}
    for one in marked:
        passage, words = passages.one_line(one.passage), one.words.strip()
        least, most = PASSAGE_CHARACTERS
        if not least <= len(passage) <= most or not any(map(str.isalnum, passage)):
            raise Invalid("mark_unfit", field="passages", least=least, most=most)
        if len(words) > MARK_CHARACTERS[1]:
            raise Invalid("mark_words", field="passages", most=MARK_CHARACTERS[1])
        if not passages.stands(letter, passage):
            raise Invalid("words_not_found", field="passages", words=passage)
        found.setdefault(passage, Mark(letter_id=letter.id, passage=passage, reason=one.reason, words=words))
    if len(found) > MOST_MARKS:
        raise Invalid("many_marks", field="passages", most=MOST_MARKS)
    return list(found.values())


def _first_revision(letter: Letter, by: User, now: datetime) -> Revision:
    return Revision(
        letter_id=letter.id,
        state=RevisionState.ACCEPTED,
        title=letter.title,
        text=letter.text,
        made_at=letter.submitted_at or now,
        decided_at=now,
        decided_by_id=by.id,
    )


def _tell(kind: Kind, letter: Letter, by: User, reason: str | None, message: str, **facts: Any) -> None:
    record(kind, by=by, role=Role.MODERATOR, letter_id=letter.id, reason=reason, message=message, **facts)
