"""Rows of files for tests that need no real file."""

from forum.attachments.models import Attachment, FileAudience
from forum.core.db import db, unit_of_work
from tests.attachments.rows import file_row


@unit_of_work
def kept_file(
    owner, *, draft=None, letter=None, audience=FileAudience.PUBLIC, name="nota.webp", **fields
) -> Attachment:
    file = file_row(
        owner.id,
        draft_id=draft.id if draft else None,
        letter_id=letter.id if letter else None,
        audience=audience,
        name=name,
        **fields,
    )
    db.session.add(file)
    return file
