"""Every row under a letter that holds words."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Select, or_, select

from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.core.db import db
from forum.letters.models import Case, Letter, Question
from forum.redactions.fields import FIELDS, Row, Spot, spots_of, wrote
from forum.redactions.lifecycle import Reach
from forum.responses.models import Response

AT_ONCE: Final = 1_000


def rows_under(
    letter: Letter,
    kinds: Sequence[type[Any]] = (),
    *,
    own_of: int | None = None,
    holding: re.Pattern[str] | None = None,
    most: int | None = None,
) -> Iterator[Row]:
    """Yield the letter and every row under it of these kinds, of all without any, as the database has them now.

    Of comments, which may be thousands, no more are loaded than needed: those by `own_of`, those whose text has a place for
    `holding`. At most the first `most` of each kind.
    """
    for kind in kinds or tuple(FIELDS):
        if kind is Letter:
            yield letter
            continue
        query = _query(kind, letter.id).order_by(kind.id).limit(most).execution_options(populate_existing=True)
        if own_of is not None and kind is Comment:
            query = query.where(Comment.author_id == own_of)
        if holding is None or kind is not Comment:
            yield from db.session.scalars(query)
        else:
            numbers = _holding(query, holding)
            for first in range(0, len(numbers), AT_ONCE):
                yield from db.session.scalars(query.where(Comment.id.in_(numbers[first : first + AT_ONCE])))


def spots_under(
    letter: Letter,
    reach: Reach,
    person_id: int,
    kinds: Sequence[type[Any]] = (),
    *,
    holding: re.Pattern[str] | None = None,
    most: int | None = None,
) -> Iterator[Spot]:
    """Yield every field with words that a redaction of this reach by this person covers; the others as `rows_under`."""
    own_of = person_id if reach is Reach.OWN else None
    yield from within(letter, rows_under(letter, kinds, own_of=own_of, holding=holding, most=most), reach, person_id)


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


def _holding(comments: Select[Any], words: re.Pattern[str]) -> list[int]:
    texts = db.session.execute(comments.with_only_columns(Comment.id, Comment.text))
    return [number for number, text in texts if words.search(text)]


def _query(kind: type[Any], letter_id: int) -> Select[Any]:
    cases = select(Case.id).where(Case.letter_id == letter_id)
    if kind in {Question, Response}:
        return select(kind).where(kind.case_id.in_(cases))
    if kind is Attachment:
        responses = select(Response.id).where(Response.case_id.in_(cases))
        return select(Attachment).where(or_(Attachment.letter_id == letter_id, Attachment.response_id.in_(responses)))
    return select(kind).where(kind.letter_id == letter_id)
