"""A stored file joins a draft, changes its audience, leaves."""

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.attachments import policy
from forum.attachments.kinds import MAX_FILES_PER_LETTER
from forum.attachments.models import Attachment, FileAudience, FileKind
from forum.attachments.receive import Received
from forum.core.access import ensure
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid
from forum.core.secrecy import new_token


@unit_of_work
def keep(
    received: Received,
    *,
    by: User,
    draft_id: int | None = None,
    response_draft_id: int | None = None,
    audience: FileAudience = FileAudience.PUBLIC,
    most: int = MAX_FILES_PER_LETTER,
) -> Attachment:
    """Add a file that `receive` stored to a draft of this person, of a letter or of a response; the same bytes are the same file.

    Raises Invalid("too_many_files") with `most`.
    """
    lock(by)
    of_draft = (
        Attachment.draft_id == draft_id
        if response_draft_id is None
        else Attachment.response_draft_id == response_draft_id
    )
    known = db.session.scalar(
        select(Attachment).where(of_draft, Attachment.original_sha256 == received.sha256_original)
    )
    if known is not None:
        return known
    count, last = db.session.execute(select(func.count(), func.max(Attachment.position)).where(of_draft)).one()
    if count >= most:
        raise Invalid("too_many_files", field="files", most=most)
    file = _row(received, by=by, audience=audience, position=0 if last is None else last + 1)
    file.draft_id, file.response_draft_id = draft_id, response_draft_id
    db.session.add(file)
    return file


@unit_of_work
def attach(received: Received, *, by: User, letter_id: int, audience: FileAudience) -> Attachment:
    """Let a file that `receive` stored stand with a letter at once, behind its other files; the same bytes are the same file."""
    last = db.session.scalar(select(func.max(Attachment.position)).where(Attachment.letter_id == letter_id))
    known = db.session.scalar(
        select(Attachment).where(
            Attachment.letter_id == letter_id,
            Attachment.owner_id == by.id,
            Attachment.original_sha256 == received.sha256_original,
        )
    )
    if known is not None:
        return known
    file = _row(received, by=by, audience=audience, position=0 if last is None else last + 1)
    file.letter_id = letter_id
    db.session.add(file)
    return file


def _row(received: Received, *, by: User, audience: FileAudience, position: int) -> Attachment:
    return Attachment(
        token=new_token(),
        owner_id=by.id,
        audience=audience,
        kind=FileKind(received.kind),
        mime=received.mime,
        name=received.name,
        original_size=received.original_size,
        original_sha256=received.sha256_original,
        full_key=received.full_key,
        full_size=received.size,
        thumb_key=received.thumb_key,
        width=received.width,
        height=received.height,
        pages=received.pages,
        position=position,
    )


@unit_of_work
def set_audience(file: Attachment, audience: FileAudience, *, by: User) -> None:
    """Choose who may open the file; raises NotAllowed."""
    ensure(policy.may_change, by, file)
    file.audience = audience


@unit_of_work
def remove(file: Attachment, *, by: User) -> None:
    """Take the file away; what nobody names any more is swept from the storage later. Raises NotAllowed."""
    ensure(policy.may_change, by, file)
    db.session.delete(file)
