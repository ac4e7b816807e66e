"""Who speaks for a business, and how it was proved."""

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Visitor
from forum.core import paging
from forum.core.db import db
from forum.core.errors import Missing
from forum.merchants.lifecycle import (
    TeamRole,
)
from forum.merchants.models import (
    Merchant,
    Representative,
)

PROOFS_A_PAGE = 25


def proofs_of(merchant: Merchant, after: str | None = None) -> paging.Page[Representative]:
    """Return a page of who speaks or spoke for a business, with their names: those at present first, the newest proof first."""
    stands = case((Representative.ended_at.is_(None), 1), else_=0)
    found = paging.page(
        select(Representative)
        .where(Representative.merchant_id == merchant.id, Representative.role != TeamRole.READER)
        .options(joinedload(Representative.user)),
        keys=(stands, Representative.since, Representative.id),
        kinds="iti",
        after=after,
        size=PROOFS_A_PAGE,
        key_of=lambda row: (int(row[0].ended_at is None), row[0].since, row[0].id),
    )
    return paging.Page([row[0] for row in found.items], found.next)


def team_of(merchant_id: int) -> Sequence[Representative]:
    """Return who speaks for a business at present, with their accounts, the oldest proof first."""
    return db.session.scalars(
        select(Representative)
        .where(Representative.merchant_id == merchant_id, Representative.ended_at.is_(None))
        .options(joinedload(Representative.user))
        .order_by(Representative.since, Representative.id)
    ).all()


def voice_of(merchant: Merchant, voice_id: int) -> Representative:
    """Return a proof of this business with its person; raises Missing."""
    found = db.session.scalar(
        select(Representative)
        .where(Representative.id == voice_id, Representative.merchant_id == merchant.id)
        .options(joinedload(Representative.user), joinedload(Representative.merchant))
    )
    if found is None:
        raise Missing
    return found


def representations_of(who: Visitor) -> Sequence[Representative]:
    """Return what this person speaks for at present, with the businesses, by name."""
    return db.session.scalars(
        select(Representative)
        .join(Representative.merchant)
        .where(Representative.user_id == who.id, Representative.ended_at.is_(None))
        .options(joinedload(Representative.merchant))
        .order_by(Merchant.key)
    ).all()


def merchant_of(merchant_id: int) -> Merchant:
    """Return a business that exists."""
    return db.session.get_one(Merchant, merchant_id)


def voice(voice_id: int) -> Representative:
    """Return a representation by its number; raises Missing."""
    found = db.session.get(Representative, voice_id)
    if found is None:
        raise Missing
    return found
