"""Marks in rows: the texts, what is made of them, and the veils that keep what the marks cover."""

from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import delete, or_, select

from forum.comments.models import Comment
from forum.core.db import db, lock
from forum.core.phrases import pattern_of
from forum.letters.models import Letter, Revision
from forum.redactions import marks
from forum.redactions.fields import Row, Spot
from forum.redactions.lifecycle import Place, Reach
from forum.redactions.marks import Cover, Covered
from forum.redactions.models import Redaction, Veil

Key = tuple[Place, int, str]


class Veils:
    """What is known of the marks under one letter; `write` keeps a text and its covers together."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        found = db.session.scalars(
            select(Veil).where(Veil.letter_id == letter.id).execution_options(populate_existing=True)
        )
        self._known: dict[Key, Veil] = {(one.place, one.row_id, one.field): one for one in found}

    def of(self, key: Key) -> list[Cover]:
        """Return what the marks of a field covered when they were last written."""
        known = self._known.get(key)
        return (
            [] if known is None else [Cover(int(owner), str(mark), str(words)) for owner, mark, words in known.covers]
        )

    def set(self, key: Key, covers: Sequence[Cover]) -> None:
        """Keep what the marks of a field cover; nothing when no redaction has one there."""
        known = self._known.get(key)
        if not any(one.owner != marks.NOBODY for one in covers):
            if known is not None:
                db.session.execute(
                    delete(Veil).where(Veil.place == key[0], Veil.row_id == key[1], Veil.field == key[2])
                )
                db.session.expunge(known)
                del self._known[key]
            return
        kept: list[list[int | str]] = [[*one] for one in covers]
        if known is None:
            place, row_id, field = key
            known = Veil(place=place, row_id=row_id, field=field, letter_id=self.letter.id, covers=kept)
            db.session.add(known)
            self._known[key] = known
        else:
            known.covers = kept


def change(letter: Letter, spots: Iterable[Spot], of: Callable[[Spot, list[Cover]], Covered]) -> int:
    """Write what `of` makes of each field that changes; returns how many marks came or went. The letter is held already."""
    veils, touched, count = Veils(letter), set[Row](), 0
    for spot in spots:
        if not of(spot, veils.of(spot.key)).places:
            continue
        if spot.row is not letter and spot.row not in touched:
            lock(spot.row)
        done = of(spot, veils.of(spot.key))
        if done.places:
            spot.write(done.text)
            veils.set(spot.key, done.covers)
            touched.add(spot.row)
            count += done.places
    for row in touched:
        if isinstance(row, Comment):
            row.version += 1
    if any(isinstance(row, Letter | Revision) for row in touched):
        letter.version += 1  # a form that was opened before must not bring the old words
    db.session.flush()
    return count


def with_marks(redactions: Sequence[Redaction]) -> Callable[[Spot, list[Cover]], Covered]:
    """Return what puts the marks of these redactions into a field."""
    patterns = [(one, pattern_of(one.words)) for one in redactions]

    def covered(spot: Spot, covers: list[Cover]) -> Covered:
        done = Covered(spot.text, tuple(covers), 0)
        for one, pattern in patterns:
            more = marks.cover(
                done.text, done.covers, pattern, mark=marks.MARKS[one.label], owner=one.id, most=spot.field.most
            )
            done = Covered(more.text, more.covers, done.places + more.places)
        return done

    return covered


def standing(letter_id: int, *, of: Collection[int] | None = None) -> dict[tuple[Reach, int], list[Redaction]]:
    """Return the redactions under a letter that were not undone, by whose words they cover, the oldest first.

    `of`: those that cover words of these people alone, and everybody's.
    """
    query = select(Redaction).where(Redaction.letter_id == letter_id, Redaction.undone_at.is_(None))
    if of is not None:
        query = query.where(or_(Redaction.reach == Reach.ALL, Redaction.by_id.in_(of)))
    found: dict[tuple[Reach, int], list[Redaction]] = {}
    for one in db.session.scalars(query.order_by(Redaction.id)):
        found.setdefault((one.reach, 0 if one.reach is Reach.ALL else one.by_id or 0), []).append(one)
    return found
