"""The package of today: made by the worker once a day, or by hand."""

from functools import partial

from forum.core.clock import ONE_DAY, utcnow
from forum.ledger.actions import make_days
from forum.opendata import bundle, folder
from forum.opendata.folder import Dump
from forum.receipts.actions import SETTLES, make_heads
from forum.receipts.queries import settled
from forum.statistics import workdays
from forum.statistics.measures import Day


def make() -> tuple[Dump, bool]:
    """Make and publish the package of today with the heads of the days that are over; returns it, and whether it is new.

    What is too old goes away. Twice is the same as once. Raises folder.Making while another process makes it.
    """
    make_heads()
    make_days()
    today = Day.today()
    made = folder.publish(today.date, partial(bundle.write, day=today))
    folder.prune(today.date)
    return made


def is_due() -> bool:
    """Whether nothing can be on its way any more of yesterday, whose head belongs into the package of today."""
    return settled(utcnow(), SETTLES) == workdays.today() - ONE_DAY
