"""What events are about: letter, business, comment, claim and report, loaded for many events in a bounded number of queries."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only, selectinload

from forum.accounts.models import Guest, User, Visitor
from forum.comments.models import Comment
from forum.core.db import Base, db
from forum.core.events import Event, Kind
from forum.core.text import slug
from forum.letters import policy
from forum.letters.models import Case, Letter, Mark
from forum.letters.queries.returns import marks_of
from forum.merchants.models import Claim, Merchant, Representative
from forum.moderation.models import Report

T = TypeVar("T", bound=Base)
LETTER = (
    Letter.id,
    Letter.author_id,
    Letter.title,
    Letter.category,
    Letter.publication,
    Letter.visibility,
    Letter.published_at,
    Letter.submitted_at,
    Letter.comments_locked_at,
)
COMMENTS = {
    Kind.COMMENT_POSTED,
    Kind.COMMENT_PUBLISHED,
    Kind.COMMENT_REFUSED,
    Kind.COMMENT_HIDDEN,
    Kind.COMMENT_RESTORED,
    Kind.WORDS_REDACTED,
    Kind.WORDS_RESTORED,
}
TEAM = {Kind.TEAM_JOINED, Kind.TEAM_ROLE_CHANGED, Kind.REPRESENTATIVE_ENDED}
CLAIMS = {
    Kind.CLAIM_STARTED,
    Kind.CLAIM_APPROVED,
    Kind.CLAIM_REFUSED,
    Kind.CLAIM_SEEN_FIRST,
    Kind.CLAIM_REOPENED,
}


@dataclass(frozen=True)
class Subject:
    """An event with what it is about, as one reader may know of it; absent things are None."""

    event: Event
    reader: Visitor
    letter: Letter | None = None
    merchant: Merchant | None = None
    comment: Comment | None = None
    claim: Claim | None = None
    report: Report | None = None
    member: User | None = None  # whom of a team it is about
    marks: Sequence[Mark] = ()  # passages of a letter that was returned
    times: int = 1  # events that one notification stands for

    @property
    def readable(self) -> bool:
        """Whether the reader may still read the letter; true of what is about none."""
        return self.letter is None or policy.may_read(self.reader, self.letter)

    @property
    def case(self) -> Case | None:
        """The case of the event, else the reader's own case of the letter (as a representative of one of its businesses)."""
        if self.letter is None:
            return None
        if self.event.case_id is not None:
            return next((case for case in self.letter.cases if case.id == self.event.case_id), None)
        wanted = {self.merchant.id, self.merchant.merged_into_id} if self.merchant else self.reader.merchant_ids
        return next((case for case in self.letter.cases if case.merchant_id in wanted), None)

    @property
    def title(self) -> str:
        return self.letter.title if self.letter is not None else ""

    @property
    def slug(self) -> str:
        return slug(self.title)

    @property
    def business(self) -> str:
        """The name of the business, of the event or of the reader's case."""
        if self.merchant is not None:
            return self.merchant.name
        return self.case.merchant.name if self.case is not None else ""

    def data(self, name: str) -> str:
        """A text of the event's data, empty when it is not there."""
        return str(self.event.data.get(name) or "")


def about(event: Event, kind: str) -> int | None:
    """Return the id in the event's `about`, as `comment:12`; None when it is about something else."""
    name, _, number = (event.about or "").partition(":")
    return int(number) if name == kind and number.isdecimal() else None


def load(events: Sequence[Event], reader: Visitor | None = None) -> dict[int, Subject]:
    """Return the subjects of these events by event id, for a reader (the Guest without one): ten queries at most."""
    letters = _letters({event.letter_id for event in events})
    comments = _rows(Comment, events, COMMENTS, lambda event: about(event, "comment"))
    claims = _rows(Claim, events, CLAIMS, lambda event: about(event, "claim"))
    reports = _rows(Report, events, {Kind.REPORT_DECIDED}, lambda event: event.data.get("report_id"))
    voices = _rows(Representative, events, TEAM, lambda event: about(event, "representative"))
    marks = marks_of(event.data["return_id"] for event in events if event.data.get("marks"))
    members = _by_id(User, (voice.user_id for voice in voices.values()))
    merchants = _by_id(Merchant, (event.merchant_id for event in events))
    found = {}
    for event in events:
        found[event.id] = Subject(
            event=event,
            reader=reader or Guest(),
            marks=marks.get(event.data.get("return_id", 0), ()),
            letter=letters.get(event.letter_id or 0),
            merchant=merchants.get(event.merchant_id or 0),
            comment=comments.get(event.id),
            claim=claims.get(event.id),
            report=reports.get(event.id),
            member=members.get(voices[event.id].user_id) if event.id in voices else None,
        )
    return found


def _letters(ids: set[int | None]) -> dict[int, Letter]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    query = (
        select(Letter)
        .where(Letter.id.in_(wanted))
        .options(load_only(*LETTER), selectinload(Letter.cases).options(joinedload(Case.merchant)))
    )
    return {letter.id: letter for letter in db.session.scalars(query)}


def _rows(
    model: type[T], events: Iterable[Event], kinds: set[Kind], key: Callable[[Event], int | None]
) -> dict[int, T]:
    """Rows of a model by the id of the event that names them."""
    keys = {event.id: key(event) for event in events if event.kind in kinds}
    rows = _by_id(model, keys.values())
    return {event_id: rows[row_id] for event_id, row_id in keys.items() if row_id in rows}


def _by_id(model: type[T], ids: Iterable[int | None]) -> dict[int, T]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    key: Any = model.id  # type: ignore[attr-defined]
    rows: Any = db.session.scalars(select(model).where(key.in_(wanted)))
    return {row.id: row for row in rows}
