"""Businesses as the public may know them: those with a public letter, a checked domain or a proven voice."""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, not_, null, or_, select, true

from forum.accounts.models import Guest, Visitor
from forum.core.db import db
from forum.core.errors import Missing, Moved
from forum.letters.lifecycle import Visibility
from forum.letters.models import Case, Letter
from forum.letters.policy import OPEN
from forum.merchants.lifecycle import NameState
from forum.merchants.models import Merchant, MerchantName
from forum.merchants.queries import moved_to

MERGED = Merchant.merged_into_id.is_not(None)
"""A part of another business by now, to which its address leads on."""
MOST_SUGGESTIONS = 8
LONGEST_QUERY_CHARACTERS = 100


def known(who: Visitor, visibilities: frozenset[Visibility] = frozenset({Visibility.PUBLIC})) -> ColumnElement[bool]:
    """Return the condition that a business may be named to this person.

    A name that stands only in letters which are not public is known to nobody but the person who typed it and its voices.
    """
    named = exists(
        select(Case.id)
        .join(Letter, Letter.id == Case.letter_id)
        .where(Case.merchant_id == Merchant.id, Letter.visibility.in_(visibilities))
    )
    conditions: list[ColumnElement[bool]] = [Merchant.domain.is_not(None), named]
    if not who.is_guest:
        conditions += [Merchant.created_by_id == who.id, Merchant.id.in_(who.merchant_ids)]
    return and_(Merchant.merged_into_id.is_(None), or_(*conditions))


FOR_GUESTS = select(Merchant).where(Merchant.slug == bindparam("slug"), or_(MERGED, known(Guest(), OPEN)))
"""A business as every guest may know it; made once, for building a statement costs more than running it."""


def suggestions(who: Visitor, typed: str) -> list[Any]:
    """Return at most MOST_SUGGESTIONS rows (name, slug, via) of businesses one of whose names holds `typed`.

    Names that begin with it stand first; `via` is the other name that was found, None where it is the business's own.
    """
    if not 0 < len(typed) <= LONGEST_QUERY_CHARACTERS:
        return []
    own = select(Merchant.id, Merchant.name, Merchant.slug, null().label("via"), Merchant.key).where(
        Merchant.key.contains(typed, autoescape=True), known(who)
    )
    other = (
        select(Merchant.id, Merchant.name, Merchant.slug, MerchantName.name, MerchantName.key)
        .join(MerchantName, MerchantName.merchant_id == Merchant.id)
        .where(
            MerchantName.state == NameState.ACCEPTED,
            MerchantName.key.contains(typed, autoescape=True),
            not_(Merchant.key.contains(typed, autoescape=True)),
            known(who),
        )
    )
    found = own.union_all(other).subquery()
    begins = case((found.c.key.startswith(typed, autoescape=True), 0), else_=1)
    rows = db.session.execute(
        select(found).order_by(begins, func.length(found.c.key), found.c.key).limit(3 * MOST_SUGGESTIONS)
    )
    once: dict[int, Any] = {}
    for row in rows:
        once.setdefault(row.id, row)
    return list(once.values())[:MOST_SUGGESTIONS]


def merchant_for(who: Visitor, slug: str) -> Merchant:
    """Return a business by the end of its address; raises Missing when there is none that this person may know of.

    Raises Moved, with the slug of the other one, for a business that was merged into it.
    """
    if who.is_guest:
        found = db.session.scalar(FOR_GUESTS, {"slug": slug})
    else:
        rule = true() if who.is_moderator else or_(MERGED, known(who, OPEN))
        found = db.session.scalar(select(Merchant).where(Merchant.slug == slug, rule))
    if found is None:
        raise Missing
    if found.merged_into_id is not None:
        raise Moved(slug=merchant_for(who, moved_to(found).slug).slug)
    return found
