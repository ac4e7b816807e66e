"""The team's notes on a case: added, and taken away by their author; never changed."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid
from forum.desk import policy
from forum.desk.models import NOTE_CHARACTERS, CaseNote
from forum.letters.actions import keep_words
from forum.letters.models import Case


@unit_of_work
def add_note(case: Case, *, by: User, text: str, once: str | None = None) -> CaseNote:
    """Write a note for the team of the case's business; `once` makes a second sending the same note. Raises NotAllowed or Invalid."""
    lock(case)
    ensure(policy.may_note, by, case)
    least, most = NOTE_CHARACTERS
    if not least <= len(text) <= most:
        raise Invalid("length", field="text", least=least, most=most)
    if once is not None:
        known = db.session.scalar(select(CaseNote).where(CaseNote.case_id == case.id, CaseNote.once == once))
        if known is not None:
            return known
    note = CaseNote(case_id=case.id, author_id=by.id, text=text, once=once)
    db.session.add(note)
    db.session.flush()
    return note


@unit_of_work
def delete_note(note: CaseNote, *, by: User) -> None:
    """Take a note of one's own away for good. Raises NotAllowed."""
    ensure(policy.may_delete_note, by, note)
    keep_note(note)
    db.session.delete(note)


@unit_of_work
def keep_note(note: CaseNote) -> None:
    """Keep a sealed copy of a note that goes, where its letter is held."""
    letter_id = db.session.scalar(select(Case.letter_id).where(Case.id == note.case_id))
    if letter_id is not None:
        keep_words(letter_id, f"note:{note.id}", text=note.text)
