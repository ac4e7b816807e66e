"""Parts of a stored file are painted over for good: from that moment on nobody gets what was shown before."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from forum.accounts.models import User
from forum.attachments import areas as shapes
from forum.attachments import policy
from forum.attachments.actions.copies import discard
from forum.attachments.areas import Area
from forum.attachments.holding import is_held
from forum.attachments.kinds import Variant
from forum.attachments.models import Attachment, AttachmentCopy, FileState
from forum.attachments.queries import letter_of
from forum.attachments.sources import source_of
from forum.core.access import ensure
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.core.storage import Storage


def cover(file: Attachment, areas: object, *, by: User, storage: Storage) -> None:
    """Paint over parts of an own file; `areas` holds [page, x, y, width, height] of each, in parts of the page.

    Raises NotAllowed, NotNow for a file of which nothing can be shown, or Invalid as `areas.checked`.
    """
    ensure(policy.may_cover, by, file)
    role = Role.BUSINESS if file.response_id is not None else Role.AUTHOR
    discard(_cover(file, areas, by=by, role=role, source=source_of(file, storage)), storage)


def uncover(file: Attachment, areas: Collection[tuple[float, ...]], *, by: User, storage: Storage) -> None:
    """Take covered parts off an own file that was not sent yet; raises NotAllowed or Invalid("no_areas")."""
    ensure(policy.may_uncover, by, file)
    discard(_uncover(file, areas, by=by, role=Role.AUTHOR), storage)


@unit_of_work
def _cover(file: Attachment, areas: object, *, by: User, role: Role, source: tuple[str, str] | None) -> list[str]:
    ensure(policy.may_cover, by, lock(file))
    return paint(file, areas, by=by, role=role, source=source)


@unit_of_work
def _uncover(file: Attachment, areas: Collection[tuple[float, ...]], *, by: User, role: Role) -> list[str]:
    ensure(policy.may_uncover, by, lock(file))
    return lay_open(file, areas, by=by, role=role)


@unit_of_work
def paint(
    file: Attachment, areas: object, *, by: User, role: Role, source: tuple[str, str] | None, **said: Any
) -> list[str]:
    """Add areas to a file that is locked, and forget what was shown of it; returns the keys to drop from the storage.

    `source` is that of `source_of`; `said` goes into the event. Who may is decided by the caller. Raises NotNow or Invalid.
    """
    new = shapes.joined((), shapes.checked(areas, pages=file.pages))
    if file.state is FileState.REFUSED:
        raise NotNow("not_ready")
    all_of_them = shapes.joined(file.areas, new)
    if len(all_of_them) == len(file.areas):
        return []
    if file.original_key is None:
        if db.session.scalar(select(Attachment.id).where(Attachment.id == file.id, is_held())) is not None:
            raise NotNow("data_held")  # what is shown is all there is of it
        if source is None or source[1] != _full_key(file):
            raise NotNow("not_ready")
        file.original_key = source[0]
    file.areas = all_of_them
    left = _wait_anew(file)
    _tell(file, by, role, areas=new, number=len(new), **said)
    return left


@unit_of_work
def lay_open(file: Attachment, areas: Collection[tuple[float, ...]], *, by: User, role: Role, **said: Any) -> list[str]:
    """Take these areas off a file that is locked, while its original is there; returns the keys to drop. As `paint` otherwise."""
    off = [list(area) for area in file.covered if area in set(areas)]
    if not off:
        raise Invalid("no_areas", field="areas")
    if file.state is FileState.REFUSED or file.original_gone_at is not None or file.original_key is None:
        raise NotNow("original_gone")
    file.areas = [area for area in file.areas if area not in off]
    left = _wait_anew(file)
    _tell(file, by, role, areas=off, number=len(off), off=True, **said)
    return left


def _full_key(file: Attachment) -> str | None:
    return db.session.scalar(
        select(AttachmentCopy.key).where(
            AttachmentCopy.attachment_id == file.id, AttachmentCopy.variant == Variant.FULL
        )
    )


def _wait_anew(file: Attachment) -> list[str]:
    """Let the worker make all copies anew; what it may be making at this moment counts no more (`copies._held`)."""
    shown = db.session.scalars(select(AttachmentCopy).where(AttachmentCopy.attachment_id == file.id)).all()
    for copy in shown:
        db.session.delete(copy)
    file.state, file.leased_until, file.tries = FileState.WAITING, None, 0
    db.session.flush()
    return [copy.key for copy in shown]


def _tell(file: Attachment, by: User, role: Role, *, areas: list[Area], **facts: Any) -> None:
    """Write it down, for what stands with a letter or a response."""
    if file.letter_id is not None or file.response_id is not None:
        record(
            Kind.FILE_COVERED,
            by=by,
            role=role,
            letter_id=letter_of(file),
            case_id=file.case_id,
            about=f"attachment:{file.id}",
            areas=areas,
            **facts,
        )
