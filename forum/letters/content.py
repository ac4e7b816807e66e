"""What a writer hands in: one letter's content, whole and checked, before it becomes rows."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from forum.core.clock import utcnow
from forum.core.errors import Invalid
from forum.core.text import excerpt, initials, render
from forum.letters import categories
from forum.letters.lifecycle import LetterKind, NameShown, WritesAs
from forum.letters.models import (
    DETAILS,
    LARGEST_LOSS_RUPIAH,
    LONGEST_ASK_CHARACTERS,
    LONGEST_DETAIL_CHARACTERS,
    LONGEST_PLACE_CHARACTERS,
    MOST_MERCHANTS,
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
)
from forum.letters.places import PROVINCE_CODES


@dataclass(frozen=True)
class Content:
    """A letter as written; `details` stands beside `merchants`, one dictionary of private details (or none) for each."""

    title: str
    text: str
    merchants: tuple[str, ...]
    category: str
    kind: LetterKind = LetterKind.COMPLAINT
    writes_as: WritesAs = WritesAs.CONSUMER
    place: str = ""
    province: str | None = None
    event_on: date | None = None
    loss: int | None = None  # whole rupiah
    ask: str = ""
    name_shown: NameShown = NameShown.FULL
    details: tuple[dict[str, str], ...] = field(default=(), repr=False)
    others: frozenset[str] = frozenset()
    """Folded names that the writer says are businesses of their own, though they look like a proven one's."""

    @cached_property
    def html(self) -> str:
        """The text as safe HTML; costs up to a third of a second, so have it made before a unit of work."""
        return render(self.text)

    @property
    def excerpt(self) -> str:
        return excerpt(self.text)

    def byline(self, name: str) -> str:
        """Return the author's name as the author wants it printed."""
        return initials(name) if self.name_shown is NameShown.INITIALS else name

    def details_at(self, position: int) -> dict[str, str] | None:
        """Return the private details for the business at this position, None without any."""
        given = self.details[position] if position < len(self.details) else {}
        return {name: value for name, value in given.items() if value} or None

    def check(self, *, filed_under: str = "") -> None:
        """Raise Invalid with the field that cannot be taken: the last gate before the table, whoever calls.

        A letter stays `filed_under` a category that was retired meanwhile.
        """
        _within(self.title, TITLE_CHARACTERS, "title")
        _within(self.text, TEXT_CHARACTERS, "text")
        _within(self.ask, (0, LONGEST_ASK_CHARACTERS), "ask")
        _within(self.place, (0, LONGEST_PLACE_CHARACTERS), "place")
        if not 1 <= len(self.merchants) <= MOST_MERCHANTS:
            raise Invalid("merchants_number", field="merchants", most=MOST_MERCHANTS)
        if self.category not in categories.all_keys():
            raise Invalid(field="category")
        if self.category != filed_under and self.category not in {one.key for one in categories.offered()}:
            raise Invalid("category_retired", field="category")
        if self.province is not None and self.province not in PROVINCE_CODES:
            raise Invalid(field="place")
        if self.loss is not None and not 0 <= self.loss <= LARGEST_LOSS_RUPIAH:
            raise Invalid("loss_range", field="loss", most=LARGEST_LOSS_RUPIAH)
        if self.event_on is not None and (self.event_on - utcnow().date()).days > 1:
            raise Invalid("event_in_future", field="event_on")
        for given in self.details:
            if set(given) - set(DETAILS) or any(len(value) > LONGEST_DETAIL_CHARACTERS for value in given.values()):
                raise Invalid(field="details_order")


def _within(value: str, limits: tuple[int, int], name: str) -> None:
    least, most = limits
    if not least <= len(value) <= most:
        raise Invalid("length", field=name, length=len(value), least=least, most=most)
