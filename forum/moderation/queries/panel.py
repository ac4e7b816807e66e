"""What a fair decision needs beside the thing itself: who wrote it, what was decided before, what the words hint at, how they changed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, select

from forum.accounts.models import LoginSession, User
from forum.comments.holding import is_new
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters import hints
from forum.letters.lifecycle import RevisionState
from forum.letters.models import Case, Letter, Mark, Revision
from forum.letters.queries.history import Change, differences
from forum.letters.queries.returns import returns_of
from forum.merchants.models import Merchant
from forum.moderation.queries.desk import Past, past_of_author, past_of_merchants

AGAINST: Final = (Kind.LETTER_RETURNED, Kind.LETTER_REJECTED, Kind.LETTER_TAKEN_DOWN, Kind.REVISION_REFUSED, Kind.COMMENTS_LOCKED)
AROUND: Final = (Kind.LETTER_REJECTED, Kind.LETTER_TAKEN_DOWN, Kind.LETTER_REINSTATED, Kind.CONTEST_DECIDED)
SHOWN_BEFORE: Final = 5
SHOWN_VERSIONS: Final = 10
SHOWN_HINTS: Final = 30
SHOWN_LINKS: Final = 10
LOOKED_BACK: Final = timedelta(days=30)
MOST_PLACES: Final = 20
A_CROWD: Final = 10
"""Accounts at one network address from which on it is an office, a mobile network or the like, and tells nothing."""
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"”]{3,200}", re.IGNORECASE)


class Sign(StrEnum):
    """What a hint that is no private detail is."""

    CRIME = "crime"
    LINK = "link"


RULES: Final[dict[str, str]] = {hints.Kind.NAME: "persons", Sign.CRIME: "persons", Sign.LINK: "conduct"}
"""Rule by hint, where it is not that about private details."""


@dataclass(frozen=True)
class Sighted:
    """Something that may matter, where it stands, and the rule that it may break."""

    kind: str
    found: str
    where: str

    @property
    def rule(self) -> str:
        """Its place on the page of rules."""
        return RULES.get(self.kind, "private")


@dataclass(frozen=True)
class Before:
    """One earlier decision on somebody's letters, or on letters about a business."""

    kind: Kind
    at: datetime
    letter_id: int
    title: str
    reason: str | None


@dataclass(frozen=True)
class Nearby:
    """Another account that signed in from the same network address, perhaps with such a device."""

    id: int
    name: str
    device: bool


@dataclass(frozen=True)
class Known:
    """The person whose words they are."""

    user: User
    new: bool
    past: Past
    before: list[Before]
    nearby: list[Nearby]
    crowd: int  # accounts at the same address, where they are too many to tell anything


@dataclass(frozen=True)
class Version:
    """A text that was sent before, and what changed until the next one."""

    at: datetime
    kind: str  # returned, or the state of a revision
    reason: str
    words: str
    marks: Sequence[Mark]
    title: tuple[Change, ...]
    text: tuple[Change, ...]


@dataclass(frozen=True)
class Panel:
    """All of it; hints are proposals, and nothing follows from any by itself."""

    hints: list[Sighted]
    person: Known | None
    businesses: list[tuple[Merchant, Past, list[Before]]]
    versions: list[Version]

    @property
    def rules(self) -> list[str]:
        """The rules that the hints point to, each once."""
        return list(dict.fromkeys(one.rule for one in self.hints))


def panel_of(
    texts: Iterable[tuple[str, str]],
    *,
    person_id: int | None = None,
    merchants: Sequence[Merchant] = (),
    letter: Letter | None = None,
    known_names: Iterable[str] = (),
) -> Panel:
    """Return what to know before deciding: 12 queries at most, however much there is.

    `texts` are (where, words); `letter` is given where its own words are decided on, whose earlier versions are compared.
    """
    user = None if person_id is None else db.session.get(User, person_id)
    names = [*known_names, *(one.name for one in merchants), *([user.name] if user else [])]
    past = past_of_merchants([one.id for one in merchants]) if merchants else {}
    around = _around([one.id for one in merchants])
    return Panel(
        hints=sighted(texts, names),
        person=None if user is None else _known(user),
        businesses=[(one, past[one.id], around.get(one.id, [])) for one in merchants],
        versions=[] if letter is None else versions_of(letter),
    )


def businesses_of(merchant_ids: Iterable[int]) -> Sequence[Merchant]:
    """Return the businesses with these ids."""
    return db.session.scalars(select(Merchant).where(Merchant.id.in_(list(merchant_ids))).order_by(Merchant.id)).all()


def sighted(texts: Iterable[tuple[str, str]], known_names: Iterable[str] = ()) -> list[Sighted]:
    """Return what the words hint at, each once, SHOWN_HINTS at most; no query."""
    names = list(known_names)
    found: list[Sighted] = []
    for where, text in texts:
        found += [Sighted(Sign.CRIME, one.found, where) for one in hints.accusations(text)]
        found += [Sighted(one.kind.value, one.found, where) for one in hints.find(text, known_names=names)]
        found += [Sighted(Sign.LINK, one[0].rstrip(".,;:)"), where) for one in list(_LINK.finditer(text))[:SHOWN_LINKS]]
    return list({(one.kind, one.found.casefold(), one.where): one for one in found}.values())[:SHOWN_HINTS]


def _known(user: User) -> Known:
    rows = db.session.execute(
        select(Event.kind, Event.at, Event.letter_id, Event.data, Letter.title)
        .join(Letter, Letter.id == Event.letter_id)
        .where(Letter.author_id == user.id, Event.kind.in_(AGAINST))
        .order_by(Event.id.desc())
        .limit(SHOWN_BEFORE)
    )
    nearby = _nearby(user.id)
    crowd = len(nearby) if len(nearby) > A_CROWD else 0
    return Known(
        user=user,
        new=is_new(user),
        past=past_of_author(user.id),
        before=[Before(row.kind, row.at, row.letter_id, row.title, row.data.get("reason")) for row in rows],
        nearby=[] if crowd else nearby,
        crowd=crowd,
    )


def _around(merchant_ids: list[int]) -> dict[int, list[Before]]:
    if not merchant_ids:
        return {}
    number = func.row_number().over(partition_by=Case.merchant_id, order_by=Event.id.desc()).label("number")
    newest = (
        select(Case.merchant_id, Event.kind, Event.at, Event.letter_id, Event.data, Letter.title, number)
        .join(Letter, Letter.id == Event.letter_id)
        .join(Case, Case.letter_id == Letter.id)
        .where(Case.merchant_id.in_(merchant_ids), Event.kind.in_(AROUND))
        .subquery()
    )
    found: dict[int, list[Before]] = {}
    for row in db.session.execute(select(newest).where(newest.c.number <= SHOWN_BEFORE).order_by(newest.c.number)):
        made = Before(Kind(row.kind), row.at, row.letter_id, row.title, (row.data or {}).get("reason"))
        found.setdefault(row.merchant_id, []).append(made)
    return found


def _nearby(user_id: int) -> list[Nearby]:
    """Other accounts at the addresses of this person; the addresses themselves are shown to nobody."""
    since = utcnow() - LOOKED_BACK
    mine = db.session.execute(
        select(LoginSession.address, LoginSession.device)
        .where(LoginSession.user_id == user_id, LoginSession.address != "", LoginSession.seen_at > since)
        .order_by(LoginSession.seen_at.desc())
        .limit(MOST_PLACES)
    ).all()
    if not mine:
        return []
    places = {(row.address, row.device) for row in mine if row.device}
    rows: Any = db.session.execute(
        select(User.id, User.name, LoginSession.address, LoginSession.device)
        .join(User, User.id == LoginSession.user_id)
        .where(LoginSession.address.in_({row.address for row in mine}), LoginSession.user_id != user_id, LoginSession.seen_at > since)
        .order_by(LoginSession.user_id)
        .limit(MOST_PLACES * A_CROWD)
    )
    found: dict[int, Nearby] = {}
    for row in rows:
        device = (row.address, row.device) in places or (row.id in found and found[row.id].device)
        found[row.id] = Nearby(row.id, row.name, device)
    return list(found.values())


def versions_of(letter: Letter) -> list[Version]:
    """Return what was sent before, newest first: letters that were returned and revisions, each with what changed until the next."""
    sent: list[tuple[datetime, Any]] = [(one.at, one) for one in returns_of(letter.id)]
    revisions = db.session.scalars(
        select(Revision).where(Revision.letter_id == letter.id, Revision.state != RevisionState.WAITING).order_by(Revision.id.desc()).limit(SHOWN_VERSIONS)
    )
    sent += [(one.decided_at or one.made_at, one) for one in revisions]
    made: list[Version] = []
    title, text = letter.title, letter.text
    for at, one in sorted(sent, key=lambda pair: pair[0], reverse=True)[:SHOWN_VERSIONS]:
        is_revision = isinstance(one, Revision)
        made.append(
            Version(
                at=at,
                kind=one.state.value if is_revision else "returned",
                reason="" if is_revision else one.reason,
                words=one.why if is_revision else one.message,
                marks=[] if is_revision else one.marks,
                title=differences(one.title, title) if one.title != title else (),
                text=differences(one.text, text) if one.text != text else (),
            )
        )
        if not is_revision or one.state is RevisionState.ACCEPTED:
            title, text = one.title, one.text
    return made
