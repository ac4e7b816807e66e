"""Sudden bursts of "helpful" and "I met the same": who came at once, how new their accounts are, from how many places.

Nothing that stands changes by it. Offices, families and mobile networks share an address, so it is a mark for moderators.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from forum.accounts.models import LoginSession, User
from forum.comments.models import Comment, Vote
from forum.config import settings
from forum.core import paging
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters.models import Letter, MeToo

WITHIN = timedelta(hours=24)
LEAST_VOICES = 8
LEAST_SHARE = 0.6
ROWS = 25


@dataclass(frozen=True)
class Burst:
    """So many voices on one thing within WITHIN: of new accounts, and the most from one network address or device there."""

    about: str
    letter_id: int
    voices: int
    new: int
    same_place: int


@dataclass(frozen=True)
class Flagged:
    """A burst as it was written down."""

    at: datetime
    letter_id: int
    title: str
    about: str
    voices: int
    new: int
    same_place: int


def bursts() -> list[Burst]:
    """Return what looks like one hand: mostly new accounts, or mostly one place."""
    since = utcnow() - WITHIN
    helped = (
        select(Vote.comment_id, Comment.letter_id)
        .join(Comment, Comment.id == Vote.comment_id)
        .where(Vote.at > since)
        .group_by(Vote.comment_id, Comment.letter_id)
        .having(func.count() >= LEAST_VOICES)
    )
    met = select(MeToo.letter_id).where(MeToo.at > since).group_by(MeToo.letter_id).having(func.count() >= LEAST_VOICES)
    found = []
    for comment_id, letter_id in db.session.execute(helped).all():
        voices = db.session.scalars(select(Vote.user_id).where(Vote.comment_id == comment_id, Vote.at > since)).all()
        found.append(_burst(f"comment:{comment_id}", letter_id, voices))
    for letter_id in db.session.scalars(met).all():
        voices = db.session.scalars(select(MeToo.user_id).where(MeToo.letter_id == letter_id, MeToo.at > since)).all()
        found.append(_burst(f"letter:{letter_id}", letter_id, voices))
    return [one for one in found if max(one.new, one.same_place) >= LEAST_SHARE * one.voices]


def _burst(about: str, letter_id: int, user_ids: Iterable[int]) -> Burst:
    ids = list(user_ids)
    young = utcnow() - timedelta(days=settings().new_account_days)
    new = db.session.scalar(select(func.count(User.id)).where(User.id.in_(ids), User.created_at > young)) or 0
    places = db.session.execute(
        select(LoginSession.user_id, LoginSession.address)
        .where(LoginSession.user_id.in_(ids), LoginSession.address != "")
        .distinct()
    )
    most = Counter(address for _user_id, address in places).most_common(1)
    return Burst(about, letter_id, len(ids), new, most[0][1] if most else 0)


def flagged_voices(about: str) -> int:
    """Return how many voices were written down of a thing so far."""
    data = db.session.scalar(
        select(Event.data).where(Event.about == about, Event.kind == Kind.VOTES_FLAGGED).order_by(Event.id.desc()).limit(1)
    )
    return int(data["voices"]) if data else 0


def flagged(after: str | None = None) -> paging.Page[Flagged]:
    """Return a page of bursts, the newest first."""
    found = paging.page(
        select(Event.id, Event.at, Event.about, Event.data, Letter.id.label("letter_id"), Letter.title)
        .join(Letter, Letter.id == Event.letter_id)
        .where(Event.kind == Kind.VOTES_FLAGGED),
        keys=(Event.id,),
        kinds="i",
        after=after,
        size=ROWS,
        key_of=lambda row: (row.id,),
    )
    items = [
        Flagged(row.at, row.letter_id, row.title, row.about, row.data["voices"], row.data["new"], row.data["same_place"])
        for row in found.items
    ]
    return paging.Page(items, found.next)
