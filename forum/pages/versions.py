"""How new a page is, asked before every answer from memory."""

from forum.core.freshness import Version, lists_now
from forum.core.glance import Glance

LETTER = "SELECT epoch, COALESCE((SELECT page_version FROM letter WHERE id = ?), 0) FROM freshness WHERE id = 1"


class Versions:
    """The versions of pages as of the last commit."""

    def __init__(self, glance: Glance) -> None:
        self.glance = glance

    def now(self, letter_id: int | None) -> Version | None:
        """Return the version of a letter's page, or with None that of every other page; None when it cannot be known."""
        if letter_id is None:
            return lists_now(self.glance)
        found = self.glance.at(LETTER, letter_id)
        return None if found is None else (found[0], found[1])
