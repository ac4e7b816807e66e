"""What follows for businesses when an account is closed, and what a person may not call themselves."""

from sqlalchemy import select, update

from forum.accounts.models import Visitor
from forum.accounts.names import name_rule
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.events import Event, Kind, on
from forum.merchants.lifecycle import ClaimMove
from forum.merchants.models import Claim, Representative
from forum.merchants.policy import may_bear_name
from forum.merchants.queries import OPEN_CLAIMS, proven_merchant
from forum.merchants.team import note_first_answer


@on(Kind.ACCOUNT_CLOSED)
def nobody_speaks_from_a_closed_account(event: Event) -> None:
    """End the person's representations and undecided claims; what was signed stays."""
    now = utcnow()
    db.session.execute(
        update(Representative)
        .where(Representative.user_id == event.by_id, Representative.ended_at.is_(None))
        .values(ended_at=now)
    )
    for claim in db.session.scalars(select(Claim).where(Claim.user_id == event.by_id, Claim.state.in_(OPEN_CLAIMS))):
        claim.move(ClaimMove.REFUSE)
        claim.decided_at, claim.token_hash, claim.expires_at = now, None, None


@name_rule
def nobody_bears_the_name_of_a_business(name: str, who: Visitor) -> None:
    """Keep the name of a proven business for those who speak for it."""
    merchant = proven_merchant(name)
    if merchant is not None and not may_bear_name(who, merchant):
        raise Invalid("business_name", field="name")


@on(Kind.CASE_ANSWERED)
def the_first_answer_is_remembered(event: Event) -> None:
    """From the first published response on, those who act in the name of the business need a second factor."""
    if event.merchant_id is not None:
        note_first_answer(event.merchant_id)
