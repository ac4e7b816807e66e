"""Which business a typed name may mean: names that pass for a proven one, and those that differ in form alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select

from forum.core.db import db
from forum.core.lookalike import loose, skeleton
from forum.merchants.lifecycle import NameState
from forum.merchants.models import Merchant, MerchantName
from forum.merchants.queries import key_of, proven

MOST_MEANT = 3
"""Businesses that are proposed for one typed name."""
MOST_LOOKED_AT = 200


@dataclass(frozen=True)
class Meant:
    """A business that a typed name may mean; `proven`: the name passes for that of a business with a proof."""

    id: int
    name: str
    slug: str
    proven: bool


def signs_of(name: str) -> frozenset[str]:
    """Return the skeletons by which a name is compared: with its legal form and without."""
    return frozenset({skeleton(name), loose(name)})


def known_keys(names: Iterable[str]) -> frozenset[str]:
    """Return the folded names among these that are a business's already."""
    keys = {key_of(name) for name in names}
    if not keys:
        return frozenset()
    own = select(Merchant.key).where(Merchant.key.in_(keys), Merchant.merged_into_id.is_(None))
    other = select(MerchantName.key).where(MerchantName.key.in_(keys), MerchantName.state == NameState.ACCEPTED)
    return frozenset(db.session.scalars(own.union_all(other)))


def meant_by(names: Sequence[str], allowed: Any = None) -> dict[str, list[Meant]]:
    """Return for each name (not a known one) the businesses whose own or other name looks like it, proven ones first.

    Proven businesses, and those that meet the condition `allowed`: a name may not give away a business nobody may know of.
    """
    wanted = {name: signs_of(name) for name in names}
    signs = frozenset().union(*wanted.values()) if wanted else frozenset()
    if not signs:
        return {}
    is_proven = proven()
    condition = and_(Merchant.merged_into_id.is_(None), is_proven if allowed is None else or_(is_proven, allowed))
    columns = (Merchant.id, Merchant.name, Merchant.slug, is_proven.label("proven"))
    own = select(*columns, Merchant.skeleton.label("s"), Merchant.loose.label("l")).where(
        or_(Merchant.skeleton.in_(signs), Merchant.loose.in_(signs)), condition
    )
    other = (
        select(*columns, MerchantName.skeleton.label("s"), MerchantName.loose.label("l"))
        .join(MerchantName, MerchantName.merchant_id == Merchant.id)
        .where(
            MerchantName.state == NameState.ACCEPTED,
            or_(MerchantName.skeleton.in_(signs), MerchantName.loose.in_(signs)),
            condition,
        )
    )
    rows = db.session.execute(own.union_all(other).limit(MOST_LOOKED_AT)).all()
    found: dict[str, list[Meant]] = {}
    for name, mine in wanted.items():
        meant = {
            row.id: Meant(row.id, row.name, row.slug, bool(row.proven))
            for row in rows
            if {row.s, row.l} & mine
        }
        if meant:
            found[name] = sorted(meant.values(), key=lambda one: (not one.proven, one.name))[:MOST_MEANT]
    return found


def passes_for(name: str, *, but: int | None = None) -> Merchant | None:
    """Return a proven business that this name passes for, other than the business `but`; None when it is free."""
    signs = signs_of(name)
    other = (
        select(MerchantName.merchant_id)
        .where(
            MerchantName.state == NameState.ACCEPTED,
            or_(MerchantName.skeleton.in_(signs), MerchantName.loose.in_(signs)),
        )
    )
    query = select(Merchant).where(
        or_(Merchant.skeleton.in_(signs), Merchant.loose.in_(signs), Merchant.id.in_(other)), proven()
    )
    if but is not None:
        query = query.where(Merchant.id != but)
    return db.session.scalar(query.order_by(Merchant.id).limit(1))


def borne(name: str) -> Merchant | None:
    """Return the proven business that a person of this name would pass for.

    The legal form of a business counts here, that of the person's name does not: a person "Sari Dewi" is no "CV Sari Dewi",
    and nobody is a "PT Tokopedia".
    """
    signs = signs_of(name)
    other = select(MerchantName.merchant_id).where(
        MerchantName.state == NameState.ACCEPTED, MerchantName.skeleton.in_(signs)
    )
    return db.session.scalar(
        select(Merchant)
        .where(or_(Merchant.skeleton.in_(signs), Merchant.id.in_(other)), proven())
        .order_by(Merchant.id)
        .limit(1)
    )
