"""Rows of files for tests that need no real file."""

from forum.attachments.models import Attachment, FileAudience, FileKind
from forum.core.db import db, unit_of_work
from forum.core.secrecy import digest, new_token


@unit_of_work
def kept_file(
    owner, *, draft=None, letter=None, audience=FileAudience.PUBLIC, name="nota.webp", **fields
) -> Attachment:
    file = Attachment(
        token=new_token(),
        owner_id=owner.id,
        draft_id=draft.id if draft else None,
        letter_id=letter.id if letter else None,
        audience=audience,
        kind=FileKind.IMAGE,
        mime="image/webp",
        name=name,
        original_size=1000,
        original_sha256=digest(name),
        full_key=digest(name + "full"),
        full_size=900,
        thumb_key=digest(name + "thumb"),
        **fields,
    )
    db.session.add(file)
    return file
