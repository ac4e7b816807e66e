"""People: those with an office, and one person as a moderator needs to know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import User, Visitor
from forum.accounts.rights import OFFICES
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.events import Event, Kind
from forum.letters.lifecycle import NameShown, Publication
from forum.letters.models import Letter
from forum.moderation.lifecycle import ReportState
from forum.moderation.models import Report
from forum.people import policy
from forum.people.models import Sanction

SHOWN = 20
AGAINST = (
    Kind.LETTER_RETURNED,
    Kind.LETTER_REJECTED,
    Kind.LETTER_TAKEN_DOWN,
    Kind.REVISION_REFUSED,
    Kind.COMMENTS_LOCKED,
)
"""Decisions against what somebody wrote."""


@dataclass(frozen=True)
class Written:
    """A letter or comment of the person, and what became of it."""

    id: int
    words: str
    at: Any
    state: str


@dataclass(frozen=True)
class Decision:
    """A decision against a letter of the person."""

    kind: Kind
    at: Any
    letter_id: int
    title: str
    reason: str | None


@dataclass(frozen=True)
class Dossier:
    """What moderators know of a person without reading anything private."""

    user: User
    name: str  # as the person shows it
    letters: list[Written]
    comments: list[Written]
    letter_counts: dict[Publication, int]
    comments_hidden: int
    reports: dict[ReportState, int]
    decisions: list[Decision]
    sanctions: list[Sanction]


def holders() -> Sequence[User]:
    """Return everybody with an office, administrators first."""
    return db.session.scalars(
        select(User).where(User.standing.in_(OFFICES), User.closed_at.is_(None)).order_by(User.standing, User.id)
    ).all()


def person_for(who: Visitor, user_id: int) -> User:
    """Return a person for a moderator; raises NotAllowed or Missing."""
    ensure(policy.may_open_people, who, None)
    user = db.session.get(User, user_id)
    if user is None:
        raise Missing
    return user


def shown_name(user: User) -> str:
    """The name of a person as others read it: of whoever ever wrote under initials, the newest such byline."""
    if user.holds_office:
        return user.name
    initials = db.session.scalar(
        select(Letter.byline)
        .where(Letter.author_id == user.id, Letter.name_shown == NameShown.INITIALS)
        .order_by(Letter.id.desc())
        .limit(1)
    )
    return initials or user.name


def dossier(user: User) -> Dossier:
    """Return what a moderator needs to know of a person: nine queries, however much they wrote."""
    letters = db.session.execute(
        select(Letter.id, Letter.title, Letter.submitted_at, Letter.publication)
        .where(Letter.author_id == user.id, Letter.publication != Publication.DRAFT)
        .order_by(Letter.id.desc())
        .limit(SHOWN)
    )
    comments = db.session.execute(
        select(Comment.id, Comment.text, Comment.created_at, Comment.state)
        .where(Comment.author_id == user.id)
        .order_by(Comment.id.desc())
        .limit(SHOWN)
    )
    return Dossier(
        user=user,
        name=shown_name(user),
        letters=[Written(row.id, row.title, row.submitted_at, row.publication.value) for row in letters],
        comments=[Written(row.id, row.text[:160], row.created_at, row.state.value) for row in comments],
        letter_counts=_counted(Letter.publication, Letter.author_id == user.id, Letter.publication != Publication.DRAFT),
        comments_hidden=db.session.scalar(
            select(func.count()).where(Comment.author_id == user.id, Comment.state == CommentState.HIDDEN)
        )
        or 0,
        reports=_counted(Report.state, Report.reporter_id == user.id),
        decisions=_decisions(user.id),
        sanctions=list(sanctions_of(user.id)),
    )


def _counted(column: Any, *conditions: Any) -> dict[Any, int]:
    rows = db.session.execute(select(column, func.count()).where(*conditions).group_by(column))
    return {row[0]: row[1] for row in rows}


def _decisions(user_id: int) -> list[Decision]:
    rows = db.session.execute(
        select(Event.kind, Event.at, Event.letter_id, Letter.title, Event.data)
        .join(Letter, Letter.id == Event.letter_id)
        .where(Letter.author_id == user_id, Event.kind.in_(AGAINST))
        .order_by(Event.id.desc())
        .limit(SHOWN)
    )
    return [Decision(row.kind, row.at, row.letter_id, row.title, row.data.get("reason")) for row in rows]


def sanctions_of(user_id: int) -> Sequence[Sanction]:
    """Return the sanctions of a person, newest first."""
    return db.session.scalars(
        select(Sanction).where(Sanction.user_id == user_id).order_by(Sanction.id.desc()).limit(SHOWN * 5)
    ).all()


def sanction_for(who: Visitor, sanction_id: int) -> Sanction:
    """Return a sanction with its person, for that person and moderators; raises Missing."""
    found = db.session.scalar(
        select(Sanction).where(Sanction.id == sanction_id).options(joinedload(Sanction.user))
    )
    if found is None or not policy.may_see_sanction(who, found):
        raise Missing
    return found


def names(user_ids: set[int]) -> dict[int, str]:
    """Return the names of people with an office, by number."""
    if not user_ids:
        return {}
    return {row.id: row.name for row in db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))}
