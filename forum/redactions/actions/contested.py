"""Passages that a contest is about: covered at once or by its decision, and shown again; who may is decided by that room."""

from collections.abc import Sequence

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.events import Kind, Role, record
from forum.letters.models import Letter
from forum.moderation.lifecycle import ThingKind
from forum.redactions.actions.covering import change, with_marks
from forum.redactions.actions.mails import cover_mails
from forum.redactions.actions.undo import uncover
from forum.redactions.lifecycle import Label, Reach, Reason
from forum.redactions.models import Redaction
from forum.redactions.queries.places import spots_under


@unit_of_work
def cover_passages(
    letter: Letter,
    passages: Sequence[str],
    *,
    by: User | None,
    label: Label,
    reason: Reason,
    asked_by: str,
    contest_id: int,
) -> Redaction:
    """Cover whole passages wherever they stand under the letter, whoever wrote them; they may be longer than words of a redaction.

    `by` None: at once, when the contest was filed. `asked_by` is the challenger's side.
    """
    lock(letter)
    redaction = Redaction(
        letter_id=letter.id,
        kind=ThingKind.LETTER,
        thing_id=letter.id,
        label=label,
        reason=reason,
        reach=Reach.ALL,
        words=list(passages),
        by_id=None if by is None else by.id,
        role=Role.SYSTEM if by is None else Role.MODERATOR,
    )
    db.session.add(redaction)
    db.session.flush()  # its marks need its number
    redaction.count = change(letter, spots_under(letter, Reach.ALL, 0), with_marks([redaction]))
    cover_mails(letter, redaction)
    record(
        Kind.WORDS_REDACTED,
        by=by,
        role=redaction.role,
        letter_id=letter.id,
        about=redaction.about,
        redaction_id=redaction.id,
        label=label.value,
        reason=reason.value,
        count=redaction.count,
        asked_by=asked_by,
        contest_id=contest_id,
    )
    return redaction


@unit_of_work
def show_passages(letter: Letter, redaction: Redaction, *, by: User | None, asked_by: str, contest_id: int) -> int:
    """Show again what a contest covered, unless that was done already; returns how many places."""
    lock(letter)
    lock(redaction)
    if redaction.undone_at is not None:
        return 0
    redaction.undone_at, redaction.undone_by_id = utcnow(), None if by is None else by.id
    return uncover(letter, redaction, by=by, asked_by=asked_by, contest_id=contest_id)
