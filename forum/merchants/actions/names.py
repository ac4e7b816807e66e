"""Other names of a business: added by moderators, proposed by its owners; and names that pass for a proven business."""

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.core.text import BadText, plain_name
from forum.merchants import policy
from forum.merchants.actions.merchants import hold_key
from forum.merchants.lifecycle import NameKind, NameMove, NameState
from forum.merchants.models import Merchant, MerchantName
from forum.merchants.naming import passes_for
from forum.merchants.queries import MOST_NAMES, key_of, merchant_of_key

MOST_PROPOSED = 10
"""Names of one business that may wait for a moderator."""


@unit_of_work
def add_name(merchant: Merchant, *, by: User, name: str, kind: NameKind) -> MerchantName:
    """Give a business another name, for moderators; the same name given again changes nothing but its kind.

    Raises NotAllowed, NotNow for a business that was merged, or Invalid: bad_merchant_name, name_taken (with `merchant`, whose it
    is), looks_like, too_many_names.
    """
    lock(merchant)
    ensure(policy.may_describe, by, merchant)
    _ensure_stands(merchant)
    name, key = _checked(merchant, name)
    found = _accepted(merchant, key)
    if found is not None:
        if found.kind is not kind:
            found.kind = kind
            _added(found, by)
        return found
    found = db.session.scalar(
        select(MerchantName).where(
            MerchantName.merchant_id == merchant.id, MerchantName.key == key, MerchantName.state == NameState.PROPOSED
        )
    )
    if found is None:
        found = MerchantName(merchant_id=merchant.id, name=name, key=key, state=NameState.ACCEPTED)
        db.session.add(found)
    else:
        found.move(NameMove.ACCEPT)
    found.kind, found.decided_by_id, found.decided_at = kind, by.id, utcnow()
    db.session.flush()
    _added(found, by)
    return found


@unit_of_work
def propose_name(merchant: Merchant, *, by: User, name: str, kind: NameKind) -> MerchantName:
    """Propose another name of one's business to the moderators; the same proposal again is the same. Raises as `add_name`."""
    lock(merchant)
    ensure(policy.may_propose_name, by, merchant)
    name, key = _checked(merchant, name)
    found = _accepted(merchant, key) or db.session.scalar(
        select(MerchantName).where(
            MerchantName.merchant_id == merchant.id, MerchantName.key == key, MerchantName.state == NameState.PROPOSED
        )
    )
    if found is not None:
        return found
    waiting = db.session.scalar(
        select(func.count()).where(MerchantName.merchant_id == merchant.id, MerchantName.state == NameState.PROPOSED)
    )
    if (waiting or 0) >= MOST_PROPOSED:
        raise Invalid("too_many_names", field="name", most=MOST_PROPOSED)
    made = MerchantName(
        merchant_id=merchant.id, name=name, key=key, kind=kind, state=NameState.PROPOSED, proposed_by_id=by.id
    )
    db.session.add(made)
    db.session.flush()
    record(Kind.NAME_PROPOSED, by=by, role=Role.BUSINESS, merchant_id=merchant.id, about=f"name:{made.id}")
    return made


@unit_of_work
def decide_name(proposed: MerchantName, *, by: User, accept: bool, message: str = "") -> None:
    """Accept or refuse a proposed name. Raises NotAllowed, NotNow when it is decided, or Invalid as `add_name`."""
    merchant = lock(db.session.get_one(Merchant, proposed.merchant_id))
    lock(proposed)
    ensure(policy.may_describe, by, merchant)
    if accept and proposed.state is NameState.PROPOSED:
        _ensure_stands(merchant)
        _checked(merchant, proposed.name)
        if _accepted(merchant, proposed.key) is not None:
            raise Invalid("name_taken", field="name", merchant=merchant.name)
    proposed.move(NameMove.ACCEPT if accept else NameMove.REFUSE)
    proposed.decided_by_id, proposed.decided_at, proposed.message = by.id, utcnow(), message
    db.session.flush()
    if accept:
        _added(proposed, by)
    else:
        record(
            Kind.NAME_REFUSED, by=by, role=Role.MODERATOR, merchant_id=merchant.id, about=f"name:{proposed.id}", message=message
        )


@unit_of_work
def remove_name(found: MerchantName, *, by: User) -> None:
    """Take another name away again. Raises NotAllowed, or NotNow("name_of_merged") for that of a business that was merged."""
    merchant = lock(db.session.get_one(Merchant, found.merchant_id))
    ensure(policy.may_describe, by, merchant)
    if found.merged_from_id is not None:
        raise NotNow("name_of_merged")
    if found.state is NameState.ACCEPTED:
        record(Kind.NAME_REMOVED, by=by, role=Role.MODERATOR, merchant_id=merchant.id, about=f"merchant:{merchant.id}", name=_shown(found), kind_of_name=found.kind.value)
    db.session.delete(found)
    db.session.flush()


@unit_of_work
def clear_name(merchant: Merchant, *, by: User) -> None:
    """Say that a business whose name passes for a proven one is a business of its own. Raises NotAllowed."""
    lock(merchant)
    ensure(policy.may_describe, by, merchant)
    if merchant.suspect_of_id is None:
        return
    like, merchant.suspect_of_id, merchant.suspect_since = merchant.suspect_of_id, None, None
    merchant.name_cleared_at = utcnow()
    record(Kind.NAME_CLEARED, by=by, role=Role.MODERATOR, merchant_id=merchant.id, like=like)


def _checked(merchant: Merchant, typed: str) -> tuple[str, str]:
    """The name as it is kept and folded, held, when this business may have it."""
    try:
        name = plain_name(typed)
    except BadText as problem:
        raise Invalid("bad_merchant_name", field="name", why=problem.code) from problem
    key = key_of(name)
    hold_key(key)
    owner = merchant_of_key(key)
    if key == merchant.key or (owner is not None and owner.id != merchant.id):
        raise Invalid("name_taken", field="name", merchant=(owner or merchant).name)
    like = passes_for(name, but=merchant.id)
    if like is not None:
        raise Invalid("looks_like", field="name", name=name, like=like.name)
    number = db.session.scalar(
        select(func.count()).where(MerchantName.merchant_id == merchant.id, MerchantName.state == NameState.ACCEPTED)
    )
    if (number or 0) >= MOST_NAMES:
        raise Invalid("too_many_names", field="name", most=MOST_NAMES)
    return name, key


def _ensure_stands(merchant: Merchant) -> None:
    if merchant.merged_into_id is not None:
        raise NotNow("merged_already")


def _accepted(merchant: Merchant, key: str) -> MerchantName | None:
    return db.session.scalar(
        select(MerchantName).where(
            MerchantName.merchant_id == merchant.id, MerchantName.key == key, MerchantName.state == NameState.ACCEPTED
        )
    )


def _shown(found: MerchantName) -> str:
    """The name as the public record has it: a misspelling is shown nowhere."""
    return "" if found.kind is NameKind.MISSPELLING else found.name


def _added(found: MerchantName, by: User) -> None:
    record(
        Kind.NAME_ADDED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=found.merchant_id,
        about=f"merchant:{found.merchant_id}",
        name=_shown(found),
        kind_of_name=found.kind.value,
    )
