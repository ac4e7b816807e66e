"""Reports as their reporters and the moderators read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from forum.accounts.models import User, Visitor
from forum.core.db import db
from forum.core.errors import Missing
from forum.letters.models import Letter
from forum.letters.policy import may_read
from forum.moderation.lifecycle import ReportState
from forum.moderation.models import Report
from forum.moderation.weighing import Record

SHOWN_REPORTS = 50
SAME_SHAPES = str.maketrans({"O": "0", "I": "1", "L": "1"})  # Crockford's base 32 reads them as one


@dataclass(frozen=True)
class Reported:
    """The reports on one thing: how many wait, the first of them in full, the last number known, and how many were decided before."""

    shown: list[Report]
    names: dict[int, str]  # of reporters with an account
    records: dict[int, Record]  # what became of their earlier reports
    waiting: int
    last_id: int
    upheld: int
    dismissed: int


def reported(about: str) -> Reported:
    """Return what readers reported about a thing."""
    counts = {
        row.state: (row.number, row.last)
        for row in db.session.execute(
            select(Report.state, func.count().label("number"), func.max(Report.id).label("last"))
            .where(Report.about == about)
            .group_by(Report.state)
        )
    }
    shown = list(
        db.session.scalars(
            select(Report)
            .where(Report.state == ReportState.OPEN, Report.about == about)
            .order_by(Report.weight.desc(), Report.id)
            .limit(SHOWN_REPORTS)
        )
    )
    people = {report.reporter_id for report in shown if report.reporter_id}
    names = {}
    if people:
        names = {row.id: row.name for row in db.session.execute(select(User.id, User.name).where(User.id.in_(people)))}
    waiting, last_id = counts.get(ReportState.OPEN, (0, 0))
    return Reported(
        shown=shown,
        names=names,
        records=records_of(people) if people else {},
        waiting=waiting,
        last_id=last_id,
        upheld=counts.get(ReportState.UPHELD, (0, 0))[0],
        dismissed=counts.get(ReportState.DISMISSED, (0, 0))[0],
    )


def records_of(reporter_ids: Iterable[int]) -> dict[int, Record]:
    """Return what became of the reports of these people; nobody without a decided one is in it."""
    rows = db.session.execute(
        select(Report.reporter_id, Report.state, func.count())
        .where(Report.reporter_id.in_(list(reporter_ids)), Report.state != ReportState.OPEN)
        .group_by(Report.reporter_id, Report.state)
    )
    found: dict[int, dict[ReportState, int]] = {}
    for reporter_id, state, number in rows:
        if reporter_id is not None:
            found.setdefault(reporter_id, {})[state] = number
    return {
        one: Record(counts.get(ReportState.UPHELD, 0), counts.get(ReportState.DISMISSED, 0)) for one, counts in found.items()
    }


def report_by_number(number: str) -> Report:
    """Return a report by the number its reporter was given, however it was typed; raises Missing."""
    head, _, code = number.strip().upper().partition("-")
    found = db.session.scalar(select(Report).where(Report.number == f"{head}-{code.translate(SAME_SHAPES)}"))
    if found is None:
        raise Missing
    return found


def readable_letter(who: Visitor, report: Report) -> Letter | None:
    """Return the letter that was reported, or to which the reported thing belongs; None when this person may not read it."""
    letter = db.session.get(Letter, report.letter_id)
    return letter if letter is not None and may_read(who, letter) else None
