"""What a legal hold keeps of words that somebody takes back or writes over."""

from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from forum.attachments import actions as attachments
from forum.attachments.models import Attachment
from forum.core.db import db, unit_of_work
from forum.letters.kept import KeptWords
from forum.letters.models import Letter, LetterDraft


@unit_of_work
def keep_words(letter_id: int, about: str, **words: Any) -> None:
    """Keep a sealed copy of these words, which are about to go, where the data of their letter are held; holds the letter."""
    held = select(Letter.held_since).where(Letter.id == letter_id).with_for_update(key_share=True)
    if db.session.scalar(held) is not None and any(words.values()):
        db.session.add(KeptWords(letter_id=letter_id, about=about, words=words))


@unit_of_work
def drop_drafts(*conditions: ColumnElement[bool]) -> None:
    """Throw these drafts away with the files that are theirs alone; files of a letter stay with it, as does what is held."""
    drafts = db.session.scalars(select(LetterDraft).where(*conditions).order_by(LetterDraft.id)).all()
    for draft in drafts:
        if draft.letter_id is not None:
            keep_words(draft.letter_id, f"draft:{draft.id}", fields=draft.fields)
    ids = [draft.id for draft in drafts]
    attachments.drop(Attachment.draft_id.in_(ids), Attachment.letter_id.is_(None))
    db.session.execute(update(Attachment).where(Attachment.draft_id.in_(ids)).values(draft_id=None))
    db.session.execute(delete(LetterDraft).where(LetterDraft.id.in_(ids)))
