"""What follows for businesses when an account is closed, and what a person may not call themselves."""

from sqlalchemy import not_, or_, select, update

from forum.accounts.models import Visitor
from forum.accounts.names import name_rule
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, NotNow
from forum.core.events import Event, Kind, on
from forum.merchants.lifecycle import ClaimMove, EndReason, ObjectionMove, ObjectionState
from forum.merchants.models import Claim, Merchant, Objection, Representative
from forum.merchants.naming import borne, passes_for
from forum.merchants.policy import may_bear_name
from forum.merchants.queries import OPEN_CLAIMS, is_proven, other_names, proven, proven_merchant
from forum.merchants.team import note_first_answer


@on(Kind.ACCOUNT_CLOSED)
def nobody_speaks_from_a_closed_account(event: Event) -> None:
    """End the person's representations and undecided claims; what was signed stays."""
    now = utcnow()
    db.session.execute(
        update(Representative)
        .where(Representative.user_id == event.by_id, Representative.ended_at.is_(None))
        .values(ended_at=now, end_reason=EndReason.ACCOUNT_CLOSED)
    )
    for claim in db.session.scalars(select(Claim).where(Claim.user_id == event.by_id, Claim.state.in_(OPEN_CLAIMS))):
        claim.move(ClaimMove.REFUSE)
        claim.decided_at, claim.token_hash, claim.expires_at = now, None, None
    for objection in db.session.scalars(
        select(Objection).where(Objection.user_id == event.by_id, Objection.state == ObjectionState.OPEN)
    ):
        objection.move(ObjectionMove.DISMISS)
        objection.decided_at = now


@name_rule
def nobody_bears_the_name_of_a_business(name: str, who: Visitor) -> None:
    """Keep the name of a proven business for those who speak for it."""
    merchant = proven_merchant(name)
    if merchant is not None and not may_bear_name(who, merchant):
        raise Invalid("business_name", field="name")


@name_rule
def nobody_passes_for_a_business(name: str, who: Visitor) -> None:
    """Keep names that look like that of a proven business from everybody who does not speak for it."""
    merchant = borne(name)
    if merchant is not None and not may_bear_name(who, merchant):
        raise Invalid("business_name", field="name")


@on(Kind.CLAIM_STARTED)
def doubt_a_claimed_name(event: Event) -> None:
    """Have moderators look at the name of a claimed business that passes for a proven one, if none did yet."""
    merchant = db.session.get(Merchant, event.merchant_id or 0)
    if merchant is None or merchant.suspect_of_id is not None or merchant.name_cleared_at is not None:
        return
    like = None if is_proven(merchant.id) else passes_for(merchant.name, but=merchant.id)
    if like is not None:
        merchant.suspect_of_id, merchant.suspect_since = like.id, utcnow()


@on(Kind.CLAIM_APPROVED)
def nobody_proves_a_doubted_name(event: Event) -> None:
    """Refuse the proof of a business whose name passes for a proven one, by whichever way, until a moderator clears it."""
    merchant = db.session.get(Merchant, event.merchant_id or 0)
    if merchant is not None and merchant.suspect_of_id is not None:
        raise NotNow("name_doubted")


@on(Kind.CLAIM_APPROVED, Kind.MERCHANT_DESCRIBED, Kind.NAME_ADDED, Kind.MERCHANT_MERGED)
def doubt_names_that_pass_for_it(event: Event) -> None:
    """Have moderators look at the names that pass for a business which is proven now: unproven ones that nobody cleared."""
    merchant = db.session.get(Merchant, event.merchant_id or 0)
    if merchant is None or not is_proven(merchant.id):
        return
    signs = {merchant.skeleton, merchant.loose}
    for one in other_names(merchant.id):
        signs |= {one.skeleton, one.loose}
    db.session.execute(
        update(Merchant)
        .where(
            or_(Merchant.skeleton.in_(signs), Merchant.loose.in_(signs)),
            Merchant.id != merchant.id,
            Merchant.merged_into_id.is_(None),
            Merchant.suspect_of_id.is_(None),
            Merchant.name_cleared_at.is_(None),
            not_(proven()),
        )
        .values(suspect_of_id=merchant.id, suspect_since=utcnow())
        .execution_options(synchronize_session=False)
    )


@on(Kind.CASE_ANSWERED)
def the_first_answer_is_remembered(event: Event) -> None:
    """From the first published response on, those who act in the name of the business need a second factor."""
    if event.merchant_id is not None:
        note_first_answer(event.merchant_id)
