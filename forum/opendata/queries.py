"""The rows of the open data, read in batches by number: what readers see in lists, no word that a person wrote, no name of one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, or_, select, text

from forum.accounts.models import Guest
from forum.core.db import db, is_sqlite
from forum.core.events import Event, Kind
from forum.ledger import queries as ledger
from forum.ledger.facts import facts_of
from forum.letters.lifecycle import Outcome, Publication, Visibility
from forum.letters.models import Case, Letter
from forum.letters.places import official
from forum.letters.queries.lists import listed
from forum.letters.queries.merchants import known
from forum.merchants.models import Merchant
from forum.opendata import schema
from forum.opendata.cells import Table, Value
from forum.receipts.queries import all_days
from forum.responses.models import Response
from forum.statistics.models import CaseFact

BATCH = 1_000  # letters or businesses read at once
Row = Sequence[Value]
_HOW = ("amount", "way", "on", "until", "ground")
_SAID: Final = {Kind.OUTCOME_REOPENED: Outcome.NONE, Kind.OUTCOME_UNCONFIRMED: Outcome.UNCONFIRMED}
_SAID_KINDS: Final = (Kind.OUTCOME_SET, *_SAID)


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all that is read within be of one moment, however long it takes; nothing may be written.

    On SQLite every transaction is so. Inside a transaction that was there before, it is read as that one reads.
    """
    db.session.rollback()
    if not is_sqlite() and not db.session.connection().in_nested_transaction():
        db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
    try:
        yield
    finally:
        db.session.rollback()


def rows(table: Table) -> Iterator[Row]:
    """Yield the rows of a table, each value at the place of its column; memory does not grow with their number."""
    return _ROWS[table.name]()


def _businesses() -> Iterator[Row]:
    counted = exists(
        select(CaseFact.case_id)
        .join(Letter, Letter.id == CaseFact.letter_id)
        .where(CaseFact.merchant_id == Merchant.id, Letter.visibility.in_(schema.SEEN))
    )
    named = known(Guest()).label("named")
    wanted = select(Merchant.id, Merchant.name, Merchant.slug, named).where(or_(known(Guest()), counted))
    for found in _by_number(wanted, Merchant.id):
        filed = defaultdict(set)
        stands = select(CaseFact.merchant_id, CaseFact.category).where(
            CaseFact.merchant_id.in_([one.id for one in found]), CaseFact.listed
        )
        for merchant_id, category in db.session.execute(stands.distinct()):
            filed[merchant_id].add(category)
        for one in found:
            shown = (one.name, one.slug) if one.named else (None, None)
            yield one.id, *shown, " ".join(sorted(filed[one.id]))


def _letters() -> Iterator[Row]:
    wanted = select(
        Letter.id,
        Letter.visibility,
        Letter.publication,
        Letter.kind,
        Letter.writes_as,
        Letter.category,
        Letter.place,
        Letter.province,
        Letter.loss,
        Letter.published_at,
        Letter.revised_at,
        Letter.absences,
        Letter.comment_count,
        Letter.me_too_count,
        Letter.removed_at,
        Letter.reason,
    ).where(Letter.visibility.in_(schema.SEEN))
    for found in _by_number(wanted, Letter.id):
        for one in found:
            yield _standing(one) if one.visibility is Visibility.PUBLIC else _gone(one)


def _standing(one: Any) -> Row:
    return (
        one.id,
        one.visibility,
        one.publication,
        one.kind,
        one.writes_as,
        one.category,
        official(one.place, one.province),
        one.province,
        one.loss,
        one.published_at,
        one.revised_at,
        one.absences,
        one.comment_count,
        one.me_too_count,
        None,
        None,
    )


def _gone(one: Any) -> Row:
    """Of a letter that left nothing but its number, how and when it left, and why moderators took it down."""
    taken = one.publication is Publication.TAKEN_DOWN
    return (one.id, one.visibility, one.publication, *[None] * 11, one.removed_at, one.reason if taken else None)


def _cases() -> Iterator[Row]:
    for batch in _letter_ids(Letter.visibility.in_(schema.SEEN)):
        found = db.session.execute(
            select(*CaseFact.__table__.columns, Case.response, Case.acknowledged_at, Case.answered_at)
            .join(Case, Case.id == CaseFact.case_id)
            .where(CaseFact.letter_id.in_(batch))
            .order_by(CaseFact.letter_id, CaseFact.case_id)
        )
        for one in found:
            left = (one.contest, one.removal, one.removed_by)
            begin = (one.case_id, one.letter_id, one.merchant_id, one.category, one.month, one.listed)
            if not one.listed:
                yield (*begin, *[None] * 11, *left)
                continue
            yield (
                *begin,
                one.lead,
                one.response,
                one.started_at,
                one.acknowledged_at,
                one.answered_at,
                one.answered,
                one.notified,
                one.days,
                one.base,
                one.answer_days,
                one.outcome,
                *left,
            )


def _of_responses(wanted: ColumnElement[bool], row: Callable[[Any, int], Row]) -> Iterator[Row]:
    """Responses to letters that stand, but for those that moderators hid."""
    columns = [one for one in Response.__table__.columns if one.name in _RESPONSE_COLUMNS]
    for batch in _letter_ids(listed()):
        found = db.session.execute(
            select(*columns, Case.letter_id)
            .join(Case, Case.id == Response.case_id)
            .where(Case.letter_id.in_(batch), Response.hidden_at.is_(None), wanted)
            .order_by(Case.letter_id, Response.case_id, Response.id)
        )
        for one in found:
            yield row(one, one.letter_id)


_RESPONSE_COLUMNS = frozenset(
    {
        "id", "case_id", "created_at", "remedy", "how", "proof", "corrects_id", "file_count", "copies", "counts",
        "promise_due", "promise_amount", "promise_done_at", "promise_verdict", "promise_verdict_at",
    }
)  # fmt: skip


def _responses() -> Iterator[Row]:
    return _of_responses(Response.id > 0, _response)


def _response(one: Any, letter_id: int) -> Row:
    how = [one.how.get(name) for name in _HOW]
    begin = (one.id, letter_id, one.case_id, one.created_at, one.remedy)
    return (*begin, *how, one.proof, one.corrects_id, one.file_count, one.copies, one.counts)


def _promises() -> Iterator[Row]:
    return _of_responses(Response.promise_due.is_not(None), _promise)


def _promise(one: Any, letter_id: int) -> Row:
    said = (one.promise_done_at, one.promise_verdict, one.promise_verdict_at)
    return (one.id, letter_id, one.case_id, one.promise_due, one.promise_amount, *said)


def _outcomes() -> Iterator[Row]:
    for batch in _letter_ids(listed()):
        times: Counter[int] = Counter()
        found = db.session.execute(
            select(Event.letter_id, Event.case_id, Event.at, Event.kind, Event.data)
            .where(Event.letter_id.in_(batch), Event.kind.in_(_SAID_KINDS), Event.case_id.is_not(None))
            .order_by(Event.letter_id, Event.id)
        )
        for one in found:
            times[one.case_id] += 1
            said = _SAID.get(one.kind) or one.data["outcome"]
            yield one.letter_id, one.case_id, times[one.case_id], one.at, said


def _heads() -> Iterator[Row]:
    for one in all_days():
        yield one.day, one.until, one.letters, one.events, one.root, one.head, one.made_at


def _ledger() -> Iterator[Row]:
    for page in ledger.pages_of_rows():
        for row in page:
            yield row.id, row.hash, *facts_of(row)


def _ledger_days() -> Iterator[Row]:
    for one in ledger.all_days():
        yield one.day, one.until, one.number, one.hash, one.made_at


def _letter_ids(condition: ColumnElement[bool]) -> Iterator[list[int]]:
    for found in _by_number(select(Letter.id).where(condition), Letter.id):
        yield [one.id for one in found]


def _by_number(query: Any, key: Any) -> Iterator[Sequence[Any]]:
    last = 0
    while found := db.session.execute(query.where(key > last).order_by(key).limit(BATCH)).all():
        yield found
        last = found[-1].id


_ROWS: Final[dict[str, Callable[[], Iterator[Row]]]] = {
    "businesses": _businesses,
    "letters": _letters,
    "cases": _cases,
    "responses": _responses,
    "promises": _promises,
    "outcomes": _outcomes,
    "heads": _heads,
    "ledger": _ledger,
    "ledger_days": _ledger_days,
}
