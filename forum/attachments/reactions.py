"""What becomes of the documents of a claim when it takes another way, or its account is closed."""

from sqlalchemy import select

from forum.attachments.actions import drop_documents
from forum.attachments.models import Attachment
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.merchants.lifecycle import Proof
from forum.merchants.models import Claim


@on(Kind.CLAIM_STARTED)
def another_way_needs_no_documents(event: Event) -> None:
    """Delete what was chosen for a claim that is proved in another way now."""
    if event.data.get("way") != Proof.DOCUMENT:
        drop_documents(int((event.about or "").removeprefix("claim:")))


@on(Kind.ACCOUNT_CLOSED)
def documents_go_with_the_account(event: Event) -> None:
    """Delete the documents of every claim of the person."""
    with_documents = (
        select(Claim.id)
        .join(Attachment, Attachment.claim_id == Claim.id)
        .where(Claim.user_id == event.by_id)
        .distinct()
    )
    for claim_id in db.session.scalars(with_documents).all():
        drop_documents(claim_id)
