"""Entering the letter of an authority, with its document and the things that it names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from forum.accounts.models import User
from forum.attachments.actions.keep import row_of
from forum.attachments.models import FileAudience
from forum.attachments.queries import by_token
from forum.attachments.receive import Received
from forum.config import settings
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, turn, unit_of_work
from forum.core.errors import Invalid, Missing
from forum.core.events import Kind, Role, record
from forum.core.secrecy import digest
from forum.moderation.lifecycle import ThingKind
from forum.moderation.models import Thing
from forum.moderation.queries.things import thing_for
from forum.orders import policy
from forum.orders.addresses import named
from forum.orders.lifecycle import GROUNDS, AuthorityKind, Hours, OrderReason
from forum.orders.models import (
    AUTHORITY_CHARACTERS,
    GROUND_CHARACTERS,
    MOST_TARGETS,
    REFERENCE_CHARACTERS,
    Order,
    Target,
)


@dataclass(frozen=True)
class Entry:
    """What the letter of the authority says; `addresses` as they stand in it, `elsewhere`: also those that are none of ours."""

    kind: AuthorityKind | None
    authority: str
    reference: str
    hours: Hours | None
    received_at: datetime | None
    ground: OrderReason | None
    words: str = ""
    addresses: Sequence[str] = ()
    elsewhere: bool = False
    files: Sequence[Received] = field(default_factory=tuple)


@unit_of_work
def enter(entry: Entry, *, by: User) -> Order:
    """Enter an order; its clock runs from `received_at`.

    Raises NotAllowed, or Invalid at the field: `order_known` (with `order_id`) for the same reference of the same authority,
    `not_found_here` (with `addresses`) unless `elsewhere` says that they are meant to be kept.
    """
    ensure(policy.may_enter, by, None)
    kind, hours, ground, received_at = _checked(entry)
    once = digest(f"{' '.join(entry.authority.casefold().split())}\n{''.join(entry.reference.casefold().split())}")
    turn(f"order:{once}")
    known = db.session.scalar(select(Order.id).where(Order.once == once))
    if known is not None:
        raise Invalid("order_known", field="reference", order_id=known)
    things, unknown = _resolved(entry.addresses, by)
    if unknown and not entry.elsewhere:
        raise Invalid("not_found_here", field="addresses", addresses=unknown)
    config = settings()
    span = timedelta(hours=config.urgent_order_hours if hours is Hours.URGENT else config.order_hours)
    made = Order(
        kind=kind,
        authority=" ".join(entry.authority.split()),
        reference=entry.reference.strip(),
        once=once,
        hours=hours,
        received_at=received_at,
        due_at=received_at + span,
        half_at=received_at + span / 2,
        ground=ground,
        words=entry.words.strip(),
        elsewhere="\n".join(unknown),
        made_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    for thing in things.values():
        db.session.add(Target(order_id=made.id, about=thing.about, person_id=thing.person_id))
    for position, one in enumerate({one.sha256: one for one in entry.files}.values()):
        file = row_of(one, by, FileAudience.MODERATORS, position=position)
        file.order_id = made.id
        db.session.add(file)
    db.session.flush()
    record(
        Kind.ORDER_RECEIVED,
        by=by,
        role=Role.MODERATOR,
        about=made.about,
        asked_by="authority",
        reason=ground.value,
    )
    return made


def _checked(entry: Entry) -> tuple[AuthorityKind, Hours, OrderReason, datetime]:
    if entry.kind is None:
        raise Invalid("authority_needed", field="kind")
    for name, value, (least, most) in (
        ("authority", entry.authority, AUTHORITY_CHARACTERS),
        ("reference", entry.reference, REFERENCE_CHARACTERS),
        ("words", entry.words, GROUND_CHARACTERS),
    ):
        if not least <= len(value.strip()) <= most:
            raise Invalid("words_needed", field=name, length=len(value.strip()), least=least, most=most)
    if entry.hours is None:
        raise Invalid("hours_needed", field="hours")
    if entry.received_at is None or entry.received_at > utcnow():
        raise Invalid("received_needed", field="received")
    if entry.ground not in GROUNDS:
        raise Invalid("ground_unfit", field="ground")
    if not entry.addresses or len(entry.addresses) > MOST_TARGETS:
        raise Invalid("targets_needed", field="addresses", most=MOST_TARGETS)
    return entry.kind, entry.hours, entry.ground, entry.received_at


def _resolved(addresses: Sequence[str], by: User) -> tuple[dict[str, Thing], list[str]]:
    """Return the things by their names, and the addresses that are nothing here."""
    things: dict[str, Thing] = {}
    unknown: list[str] = []
    for address in addresses:
        found = named(address, settings().site_url)
        if isinstance(found, str):
            file = by_token(found)
            found = None if file is None else (ThingKind.ATTACHMENT, file.id)
        try:
            thing = None if found is None else thing_for(by, *found)
        except Missing:
            thing = None
        if thing is None:
            unknown.append(address)
        else:
            things[thing.about] = thing
    return things, unknown
