"""Rights of reply: those of a letter as its readers see them, one with its letter, those that wait."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from forum.core import paging
from forum.core.db import db
from forum.core.errors import Missing
from forum.letters.models import Case, Letter
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply


def published_on(letter: Letter) -> Sequence[Reply]:
    """Return what stands under the letter, oldest first, hidden ones as well; no query where there is none."""
    if not letter.reply_count:
        return []
    return db.session.scalars(
        select(Reply).where(Reply.letter_id == letter.id, Reply.state == ReplyState.PUBLISHED).order_by(Reply.id)
    ).all()


def reply_with_letter(reply_id: int) -> Reply:
    """Return one with its letter and the letter's cases; who may see it is asked by the caller. Raises Missing."""
    found = db.session.scalar(
        select(Reply)
        .where(Reply.id == reply_id)
        .options(joinedload(Reply.letter).selectinload(Letter.cases).joinedload(Case.merchant))
    )
    if found is None:
        raise Missing
    return found


def others_of(reply: Reply) -> Sequence[Reply]:
    """Return what the same address wrote to the same letter before, newest first, as far as it was proved."""
    return db.session.scalars(
        select(Reply)
        .where(
            Reply.letter_id == reply.letter_id,
            Reply.email_key == reply.email_key,
            Reply.id < reply.id,
            Reply.state.in_((ReplyState.PUBLISHED, ReplyState.REFUSED)),
        )
        .order_by(Reply.id.desc())
    ).all()


def waiting(after: str | None, *, size: int) -> paging.Page[Any]:
    """Return a page of those that wait, longest first, with the title of their letter."""
    return paging.page(
        select(Reply.id, Reply.proved_at, Reply.byline, Letter.title)
        .join(Letter, Letter.id == Reply.letter_id)
        .where(Reply.state == ReplyState.WAITING),
        keys=(Reply.proved_at, Reply.id),
        kinds="ti",
        after=after,
        size=size,
        descending=False,
        key_of=lambda row: (row.proved_at, row.id),
    )


def is_last_of_address(reply: Reply) -> bool:
    """Whether nothing else of the same address stands or waits under the letter, and nothing came after it."""
    later = Reply.id > reply.id
    other = exists().where(
        Reply.letter_id == reply.letter_id,
        Reply.email_key == reply.email_key,
        Reply.id != reply.id,
        later if reply.corrects_id is not None else or_(later, Reply.corrects_id.is_(None)),
        Reply.state.in_((ReplyState.WAITING, ReplyState.PUBLISHED)),
    )
    return not db.session.scalar(select(other))
