"""Mailed links: what one opens, and the responses that came by one and wait for a moderator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User
from forum.core import paging
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.secrecy import digest
from forum.letters.lifecycle import Visibility
from forum.letters.models import Case, Letter
from forum.letters.queries.one import WHOLE
from forum.merchants.domains import proves
from forum.merchants.lifecycle import ContactState
from forum.merchants.models import Contact, Merchant
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink, Response
from forum.responses.policy import Over, link_over

LONGEST_TOKEN_CHARACTERS = 100
ROWS = 25
MOST_PROOFS = 20
SENT_FROM_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Mailed:
    """A mailed link with its case, letter, business and questions, and what its address proves now."""

    link: AnswerLink
    case: Case
    is_voice: bool  # it went to somebody's own address who may answer for the business at present
    at_domain: bool  # the address is at the proven domain of the business, and that is not about to be lost
    over: Over | None

    @property
    def insider(self) -> bool:
        """Whether it shows what only the business may see."""
        return self.at_domain or self.is_voice


def mailed(token: str) -> Mailed | None:
    """Return what a mailed link opens, also when it is over; None for what is no link of ours."""
    if len(token) > LONGEST_TOKEN_CHARACTERS:
        return None
    link = db.session.scalar(select(AnswerLink).where(AnswerLink.token_hash == digest(token)))
    return None if link is None else opened(link)


def opened(link: AnswerLink) -> Mailed:
    """Return a link with everything that decides what it opens: a handful of queries."""
    letter_id = db.session.scalars(select(Case.letter_id).where(Case.id == link.case_id)).one()
    letter = (
        db.session.scalars(WHOLE, {"letter_id": letter_id}, execution_options={"populate_existing": True}).unique().one()
    )
    for one in letter.cases:
        set_committed_value(one, "letter", letter)
    case = next(one for one in letter.cases if one.id == link.case_id)
    set_committed_value(link, "case", case)
    person = None if link.user_id is None else db.session.get(User, link.user_id, populate_existing=True)
    is_voice = (
        person is not None
        and person.is_active
        and person.is_confirmed
        and person.email == link.address
        and case.merchant_id in person.answering_ids
        and person.id != case.letter.author_id
    )
    contact = None if link.contact_id is None else db.session.get(Contact, link.contact_id, populate_existing=True)
    own = db.session.scalar(select(User.email).where(User.id == case.letter.author_id)) == link.address
    ended = (
        own
        or (link.user_id is not None and not is_voice)
        or (contact is not None and contact.state is ContactState.REMOVED)
    )
    return Mailed(
        link=link,
        case=case,
        is_voice=is_voice,
        at_domain=proves(link.address, case.merchant.domain) and case.merchant.failing_since is None and not ended,
        over=link_over(link, case, utcnow(), ended=ended),
    )


def response_by(link: AnswerLink) -> int | None:
    """Return the number of the response that came by the link, None before."""
    return db.session.scalar(select(Response.id).where(Response.link_id == link.id))


def proofs_by_mail(merchant_id: int) -> Sequence[Any]:
    """Return how the newest responses that came by a mailed link were proved: created_at, job_title, proof, proved_domain."""
    return db.session.execute(
        select(Response.created_at, Response.job_title, Response.proof, Response.proved_domain)
        .join(Case, Case.id == Response.case_id)
        .join(Letter, Letter.id == Case.letter_id)
        .where(
            Case.merchant_id == merchant_id,
            Response.link_id.is_not(None),
            Response.hidden_at.is_(None),
            Letter.visibility == Visibility.PUBLIC,
        )
        .order_by(Response.id.desc())
        .limit(MOST_PROOFS)
    ).all()


def siblings_of(link: AnswerLink) -> Sequence[AnswerLink]:
    """Return the other links of the case that were mailed to the same address, oldest first."""
    return same_address(link.case_id, link.address, but=link.id)


def same_address(case_id: int, address: str, *, but: int | None = None) -> Sequence[AnswerLink]:
    """Return the links of a case that were mailed to an address; it is sealed, so they are compared here."""
    found = db.session.scalars(select(AnswerLink).where(AnswerLink.case_id == case_id).order_by(AnswerLink.id))
    return [link for link in found if link.address == address and link.id != but]


def answer_for(link_id: int) -> AnswerLink:
    """Return a link by its number, with case, letter, business and all cases of the letter; raises Missing."""
    link = db.session.get(AnswerLink, link_id)
    if link is None or link.sent_at is None:
        raise Missing
    opened(link)
    return link


def waiting_answers(after: str | None = None) -> paging.Page[tuple[AnswerLink, str, str]]:
    """Return a page of responses that came by mail and wait for a moderator: (link, title of the letter, business)."""
    since = func.coalesce(AnswerLink.reopened_at, AnswerLink.sent_at)
    found = paging.page(
        select(AnswerLink, Letter.title, Merchant.name)
        .join(Case, Case.id == AnswerLink.case_id)
        .join(Letter, Letter.id == Case.letter_id)
        .join(Merchant, Merchant.id == Case.merchant_id)
        .where(AnswerLink.state == LinkState.WAITING),
        keys=(since, AnswerLink.id),
        kinds="ti",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.AnswerLink.waits_since, row.AnswerLink.id),
    )
    return paging.Page([(row.AnswerLink, row.title, row.name) for row in found.items], found.next)
