"""Files are taken out for good, unless the data of their letter are held: those are kept where nobody sees them."""

from sqlalchemy import ColumnElement, delete, select, update

from forum.attachments.holding import held_files
from forum.attachments.models import Attachment
from forum.core.db import db, unit_of_work

PLACES = dict.fromkeys(("draft_id", "letter_id", "response_draft_id", "response_id", "case_id", "contest_id"))


@unit_of_work
def drop(*conditions: ColumnElement[bool]) -> None:
    """Delete the files of these conditions; those of a held letter leave every place where somebody sees them instead."""
    held = held_files().subquery()
    kept = db.session.execute(
        select(held.c.file_id, held.c.letter_id).join(Attachment, Attachment.id == held.c.file_id).where(*conditions)
    )
    for file_id, letter_id in kept.all():
        db.session.execute(
            update(Attachment).where(Attachment.id == file_id).values(kept_letter_id=letter_id, **PLACES)
        )
    db.session.execute(delete(Attachment).where(*conditions, Attachment.kept_letter_id.is_(None)))
