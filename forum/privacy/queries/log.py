"""The processing log: a page of it for administrators, the whole as it is exported, one person's part for their copy."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from forum.accounts.models import User
from forum.attachments.models import Attachment, AttachmentOpening
from forum.core import paging
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.privacy.models import Processing

ROWS = 50
AT_ONCE = 1000


def processing(after: str | None = None) -> paging.Page[Any]:
    """Return a page of (row, name of who did it), newest first."""
    return paging.page(
        select(Processing, User.name).outerjoin(User, User.id == Processing.by_id),
        keys=(Processing.id,),
        kinds="i",
        after=after,
        size=ROWS,
        key_of=lambda row: (row[0].id,),
    )


def whole_log() -> Iterator[Processing]:
    """Yield every row in order, in batches."""
    after = 0
    while rows := db.session.scalars(
        select(Processing).where(Processing.id > after).order_by(Processing.id).limit(AT_ONCE)
    ).all():
        yield from rows
        after = rows[-1].id


def log_of(subject: str) -> Sequence[Any]:
    """Return what was done with the data of one person, without who did it."""
    columns = (Processing.at, Processing.act, Processing.kind, Processing.request_id, Processing.role, Processing.facts)
    return (
        db.session.execute(select(*columns).where(Processing.subject == subject).order_by(Processing.id))
        .mappings()
        .all()
    )


def readings_of(user_id: int) -> list[dict[str, Any]]:
    """Return who opened what of a person, by role and never by name: private data, and files of theirs."""
    about = select(Event.at, Event.role, Event.data).where(
        Event.kind == Kind.PRIVATE_READ, Event.about == f"user:{user_id}"
    )
    read = [
        {"at": at, "role": role, "what": data.get("what"), "why": data.get("why")}
        for at, role, data in db.session.execute(about.order_by(Event.id))
    ]
    opened = (
        select(AttachmentOpening.at, AttachmentOpening.role, AttachmentOpening.attachment_id)
        .join(Attachment, Attachment.id == AttachmentOpening.attachment_id)
        .where(Attachment.owner_id == user_id)
        .order_by(AttachmentOpening.id)
    )
    return read + [
        {"at": at, "role": role, "what": f"file {number}"} for at, role, number in db.session.execute(opened)
    ]
