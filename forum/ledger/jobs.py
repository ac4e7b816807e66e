"""The clock publishes where the chain of the ledger ended on the day that is over."""

from forum.ledger.actions import make_days
from forum.notifications import ticks


def publish_days() -> None:
    """Publish what is missing of the days that are over."""
    make_days()


ticks.tick("ledger-days", ticks.HOUR, publish_days)
