"""Covered words stay covered: what is written later under the letter is read through its redactions."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from forum.attachments.models import Attachment
from forum.core.db import db, unit_of_work
from forum.letters.models import Letter, Revision
from forum.moderation.models import Report
from forum.redactions.actions.covering import Veils, change, standing, with_marks
from forum.redactions.fields import Row
from forum.redactions.lifecycle import Place
from forum.redactions.marks import settled
from forum.redactions.queries.places import within

REVISED = ("title", "text")


@unit_of_work
def cover_again(letter: Letter, rows: Sequence[Row] | Iterable[Row]) -> int:
    """Cover in these rows what the redactions of their letter cover; returns how many places gave way."""
    count, rows = 0, list(rows)
    for (reach, person_id), redactions in standing(letter.id, of=_writers(letter, rows)).items():
        spots = list(within(letter, rows, reach, person_id))
        if spots:
            count += change(letter, spots, with_marks(redactions))
    return count


def _writers(letter: Letter, rows: Sequence[Row]) -> set[int] | None:
    """Whose own words may stand in these rows; None where that is not told by the rows."""
    writers = {letter.author_id}
    for row in rows:
        if isinstance(row, Report):
            return None
        writers.add(getattr(row, "owner_id" if isinstance(row, Attachment) else "author_id", None) or letter.author_id)
    return writers


@unit_of_work
def follow_revision(letter: Letter, revision: Revision | None = None, *, printed: bool = False) -> None:
    """Let the marks of a version cover what those of the letter do, or when it was printed, the other way round.

    Without a revision it is the newest. Where the author changed the marks, nothing is known of them.
    """
    if revision is None:
        revision = db.session.scalar(
            select(Revision).where(Revision.letter_id == letter.id).order_by(Revision.id.desc()).limit(1)
        )
    if revision is None:
        return
    veils = Veils(letter)
    for field in REVISED:
        old, new = (Place.LETTER, letter.id, field), (Place.REVISION, revision.id, field)
        if printed:
            old, new = new, old
        text = getattr(letter if printed else revision, field)
        veils.set(new, settled(text, veils.of(old)))
    db.session.flush()
