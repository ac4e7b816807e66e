"""Sealed originals whose time is over are deleted; their receipts and what is shown of them stay."""

from datetime import timedelta

from sqlalchemy import select

from forum.accounts.models import User
from forum.attachments.actions.copies import discard
from forum.attachments.holding import is_held
from forum.attachments.models import Attachment, FileState
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import NotNow
from forum.core.events import Kind, Role, record
from forum.core.storage import Storage

AT_ONCE = 100


def forget_originals(storage: Storage) -> int:
    """Delete the sealed originals that came in `settings.original_days` ago; returns how many. Those still waited for stay, and those held."""
    number = 0
    while keys := _forget():
        discard(keys, storage)
        number += len(keys)
    return number


@unit_of_work
def _forget() -> list[str]:
    now = utcnow()
    old = db.session.scalars(
        select(Attachment)
        .where(
            Attachment.created_at < now - timedelta(days=settings().original_days),
            Attachment.original_key.is_not(None),
            Attachment.state != FileState.WAITING,
            ~is_held(),
        )
        .order_by(Attachment.created_at, Attachment.id)
        .limit(AT_ONCE)
        .with_for_update(key_share=True)
    ).all()
    keys = []
    for file in old:
        keys.append(file.original_key or "")
        file.original_key, file.original_gone_at = None, now
        if file.letter_id is not None:
            record(
                Kind.ORIGINAL_DELETED,
                by=None,
                role=Role.SYSTEM,
                letter_id=file.letter_id,
                about=f"attachment:{file.id}",
                sha256=file.original_sha256,
            )
    return keys


@unit_of_work
def forget_original(file: Attachment, *, by: User, second: User) -> None:
    """Give up the sealed original of one file for good, as one asked and another confirmed; raises NotNow: original_gone, or data_held.

    The row forgets it at once; the stored bytes go with the next sweep, which takes what no row names.
    """
    lock(file)
    if file.original_key is None:
        raise NotNow("original_gone")
    if db.session.scalar(select(Attachment.id).where(Attachment.id == file.id, is_held())) is not None:
        raise NotNow("data_held")
    file.original_key, file.original_gone_at = None, utcnow()
    if file.letter_id is not None:
        record(
            Kind.ORIGINAL_DELETED,
            by=by,
            role=Role.MODERATOR,
            letter_id=file.letter_id,
            about=f"attachment:{file.id}",
            sha256=file.original_sha256,
            second=second.id,
        )
