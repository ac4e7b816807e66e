"""What a moderator wants to know before deciding: earlier decisions, similar letters, what happened so far."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from forum.accounts.models import User, Visitor
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Publication
from forum.letters.models import Case, Letter, Revision
from forum.merchants.models import Merchant
from forum.moderation import policy

DECISIONS = (
    Kind.LETTER_PUBLISHED,
    Kind.LETTER_RETURNED,
    Kind.LETTER_REJECTED,
    Kind.LETTER_TAKEN_DOWN,
    Kind.LETTER_REINSTATED,
    Kind.REVISION_ACCEPTED,
    Kind.REVISION_REFUSED,
    Kind.WORDS_REDACTED,
    Kind.WORDS_RESTORED,
    Kind.COMMENT_REDACTED,
    Kind.RESPONSE_HIDDEN,
    Kind.RESPONSE_RESTORED,
    Kind.ATTACHMENT_HIDDEN,
    Kind.ATTACHMENT_RESTORED,
    Kind.FILE_AUDIENCE_CHANGED,
    Kind.FILE_COVERED,
    Kind.FILE_CHECKED,
    Kind.ORIGINAL_OPENED,
    Kind.COMMENT_HIDDEN,
    Kind.COMMENT_RESTORED,
    Kind.COMMENTS_LOCKED,
    Kind.COMMENTS_UNLOCKED,
    Kind.LETTER_REOPENED,
    Kind.REVISION_REOPENED,
    Kind.REPORT_REOPENED,
    Kind.APPEAL_DECIDED,
)
SHOWN_DECISIONS = 30
SIMILAR_CANDIDATES = 200
SHOWN_SIMILAR = 5
LEAST_WORD_CHARACTERS = 4
LEAST_LIKENESS = 0.25
_WORD = re.compile(rf"\w{{{LEAST_WORD_CHARACTERS},}}")


@dataclass(frozen=True)
class Past:
    """How many letters were published, returned, rejected and taken down before, and comments hidden."""

    published: int = 0
    returned: int = 0
    rejected: int = 0
    taken_down: int = 0
    comments_hidden: int = 0


@dataclass(frozen=True)
class Decided:
    """One decision of the past on this letter or what hangs on it."""

    kind: Kind
    at: Any
    by: str
    about: str | None
    reason: str | None
    message: str
    why: str | None = None  # why the original of a file was opened


@dataclass(frozen=True)
class Similar:
    """A letter that may say the same."""

    id: int
    title: str
    byline: str
    publication: Publication
    same_author: bool


def past_of_author(author_id: int) -> Past:
    """Return the decisions on this author's letters and comments so far."""
    kinds: dict[Kind, int] = {
        row.kind: row.number
        for row in db.session.execute(
            select(Event.kind, func.count().label("number"))
            .join(Letter, Letter.id == Event.letter_id)
            .where(
                Letter.author_id == author_id,
                Event.kind.in_(
                    (Kind.LETTER_PUBLISHED, Kind.LETTER_RETURNED, Kind.LETTER_REJECTED, Kind.LETTER_TAKEN_DOWN)
                ),
            )
            .group_by(Event.kind)
        )
    }
    hidden = db.session.scalar(
        select(func.count()).where(Comment.author_id == author_id, Comment.state == CommentState.HIDDEN)
    )
    return Past(
        published=kinds.get(Kind.LETTER_PUBLISHED, 0),
        returned=kinds.get(Kind.LETTER_RETURNED, 0),
        rejected=kinds.get(Kind.LETTER_REJECTED, 0),
        taken_down=kinds.get(Kind.LETTER_TAKEN_DOWN, 0),
        comments_hidden=hidden or 0,
    )


def past_of_merchants(merchant_ids: list[int]) -> dict[int, Past]:
    """Return where the letters about these businesses stand now."""
    found: dict[int, dict[Publication, int]] = {merchant_id: {} for merchant_id in merchant_ids}
    for row in db.session.execute(
        select(Case.merchant_id, Letter.publication, func.count().label("number"))
        .join(Case.letter)
        .where(Case.merchant_id.in_(merchant_ids))
        .group_by(Case.merchant_id, Letter.publication)
    ):
        found[row.merchant_id][row.publication] = row.number
    return {
        merchant_id: Past(
            published=counts.get(Publication.PUBLISHED, 0),
            returned=counts.get(Publication.RETURNED, 0),
            rejected=counts.get(Publication.REJECTED, 0),
            taken_down=counts.get(Publication.TAKEN_DOWN, 0),
        )
        for merchant_id, counts in found.items()
    }


def decisions_on(letter_id: int) -> list[Decided]:
    """Return the decisions on a letter and what hangs on it, newest first."""
    return [
        Decided(
            kind=row.kind,
            at=row.at,
            by=row.name or "",
            about=row.about,
            reason=row.data.get("reason"),
            message=row.data.get("message") or "",
            why=row.data.get("why"),
        )
        for row in db.session.execute(
            select(Event.kind, Event.at, Event.about, Event.data, User.name)
            .outerjoin(User, User.id == Event.by_id)
            .where(Event.letter_id == letter_id, Event.kind.in_(DECISIONS))
            .order_by(Event.id.desc())
            .limit(SHOWN_DECISIONS)
        )
    ]


def similar(letter: Letter) -> list[Similar]:
    """Return letters about the same businesses whose titles share words, or that the same author wrote; the closest first.

    Looks at the newest SIMILAR_CANDIDATES letters about each of the businesses. Needs `letter.cases`.
    """
    here = _words(letter.title)
    scored: dict[int, tuple[float, Similar]] = {}
    for case in letter.cases:
        for row in db.session.execute(
            select(Letter.id, Letter.title, Letter.byline, Letter.publication, Letter.author_id)
            .join(Case, Case.letter_id == Letter.id)
            .where(Case.merchant_id == case.merchant_id, Case.letter_id != letter.id)
            .order_by(Case.letter_id.desc())
            .limit(SIMILAR_CANDIDATES)
        ):
            there, same = _words(row.title), row.author_id == letter.author_id
            likeness = len(here & there) / max(1, len(here | there)) + same
            if likeness >= LEAST_LIKENESS:
                scored[row.id] = likeness, Similar(row.id, row.title, row.byline, row.publication, same)
    best = sorted(scored.values(), key=lambda pair: (-pair[0], -pair[1].id))
    return [one for _, one in best[:SHOWN_SIMILAR]]


def _words(title: str) -> set[str]:
    return set(_WORD.findall(title.casefold()))


def revision_for(who: Visitor, revision_id: int) -> Revision:
    """Return a revision with its letter and the letter's cases for a moderator; raises NotAllowed or Missing."""
    ensure(policy.may_open_desk, who, None)
    revision = db.session.scalar(
        select(Revision)
        .join(Revision.letter)
        .where(Revision.id == revision_id)
        .options(contains_eager(Revision.letter).selectinload(Letter.cases).joinedload(Case.merchant))
    )
    if revision is None:
        raise Missing
    return revision


def desk_letter(who: Visitor, letter_id: int) -> Letter:
    """Return a letter for the moderators' desk, with author, cases and attachments; raises NotAllowed or Missing."""
    ensure(policy.may_open_desk, who, None)
    letter = db.session.scalar(
        select(Letter)
        .where(Letter.id == letter_id)
        .options(
            joinedload(Letter.author),
            selectinload(Letter.cases).joinedload(Case.merchant),
            selectinload(Letter.attachments),
        )
    )
    if letter is None:
        raise Missing
    return letter


def ensure_desk(who: Visitor) -> None:
    """Raise NotAllowed for everybody but moderators."""
    ensure(policy.may_open_desk, who, None)


def business_for(who: Visitor, merchant_id: int) -> Merchant:
    """Return a business for a moderator who may describe it; raises NotAllowed or Missing."""
    ensure(policy.may_open_desk, who, None)
    merchant = db.session.get(Merchant, merchant_id)
    if merchant is None:
        raise Missing
    ensure(policy.may_describe, who, merchant)
    return merchant
