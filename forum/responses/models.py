"""Official responses, those that wait for a claim, and the mailed links by which they come without an account."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import LONGEST_NAME_CHARACTERS
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime, choice, identity
from forum.core.errors import NotNow
from forum.core.secrecy import Sealed
from forum.letters.models import Case
from forum.merchants.lifecycle import Proof
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS, Claim
from forum.responses.lifecycle import LINK_MOVES, LinkMove, LinkState, PromiseVerdict, ProposalAnswer

RESPONSE_CHARACTERS = (50, 10_000)
LONGEST_PROMISE_CHARACTERS = 300
LONGEST_HOW_CHARACTERS = 300
LONGEST_PROPOSAL_CHARACTERS = 1_000
CHECK_CHARACTERS = (10, 500)  # what a moderator says to have checked; may be empty where the choice says it
MOST_FILES = 5  # of a response


class Remedy(StrEnum):
    """What the business did."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    EXPLANATION = "explanation"
    APOLOGY = "apology"
    OFFER = "offer"
    REFUSAL = "refusal"
    NOT_OUR_CUSTOMER = "not_our_customer"


class Response(Base):
    """An official response: dated, permanent, never edited; a correction is a new one."""

    __tablename__ = "response"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("case.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))  # None when it came by a mailed link
    link_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("answer_link.id"), unique=True)
    signatory: Mapped[str] = mapped_column(String(LONGEST_NAME_CHARACTERS))
    job_title: Mapped[str] = mapped_column(String(LONGEST_JOB_TITLE_CHARACTERS))
    proof: Mapped[Proof] = mapped_column(choice(Proof))
    proved_domain: Mapped[str | None] = mapped_column(String(253))
    remedy: Mapped[Remedy] = mapped_column(choice(Remedy))
    how: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # keys of `how.FIELDS[remedy]`
    promise: Mapped[str] = mapped_column(String(LONGEST_PROMISE_CHARACTERS), default="")
    promise_due: Mapped[date | None] = mapped_column(Date)
    promise_amount: Mapped[int | None] = mapped_column(BigInteger)  # whole rupiah
    promise_done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the business says that it did it
    promise_verdict: Mapped[PromiseVerdict | None] = mapped_column(
        choice(PromiseVerdict)
    )  # the author's word, no other's
    promise_verdict_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    promise_done: Mapped[str] = mapped_column(String(LONGEST_PROMISE_CHARACTERS), default="")  # what it says it did
    proposal: Mapped[str] = mapped_column(Text, default="")  # why the business thinks the case is solved
    proposed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    proposal_answer: Mapped[ProposalAnswer | None] = mapped_column(choice(ProposalAnswer))
    proposal_answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    wording_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("wording.id"))
    copies: Mapped[int] = mapped_column(
        default=1
    )  # letters of the business that got near-identical words, with this one
    counts: Mapped[bool] = mapped_column(default=True)  # False: the same words as to many, so the clock ran on
    file_count: Mapped[int] = mapped_column(default=0)  # so that a page without files asks for none
    overruled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a moderator let it count all the same
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    corrects_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("response.id"))
    once: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    hidden_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_reason: Mapped[str | None] = mapped_column(String(40))

    case: Mapped[Case] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("case_id", "once"),
        Index("ix_response_wording", "wording_id", "case_id"),
        Index("ix_response_promise_due", "promise_due"),
        CheckConstraint("author_id IS NOT NULL OR link_id IS NOT NULL", name="written_by_somebody"),
    )


class Wording(Base):
    """Words that a business sent, however often: their MinHash signature, never the words themselves."""

    __tablename__ = "wording"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"))
    mark: Mapped[int] = mapped_column(BigInteger)  # of the signature
    algorithm: Mapped[int]  # signatures of different ones are not compared
    signature: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("merchant_id", "mark", "algorithm"),)


class WordingBand(Base):
    """A band of a signature: near-identical wordings share at least one, so that one indexed query finds them."""

    __tablename__ = "wording_band"

    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"), primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    wording_id: Mapped[int] = mapped_column(BigId, ForeignKey("wording.id"), primary_key=True)


class AnswerLink(Base):
    """A mailed link that opens the response form of one case without an account, once; only the hash of its token is kept.

    `fields` are the words as typed, sealed: a closed tab loses none. Of a response that waits or was refused they are what
    was sent.
    """

    __tablename__ = "answer_link"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("case.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))  # of the team, when it went to one of them
    mail_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("mail.id", ondelete="SET NULL"), index=True)
    address: Mapped[str] = mapped_column(Sealed)  # where it was mailed to
    language: Mapped[str] = mapped_column(String(5), default="id")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[LinkState] = mapped_column(choice(LinkState), default=LinkState.OPEN)
    fields: Mapped[dict[str, list[str]]] = mapped_column(Sealed, default=dict)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a person pressed the button
    bounced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the mail never arrived
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the response
    reopened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # since then it waits once more
    sent_from: Mapped[str] = mapped_column(String(45), default="")  # network address, forgotten after SENT_FROM_KEPT
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("user.id"))
    message: Mapped[str] = mapped_column(Text, default="")  # the moderator's words to the writer

    case: Mapped[Case] = relationship(lazy="raise_on_sql")

    __table_args__ = (Index("ix_answer_link_state", "state", "sent_at", "id"),)

    @property
    def waits_since(self) -> datetime | None:
        """Since when a moderator should look at it."""
        return self.reopened_at or self.sent_at

    def move(self, move: LinkMove) -> None:
        """Go to the next state; raises NotNow when the table has no such move."""
        if (self.state, move) not in LINK_MOVES:
            raise NotNow(state=self.state.value, move=move.value)
        self.state = LINK_MOVES[self.state, move]


class ResponseDraft(Base):
    """A response somebody wrote, sealed; with a claim it is published when the claim is approved."""

    __tablename__ = "response_draft"

    id: Mapped[int] = identity()
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("case.id"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("claim.id"), index=True)
    fields: Mapped[dict[str, list[str]]] = mapped_column(Sealed, default=dict)  # as typed
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    case: Mapped[Case] = relationship(lazy="raise_on_sql")
    claim: Mapped[Claim | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("case_id", "author_id"),)


class PublicNumber(Base):
    """A phone number that a business gives to everybody: the guard lets it stand in its answers."""

    __tablename__ = "public_number"

    id: Mapped[int] = identity()
    merchant_id: Mapped[int] = mapped_column(BigId, ForeignKey("merchant.id"))
    digits: Mapped[str] = mapped_column(String(20))  # without the leading 0 or 62
    shown: Mapped[str] = mapped_column(String(40))  # as its owner typed it
    added_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    __table_args__ = (UniqueConstraint("merchant_id", "digits"),)
