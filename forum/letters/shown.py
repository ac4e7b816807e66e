"""A letter as a list shows it: the row, its stamp in words and its address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.core.templating import address
from forum.letters.lifecycle import Publication
from forum.letters.queries import LetterRow
from forum.letters.stamps import Stamp, contested_stamp, letter_stamp, notes_of


@dataclass(frozen=True)
class ShownRow:
    """What `ui/letter_row.html` draws."""

    id: int
    url: str
    title: str
    excerpt: str
    byline: str
    place: str
    merchants: list[str]
    comment_count: int
    published_at: datetime | None
    stamp: Stamp
    contested: Stamp | None = None
    pieces: tuple[Any, ...] = ()  # an excerpt with marked words, in place of `excerpt`


def shown(row: LetterRow) -> ShownRow:
    """Return the row in the reader's language; needs a request."""
    return ShownRow(
        id=row.id,
        url=address("letters.read", letter_id=row.id, slug=row.slug),
        title=row.title,
        excerpt=row.excerpt,
        byline=row.byline,
        place=row.place,
        merchants=row.merchants,
        comment_count=row.comment_count,
        published_at=row.published_at,
        stamp=letter_stamp(
            row.publication, [(case.response, case.outcome, case.clock, notes_of(case)) for case in row.cases]
        ),
        contested=contested_stamp() if row.contested and row.publication is Publication.PUBLISHED else None,
    )
