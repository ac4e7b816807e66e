"""The team of the shop, for tests of the desk: Bima owns, Gita is an agent, Hana reads."""

from typing import Any

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Merchant, Representative
from tests.cast import Cast, give_second_factor, represent


@unit_of_work
def join(person: User, merchant: Merchant, role: TeamRole) -> User:
    """Make a person of the team in this role."""
    voice = represent(person, merchant)
    voice.role = role
    db.session.flush()
    db.session.expire(person, ["representations"])
    return person


def gita(cast: Cast) -> User:
    """An agent of the shop."""
    person = cast.person("Gita Permata")
    if not person.merchant_ids:
        give_second_factor(person)
        join(person, cast.shop, TeamRole.AGENT)
    return person


def hana(cast: Cast) -> User:
    """A reader of the shop."""
    person = cast.person("Hana Puspita")
    return person if person.merchant_ids else join(person, cast.shop, TeamRole.READER)


@unit_of_work
def change(thing: Any, **values: Any) -> None:
    """Set columns past the actions."""
    for name, value in values.items():
        setattr(thing, name, value)
    db.session.add(thing)


def events(kind: Kind) -> int:
    """How many events of a kind there are."""
    return db.session.scalar(select(func.count(Event.id)).where(Event.kind == kind)) or 0


def voice_of(person: User) -> Representative:
    """The person's present place in a team."""
    return next(one for one in person.representations if one.ended_at is None)
