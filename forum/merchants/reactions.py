"""What follows for businesses when an account is closed."""

from sqlalchemy import select, update

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.merchants.lifecycle import ClaimMove
from forum.merchants.models import Claim, Representative
from forum.merchants.queries import OPEN_CLAIMS


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
