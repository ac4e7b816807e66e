"""Texts are taken in as signatures: near-equal ones become one group, and what was called advertising is known again."""

from sqlalchemy import delete, select, update

from forum.core.db import db, insert_once, unit_of_work
from forum.crowds.likeness import ALGORITHM, Sketch
from forum.crowds.models import Band, Sketched
from forum.crowds.queries import alike, is_like_spam


@unit_of_work
def take_in(about: str, letter_id: int, sketch: Sketch | None) -> Sketched | None:
    """Keep the signature of a text and put it into the group of those near-equal; a changed text is taken in anew."""
    if sketch is None:
        return None
    row = _row(about, letter_id, sketch)
    row.like_spam = is_like_spam(sketch)
    near = alike(sketch, about, letter_id)
    if near:
        group_id = min(one.group_id or one.id for one in near)
        joined = {one.group_id for one in near if one.group_id} | {group_id}
        ids = {row.id, *(one.id for one in near)}
        db.session.execute(
            update(Sketched).where(Sketched.id.in_(ids) | Sketched.group_id.in_(joined)).values(group_id=group_id)
        )
    return row


@unit_of_work
def call_spam(about: str, letter_id: int, sketch: Sketch | None, *, spam: bool = True) -> None:
    """Know these words again as advertising, or do so no more."""
    if not spam:
        db.session.execute(update(Sketched).where(Sketched.about == about).values(spam=False))
    elif sketch is not None:
        _row(about, letter_id, sketch).spam = True


def _row(about: str, letter_id: int, sketch: Sketch) -> Sketched:
    insert_once(
        Sketched,
        index_elements=["about"],
        about=about,
        row_id=int(about.partition(":")[2]),
        letter_id=letter_id,
        algorithm=0,
        signature=b"",
        spam=False,
        like_spam=False,
    )
    row = db.session.scalars(select(Sketched).where(Sketched.about == about).with_for_update(key_share=True)).one()
    if row.signature != sketch.signature or row.algorithm != ALGORITHM:
        row.signature, row.algorithm, row.group_id = sketch.signature, ALGORITHM, None
        db.session.execute(delete(Band).where(Band.text_id == row.id))
        db.session.execute(
            Band.__table__.insert(),  # type: ignore[attr-defined]
            [{"key": key, "text_id": row.id} for key in sorted(set(sketch.keys))],
        )
    return row
