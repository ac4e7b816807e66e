"""What ties the author of a letter to its business: hints of praise that a business wrote itself, for moderators alone.

A shared network address or mail domain proves nothing (offices, families and mobile networks share them), so nothing
follows by itself, and no address is shown. A device is known in words only ("Chrome · Android"), which says something
together with the address alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, or_, select

from forum.accounts.models import LoginSession, User
from forum.core import paging
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters.lifecycle import LetterKind, Outcome, Publication
from forum.letters.models import Case, Letter
from forum.merchants.domains import FREE_MAIL, domain_of, proves
from forum.merchants.lifecycle import ContactState
from forum.merchants.models import Contact, Merchant, Representative
from forum.responses.models import AnswerLink

MOST_ACCOUNTS_OF_A_PRIVATE_DOMAIN = 20
"""A domain at which more people of this site have their mail is that of a provider, whatever its name."""
LOOKED_BACK = timedelta(days=14)
MOST_LOOKED_AT = 500
ROWS = 25


class Tie(StrEnum):
    """What an author and a business have in common."""

    TEAM = "team"  # the author is or was of its team
    ADDRESS = "address"  # signed in, or answered, from the same network address
    DEVICE = "device"  # and from such a device there
    DOMAIN = "domain"  # mail at the same domain, which is no provider's


@dataclass(frozen=True)
class Flag:
    """A letter that was flagged, once for each business and set of ties."""

    letter_id: int
    title: str
    business: str
    at: datetime
    ties: tuple[Tie, ...]


def ties(letter_id: int) -> dict[int, tuple[Tie, ...]]:
    """Return by case what ties the author to its business, where the letter praises it or the author calls it solved."""
    letter = db.session.get(Letter, letter_id)
    if letter is None or letter.publication in {Publication.DRAFT, Publication.WITHDRAWN}:
        return {}
    author = db.session.get_one(User, letter.author_id)
    cases = db.session.execute(
        select(Case.id, Case.merchant_id, Case.outcome, Merchant.domain)
        .join(Merchant, Merchant.id == Case.merchant_id)
        .where(Case.letter_id == letter_id)
    )
    found = {}
    for case in cases:
        if letter.kind is LetterKind.PRAISE or case.outcome is Outcome.SOLVED:
            common = _common(author, case.merchant_id, case.domain)
            if common:
                found[case.id] = common
    return found


def _common(author: User, merchant_id: int, domain: str | None) -> tuple[Tie, ...]:
    team = db.session.execute(
        select(User.id, User.email)
        .join(Representative, Representative.user_id == User.id)
        .where(Representative.merchant_id == merchant_id)
    ).all()
    members = {row.id for row in team}
    links = db.session.scalars(
        select(AnswerLink)
        .join(Case, Case.id == AnswerLink.case_id)
        .where(Case.merchant_id == merchant_id, AnswerLink.sent_at.is_not(None))
        .order_by(AnswerLink.id.desc())
        .limit(MOST_LOOKED_AT)
    ).all()
    found = {Tie.TEAM} if author.id in members else set()
    places = _places({author.id})
    others = _places(members - {author.id})
    networks = {address for address, _device in others} | {link.sent_from for link in links if link.sent_from}
    if networks & {address for address, _device in places}:
        found.add(Tie.ADDRESS)
    if {place for place in places if place[1]} & others:
        found.add(Tie.DEVICE)
    mails = [row.email for row in team if row.email and row.id != author.id]
    mails += [link.address for link in links]
    mails += db.session.scalars(
        select(Contact.email).where(Contact.merchant_id == merchant_id, Contact.state == ContactState.WORKING)
    )
    if author.email and (proves(author.email, domain) or _same_domain(author.email, mails)):
        found.add(Tie.DOMAIN)
    return tuple(tie for tie in Tie if tie in found)


def _places(user_ids: Iterable[int]) -> set[tuple[str, str]]:
    """Where people are or were signed in: (network address, device)."""
    rows = db.session.execute(
        select(LoginSession.address, LoginSession.device).where(
            LoginSession.user_id.in_(list(user_ids)), LoginSession.address != ""
        )
    )
    return {(row.address, row.device) for row in rows}


def _same_domain(email: str, others: Iterable[str]) -> bool:
    domain = domain_of(email)
    if domain in FREE_MAIL or domain not in {domain_of(other) for other in others}:
        return False
    accounts = db.session.scalar(select(func.count(User.id)).where(User.email.endswith(f"@{domain}", autoescape=True)))
    return (accounts or 0) <= MOST_ACCOUNTS_OF_A_PRIVATE_DOMAIN


def recent(merchant_id: int | None = None) -> list[int]:
    """Return letters to look at again: praise or solved, of LOOKED_BACK, or the newest about one business."""
    before = utcnow() - LOOKED_BACK
    query = (
        select(Letter.id)
        .join(Case, Case.letter_id == Letter.id)
        .where(
            Letter.publication == Publication.PUBLISHED,
            or_(Letter.kind == LetterKind.PRAISE, Case.outcome == Outcome.SOLVED),
        )
    )
    if merchant_id is not None:
        query = query.where(Case.merchant_id == merchant_id)
    else:
        query = query.where(or_(Letter.published_at >= before, Case.outcome_at >= before))
    return list(db.session.scalars(query.distinct().order_by(Letter.id.desc()).limit(MOST_LOOKED_AT)))


def flagged_ties(letter_id: int) -> dict[int, set[str]]:
    """Return what was flagged of a letter so far, by case."""
    found: dict[int, set[str]] = {}
    for event in db.session.execute(
        select(Event.case_id, Event.data).where(Event.letter_id == letter_id, Event.kind == Kind.LETTER_FLAGGED)
    ):
        found.setdefault(event.case_id, set()).update(event.data.get("ties", []))
    return found


def flags_of(letter_id: int) -> list[Flag]:
    """Return the flags of one letter, one for each business with all that ties it to the author."""
    rows = db.session.execute(
        _flags().where(Event.letter_id == letter_id).order_by(Event.id)
    )
    return list({row.name: _flag(row) for row in rows}.values())


def flags(after: str | None = None) -> paging.Page[Flag]:
    """Return a page of flagged letters, newest flag first."""
    found = paging.page(_flags(), keys=(Event.id,), kinds="i", after=after, size=ROWS, key_of=lambda row: (row.id,))
    return paging.Page([_flag(row) for row in found.items], found.next)


def _flags() -> Select[Any]:
    return (
        select(Event.id, Event.at, Event.data, Letter.id.label("letter_id"), Letter.title, Merchant.name)
        .join(Letter, Letter.id == Event.letter_id)
        .join(Merchant, Merchant.id == Event.merchant_id)
        .where(Event.kind == Kind.LETTER_FLAGGED)
    )


def _flag(row: Any) -> Flag:
    known = set(row.data.get("ties", []))
    return Flag(row.letter_id, row.title, row.name, row.at, tuple(tie for tie in Tie if tie.value in known))
