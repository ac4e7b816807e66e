"""A stored file joins a draft or a claim, changes its audience, leaves."""

from datetime import timedelta

from sqlalchemy import func, or_, select

from forum.accounts.models import User
from forum.attachments import policy, queries
from forum.attachments.kinds import MAX_FILES_PER_LETTER, MOST_DOCUMENTS
from forum.attachments.models import Attachment, FileAudience, FileKind
from forum.attachments.receive import Received
from forum.config import settings
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record
from forum.core.secrecy import new_token
from forum.merchants.models import Claim


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
    file = _stored(received, by, audience, position=0 if last is None else last + 1)
    file.draft_id, file.response_draft_id = draft_id, response_draft_id
    db.session.add(file)
    return file


@unit_of_work
def attach(received: Received, *, by: User, letter_id: int, case_id: int) -> Attachment:
    """Let a file that `receive` stored stand with a letter at once, behind its other files, for the business of one case.

    The same bytes are the same file, where this business may open it already.
    """
    last = db.session.scalar(select(func.max(Attachment.position)).where(Attachment.letter_id == letter_id))
    known = db.session.scalar(
        select(Attachment).where(
            Attachment.letter_id == letter_id,
            Attachment.owner_id == by.id,
            Attachment.original_sha256 == received.sha256_original,
            Attachment.audience != FileAudience.MODERATORS,
            or_(Attachment.case_id.is_(None), Attachment.case_id == case_id),
        )
    )
    if known is not None:
        return known
    file = _stored(received, by, FileAudience.BUSINESS, position=0 if last is None else last + 1)
    file.letter_id, file.case_id = letter_id, case_id
    db.session.add(file)
    return file


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


def _stored(received: Received, by: User, audience: FileAudience, *, position: int) -> Attachment:
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
def keep_document(received: Received, *, by: User, claim: Claim) -> Attachment:
    """Add a file that `receive` stored to a claim of this person; the same bytes again are the same file.

    Raises NotAllowed or Invalid("too_many_documents") with `most`.
    """
    lock(claim)
    ensure(policy.may_prove_with, by, claim)
    there = queries.of_claim(claim.id)
    known = next((one for one in there if one.original_sha256 == received.sha256_original), None)
    if known is not None:
        return known
    if len(there) >= MOST_DOCUMENTS:
        raise Invalid("too_many_documents", field="files", most=MOST_DOCUMENTS)
    file = _stored(received, by, FileAudience.MODERATORS, position=there[-1].position + 1 if there else 0)
    file.claim_id = claim.id
    db.session.add(file)
    claim.version += 1
    return file


@unit_of_work
def remove_document(file: Attachment, *, by: User, claim: Claim) -> None:
    """Take a document out of a claim that was not sent yet. Raises NotAllowed."""
    lock(claim)
    ensure(policy.may_prove_with, by, claim)
    if file.claim_id == claim.id:
        db.session.delete(file)
        claim.version += 1


@unit_of_work
def open_document(file: Attachment, *, by: User, claim: Claim) -> None:
    """Write down that a moderator opens a document of a claim; who may is decided by the moderators' room."""
    record(
        Kind.CLAIM_DOCUMENT_OPENED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=claim.merchant_id,
        about=f"claim:{claim.id}",
        file_id=file.id,
        sha256=file.original_sha256,
    )


def forget_documents() -> int:
    """Delete the documents of claims that were decided `settings.document_days` ago; returns of how many claims.

    Only the rows: what no row names any more is swept from the storage afterwards.
    """
    before = utcnow() - timedelta(days=settings().document_days)
    ids = queries.claims_with_old_documents(before)
    db.session.rollback()
    for claim_id in ids:
        _forget(claim_id)
    return len(ids)


@unit_of_work
def _forget(claim_id: int) -> None:
    claim = db.session.get_one(Claim, claim_id, with_for_update=True)
    number = drop_documents(claim_id)
    record(
        Kind.CLAIM_DOCUMENTS_DELETED,
        by=None,
        role=Role.SYSTEM,
        merchant_id=claim.merchant_id,
        about=f"claim:{claim_id}",
        number=number,
    )


@unit_of_work
def drop_documents(claim_id: int) -> int:
    """Delete the rows of a claim's documents in the present unit of work; returns how many."""
    there = queries.of_claim(claim_id)
    for file in there:
        db.session.delete(file)
    return len(there)
