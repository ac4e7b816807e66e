"""Chosen letters and names of a business go to another one, which may be new."""

from collections.abc import Sequence

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import aliased

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case, Question
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import NameState
from forum.merchants.models import Merchant, MerchantName
from forum.merchants.queries import key_of
from forum.moderation import policy
from forum.moderation.lifecycle import SPLIT_REASONS, JoinReason
from forum.moderation.queries.businesses import CASES_A_PAGE, named, pair, spoken_for
from forum.responses.models import AnswerLink

Twin = aliased(Case)


@unit_of_work
def split(
    merchant: Merchant,
    *,
    by: User,
    to: str,
    case_ids: Sequence[int],
    name_ids: Sequence[int] = (),
    reason: JoinReason,
) -> Merchant:
    """Let chosen cases and other names of a business be those of the business named `to`, which is added when nobody named it.

    For the other business each letter begins anew: it was never told of it, acknowledged nothing, and its clock starts today. Links
    mailed to the first one are over. Sent twice, it changes nothing more. Raises NotAllowed, Invalid (same_business, nothing_chosen, looks_like, bad_merchant_name), NotNow
    (merged_already, answered_here, names_both: with `letters`).
    """
    lock(merchant)
    ensure(policy.may_join, by, pair(merchant, None))
    if merchant.merged_into_id is not None:
        raise NotNow("merged_already")
    if reason not in SPLIT_REASONS:
        raise Invalid(field="reason")
    if not (case_ids or name_ids) or len(case_ids) > CASES_A_PAGE:
        raise Invalid("nothing_chosen", field="cases")
    freed, names = _free_names(merchant, name_ids, to)
    other = _other(merchant, by, to)
    moved = _cases(merchant, other, case_ids)
    for case in moved:
        _begin_anew(case, merchant, other, by, reason)
    db.session.execute(
        update(MerchantName)
        .where(MerchantName.id.in_(names))
        .values(merchant_id=other.id)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
    if moved or freed:
        record(
            Kind.MERCHANT_SPLIT,
            by=by,
            role=Role.MODERATOR,
            merchant_id=merchant.id,
            about=f"merchant:{merchant.id}",
            other_id=other.id,
            name=other.name,
            reason=reason.value,
            letters=len(moved),
        )
    return other


def _free_names(merchant: Merchant, name_ids: Sequence[int], to: str) -> tuple[int, list[int]]:
    """Take the chosen names from the business: how many, and which have a row still.

    One that is `to` itself becomes the own name of the other business, and its row goes.
    """
    chosen = db.session.scalars(
        select(MerchantName)
        .where(
            MerchantName.id.in_(name_ids),
            MerchantName.merchant_id == merchant.id,
            MerchantName.state == NameState.ACCEPTED,
            MerchantName.merged_from_id.is_(None),
        )
        .with_for_update(key_share=True)
    ).all()
    itself = [one.id for one in chosen if one.key == key_of(to)]
    db.session.execute(delete(MerchantName).where(MerchantName.id.in_(itself)))
    return len(chosen), [one.id for one in chosen if one.id not in itself]


def _other(merchant: Merchant, by: User, to: str) -> Merchant:
    known = named(to)
    if known is not None and known.id == merchant.id:
        raise Invalid("same_business", field="to")
    try:
        other = known or merchants.find_or_add(to, by)
    except Invalid as problem:
        raise Invalid(problem.code, field="to", **problem.facts) from problem
    if other.id == merchant.id:
        raise Invalid("same_business", field="to")
    lock(other)
    if other.merged_into_id is not None:
        raise NotNow("merged_already")
    ensure(policy.may_join, by, pair(merchant, other))
    return other


def _cases(merchant: Merchant, other: Merchant, case_ids: Sequence[int]) -> list[Case]:
    """Return the chosen cases, held, but for those that went over already."""
    found = db.session.scalars(
        select(Case)
        .where(Case.id.in_(case_ids), Case.merchant_id == merchant.id)
        .order_by(Case.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    ids = [case.id for case in found]
    stuck = list(db.session.scalars(select(Case.letter_id).where(Case.id.in_(ids), spoken_for(Case)).limit(5)))
    if stuck:
        raise NotNow("answered_here", letters=stuck)
    twins = exists().where(Twin.letter_id == Case.letter_id, Twin.merchant_id == other.id)
    double = list(db.session.scalars(select(Case.letter_id).where(Case.id.in_(ids), twins).limit(5)))
    if double:
        raise NotNow("names_both", letters=double)
    return list(found)


def _begin_anew(case: Case, merchant: Merchant, other: Merchant, by: User, reason: JoinReason) -> None:
    now = utcnow()
    db.session.execute(
        update(Question).where(Question.case_id == case.id, Question.resumed_at.is_(None)).values(resumed_at=now)
    )
    db.session.execute(
        update(AnswerLink).where(AnswerLink.case_id == case.id, AnswerLink.expires_at > now).values(expires_at=now)
    )
    case.merchant_id, case.response = other.id, ResponseState.AWAITING
    case.notified_at = case.untold = case.opened_at = case.acknowledged_at = None
    if case.started_at is not None:
        case.started_at = now
    case.version += 1
    db.session.flush()
    db.session.expire(case, ["merchant"])
    record(
        Kind.LETTER_READDRESSED,
        by=by,
        role=Role.MODERATOR,
        letter_id=case.letter_id,
        case_id=case.id,
        merchant_id=other.id,
        was=merchant.name,
        now=other.name,
        reason=reason.value,
    )
