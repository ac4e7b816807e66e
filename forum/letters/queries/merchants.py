"""Businesses as the public may know them: those with a public letter, a checked domain or a proven voice."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, exists, func, or_, select, true

from forum.accounts.models import Guest, Visitor
from forum.core.db import db
from forum.core.errors import Missing
from forum.letters.lifecycle import Visibility
from forum.letters.models import Case, Letter
from forum.letters.policy import OPEN
from forum.merchants.models import Merchant

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
    return or_(*conditions)


FOR_GUESTS = select(Merchant).where(Merchant.slug == bindparam("slug"), known(Guest(), OPEN))
"""A business as every guest may know it; made once, for building a statement costs more than running it."""


def suggestions(who: Visitor, typed: str) -> list[Any]:
    """Return at most MOST_SUGGESTIONS rows (name, slug) whose folded name holds `typed`, names that begin with it first."""
    if not 0 < len(typed) <= LONGEST_QUERY_CHARACTERS:
        return []
    begins = case((Merchant.key.startswith(typed, autoescape=True), 0), else_=1)
    return list(
        db.session.execute(
            select(Merchant.name, Merchant.slug)
            .where(Merchant.key.contains(typed, autoescape=True), known(who))
            .order_by(begins, func.length(Merchant.key), Merchant.key)
            .limit(MOST_SUGGESTIONS)
        ).all()
    )


def merchant_for(who: Visitor, slug: str) -> Merchant:
    """Return a business by the end of its address; raises Missing when there is none that this person may know of."""
    if who.is_guest:
        found = db.session.scalar(FOR_GUESTS, {"slug": slug})
    else:
        rule = true() if who.is_moderator else known(who, OPEN)
        found = db.session.scalar(select(Merchant).where(Merchant.slug == slug, rule))
    if found is None:
        raise Missing
    return found
