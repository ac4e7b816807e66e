"""Businesses that cannot be told of their letters: nobody of the team, and no address that works."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from forum.core import paging
from forum.letters.lifecycle import Publication, ResponseState, Visibility
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import ContactState
from forum.merchants.models import Merchant
from forum.merchants.queries import ended_contacts, reachable

ROWS = 25


@dataclass(frozen=True)
class Unreached:
    """A business with open letters and no way to tell it; `why` is None when no address of it is known."""

    id: int
    name: str
    letters: int
    why: ContactState | None


def untold_businesses() -> Any:
    """Return the businesses, by id, that have an unanswered letter in print and cannot be reached, with how many letters."""
    return (
        select(Merchant.id, Merchant.name, func.count(Case.id).label("letters"))
        .join(Case, Case.merchant_id == Merchant.id)
        .join(Letter, Letter.id == Case.letter_id)
        .where(
            Case.response == ResponseState.AWAITING,
            Letter.publication == Publication.PUBLISHED,
            Letter.visibility == Visibility.PUBLIC,
            ~reachable(),
        )
        .group_by(Merchant.id, Merchant.name)
    )


def unreached(after: str | None = None) -> paging.Page[Unreached]:
    """Return a page of them, longest known first."""
    rows = untold_businesses().subquery()
    found = paging.page(
        select(rows), keys=(rows.c.id,), kinds="i", after=after, size=ROWS, descending=False, key_of=lambda row: (row.id,)
    )
    why = ended_contacts([row.id for row in found.items])
    return paging.Page([Unreached(row.id, row.name, row.letters, why.get(row.id)) for row in found.items], found.next)
