"""Letters that a reader of one may want to read next: of the same businesses, then of the same category. One query."""

from collections import defaultdict
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, select, union_all

from forum.core.clock import utcnow
from forum.core.db import BigId, db
from forum.core.text import slug
from forum.letters.models import Case, Letter, Question
from forum.letters.queries.lists import COLUMNS, CaseRow, LetterRow, clock_of_row, listed
from forum.letters.queries.silence import untold_column
from forum.merchants.models import Merchant

SIZE = 3


@lru_cache
def _statement(businesses: int) -> Any:
    """Made once for each number of businesses, with `letter_id`, `category` and `m0`, `m1` … to be bound."""
    letter_id = bindparam("letter_id", type_=BigId)
    near: list[Any] = [
        select(Letter.id.label("id"), Letter.published_at.label("at"), literal(0).label("distance"))
        .join(Case, Case.letter_id == Letter.id)
        .where(Case.merchant_id == bindparam(f"m{number}", type_=BigId), listed(), Letter.id != letter_id)
        .order_by(Case.started_at.desc(), Case.id.desc())
        .limit(SIZE)
        for number in range(businesses)
    ]
    near.append(
        select(Letter.id, Letter.published_at, literal(1))
        .where(Letter.category == bindparam("category"), listed(), Letter.id != letter_id)
        .order_by(Letter.published_at.desc(), Letter.id.desc())
        .limit(SIZE)
    )
    found = union_all(*(select(part.subquery()) for part in near)).subquery()
    nearest = (
        select(found.c.id, func.min(found.c.distance).label("distance"), func.max(found.c.at).label("at"))
        .group_by(found.c.id)
        .order_by(func.min(found.c.distance), func.max(found.c.at).desc())
        .limit(SIZE)
        .subquery()
    )
    return (
        select(
            *COLUMNS,
            Case.id.label("case_id"),
            Case.response,
            Case.outcome,
            Case.started_at,
            Case.acknowledged_at,
            Case.answered_at,
            untold_column(),
            Merchant.name.label("merchant"),
            Merchant.slug.label("merchant_slug"),
            Question.asked_at,
            Question.resumed_at,
        )
        .join(nearest, nearest.c.id == Letter.id)
        .join(Case, Case.letter_id == Letter.id)
        .join(Merchant, Merchant.id == Case.merchant_id)
        .outerjoin(Question, and_(Question.case_id == Case.id, Question.stops))
        .order_by(nearest.c.distance, nearest.c.at.desc(), Letter.id, Case.position, Question.id)
    )


def related(letter: Letter) -> list[LetterRow]:
    """Return the newest public letters about the letter's businesses, filled up from its category; needs `letter.cases`."""
    bound: dict[str, int | str] = {f"m{number}": case.merchant_id for number, case in enumerate(letter.cases)}
    bound |= {"letter_id": letter.id, "category": letter.category}
    return _rows(db.session.execute(_statement(len(letter.cases)), bound).all())


def _rows(lines: Any) -> list[LetterRow]:
    letters: dict[int, Any] = {}
    cases: dict[int, dict[int, Any]] = defaultdict(dict)
    stops: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for line in lines:
        letters.setdefault(line.id, line)
        cases[line.id].setdefault(line.case_id, line)
        if line.asked_at is not None:
            stops[line.case_id].append((line.asked_at, line.resumed_at))
    now = utcnow()
    return [
        LetterRow(
            **{column.key: getattr(line, column.key) for column in COLUMNS if column.key not in {"absences", "contested_at"}},
            contested=line.contested_at is not None,
            slug=slug(line.title),
            cases=tuple(
                CaseRow(
                    case.case_id,
                    case.merchant,
                    case.merchant_slug,
                    case.response,
                    case.outcome,
                    clock_of_row(case, case, stops[case.case_id], now) if case.started_at else None,
                    untold=case.untold,
                )
                for case in cases[line.id].values()
            ),
        )
        for line in letters.values()
    ]
