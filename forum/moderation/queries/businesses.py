"""Businesses for the moderators: their names, what was merged, what a merge or a split would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, joinedload

from forum.accounts.models import User, Visitor
from forum.accounts.rights import JUDGES
from forum.core import paging
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.events import Event, Kind
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import NameState
from forum.merchants.models import Claim, Merchant, MerchantName, Representative
from forum.merchants.queries import OPEN_CLAIMS, key_of, merchant_of_key, moved_to
from forum.moderation import policy
from forum.moderation.models import Merge, MergedCase, Pair
from forum.moderation.queries.claims import trades_of
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink, Response

CASES_A_PAGE = 50
SHOWN_LETTERS = 5
MOST_DOUBLE = 500
"""Letters that name both businesses, which are looked at one by one; a merge with more is refused."""
SHOWN_RECORD = 50
RECORD = (Kind.MERCHANT_MERGED, Kind.MERCHANT_SPLIT, Kind.NAME_ADDED, Kind.NAME_REMOVED)

First, Second = aliased(Case), aliased(Case)


@dataclass(frozen=True)
class Outlook:
    """What merging one business into another would do."""

    cases: int
    both: int  # letters that name both
    conflicts: tuple[tuple[int, str], ...]  # letters whose both cases have responses: number and title
    voices: int
    claims: int
    names: int

    @property
    def possible(self) -> bool:
        """Whether nothing stands against it."""
        return not self.conflicts and self.both <= MOST_DOUBLE


@dataclass(frozen=True)
class Record:
    """A row of the public record of a business's names."""

    kind: Kind
    at: datetime
    data: dict[str, Any]


def pair(one: Merchant, other: Merchant | None) -> Pair:
    """Return two businesses with the moderators who wrote against either, whatever became of their letters."""
    ours = [one.id] + ([other.id] if other is not None else [])
    critics = (
        select(Letter.author_id)
        .join(Letter.cases)
        .join(User, User.id == Letter.author_id)
        .where(Case.merchant_id.in_(ours), User.standing.in_(JUDGES))
    )
    return Pair(one, other, frozenset(db.session.scalars(critics)), trades_of(*ours))


def named(name: str) -> Merchant | None:
    """Return the business of a name for a moderator, who may know of each."""
    return merchant_of_key(key_of(name)) if name.strip() else None


def outlook(source: Merchant, target: Merchant) -> Outlook:
    """Return what merging `source` into `target` would do: eight queries."""
    conflicts = db.session.execute(
        select(Letter.id, Letter.title)
        .join(First, (First.letter_id == Letter.id) & (First.merchant_id == source.id))
        .join(Second, (Second.letter_id == Letter.id) & (Second.merchant_id == target.id))
        .where(answered(First), answered(Second))
        .order_by(Letter.id)
        .limit(SHOWN_LETTERS)
    )
    return Outlook(
        cases=_number(Case.id, Case.merchant_id == source.id),
        both=db.session.scalar(both(source.id, target.id).with_only_columns(func.count())) or 0,
        conflicts=tuple((row.id, row.title) for row in conflicts),
        voices=_number(Representative.id, Representative.merchant_id == source.id, Representative.ended_at.is_(None)),
        claims=_number(Claim.id, Claim.merchant_id == source.id, Claim.state.in_(OPEN_CLAIMS)),
        names=_number(MerchantName.id, MerchantName.merchant_id == source.id, MerchantName.state == NameState.ACCEPTED),
    )


def answered(case: Any) -> Any:
    """Return the condition that a case has a response, whether or not it counts or is shown."""
    return exists().where(Response.case_id == case.id)


def spoken_for(case: Any) -> Any:
    """Return the condition that a business answered the case, also by a mailed link that waits for a moderator's look."""
    waits = exists().where(AnswerLink.case_id == case.id, AnswerLink.state == LinkState.WAITING)
    return answered(case) | waits


def both(source_id: int, target_id: int) -> Any:
    """Return the query of the letters that name both: (case of the source, case of the target)."""
    return (
        select(First.id.label("gone"), Second.id.label("kept"))
        .join(Second, First.letter_id == Second.letter_id)
        .where(First.merchant_id == source_id, Second.merchant_id == target_id)
    )


def merges_into(merchant_id: int) -> Sequence[Merge]:
    """Return the merges into a business that stand, the newest first, with the businesses that were merged."""
    return db.session.scalars(
        select(Merge)
        .where(Merge.into_id == merchant_id, Merge.undone_at.is_(None))
        .options(joinedload(Merge.from_merchant))
        .order_by(Merge.id.desc())
        .limit(100)
    ).all()


def merge_for(who: Visitor, merge_id: int) -> Merge:
    """Return a merge with its businesses for a moderator; raises NotAllowed or Missing."""
    ensure(policy.may_open_desk, who, None)
    found = db.session.scalar(
        select(Merge).where(Merge.id == merge_id).options(joinedload(Merge.from_merchant), joinedload(Merge.into_merchant))
    )
    if found is None:
        raise Missing
    return found


def cases_of(merchant_id: int, after: str | None) -> paging.Page[Any]:
    """Return a page of a business's cases for a split: rows (id, letter_id, title, byline, published_at, answered, merged_from)."""
    merged_from = (
        select(Merchant.name)
        .join(Merge, Merge.from_id == Merchant.id)
        .join(MergedCase, MergedCase.merge_id == Merge.id)
        .where(MergedCase.case_id == Case.id, MergedCase.kept_id.is_(None), Merge.undone_at.is_(None))
        .order_by(Merge.id)
        .limit(1)
        .scalar_subquery()
    )
    return paging.page(
        select(
            Case.id,
            Case.letter_id,
            Letter.title,
            Letter.byline,
            Letter.publication,
            Letter.submitted_at,
            spoken_for(Case).label("answered"),
            merged_from.label("merged_from"),
        )
        .join(Letter, Letter.id == Case.letter_id)
        .where(Case.merchant_id == merchant_id),
        keys=(Case.id,),
        kinds="i",
        after=after,
        size=CASES_A_PAGE,
        key_of=lambda row: (row.id,),
    )


def waiting_proposals(merchant_id: int) -> Sequence[MerchantName]:
    """Return the names that owners proposed and nobody decided on, the oldest first."""
    return db.session.scalars(
        select(MerchantName)
        .where(MerchantName.merchant_id == merchant_id, MerchantName.state == NameState.PROPOSED)
        .order_by(MerchantName.id)
    ).all()


def record_of(merchant_id: int) -> list[Record]:
    """Return what happened to the names of a business, for everybody, the newest first."""
    found = db.session.execute(
        select(Event.kind, Event.at, Event.data)
        .where(Event.about == f"merchant:{merchant_id}", Event.kind.in_(RECORD))
        .order_by(Event.id.desc())
        .limit(SHOWN_RECORD)
    )
    return [Record(row.kind, row.at, row.data) for row in found]


def suspect_of(merchant: Merchant) -> Merchant | None:
    """Return the proven business that this one's name passes for, as it is by now; None when nobody doubts the name."""
    if merchant.suspect_of_id is None:
        return None
    return moved_to(db.session.get_one(Merchant, merchant.suspect_of_id))


def _number(column: Any, *conditions: Any) -> int:
    return db.session.scalar(select(func.count(column)).where(*conditions)) or 0
