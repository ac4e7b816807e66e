"""Businesses by their names, and their other names."""

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from forum.core.db import db
from forum.core.errors import Missing
from forum.merchants.lifecycle import (
    NameKind,
    NameState,
)
from forum.merchants.models import (
    LONGEST_MERCHANT_NAME_CHARACTERS,
    Merchant,
    MerchantName,
    Representative,
)

MOST_NAMES = 100
"""Other names a business can have; more are refused."""
MOST_MERGES_IN_A_ROW = 20


def key_of(name: str) -> str:
    """Return the name folded (NFKC, case, white space), so that one business has one row."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(r"\s+", " ", folded).strip()[:LONGEST_MERCHANT_NAME_CHARACTERS]


def merchant_of_key(key: str, *, hold: bool = False) -> Merchant | None:
    """Return the business that has this folded name or another one so folded, None when nobody named it yet.

    With `hold` it cannot be merged into another one before the unit of work ends.
    """
    own = select(Merchant).where(Merchant.key == key, Merchant.merged_into_id.is_(None))
    other = (
        select(Merchant)
        .join(MerchantName, MerchantName.merchant_id == Merchant.id)
        .where(MerchantName.key == key, MerchantName.state == NameState.ACCEPTED)
    )
    for query in (own, other):
        if hold:
            query = query.with_for_update(read=True, key_share=True, of=Merchant).execution_options(populate_existing=True)
        found = db.session.scalar(query)
        if found is not None:
            return found
    return None


def proven() -> ColumnElement[bool]:
    """Return the condition that a business has a checked domain, or that somebody proved to speak for it."""
    spoken_for = exists().where(Representative.merchant_id == Merchant.id, Representative.ended_at.is_(None))
    return and_(Merchant.merged_into_id.is_(None), or_(Merchant.domain.is_not(None), spoken_for))


def is_proven(merchant_id: int) -> bool:
    """Whether a business has a checked domain or somebody who proved to speak for it."""
    return db.session.scalar(select(Merchant.id).where(Merchant.id == merchant_id, proven())) is not None


def proven_merchant(name: str) -> Merchant | None:
    """Return the business of this name, however it is written, when it has a checked domain or somebody speaks for it."""
    key = key_of(name)
    other = exists().where(
        MerchantName.merchant_id == Merchant.id, MerchantName.key == key, MerchantName.state == NameState.ACCEPTED
    )
    return db.session.scalar(select(Merchant).where(or_(Merchant.key == key, other), proven()).limit(1))


def other_names(merchant_id: int) -> Sequence[MerchantName]:
    """Return the accepted other names of a business, those that are shown first."""
    return db.session.scalars(
        select(MerchantName)
        .where(MerchantName.merchant_id == merchant_id, MerchantName.state == NameState.ACCEPTED)
        .order_by(MerchantName.kind == NameKind.MISSPELLING, MerchantName.key)
        .limit(MOST_NAMES)
    ).all()


def proposed_names(merchant_id: int) -> Sequence[MerchantName]:
    """Return the names that owners of the business proposed, with what became of them, the newest first."""
    return db.session.scalars(
        select(MerchantName)
        .where(MerchantName.merchant_id == merchant_id, MerchantName.proposed_by_id.is_not(None))
        .order_by(MerchantName.id.desc())
        .limit(MOST_NAMES)
    ).all()


def merchant_name(name_id: int) -> MerchantName:
    """Return another name by its number, with its business; raises Missing."""
    found = db.session.scalar(
        select(MerchantName).where(MerchantName.id == name_id).options(joinedload(MerchantName.merchant))
    )
    if found is None:
        raise Missing
    return found


def moved_to(merchant: Merchant) -> Merchant:
    """Return the business that this one is a part of by now: itself, when it was never merged."""
    for _step in range(MOST_MERGES_IN_A_ROW):
        if merchant.merged_into_id is None:
            break
        merchant = db.session.get_one(Merchant, merchant.merged_into_id)
    return merchant
