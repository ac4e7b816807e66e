"""What follows for businesses when an account is closed or a proof falls, and what a person may not call themselves."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, not_, or_, select, update

from forum.accounts.models import Visitor
from forum.accounts.names import name_rule
from forum.core.clock import utcnow
from forum.core.db import db, lock
from forum.core.errors import Invalid, NotNow
from forum.core.events import Event, Kind, Role, on
from forum.merchants.actions.contacts import withdraw_contacts
from forum.merchants.actions.voices import end
from forum.merchants.lifecycle import PROOF_FELL, ClaimMove, EndReason, ObjectionMove, ObjectionState, Proof
from forum.merchants.models import Claim, Merchant, Objection, Representative
from forum.merchants.naming import borne, passes_for
from forum.merchants.policy import may_bear_name
from forum.merchants.queries import OPEN_CLAIMS, is_proven, other_names, proven, proven_merchant
from forum.merchants.team import ensure_an_owner_stays, note_first_answer, voice_concerned


@on(Kind.ACCOUNT_CLOSED)
def nobody_speaks_from_a_closed_account(event: Event) -> None:
    """End the person's representations and undecided claims; what was signed stays.

    Raises NotNow("last_owner") when a team would be left without an owner.
    """
    now = utcnow()
    theirs = Representative.user_id == event.by_id
    spoken_for = select(Representative.merchant_id).where(theirs, Representative.ended_at.is_(None))
    for merchant_id in db.session.scalars(spoken_for.order_by(Representative.merchant_id)).all():
        lock(db.session.get_one(Merchant, merchant_id))
    for voice in _standing(theirs):
        ensure_an_owner_stays(voice)
        end(voice, EndReason.ACCOUNT_CLOSED, by=None, role=Role.BUSINESS)
    for claim in db.session.scalars(select(Claim).where(Claim.user_id == event.by_id, Claim.state.in_(OPEN_CLAIMS))):
        claim.move(ClaimMove.REFUSE)
        claim.decided_at, claim.token_hash, claim.expires_at = now, None, None
    for objection in db.session.scalars(
        select(Objection).where(Objection.user_id == event.by_id, Objection.state == ObjectionState.OPEN)
    ):
        objection.move(ObjectionMove.DISMISS)
        objection.decided_at = now


@on(Kind.REPRESENTATIVE_ENDED)
def what_rests_on_a_proof_falls_with_it(event: Event) -> None:
    """Drop the addresses that somebody registered whose proof fell; no proof left, and whoever was merely invited is out too."""
    voice = voice_concerned(event)
    if voice.end_reason not in PROOF_FELL:
        return
    withdraw_contacts(voice.merchant_id, registered_by_id=voice.user_id)
    of_team = Representative.merchant_id == voice.merchant_id
    if not _standing(of_team, Representative.proof != Proof.INVITED):
        for invited in _standing(of_team):
            end(invited, voice.end_reason, by=None, role=Role.SYSTEM)


def _standing(*conditions: ColumnElement[bool]) -> Sequence[Representative]:
    query = select(Representative).where(*conditions, Representative.ended_at.is_(None))
    return db.session.scalars(query.order_by(Representative.id).with_for_update(key_share=True)).all()


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
