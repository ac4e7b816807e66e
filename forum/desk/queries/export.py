"""The rows of an export: the same list as on the desk, read in short pages by key so that no transaction grows."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.db import db
from forum.desk.lifecycle import Wanted
from forum.desk.queries.lists import DeskRow, board
from forum.letters.models import Case, Letter

MOST_ROWS = 50_000
BATCH = 500


def exported(who: User, wanted: Wanted, *, private: bool) -> Iterator[tuple[DeskRow, Any]]:
    """Yield the cases of the list, MOST_ROWS at most, each with its dates, loss and, when asked for, private details."""
    after, given = None, 0
    while given < MOST_ROWS:
        page = board(who, wanted, after=after, size=min(BATCH, MOST_ROWS - given))
        more = _more([row.id for row in page.items], private=private)
        for row in page.items:
            yield row, more[row.id]
        given += len(page.items)
        after = page.next
        db.session.rollback()  # ends the reading transaction of this page
        if after is None:
            return


def _more(case_ids: list[int], *, private: bool) -> dict[int, Any]:
    columns = [
        Case.id,
        Case.due_on,
        Case.acknowledged_at,
        Case.outcome_at,
        Letter.published_at,
        Letter.loss,
        *([Case.details] if private else []),
    ]
    query = select(*columns).join(Letter, Letter.id == Case.letter_id).where(Case.id.in_(case_ids))
    return {row.id: row for row in db.session.execute(query)}
