"""What follows for written responses when a claim moves or an account is closed."""

from sqlalchemy import select, update

from forum.accounts.models import User
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.letters.models import Case
from forum.merchants.lifecycle import Proof
from forum.merchants.models import Claim
from forum.responses.actions import drop_drafts, publish_waiting, take_over
from forum.responses.actions.promises import settle_promise
from forum.responses.models import ResponseDraft


@on(Kind.CLAIM_STARTED)
def waiting_responses_belong_to_the_claim(event: Event) -> None:
    """Bind what the claimant has sent for cases of this business; unsent drafts stay drafts."""
    claim = _claim(event)
    for draft in db.session.scalars(
        select(ResponseDraft)
        .join(ResponseDraft.case)
        .where(ResponseDraft.author_id == claim.user_id, Case.merchant_id == claim.merchant_id)
    ).all():
        draft.claim_id = claim.id if draft.fields.get("ready") else None


@on(Kind.CLAIM_APPROVED)
def waiting_responses_are_published(event: Event) -> None:
    """Publish what waited for this claim, in the same transaction; what came from its address by mail becomes the person's."""
    claim = _claim(event)
    publish_waiting(claim)
    if event.data.get("proof") == Proof.EMAIL:
        take_over(db.session.get_one(User, claim.user_id), claim.merchant_id, claim.work_email)


@on(Kind.CLAIM_REFUSED)
def waiting_responses_become_drafts_again(event: Event) -> None:
    """Keep the words: a refused claim may be made again."""
    db.session.execute(update(ResponseDraft).where(ResponseDraft.claim_id == _claim(event).id).values(claim_id=None))


@on(Kind.ACCOUNT_CLOSED)
def drafts_go_with_the_account(event: Event) -> None:
    """Forget what was never published."""
    drop_drafts(ResponseDraft.author_id == event.by_id)


@on(Kind.RESPONSE_HIDDEN, Kind.RESPONSE_RESTORED)
def lists_forget_a_hidden_promise(event: Event) -> None:
    """Let the case carry the newest promise that readers still see."""
    db.session.flush()
    settle_promise(db.session.get_one(Case, event.case_id))


def _claim(event: Event) -> Claim:
    return db.session.get_one(Claim, int((event.about or "").removeprefix("claim:")))
