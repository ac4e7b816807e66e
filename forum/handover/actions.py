"""Taking a pack, and keeping the bodies."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, func, select

from forum.accounts.models import User
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.core.text import slug
from forum.handover import policy
from forum.handover.models import LONGEST_SLUG_CHARACTERS, Body, BodyCategory, Pack
from forum.handover.queries import standing_of
from forum.letters import categories
from forum.letters.models import Case

TOLD = Path(__file__).with_name("bodies.toml")
MOST_PACKS = 100
"""Packs of one case; each has its number for good."""


@dataclass(frozen=True)
class BodyWords:
    """What is known of a body."""

    name: str
    takes: str
    first: str = ""
    reach: str = ""
    url: str = ""
    address: str = ""


@unit_of_work
def take_pack(case: Case, *, by: User, body_id: int | None, language: str, private: bool, once: str) -> Pack:
    """Number a pack of the case; the same form sent twice is one pack. Nobody but moderators sees that it was taken.

    Raises NotAllowed, Invalid("too_many_packs"), or NotNow while the case has no ground for one.
    """
    lock(case.letter)
    lock(case)
    ensure(policy.may_take_pack, by, case)
    known = db.session.scalar(select(Pack).where(Pack.case_id == case.id, Pack.once == once))
    if known is not None:
        return known
    if standing_of(case).ground is None:
        raise NotNow("no_ground")
    taken = db.session.scalar(select(func.max(Pack.number)).where(Pack.case_id == case.id)) or 0
    if taken >= MOST_PACKS:
        raise Invalid("too_many_packs", most=MOST_PACKS)
    pack = Pack(
        case_id=case.id,
        number=taken + 1,
        body_id=body_id,
        language=language,
        private=private,
        once=once,
        made_at=utcnow().replace(microsecond=0),
    )
    db.session.add(pack)
    db.session.flush()
    record(
        Kind.PACK_MADE,
        by=by,
        role=Role.AUTHOR,
        letter_id=case.letter_id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=f"pack:{pack.id}",
        private=private,
    )
    return pack


@unit_of_work
def add_body(words: BodyWords, *, by: User) -> Body:
    """Add a body that no list names yet; the same name twice is one. Raises NotAllowed."""
    ensure(policy.may_edit_bodies, by, None)
    name = slug(words.name)[:LONGEST_SLUG_CHARACTERS].strip("-")
    known = db.session.scalar(select(Body).where(Body.slug == name))
    if known is not None:
        return known
    body = Body(slug=name, **vars(words))
    db.session.add(body)
    db.session.flush()
    _tell(body, by, "added")
    return body


@unit_of_work
def change_body(body: Body, words: BodyWords, *, listed: bool, by: User, seen: int | None = None) -> None:
    """Write down what is known of a body, and whether it is listed; raises NotAllowed or Stale."""
    lock(body)
    ensure(policy.may_edit_bodies, by, body)
    ensure_fresh(body, seen)
    for name, value in vars(words).items():
        setattr(body, name, value)
    body.ended_at = None if listed else body.ended_at or utcnow()
    body.changed_at = utcnow()
    body.version += 1
    _tell(body, by, "changed")


@unit_of_work
def order_bodies(category: str, body_ids: Sequence[int], *, by: User) -> None:
    """Say which bodies a category names, and in which order; raises NotAllowed or Invalid for an unknown one."""
    ensure(policy.may_edit_bodies, by, None)
    known = set(db.session.scalars(select(Body.id).where(Body.id.in_(body_ids))))
    if category not in categories.all_keys() or known != set(body_ids) or len(body_ids) != len(known):
        raise Invalid("no_such_body")
    db.session.execute(delete(BodyCategory).where(BodyCategory.category == category))
    db.session.add_all(
        BodyCategory(category=category, body_id=body_id, position=place)
        for place, body_id in enumerate(body_ids, start=1)
    )
    record(Kind.BODY_CHANGED, by=by, role=Role.MODERATOR, change="ordered", category=category)


@unit_of_work
def stock_bodies() -> int:
    """Add the bodies of bodies.toml that are not known yet, at the end of their categories; returns how many."""
    ids: dict[str, int] = {row.slug: row.id for row in db.session.execute(select(Body.slug, Body.id))}
    told = tomllib.loads(TOLD.read_text("utf-8"))
    missing = [one for one in told["body"] if one["slug"] not in ids]
    for one in missing:
        body = Body(**one)
        db.session.add(body)
        db.session.flush()
        ids[body.slug] = body.id
    last = select(BodyCategory.category, func.max(BodyCategory.position)).group_by(BodyCategory.category)
    places: dict[str, int] = {row[0]: row[1] for row in db.session.execute(last)}
    fresh = {one["slug"] for one in missing}
    for category, slugs in told["order"].items():
        for name in (one for one in slugs if one in fresh):
            places[category] = places.get(category, 0) + 1
            db.session.add(BodyCategory(category=category, body_id=ids[name], position=places[category]))
    return len(missing)


def _tell(body: Body, by: User, change: str) -> None:
    record(Kind.BODY_CHANGED, by=by, role=Role.MODERATOR, about=f"body:{body.id}", change=change)
