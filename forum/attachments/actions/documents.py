"""What proves a claim: chosen, taken out again, opened by moderators, deleted when its time is over."""

from datetime import timedelta

from forum.accounts.models import User
from forum.attachments import policy, queries
from forum.attachments.actions.keep import row_of
from forum.attachments.kinds import MOST_DOCUMENTS
from forum.attachments.models import Attachment, FileAudience
from forum.attachments.receive import Received
from forum.config import settings
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record
from forum.merchants.models import Claim


@unit_of_work
def keep_document(received: Received, *, by: User, claim: Claim) -> Attachment:
    """Add a file that `receive` stored to a claim of this person; the same bytes again are the same file.

    Raises NotAllowed or Invalid("too_many_documents") with `most`.
    """
    lock(claim)
    ensure(policy.may_prove_with, by, claim)
    there = queries.of_claim(claim.id)
    known = next((one for one in there if one.original_sha256 == received.sha256), None)
    if known is not None:
        return known
    if len(there) >= MOST_DOCUMENTS:
        raise Invalid("too_many_documents", field="files", most=MOST_DOCUMENTS)
    file = row_of(received, by, FileAudience.MODERATORS, position=there[-1].position + 1 if there else 0)
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
    claim = db.session.get_one(Claim, claim_id, with_for_update={"key_share": True})
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
