"""Every row under a letter that holds words."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, or_, select

from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.core.db import db
from forum.letters.models import Case, Letter, Question
from forum.redactions.fields import FIELDS, Row, Spot, spots_of, wrote
from forum.redactions.lifecycle import Reach
from forum.responses.models import Response


def rows_under(letter: Letter, kinds: Sequence[type[Any]] = ()) -> Iterator[Row]:
    """Yield the letter and every row under it of these kinds, of all without any, as the database has them now."""
    for kind in kinds or tuple(FIELDS):
        if kind is Letter:
            yield letter
        else:
            yield from db.session.scalars(
                _query(kind, letter.id).order_by(kind.id).execution_options(populate_existing=True)
            )


def spots_under(letter: Letter, reach: Reach, person_id: int, kinds: Sequence[type[Any]] = ()) -> Iterator[Spot]:
    """Yield every field with words that a redaction of this reach by this person covers."""
    yield from within(letter, rows_under(letter, kinds), reach, person_id)


def within(letter: Letter, rows: Iterator[Row] | Sequence[Row], reach: Reach, person_id: int) -> Iterator[Spot]:
    """Yield the fields of these rows that a redaction of this reach by this person covers."""
    own = frozenset[int]()
    if reach is Reach.OWN:
        own = frozenset(
            db.session.scalars(select(Comment.id).where(Comment.letter_id == letter.id, Comment.author_id == person_id))
        )
    for row in rows:
        for spot in spots_of(row):
            if reach is Reach.ALL or wrote(person_id, letter, spot, own):
                yield spot


def _query(kind: type[Any], letter_id: int) -> Select[Any]:
    cases = select(Case.id).where(Case.letter_id == letter_id)
    if kind in {Question, Response}:
        return select(kind).where(kind.case_id.in_(cases))
    if kind is Attachment:
        responses = select(Response.id).where(Response.case_id.in_(cases))
        return select(Attachment).where(or_(Attachment.letter_id == letter_id, Attachment.response_id.in_(responses)))
    return select(kind).where(kind.letter_id == letter_id)
