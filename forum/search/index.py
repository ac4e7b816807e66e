"""What stands in the index: every public letter, and no other."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from forum.core.db import db, unit_of_work
from forum.letters.models import Case, Letter
from forum.letters.queries import listed
from forum.merchants.lifecycle import NameState
from forum.merchants.models import Merchant, MerchantName
from forum.search.analysis import index_text
from forum.search.engines import engine

BATCH = 200


def sync(letter_ids: Sequence[int]) -> int:
    """Make the index agree with these letters in the present transaction; returns how many of them stand in it now."""
    found = db.session.execute(
        select(Letter.id, Letter.title, Letter.text).where(Letter.id.in_(letter_ids), listed())
    ).all()
    names: defaultdict[int, list[str]] = defaultdict(list)
    for letter_id, name in db.session.execute(
        select(Case.letter_id, Merchant.name)
        .join(Merchant, Merchant.id == Case.merchant_id)
        .where(Case.letter_id.in_([row.id for row in found]))
        .order_by(Case.letter_id, Case.position)
    ):
        names[letter_id].append(name)
    for letter_id, name in db.session.execute(
        select(Case.letter_id, MerchantName.name)
        .join(MerchantName, MerchantName.merchant_id == Case.merchant_id)
        .where(Case.letter_id.in_([row.id for row in found]), MerchantName.state == NameState.ACCEPTED)
        .order_by(Case.letter_id, Case.position, MerchantName.id)
    ):
        names[letter_id].append(name)
    public = {row.id for row in found}
    engine().remove([number for number in letter_ids if number not in public])
    if found:
        engine().put(
            [
                {
                    "letter_id": row.id,
                    "title": index_text(row.title),
                    "body": index_text(row.text),
                    "merchants": index_text(" ".join(names[row.id])),
                }
                for row in found
            ]
        )
    return len(public)


@unit_of_work
def sync_business(merchant_id: int, behind: int) -> int:
    """Make the index agree with the next BATCH letters about a business; returns the last of them, -1 at the end."""
    batch = list(
        db.session.scalars(
            select(Case.letter_id)
            .where(Case.merchant_id == merchant_id, Case.letter_id > behind)
            .order_by(Case.letter_id)
            .limit(BATCH)
        )
    )
    sync(batch)
    return batch[-1] if batch else -1


def rebuild() -> int:
    """Make the whole index anew, batch by batch; returns the number of letters in it."""
    _clear()
    last, total = 0, 0
    while True:
        batch = list(
            db.session.scalars(select(Letter.id).where(Letter.id > last, listed()).order_by(Letter.id).limit(BATCH))
        )
        if not batch:
            return total
        total += _sync(batch)
        last = batch[-1]


@unit_of_work
def _clear() -> None:
    engine().clear()


@unit_of_work
def _sync(letter_ids: Sequence[int]) -> int:
    return sync(letter_ids)
