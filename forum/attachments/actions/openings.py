"""Who opened a file that is not for everybody, written down before a byte of it goes out."""

from datetime import timedelta

from sqlalchemy import exists, select

from forum.accounts.models import User
from forum.attachments.models import Attachment, AttachmentOpening
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Role

AGAIN = timedelta(seconds=30)
"""Within it the same view by the same person is the one that was written down; a player asks for many parts of one file."""


@unit_of_work
def note_opening(
    file: Attachment,
    *,
    by: User | None,
    role: Role,
    variant: str,
    merchant_id: int | None = None,
    case_id: int | None = None,
) -> None:
    """Write down a view of the file, once in AGAIN; `by` None for a mailed link, `variant` "original" for the sealed one.

    Who may is decided by the caller. Whoever cannot write this down does not send the file.
    """
    view = {
        "attachment_id": file.id,
        "by_id": None if by is None else by.id,
        "role": role,
        "merchant_id": merchant_id,
        "case_id": case_id,
        "variant": variant,
    }
    written = exists().where(AttachmentOpening.at > utcnow() - AGAIN, *(getattr(AttachmentOpening, name) == value for name, value in view.items()))
    if not db.session.scalar(select(written)):
        db.session.add(AttachmentOpening(**view))
