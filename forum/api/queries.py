"""Loading tokens, and cases as the interface tells them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from forum.api.models import ApiToken
from forum.core import paging
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.secrecy import digest
from forum.letters.lifecycle import Publication, ResponseState
from forum.letters.models import Case, Letter
from forum.letters.policy import OPEN
from forum.merchants.models import Merchant
from forum.responses.models import Response

PAGE_CASES = 50


def token_of(secret: str) -> ApiToken | None:
    """Return the token with its person, whether or not it still works."""
    return db.session.scalar(
        select(ApiToken).where(ApiToken.token_hash == digest(secret)).options(joinedload(ApiToken.user))
    )


def tokens_of(merchant: Merchant, now: datetime) -> Sequence[ApiToken]:
    """Return the tokens of a business that are neither ended nor over, newest first, with their people."""
    return db.session.scalars(
        select(ApiToken)
        .where(ApiToken.merchant_id == merchant.id, ApiToken.ended_at.is_(None), ApiToken.expires_at > now)
        .options(joinedload(ApiToken.user))
        .order_by(ApiToken.id.desc())
    ).all()


@dataclass(frozen=True)
class CaseFacts:
    """A case with its letter and the official responses that may be read."""

    case: Case
    responses: Sequence[Any]


def cases_of(
    token: ApiToken, *, response: ResponseState | None = None, after: str | None = None
) -> paging.Page[CaseFacts]:
    """Return the cases of the token's business in letters that are in print, oldest first, as a page; four queries."""
    query = (
        _mine(token)
        .where(Case.started_at.is_not(None))
        .options(contains_eager(Case.letter), joinedload(Case.merchant), selectinload(Case.questions))
    )
    if response is not None:
        query = query.where(Case.response == response)
    found = paging.page(
        query,
        keys=(Case.started_at, Case.id),
        kinds="ti",
        after=after,
        size=PAGE_CASES,
        descending=False,
        key_of=lambda row: (row.Case.started_at, row.Case.id),
    )
    cases = [row.Case for row in found.items]
    given = _responses([case.id for case in cases])
    return paging.Page([CaseFacts(case, given.get(case.id, ())) for case in cases], found.next)


def case_of(token: ApiToken, case_id: int) -> CaseFacts:
    """Return one case of the token's business. Raises Missing for any other, and when its letter is not in print."""
    case = db.session.scalar(
        _mine(token)
        .where(Case.id == case_id)
        .options(
            contains_eager(Case.letter).selectinload(Letter.cases),
            joinedload(Case.merchant),
            selectinload(Case.questions),
        )
    )
    if case is None:
        raise Missing
    return CaseFacts(case, _responses([case.id]).get(case.id, ()))


def _mine(token: ApiToken) -> Any:
    return (
        select(Case)
        .join(Case.letter)
        .where(
            Case.merchant_id == token.merchant_id,
            Letter.publication == Publication.PUBLISHED,
            Letter.visibility.in_(OPEN),
            Letter.author_id != token.user_id,
        )
    )


def _responses(case_ids: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    if case_ids:
        rows = db.session.execute(
            select(
                Response.id,
                Response.case_id,
                Response.text,
                Response.remedy,
                Response.signatory,
                Response.job_title,
                Response.promise,
                Response.promise_due,
                Response.promise_amount,
                Response.how,
                Response.created_at,
                Response.hidden_at,
                Response.counts,
                Response.copies,
            )
            .where(Response.case_id.in_(case_ids))
            .order_by(Response.id)
        )
        for row in rows:
            found.setdefault(row.case_id, []).append(row)
    return found
