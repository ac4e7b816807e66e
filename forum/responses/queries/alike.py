"""Near-identical words of a business: one indexed query for the candidates, one for the letters that got them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from forum.core.db import db
from forum.letters.models import Case, Letter
from forum.letters.policy import OPEN
from forum.responses import boilerplate
from forum.responses.boilerplate import Sketch
from forum.responses.models import Response, Wording, WordingBand

MOST_CANDIDATES = 2_000
MOST_SHOWN = 5


@dataclass(frozen=True)
class Near:
    """A wording that is alike, and how much (0 to 1)."""

    id: int
    likeness: float


@dataclass(frozen=True)
class Alike:
    """What the writer of a response is told before it is published."""

    others: int  # other letters of the business that got near-identical words
    letters: tuple[tuple[int, str], ...]  # number and title of some of them, newest first
    text: str  # the newest of those responses


def near(merchant_id: int, sketch: Sketch) -> list[Near]:
    """Return the wordings of this business that are alike by boilerplate.ALIKE or more, the most alike first. One query."""
    sharing = (
        select(WordingBand.wording_id)
        .where(WordingBand.merchant_id == merchant_id, WordingBand.key.in_(sketch.keys))
        .distinct()
        .limit(MOST_CANDIDATES)
    )
    rows = db.session.execute(
        select(Wording.id, Wording.signature).where(Wording.id.in_(sharing), Wording.algorithm == boilerplate.ALGORITHM)
    )
    found = [Near(row.id, boilerplate.likeness(sketch.signature, row.signature)) for row in rows]
    return sorted((one for one in found if one.likeness >= boilerplate.ALIKE), key=lambda one: (-one.likeness, one.id))


def others_alike(wording_ids: Iterable[int], case_id: int | None) -> int:
    """Return how many letters, but for that of this case, got one of these wordings: a business has one case of a letter."""
    query = select(func.count(func.distinct(Response.case_id))).where(Response.wording_id.in_(sorted(wording_ids)))
    if case_id is not None:
        query = query.where(Response.case_id != case_id)
    return db.session.scalar(query) or 0


def alike(case: Case, sketch: Sketch) -> Alike | None:
    """Return what is known of other letters that got these words, None when there are none."""
    ids = [one.id for one in near(case.merchant_id, sketch)]
    others = others_alike(ids, case.id) if ids else 0
    if not others:
        return None
    rows: Sequence[tuple[int, str, str]] = [
        (row.id, row.title, row.text)
        for row in db.session.execute(
            select(Letter.id, Letter.title, Response.text)
            .join(Case, Case.letter_id == Letter.id)
            .join(Response, Response.case_id == Case.id)
            .where(
                Response.wording_id.in_(ids),
                Response.case_id != case.id,
                Response.hidden_at.is_(None),
                Letter.visibility.in_(OPEN),
            )
            .order_by(Response.id.desc())
            .limit(4 * MOST_SHOWN)
        )
    ]
    shown = {number: title for number, title, _text in rows}
    return Alike(others, tuple(shown.items())[:MOST_SHOWN], rows[0][2] if rows else "")
