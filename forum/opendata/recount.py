"""Figures counted again from a package alone: the facts come from its rows, the formulas are those of the site."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import nsmallest
from itertools import groupby
from types import SimpleNamespace
from typing import Any, Final

from forum.letters.lifecycle import Outcome, Visibility
from forum.letters.promises import PromiseVerdict
from forum.letters.queries.silence import SILENT_STATES
from forum.opendata import schema
from forum.opendata.cells import Table
from forum.opendata.reading import Package, Unreadable
from forum.statistics import tally
from forum.statistics.facts import Fact
from forum.statistics.lifecycle import Contest, Removal, RemovedBy
from forum.statistics.measures import Day
from forum.statistics.models import WHOLE_SITE, business, filed_under

Row = SimpleNamespace
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Count:
    """What is counted of a subject."""

    groups: tally.Groups = field(default_factory=tally.Groups)
    alike: dict[int, tally.Alike] = field(default_factory=lambda: defaultdict(tally.Alike))


def subjects(package: Package) -> list[str]:
    """Return everything that the site has figures of: itself, every category, every business of the package."""
    businesses = [business(one.id) for one in package.rows(schema.BUSINESSES)]
    used = {one.category for one in package.rows(schema.CASES)}
    return [WHOLE_SITE, *(filed_under(key) for key in sorted(used)), *businesses]


def figures(package: Package, wanted: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the figures of these subjects as the site keeps them, as of the day of the package; raises Unreadable.

    The rows are read once, however many subjects, and memory does not grow with their number.
    """
    day, counts = package.day, {subject: Count() for subject in wanted}
    for mine in _letters(package):
        for one, responses in mine:
            for subject in (WHOLE_SITE, filed_under(one.category), business(one.merchant_id)):
                if subject in counts:
                    _note(counts[subject], one, responses, day, compare=subject.startswith("category:"))
        if WHOLE_SITE in counts:
            counts[WHOLE_SITE].groups.waiting_letters += any(tally.waits(one) for one, _responses in mine)
    return {subject: _data(package, subject, count, day) for subject, count in counts.items()}


def _note(count: Count, one: Fact, responses: list[Row], day: Day, *, compare: bool) -> None:
    tally.note_case(count.groups, one, day)
    for response in responses:
        tally.note_response(count.groups, one, response, day)
    if compare and one.listed and one.month >= day.first_month:
        count.alike[one.merchant_id].note(one.timing(day.number), one.outcome, one.used(day.number))


def _data(package: Package, subject: str, count: Count, day: Day) -> dict[str, Any]:
    data = tally.summed(count.groups, day)
    if subject == WHOLE_SITE:
        data["waiting_letters"] = count.groups.waiting_letters
        data["categories"] = _by_category(package)
        data["silent"] = _silent(package)
    if subject.startswith("category:"):
        data["compared"] = tally.compared_of(count.alike)
    return data


def _letters(package: Package) -> Iterator[list[tuple[Fact, list[Row]]]]:
    """Yield the cases of each letter with their responses; the tables stand in one order, so that they are read side by side."""
    responses = _Following(_in_order(package, schema.RESPONSES, _of_response))
    promises = _Following(_in_order(package, schema.PROMISES, lambda row: (row.letter_id, row.case_id, row.response_id)))
    cases = _in_order(package, schema.CASES, lambda row: (row.letter_id, row.id))
    for _letter_id, mine in groupby(cases, lambda pair: pair[0][0]):
        found = []
        for key, case in mine:
            answers = [_promised(row, promises) for row in responses.beginning_with(key)]
            found.append((_fact(case), answers))
        yield found
    for table, rest in ((schema.RESPONSES, responses), (schema.PROMISES, promises)):
        if rest.left:
            raise Unreadable(f"{table.path} names a case or response that is not there")


def _of_response(row: Row) -> tuple[int, ...]:
    return row.letter_id, row.case_id, row.id


def _promised(row: Row, promises: "_Following") -> Row:
    """A response with what the figures ask of its promise."""
    mine = promises.beginning_with(_of_response(row))
    row.promise_due = mine[0].due if mine else None
    said = mine[0].verdict if mine else None
    row.promise_verdict = PromiseVerdict(said) if said else None
    return row


def _fact(row: Row) -> Fact:
    """The facts of a case; of a letter that left the package holds no more than what is counted of it."""
    stands = bool(row.listed)
    if stands and (row.started_at is None or row.outcome is None or row.answer_days is None):
        raise Unreadable(f"{schema.CASES.path}: case {row.id} lacks what it is counted by")
    return Fact(
        case_id=row.id,
        letter_id=row.letter_id,
        merchant_id=row.business_id,
        category=row.category,
        started_at=row.started_at or _NEVER,
        month=row.month,
        listed=stands,
        lead=bool(row.lead),
        answered=bool(row.answered),
        notified=bool(row.notified),
        days=row.days,
        base=row.base,
        answer_days=row.answer_days or 0,
        outcome=Outcome(row.outcome or Outcome.NONE),
        contest=Contest(row.contest),
        removal=Removal(row.removal),
        removed_by=RemovedBy(row.removed_by),
    )


def _by_category(package: Package) -> dict[str, int]:
    found = Counter(one.category for one in package.rows(schema.LETTERS) if one.visibility == Visibility.PUBLIC)
    return dict(found)


def _silent(package: Package) -> list[dict[str, Any]]:
    """The businesses longest silent, by the ends of their addresses, as `tally.silent` finds them."""
    waiting = (
        (row.started_at, row.id, row)
        for row in package.rows(schema.CASES)
        if row.listed and row.notified and row.response in SILENT_STATES
    )
    oldest: dict[int, Row] = {}
    for _since, _id, row in nsmallest(tally.SILENT_SCANNED, waiting, key=lambda one: one[:2]):
        oldest.setdefault(row.business_id, row)
    chosen = list(oldest.values())[: tally.MOST_SILENT]
    letters, businesses = {one.letter_id for one in chosen}, {one.business_id for one in chosen}
    away = {one.id: one.out_of_print or [] for one in package.rows(schema.LETTERS) if one.id in letters}
    slugs = {one.id: one.slug for one in package.rows(schema.BUSINESSES) if one.id in businesses}
    return [
        {
            "slug": slugs.get(one.business_id),
            "since": one.started_at.isoformat(),
            "category": one.category,
            "away": away.get(one.letter_id),
        }
        for one in chosen
    ]


Key = tuple[int, ...]


def _in_order(package: Package, table: Table, key_of: Callable[[Row], Key]) -> Iterator[tuple[Key, Row]]:
    """Yield the rows with their keys; raises Unreadable where one stands in another place."""
    last: Key = ()
    for row in package.rows(table):
        key = key_of(row)
        if key <= last:
            raise Unreadable(f"{table.path} is out of order at {key}")
        yield key, row
        last = key


class _Following:
    """Rows in order, taken as the rows that they belong to come by."""

    def __init__(self, rows: Iterator[tuple[Key, Row]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    @property
    def left(self) -> bool:
        """Whether rows are left that belonged to nothing."""
        return self._next is not None

    def beginning_with(self, key: Key) -> list[Row]:
        """Return the rows whose keys begin so."""
        found = []
        while self._next is not None and self._next[0][: len(key)] == key:
            found.append(self._next[1])
            self._next = next(self._rows, None)
        return found

