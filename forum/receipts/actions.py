"""One head a day over all chains."""

from datetime import timedelta

from forum.core.clock import ONE_DAY, utcnow
from forum.core.db import db, insert_once, unit_of_work
from forum.receipts import queries
from forum.receipts.models import DayHead
from forum.receipts.tree import head_of, root_of

SETTLES = timedelta(minutes=10)  # longer than any transaction of ours may last, and than clocks differ


def make_heads() -> int:
    """Make the head of every day that is over and has none, in their order; returns how many. Twice is the same."""
    last, begins, made = queries.newest_day(), queries.first_moment(), 0
    day = last.day + ONE_DAY if last is not None else queries.day_of(begins) if begins is not None else None
    before, since = (last.head, last.until) if last is not None else ("", None)
    ends = queries.settled(utcnow(), SETTLES)
    while day is not None and day <= ends:
        until = queries.end_of(day)
        leaves, events = queries.leaves_of(since, until)
        db.session.rollback()
        root = root_of(leaves)
        before, since = head_of(before, day, until, len(leaves), events, root), until
        _keep(DayHead(day=day, until=until, letters=len(leaves), events=events, root=root, head=before))
        day += ONE_DAY
        made += 1
    db.session.rollback()
    return made


@unit_of_work
def _keep(made: DayHead) -> None:
    """The first of two workers that made it at once is the one that counts; both found the same."""
    insert_once(
        DayHead,
        index_elements=["day"],
        day=made.day,
        until=made.until,
        letters=made.letters,
        events=made.events,
        root=made.root,
        head=made.head,
        made_at=utcnow(),
    )
