"""Files by the name in their address, of a draft, of a letter, of a claim."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select

from forum.attachments.kinds import Variant
from forum.attachments.models import ALSO_NAMED, Attachment, AttachmentCopy
from forum.core.db import Base, db
from forum.core.errors import Missing
from forum.merchants.lifecycle import ClaimState
from forum.merchants.models import Claim

IN_ORDER = (Attachment.position, Attachment.id)


def by_token(token: str) -> Attachment | None:
    """Return the file with this name in its address, None when there is none."""
    return db.session.scalar(select(Attachment).where(Attachment.token == token))


def letter_of(file: Attachment) -> int | None:
    """Return the letter with which a file stands, be it by a response; None while it is being written."""
    if file.letter_id is not None or file.case_id is None:
        return file.letter_id
    case = Base.metadata.tables["case"]
    return db.session.scalar(select(case.c.letter_id).where(case.c.id == file.case_id))


def copy_of(file: Attachment, variant: Variant) -> AttachmentCopy | None:
    """Return one form of a file, None where there is none (yet)."""
    return db.session.get(AttachmentCopy, (file.id, variant), populate_existing=True)


def copies_of(file_ids: Sequence[int], variant: Variant) -> dict[int, AttachmentCopy]:
    """Return one form of each of these files that has it, by file."""
    found = db.session.scalars(
        select(AttachmentCopy).where(AttachmentCopy.attachment_id.in_(file_ids), AttachmentCopy.variant == variant)
    )
    return {one.attachment_id: one for one in found}


def named(keys: Collection[str]) -> set[str]:
    """Return which of these keys of the storage some row names."""
    copies = select(AttachmentCopy.key).where(AttachmentCopy.key.in_(keys))
    originals = select(Attachment.original_key).where(Attachment.original_key.in_(keys))
    others = [select(column).where(column.in_(keys)) for column in ALSO_NAMED]
    return {key for key in db.session.scalars(copies.union(originals, *others)) if key}


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


def of_claim(claim_id: int) -> Sequence[Attachment]:
    """Return the documents of a claim in order."""
    return db.session.scalars(select(Attachment).where(Attachment.claim_id == claim_id).order_by(*IN_ORDER)).all()


def document_of(claim_id: int, file_id: int) -> Attachment:
    """Return one document of a claim; raises Missing."""
    found = db.session.scalar(select(Attachment).where(Attachment.id == file_id, Attachment.claim_id == claim_id))
    if found is None:
        raise Missing
    return found


def claims_with_old_documents(before: datetime) -> Sequence[int]:
    """Return the claims whose documents have had their time: decided before this, or never sent and added before it."""
    never_sent = (
        Claim.decided_at.is_(None),
        Claim.state != ClaimState.WAITING_MODERATOR,
        Attachment.created_at < before,
    )
    return db.session.scalars(
        select(Claim.id)
        .join(Attachment, Attachment.claim_id == Claim.id)
        .where(or_(Claim.decided_at < before, and_(*never_sent)))
        .distinct()
        .order_by(Claim.id)
    ).all()
