"""What is shown of a file: its turn in a worker's hands, and how that ended."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, delete, func, or_, select
from sqlalchemy.orm import aliased

from forum.attachments.confined import Made
from forum.attachments.models import Attachment, AttachmentCopy, FileKind, FileState
from forum.attachments.queries import letter_of, named
from forum.attachments.receive import Refused
from forum.core.clock import utcnow
from forum.core.db import db, turn, unit_of_work
from forum.core.events import Kind, Role, record
from forum.core.storage import Storage, StorageAway

log = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=120)  # longer than one file may take
MOST_TRIES: Final = 10
AGAIN: Final = timedelta(minutes=1)  # after the storage, the scanner or the disk refused
COPIES: Final = "copies of files"  # whoever adds or removes stored copies takes this turn


@dataclass(frozen=True)
class Claimed:
    """A file in the hands of one worker; `attempt` tells it from an earlier claim whose lease ended."""

    id: int
    attempt: int
    key: str
    areas: tuple[tuple[float, ...], ...]


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Attachment.state == FileState.WAITING,
        or_(Attachment.leased_until.is_(None), Attachment.leased_until < now),
    )


def _of_its_owner() -> ScalarSelect[int]:
    """How many files of the owner of a file wait: who sent few comes first, so that nobody's sixty slow ones hold up the others."""
    other = aliased(Attachment)
    return (
        select(func.count(other.id))
        .where(other.owner_id == Attachment.owner_id, other.state == FileState.WAITING)
        .correlate(Attachment)
        .scalar_subquery()
    )


def waiting() -> bool:
    """Whether a file is due; a cheap look without a write lock."""
    found = db.session.scalar(select(Attachment.id).where(*_due(utcnow())).limit(1))
    db.session.rollback()
    return found is not None


@unit_of_work
def claim() -> Claimed | None:
    """Take the next file for LEASE, or None; one that ended its worker MOST_TRIES times is refused on the way."""
    now = utcnow()
    while True:
        file = db.session.scalar(
            select(Attachment)
            .where(*_due(now))
            .order_by(Attachment.tries, _of_its_owner(), Attachment.id)
            .limit(1)
            .with_for_update(key_share=True, skip_locked=True)
            .execution_options(populate_existing=True)
        )
        if file is None:
            return None
        if file.tries < MOST_TRIES and file.original_key is not None:
            file.tries += 1
            file.leased_until = now + LEASE
            return Claimed(file.id, file.tries, file.original_key, file.covered)
        _refuse(file, Refused("took_too_long"))
        db.session.flush()


@unit_of_work
def finish(job: Claimed, made: Made, keys: dict[str, str], storage: Storage) -> Collection[str]:
    """Show the copies that were made and stored under `keys` (by variant); returns keys to drop.

    Nothing changes when the lease ended and another worker took the file, or it is gone.
    """
    file = _held(job)
    if file is None:
        return keys.values()
    turn(COPIES)
    for one in made.copies:
        if not storage.exists(keys[one.variant]):
            storage.put(one.data)
    db.session.execute(delete(AttachmentCopy).where(AttachmentCopy.attachment_id == file.id))
    db.session.add_all(
        AttachmentCopy(
            attachment_id=file.id,
            variant=one.variant,
            key=keys[one.variant],
            mime=one.mime,
            size=len(one.data),
            width=one.width,
            height=one.height,
        )
        for one in made.copies
    )
    file.kind, file.width, file.height, file.pages = FileKind(made.kind), made.width, made.height, made.pages
    file.full_size = next(len(one.data) for one in made.copies if one.variant == "full")
    file.state, file.leased_until, file.tries = FileState.READY, None, 0
    left = []
    if file.original_gone_at is not None and file.original_key is not None:
        left, file.original_key = [file.original_key], None
    _tell(Kind.FILE_READY, file)
    return left


@unit_of_work
def refuse(job: Claimed, problem: Refused) -> None:
    """Say that nothing of the file can be shown, and why."""
    file = _held(job)
    if file is not None:
        _refuse(file, problem)


@unit_of_work
def put_back(job: Claimed) -> None:
    """Let the file be tried again later: it was not its fault."""
    file = _held(job)
    if file is not None:
        file.tries -= 1
        file.leased_until = utcnow() + AGAIN


@unit_of_work
def discard(keys: Collection[str], storage: Storage) -> None:
    """Remove stored files that no row names any more, at once; while the storage is away they are left to the sweep."""
    turn(COPIES)
    try:
        for key in set(keys) - named(keys):
            storage.delete(key)
    except StorageAway as problem:
        log.warning("files that nothing names stay until the sweep: %s", problem)


def _held(job: Claimed) -> Attachment | None:
    """The file, unless another worker has it, or other parts of it are to be covered than when it was taken."""
    file = db.session.scalar(
        select(Attachment)
        .where(Attachment.id == job.id, Attachment.tries == job.attempt, Attachment.state == FileState.WAITING)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return file if file is not None and file.covered == job.areas else None


def _refuse(file: Attachment, problem: Refused) -> None:
    file.state, file.leased_until = FileState.REFUSED, None
    file.refusal = {"code": problem.code, **problem.facts}
    _tell(Kind.FILE_REFUSED, file, code=problem.code)


def _tell(kind: Kind, file: Attachment, **facts: Any) -> None:
    """Write down how it ended, for what stands with a letter or a response: what is still being written is nobody's news."""
    if file.draft_id is None and (file.letter_id is not None or file.response_id is not None):
        record(
            kind,
            by=None,
            role=Role.SYSTEM,
            letter_id=letter_of(file),
            case_id=file.case_id,
            about=f"attachment:{file.id}",
            **facts,
        )
