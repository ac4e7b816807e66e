"""Texts that say nearly the same: found by the bands that they share, then compared."""

from datetime import timedelta

from sqlalchemy import select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.crowds.likeness import ALGORITHM, CLOSE, Sketch, likeness
from forum.crowds.models import Band, Sketched
from forum.letters.models import Case

LOOKED_BACK = timedelta(days=14)
MOST_CANDIDATES = 200


def is_like_spam(sketch: Sketch | None) -> bool:
    """Whether moderators called a near-equal text advertising: one statement."""
    if sketch is None:
        return False
    signatures = db.session.scalars(
        select(Sketched.signature)
        .join(Band, Band.text_id == Sketched.id)
        .where(Band.key.in_(sketch.keys), Sketched.spam.is_(True), Sketched.algorithm == ALGORITHM)
        .distinct()
        .limit(MOST_CANDIDATES)
    )
    return any(likeness(one, sketch.signature) >= CLOSE for one in signatures)


def alike(sketch: Sketch, about: str, letter_id: int) -> list[Sketched]:
    """Return near-equal texts of the same kind under letters about one of the businesses of this letter, of LOOKED_BACK."""
    kind = about.partition(":")[0]
    ours = select(Case.merchant_id).where(Case.letter_id == letter_id)
    found = db.session.scalars(
        select(Sketched)
        .join(Band, Band.text_id == Sketched.id)
        .where(
            Band.key.in_(sketch.keys),
            Sketched.algorithm == ALGORITHM,
            Sketched.about != about,
            Sketched.about.startswith(f"{kind}:"),
            Sketched.made_at > utcnow() - LOOKED_BACK,
            Sketched.letter_id.in_(select(Case.letter_id).where(Case.merchant_id.in_(ours))),
        )
        .order_by(Sketched.id.desc())
        .limit(MOST_CANDIDATES * len(sketch.keys))
    ).unique()
    return [one for one in found if likeness(one.signature, sketch.signature) >= CLOSE]


def group_of(about: str) -> list[str]:
    """Return what is near-equal to a text, itself with it, the first first; empty where nothing is."""
    group_id = db.session.scalar(select(Sketched.group_id).where(Sketched.about == about))
    if group_id is None:
        return []
    return list(db.session.scalars(select(Sketched.about).where(Sketched.group_id == group_id).order_by(Sketched.id)))
