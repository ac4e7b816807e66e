"""Official responses, and those that wait for a claim."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import LONGEST_NAME_CHARACTERS
from forum.core.clock import utcnow
from forum.core.db import Base, BigId, UTCDateTime, choice, identity
from forum.core.secrecy import Sealed
from forum.letters.models import Case
from forum.merchants.lifecycle import Proof
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS, Claim
from forum.responses.lifecycle import PromiseVerdict

RESPONSE_CHARACTERS = (50, 10_000)
LONGEST_PROMISE_CHARACTERS = 300


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
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("user.id"))
    signatory: Mapped[str] = mapped_column(String(LONGEST_NAME_CHARACTERS))
    job_title: Mapped[str] = mapped_column(String(LONGEST_JOB_TITLE_CHARACTERS))
    proof: Mapped[Proof] = mapped_column(choice(Proof))
    proved_domain: Mapped[str | None] = mapped_column(String(253))
    remedy: Mapped[Remedy] = mapped_column(choice(Remedy))
    promise: Mapped[str] = mapped_column(String(LONGEST_PROMISE_CHARACTERS), default="")
    promise_due: Mapped[date | None] = mapped_column(Date)
    promise_amount: Mapped[int | None] = mapped_column(BigInteger)  # whole rupiah
    promise_done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the business says that it did it
    promise_verdict: Mapped[PromiseVerdict | None] = mapped_column(choice(PromiseVerdict))  # the author's word, no other's
    promise_verdict_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    copies: Mapped[int] = mapped_column(default=1)  # letters of the business that got near-identical words, with this one
    counts: Mapped[bool] = mapped_column(default=True)  # False: the same words as to many, so the clock ran on
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    corrects_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("response.id"))
    once: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
    hidden_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_reason: Mapped[str | None] = mapped_column(String(40))

    case: Mapped[Case] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("case_id", "once"), Index("ix_response_promise_due", "promise_due"))


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
