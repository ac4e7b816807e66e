"""A file that was received joins what its owner is writing, or a letter that stands already."""


from sqlalchemy import func, or_, select

from forum.accounts.models import User
from forum.attachments.kinds import MAX_FILES_PER_LETTER
from forum.attachments.models import Attachment, FileAudience
from forum.attachments.receive import Received
from forum.core import limits
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, TooMany
from forum.core.events import Kind, Role, record
from forum.core.rates import MAX_BYTES_PER_DAY
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

    Raises Invalid("too_many_files") with `most`, or TooMany("too_many_bytes") beyond MAX_BYTES_PER_DAY.
    """
    lock(by)
    of_draft = (
        Attachment.draft_id == draft_id
        if response_draft_id is None
        else Attachment.response_draft_id == response_draft_id
    )
    known = db.session.scalar(select(Attachment).where(of_draft, Attachment.original_sha256 == received.sha256))
    if known is not None:
        return known
    count, last = db.session.execute(select(func.count(), func.max(Attachment.position)).where(of_draft)).one()
    if count >= most:
        raise Invalid("too_many_files", field="files", most=most)
    file = row_of(received, by, audience, position=0 if last is None else last + 1)
    file.draft_id, file.response_draft_id = draft_id, response_draft_id
    db.session.add(file)
    db.session.flush()
    return file


@unit_of_work
def attach(received: Received, *, by: User, letter_id: int, case_id: int) -> Attachment:
    """Let a file that `receive` stored stand with a letter at once, behind its other files, for the business of one case.

    The same bytes are the same file, where this business may open it already. Raises TooMany as `keep`.
    """
    last = db.session.scalar(select(func.max(Attachment.position)).where(Attachment.letter_id == letter_id))
    known = db.session.scalar(
        select(Attachment).where(
            Attachment.letter_id == letter_id,
            Attachment.owner_id == by.id,
            Attachment.original_sha256 == received.sha256,
            Attachment.audience != FileAudience.MODERATORS,
            or_(Attachment.case_id.is_(None), Attachment.case_id == case_id),
        )
    )
    if known is not None:
        return known
    file = row_of(received, by, FileAudience.BUSINESS, position=0 if last is None else last + 1)
    file.letter_id, file.case_id = letter_id, case_id
    db.session.add(file)
    db.session.flush()
    note_added([file], by=by, letter_id=letter_id)
    return file


def row_of(received: Received, by: User, audience: FileAudience, *, position: int) -> Attachment:
    """Return the row of a file that waits for its copies to be made; counts its bytes. Raises TooMany("too_many_bytes")."""
    try:
        limits.permit("file-bytes", str(by.id), amount=received.size)
    except TooMany as problem:
        raise TooMany("too_many_bytes", limit=MAX_BYTES_PER_DAY, **problem.facts) from problem
    return Attachment(
        token=new_token(),
        owner_id=by.id,
        audience=audience,
        kind=received.kind,
        name=received.name,
        prepared=received.prepared,
        original_size=received.size,
        original_sha256=received.sha256,
        original_key=received.key,
        position=position,
    )


@unit_of_work
def note_added(files: list[Attachment], *, by: User, letter_id: int, role: Role = Role.AUTHOR) -> None:
    """Write down which bytes came to stand with a letter, so that its chain of events proves them."""
    for file in files:
        record(
            Kind.FILE_ADDED,
            by=by,
            role=role,
            letter_id=letter_id,
            about=f"attachment:{file.id}",
            sha256=file.original_sha256,
            size=file.original_size,
            received_at=file.created_at.isoformat(timespec="seconds"),
        )
