"""Who opened a file that is not for everybody, written down before a byte of it goes out."""

from forum.accounts.models import User
from forum.attachments.models import Attachment, AttachmentOpening
from forum.core.db import db, unit_of_work
from forum.core.events import Role


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
    """Write down a view of the file; `by` None for a mailed link, `variant` "original" for the sealed one.

    Who may is decided by the caller. Whoever cannot write this down does not send the file.
    """
    db.session.add(
        AttachmentOpening(
            attachment_id=file.id,
            by_id=None if by is None else by.id,
            role=role,
            merchant_id=merchant_id,
            case_id=case_id,
            variant=variant,
        )
    )
