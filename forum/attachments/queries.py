"""Files by the name in their address, of a draft, of a letter."""

from collections.abc import Sequence

from sqlalchemy import select

from forum.attachments.models import Attachment
from forum.core.db import db

IN_ORDER = (Attachment.position, Attachment.id)


def by_token(token: str) -> Attachment | None:
    """Return the file with this name in its address, None when there is none."""
    return db.session.scalar(select(Attachment).where(Attachment.token == token))


def of_draft(draft_id: int) -> Sequence[Attachment]:
    """Return the files of a draft in order."""
    return db.session.scalars(select(Attachment).where(Attachment.draft_id == draft_id).order_by(*IN_ORDER)).all()


def of_response_draft(draft_id: int) -> Sequence[Attachment]:
    """Return the files of a response that is being written, in order."""
    return db.session.scalars(
        select(Attachment).where(Attachment.response_draft_id == draft_id).order_by(*IN_ORDER)
    ).all()


def of_responses(response_ids: Sequence[int]) -> Sequence[Attachment]:
    """Return the files of these responses in order, hidden ones as well."""
    return db.session.scalars(
        select(Attachment).where(Attachment.response_id.in_(response_ids)).order_by(*IN_ORDER)
    ).all()


def of_letter(letter_id: int) -> Sequence[Attachment]:
    """Return the files of a letter in order, hidden ones as well."""
    return db.session.scalars(select(Attachment).where(Attachment.letter_id == letter_id).order_by(*IN_ORDER)).all()
