"""Who may correct a row: a pure function of (who, row)."""

from dataclasses import dataclass

from forum.accounts import conflict
from forum.accounts.conflict import Matter
from forum.accounts.models import Visitor
from forum.ledger.models import LedgerRow


@dataclass(frozen=True)
class Written:
    """A row, and who wrote the letter, comment or response that it tells of."""

    row: LedgerRow
    person_ids: frozenset[int]


def may_correct(who: Visitor, written: Written) -> bool:
    """Whether this person may correct the row: a moderator, but neither about their own words nor about a business they speak for."""
    return conflict.may_judge(who, Matter(people=frozenset(written.person_ids), merchants=frozenset(written.row.merchants)))
