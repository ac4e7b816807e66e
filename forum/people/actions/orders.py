"""Orders of authorities to say who somebody is: on record with a document, given out by two persons, told to whom it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from forum.accounts.models import User
from forum.attachments.actions.keep import row_of
from forum.attachments.models import FileAudience
from forum.attachments.receive import Received
from forum.config import settings
from forum.core.access import ensure
from forum.core.clock import local_date, utcnow
from forum.core.db import db, lock, turn, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.people import policy
from forum.people.lifecycle import Authority
from forum.people.models import (
    LONGEST_AUTHORITY_CHARACTERS,
    LONGEST_REFERENCE_CHARACTERS,
    MOST_ORDER_FILES,
    IdentityOrder,
    JointRequest,
)

LONGEST_SILENCE = timedelta(days=3 * 366)
AT_ONCE = 200


@dataclass(frozen=True)
class Ordered:
    """What a form says of an order; None where nothing was chosen."""

    authority: Authority | None
    name: str
    reference: str
    dated_on: date | None
    forbids_telling: bool
    silent_until: date | None


@unit_of_work
def record_order(
    user: User, ordered: Ordered, files: Sequence[Received], *, by: User, once: str, legal_notice_id: int | None = None
) -> IdentityOrder:
    """Put an order on record with its documents; the same form counts once. Raises NotAllowed, TooMany, or Invalid at a field."""
    ensure(policy.may_record_order, by, user)
    turn(f"identity_order:{once}")
    known = db.session.scalar(select(IdentityOrder).where(IdentityOrder.once == once))
    if known is not None:
        return known
    values = _checked(ordered)
    if not files:
        raise Invalid("document_needed", field="files")
    if len(files) > MOST_ORDER_FILES:
        raise Invalid("too_many_files", field="files", most=MOST_ORDER_FILES)
    made = IdentityOrder(user_id=user.id, legal_notice_id=legal_notice_id, once=once, recorded_by_id=by.id, **values)
    db.session.add(made)
    db.session.flush()
    for position, one in enumerate({one.sha256: one for one in files}.values()):
        file = row_of(one, by, FileAudience.MODERATORS, position=position)
        file.identity_order_id = made.id
        db.session.add(file)
    db.session.flush()
    record(Kind.IDENTITY_ORDERED, by=by, role=Role.MODERATOR, about=made.about, authority=made.authority.value)
    return made


def _checked(ordered: Ordered) -> dict[str, object]:
    today = local_date(utcnow(), settings().time_zone)
    if ordered.authority is None:
        raise Invalid("authority_needed", field="authority")
    for field, value, most in (
        ("name", ordered.name, LONGEST_AUTHORITY_CHARACTERS),
        ("reference", ordered.reference, LONGEST_REFERENCE_CHARACTERS),
    ):
        if not 2 <= len(value) <= most:
            raise Invalid("length", field=field, least=2, most=most)
    if ordered.dated_on is None or not today - timedelta(days=3660) <= ordered.dated_on <= today:
        raise Invalid("day_unfit", field="dated_on")
    if ordered.forbids_telling and (
        ordered.silent_until is None or not today < ordered.silent_until <= today + LONGEST_SILENCE
    ):
        raise Invalid("silent_until_needed", field="silent_until")
    return {
        "authority": ordered.authority,
        "name": ordered.name,
        "reference": ordered.reference,
        "dated_on": ordered.dated_on,
        "silent_until": ordered.silent_until if ordered.forbids_telling else None,
    }


def order_of(request: JointRequest) -> IdentityOrder:
    """Return the order that a request rests on; raises NotNow("order_needed") without one about this person."""
    found = db.session.get(IdentityOrder, int(request.data.get("order_id") or 0))
    if found is None or found.user_id != request.user_id:
        raise NotNow("order_needed")
    return found


@unit_of_work
def give(order: IdentityOrder, *, by: User, second: User) -> None:
    """Let an identity be given out, once, as one asked and another confirmed; the person is told unless the order forbids it yet."""
    lock(order)
    if order.given_at is not None:
        raise NotNow("given_already")
    if by.id == second.id:
        raise NotNow("two_needed")
    order.given_at, order.given_by_id, order.second_by_id = utcnow(), by.id, second.id
    record(
        Kind.IDENTITY_GIVEN,
        by=by,
        role=Role.MODERATOR,
        about=order.about,
        asked_by="authority",
        asked_at=order.recorded_at.isoformat(),
        second=second.id,
    )
    if order.silent_until is None:
        _tell(order)


def tell_those_due() -> int:
    """Tell people whose identity was given out once the order does not forbid it any more; returns how many. Safe to run twice."""
    today = local_date(utcnow(), settings().time_zone)
    due = db.session.scalars(
        select(IdentityOrder.id)
        .where(IdentityOrder.told_at.is_(None), IdentityOrder.given_at.is_not(None), IdentityOrder.silent_until <= today)
        .order_by(IdentityOrder.id)
        .limit(AT_ONCE)
    ).all()
    db.session.rollback()
    for order_id in due:
        tell(order_id)
    return len(due)


@unit_of_work
def tell(order_id: int) -> None:
    """Tell the person of one order that was carried out, once."""
    order = db.session.get_one(IdentityOrder, order_id, with_for_update={"key_share": True}, populate_existing=True)
    if order.given_at is not None and order.told_at is None:
        _tell(order)


def _tell(order: IdentityOrder) -> None:
    order.told_at = utcnow()
    record(Kind.IDENTITY_TOLD, by=None, role=Role.SYSTEM, about=order.about, user_id=order.user_id)
