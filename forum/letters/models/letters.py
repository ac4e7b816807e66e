"""Letters, their cases with the questions that stop a clock, revisions, updates and drafts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import LONGEST_NAME_CHARACTERS, User
from forum.attachments.models import Attachment
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.core.secrecy import Sealed
from forum.letters.lifecycle import (
    MOVES,
    OUTCOME_MOVES,
    RESPONSE_MOVES,
    UNREACHED,
    LetterKind,
    Move,
    NameShown,
    Outcome,
    OutcomeMove,
    Publication,
    ResponseMove,
    ResponseState,
    RevisionState,
    Untold,
    Visibility,
    WritesAs,
)
from forum.letters.promises import PromiseVerdict
from forum.merchants.models import Merchant

TITLE_CHARACTERS = (5, 160)
TEXT_CHARACTERS = (50, 20_000)
UPDATE_CHARACTERS = (5, 5_000)
QUESTION_CHARACTERS = (10, 2_000)
MOST_QUESTIONS = 2  # per case
LONGEST_ASK_CHARACTERS = 1_000
LONGEST_PLACE_CHARACTERS = 100
LONGEST_DETAIL_CHARACTERS = 100
MOST_MERCHANTS = 5
LARGEST_LOSS_RUPIAH = 10**15
DETAILS = ("order", "tracking", "ticket", "customer", "phone")  # the private fields of a case


class Letter(Base):
    """A reader's letter. `page_version` counts every change that its page could show, `version` those of its text and state."""

    __tablename__ = "letter"

    id: Mapped[int] = identity()
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    byline: Mapped[str] = mapped_column(String(LONGEST_NAME_CHARACTERS))
    name_shown: Mapped[NameShown] = mapped_column(choice(NameShown), default=NameShown.FULL)
    kind: Mapped[LetterKind] = mapped_column(choice(LetterKind))
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS[1]))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    excerpt: Mapped[str] = mapped_column(String(300))
    category: Mapped[str] = mapped_column(String(40))
    writes_as: Mapped[WritesAs] = mapped_column(choice(WritesAs))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE_CHARACTERS))
    province: Mapped[str | None] = mapped_column(String(2))  # Kemendagri code
    event_on: Mapped[date | None] = mapped_column(Date)
    loss: Mapped[int | None] = mapped_column(BigInteger)  # whole rupiah
    ask: Mapped[str] = mapped_column(Text, default="")
    publication: Mapped[Publication] = mapped_column(choice(Publication), default=Publication.DRAFT)
    visibility: Mapped[Visibility] = mapped_column(choice(Visibility), default=Visibility.AUTHOR_ONLY)
    reason: Mapped[str | None] = mapped_column(String(40))  # closed list, of the last return, rejection or removal
    message: Mapped[str] = mapped_column(Text, default="")  # the moderator's words to the author
    once: Mapped[str | None] = mapped_column(String(64))  # idempotency key of the form that sent it
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revised_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    absences: Mapped[list[list[str | None]]] = mapped_column(Json, default=list)  # out of print: ISO (since, until or null)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    version: Mapped[int] = mapped_column(default=1)
    page_version: Mapped[int] = mapped_column(default=1)
    comment_number: Mapped[int] = mapped_column(default=0)  # number of the newest comment
    comment_count: Mapped[int] = mapped_column(default=0)  # readable comments
    me_too_count: Mapped[int] = mapped_column(default=0)
    comments_locked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    comments_locked_reason: Mapped[str | None] = mapped_column(String(40))  # closed list, while they are locked
    contested_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # of the oldest contest that is open (forum/contests)
    reply_count: Mapped[int] = mapped_column(default=0)  # rights of reply that were published (forum/reply)
    held_since: Mapped[datetime | None] = mapped_column(UTCDateTime)  # nothing of it is purged meanwhile (forum/legal)
    held_quietly: Mapped[bool] = mapped_column(default=False)  # its author may not be told that it is held

    author: Mapped[User] = relationship(lazy="raise_on_sql")
    cases: Mapped[list["Case"]] = relationship(back_populates="letter", order_by="Case.position", lazy="raise_on_sql")
    updates: Mapped[list["Update"]] = relationship(order_by="Update.id", lazy="raise_on_sql")
    revisions: Mapped[list["Revision"]] = relationship(order_by="Revision.id", lazy="raise_on_sql")
    attachments: Mapped[list[Attachment]] = relationship(
        foreign_keys=[Attachment.letter_id], order_by=(Attachment.position, Attachment.id), lazy="raise_on_sql"
    )

    __table_args__ = (
        UniqueConstraint("author_id", "once"),
        Index("ix_letter_author_id", "author_id", "id"),
        Index("ix_letter_listed", "visibility", "published_at", "id"),
        Index("ix_letter_category", "category", "visibility", "published_at", "id"),
        Index("ix_letter_publication", "publication", "submitted_at"),
        CheckConstraint(f"loss IS NULL OR (loss >= 0 AND loss <= {LARGEST_LOSS_RUPIAH})", name="loss_range"),
    )

    def move(self, move: Move) -> None:
        """Go to the next state of publication; raises NotNow when the table has no such move."""
        if (self.publication, move) not in MOVES:
            raise NotNow(state=self.publication.value, move=move.value)
        self.publication = MOVES[self.publication, move]
        self.version += 1


class Case(Base):
    """One letter against one business, with its own response and outcome."""

    __tablename__ = "case"

    id: Mapped[int] = identity()
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"))
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"))
    category: Mapped[str] = mapped_column(String(40))  # of the letter, beside the keys that lists are ordered by
    position: Mapped[int] = mapped_column(default=0)
    response: Mapped[ResponseState] = mapped_column(choice(ResponseState), default=ResponseState.AWAITING)
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome), default=Outcome.NONE)
    details: Mapped[dict[str, str] | None] = mapped_column(Sealed)  # keys of DETAILS
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # day 0 of the clock: publication, or see `heard`
    notified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    untold: Mapped[Untold | None] = mapped_column(choice(Untold))  # while `notified_at` is None and telling was tried
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the first response
    outcome_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    due_on: Mapped[date | None] = mapped_column(Date)
    """Last day to answer in time, for lists to be ordered by; forum/desk keeps it. What a page tells is derived from events."""
    agent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))  # who of the business's team has it in hand
    assigned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    uniform_at: Mapped[datetime | None] = mapped_column(
        UTCDateTime
    )  # the first response that moved nothing (Response.counts)
    promise_due: Mapped[date | None] = mapped_column(Date)  # of the newest promise that readers see
    promise_verdict: Mapped[PromiseVerdict | None] = mapped_column(choice(PromiseVerdict))
    version: Mapped[int] = mapped_column(default=1)

    letter: Mapped[Letter] = relationship(back_populates="cases", lazy="raise_on_sql")
    merchant: Mapped[Merchant] = relationship(lazy="raise_on_sql")
    questions: Mapped[list["Question"]] = relationship(
        back_populates="case", order_by="Question.id", lazy="raise_on_sql"
    )

    __table_args__ = (
        UniqueConstraint("letter_id", "merchant_id"),
        Index("ix_case_merchant_id", "merchant_id", "response", "id"),
        Index("ix_case_waiting", "response", "started_at", "id"),
        Index("ix_case_untold", "untold", "merchant_id"),
        Index("ix_case_outcome", "outcome", "outcome_at", "id"),
        Index("ix_case_answered", "answered_at", "id"),
        Index("ix_case_promise", "merchant_id", "promise_due", "id"),
        Index("ix_case_merchant_newest", "merchant_id", "started_at", "id"),
        Index("ix_case_due", "merchant_id", "response", "due_on", "id", "category"),
        Index("ix_case_ended", "merchant_id", "outcome", "answered_at", "id", "category"),
        Index("ix_case_agent", "agent_id", "response", "due_on", "id"),
    )

    def move(self, move: ResponseMove) -> None:
        """Go to the next state of the response; raises NotNow when the table has no such move."""
        if (self.response, move) not in RESPONSE_MOVES:
            raise NotNow(state=self.response.value, move=move.value)
        self.response = RESPONSE_MOVES[self.response, move]
        self.version += 1

    @property
    def waits(self) -> bool:
        """Whether the days to answer wait because nobody of the business could be told."""
        known = self.notified_at or self.opened_at or self.acknowledged_at
        return known is None and self.untold in UNREACHED and self.response is ResponseState.AWAITING

    def heard(self, at: datetime) -> dict[str, Any]:
        """Begin the clock at the moment when the business first knows of the letter, if it waited for that.

        Returns what the event of that moment says of it.
        """
        if not self.waits or self.started_at is None:
            return {}
        self.started_at = self.notified_at = at
        self.untold = None
        return {"begins": True}

    def conclude(self, move: OutcomeMove) -> None:
        """Go to the next outcome; raises NotNow when the table has no such move."""
        if (self.outcome, move) not in OUTCOME_MOVES:
            raise NotNow(state=self.outcome.value, move=move.value)
        self.outcome = OUTCOME_MOVES[self.outcome, move]
        self.version += 1


class Question(Base):
    """A question to the author; the clock stops from `asked_at` to `resumed_at`, `settings.question_days` at most.

    `stops` is False for one that many letters of the business got in the same words: it is shown so, and the clock runs on.
    """

    __tablename__ = "question"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("case.id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))  # None: it came by a mailed link
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    answer_html: Mapped[str] = mapped_column(Text, default="")
    renderer: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    resumed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    words_hash: Mapped[str | None] = mapped_column(String(64))  # of the words without case, signs and figures
    copies: Mapped[int] = mapped_column(default=1)  # letters of the business that were asked in these words, with this one
    stops: Mapped[bool] = mapped_column(default=True)
    proof_for_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("response.id"))
    """The response "not our customer" for which the author is asked for a proof; None of an ordinary question."""
    proof_given: Mapped[bool | None]  # whether the answer named an order, a day or a receipt

    case: Mapped[Case] = relationship(back_populates="questions", lazy="raise_on_sql")

    __table_args__ = (Index("ix_question_words_hash", "words_hash", "asked_at"),)


class Revision(Base):
    """One version of a letter's title and text; the first is made at publication."""

    __tablename__ = "revision"

    id: Mapped[int] = identity()
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), index=True)
    state: Mapped[RevisionState] = mapped_column(choice(RevisionState))
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS[1]))
    text: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(String(300), default="")  # the author's reason
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    message: Mapped[str] = mapped_column(Text, default="")

    letter: Mapped[Letter] = relationship(lazy="raise_on_sql", overlaps="revisions")

    __table_args__ = (
        Index(
            "uq_revision_waiting",
            "letter_id",
            unique=True,
            sqlite_where=sql("state = 'waiting'"),
            postgresql_where=sql("state = 'waiting'"),
        ),
    )


class Update(Base):
    """A dated addition by the author; it overwrites nothing and changes no axis."""

    __tablename__ = "update"

    id: Mapped[int] = identity()
    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    once: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    __table_args__ = (UniqueConstraint("letter_id", "once"),)


class LetterDraft(Base):
    """What a member has typed so far, field by field as typed and sealed; `letter_id` when it mends a returned letter."""

    __tablename__ = "letter_draft"

    id: Mapped[int] = identity()
    owner_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id", ondelete="CASCADE"), index=True)
    letter_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("letter.id"), unique=True)
    once: Mapped[str] = mapped_column(String(64))
    fields: Mapped[dict[str, list[str]]] = mapped_column(Sealed, default=dict)  # field name: list of values
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    __table_args__ = (UniqueConstraint("owner_id", "once"),)


class MeToo(Base):
    """A person who met the same."""

    __tablename__ = "me_too"

    letter_id: Mapped[int] = mapped_column(BigId, ForeignKey("letter.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
