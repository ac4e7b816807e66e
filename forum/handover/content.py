"""What a pack holds, as plain values in the pack's language: gathered once, then drawn as PDF and bundled as ZIP."""

import html
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template
from sqlalchemy import select

from forum.accounts.models import User
from forum.attachments.kinds import Variant
from forum.attachments.models import Attachment, AttachmentCopy
from forum.attachments.queries import copies_of
from forum.attachments.words import audience_words, checked_words, kind_words
from forum.config import settings
from forum.core.case_clock import history_of
from forum.core.clock import local_date
from forum.core.db import db
from forum.core.formats import size_words
from forum.core.text import slug
from forum.handover.counting import Count, count
from forum.handover.models import Body, Pack
from forum.letters import categories
from forum.letters.clocks import Clock, clock_of_facts, terms_of
from forum.letters.lifecycle import Outcome, RevisionState
from forum.letters.models import Case, Letter, Revision, Update
from forum.letters.queries.journey import journey
from forum.letters.words import kind_words as letter_kind_words
from forum.letters.words import place_words, writes_as_words
from forum.responses.facts import facts_of
from forum.responses.lifecycle import PackGround, promise_state
from forum.responses.models import Response
from forum.responses.words import detail_words, outcome_words, proof_words, remedy_words

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Version:
    """A version of the letter that was published."""

    number: int
    at: datetime
    title: str
    text: str
    why: str


@dataclass(frozen=True)
class Evidence:
    """A file of the author: as it was received and as it is kept."""

    number: int
    name: str
    kind: str
    size_words: str
    size: int  # bytes
    sha256: str  # of the file as it is kept and handed over
    original_sha256: str  # of the file as it was sent
    key: str
    audience: str
    hidden: bool
    checked: str = ""  # what a moderator saw in it, empty when none looked


@dataclass(frozen=True)
class Asked:
    """A question of the business with the author's answer."""

    number: int
    at: datetime
    text: str
    answer: str
    ended_at: datetime | None
    stops: bool
    copies: int


@dataclass(frozen=True)
class Said:
    """An official response; `text` is empty of one that the moderators hid."""

    number: int
    at: datetime
    signatory: str
    job_title: str
    proof: str
    remedy: str
    text: str
    promise: str
    promise_due: date | None
    promise_amount: int | None
    promise_state: str
    hidden_at: datetime | None
    counts: bool
    copies: int


@dataclass(frozen=True)
class Contents:
    """Everything of a pack."""

    label: str
    made_at: datetime
    language: str
    author: str
    business: str
    body: Body | None
    ground: PackGround
    address: str  # of the letter's page
    title: str
    category: str
    kind: str
    byline: str
    writes_as: str
    place: str
    published_at: datetime
    event_on: date | None
    loss: int | None
    ask: str
    versions: tuple[Version, ...]
    evidence: tuple[Evidence, ...]
    steps: tuple[tuple[datetime, str], ...]
    updates: tuple[tuple[datetime, str], ...]
    questions: tuple[Asked, ...]
    responses: tuple[Said, ...]
    outcome: str
    outcome_at: datetime | None
    details: tuple[tuple[str, str], ...]
    clock: Clock
    count: Count


def gather(case: Case, pack: Pack, author: User, ground: PackGround) -> Contents:
    """Return what the pack of this case holds, in the present language; needs `case.letter` with `attachments`, `cases`.

    The same data and the same `pack.made_at` give the same contents.
    """
    letter, config = case.letter, settings()
    facts = facts_of(case)
    ticking = clock_of_facts(letter.category, facts, pack.made_at)
    history = history_of([fact for fact in facts if fact.at <= pack.made_at], config.time_zone)
    if ticking is None or history is None or letter.published_at is None:
        raise ValueError("a pack of a letter that was never published")
    travelled = journey(author, letter)
    return Contents(
        label=pack.label,
        made_at=pack.made_at,
        language=pack.language,
        author=author.name,
        business=case.merchant.name,
        body=db.session.get(Body, pack.body_id) if pack.body_id else None,
        ground=ground,
        address=f"{config.site_url}/letters/{letter.id}-{slug(letter.title)}",
        title=letter.title,
        category=categories.name(letter.category, pack.language),
        kind=letter_kind_words(letter.kind),
        byline=letter.byline,
        writes_as=writes_as_words(letter.writes_as),
        place=place_words(letter),
        published_at=letter.published_at,
        event_on=letter.event_on,
        loss=letter.loss,
        ask=letter.ask,
        versions=_versions(letter.id),
        evidence=_evidence(letter),
        steps=tuple(
            (step.at, _sentence(step)) for step in travelled.steps if step.business in {"", case.merchant.name}
        ),
        updates=tuple((at, text) for at, text in db.session.execute(_UPDATES.where(Update.letter_id == letter.id))),
        questions=tuple(
            Asked(number, one.asked_at, one.text, one.answer, one.resumed_at, one.stops, one.copies)
            for number, one in enumerate(case.questions, start=1)
        ),
        responses=_responses(case.id, local_date(pack.made_at, config.time_zone)),
        outcome=outcome_words(case.outcome) if case.answered_at or case.outcome is not Outcome.NONE else "",
        outcome_at=case.outcome_at,
        details=tuple((detail_words(key), value) for key, value in (case.details or {}).items() if value)
        if pack.private
        else (),
        clock=ticking,
        count=count(history, local_date(pack.made_at, config.time_zone), terms_of(letter.category)),
    )


_UPDATES = select(Update.created_at, Update.text).order_by(Update.id)


def _versions(letter_id: int) -> tuple[Version, ...]:
    found = db.session.scalars(
        select(Revision)
        .where(Revision.letter_id == letter_id, Revision.state == RevisionState.ACCEPTED)
        .order_by(Revision.id)
    )
    return tuple(
        Version(number, one.decided_at or one.made_at, one.title, one.text, one.why)
        for number, one in enumerate(found, start=1)
    )


def _evidence(letter: Letter) -> tuple[Evidence, ...]:
    own = [one for one in letter.attachments if one.owner_id == letter.author_id]
    full = copies_of([one.id for one in own], Variant.FULL)
    return tuple(
        _one_evidence(number, file, full[file.id])
        for number, file in enumerate((one for one in own if one.id in full), start=1)
    )


def _one_evidence(number: int, file: Attachment, full: AttachmentCopy) -> Evidence:
    return Evidence(
        number=number,
        name=file.name,
        kind=kind_words(file),
        size_words=size_words(full.size),
        size=full.size,
        sha256=full.key,
        original_sha256=file.original_sha256,
        key=full.key,
        audience=audience_words(file.audience),
        hidden=file.hidden_at is not None,
        checked=checked_words(file),
    )


def _responses(case_id: int, today: date) -> tuple[Said, ...]:
    found = db.session.scalars(select(Response).where(Response.case_id == case_id).order_by(Response.id))
    return tuple(
        Said(
            number=number,
            at=one.created_at,
            signatory=one.signatory,
            job_title=one.job_title,
            proof=proof_words(one.proof, one.proved_domain),
            remedy=remedy_words(one.remedy),
            text=one.text if one.hidden_at is None else "",
            promise=one.promise if one.hidden_at is None else "",
            promise_due=one.promise_due if one.hidden_at is None else None,
            promise_amount=one.promise_amount if one.hidden_at is None else None,
            promise_state=promise_state(one.promise_due, one.promise_verdict, today).value
            if one.promise_due and one.hidden_at is None
            else "",
            hidden_at=one.hidden_at,
            counts=one.counts,
            copies=one.copies,
        )
        for number, one in enumerate(found, start=1)
    )


def _sentence(step: Any) -> str:
    """The line of the journey as its page shows it, without tags."""
    drawn = render_template(f"events/{step.kind.value}.html", step=step)
    return " ".join(html.unescape(_TAG.sub("", drawn)).split())
