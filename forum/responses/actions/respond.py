"""Publishing the official response of a business."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import LONGEST_NAME_CHARACTERS, User
from forum.config import settings
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import local_date, utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import DomainError, Invalid, NotAllowed, Stale
from forum.core.events import Kind, Role, record
from forum.core.text import RENDERER, clean, render
from forum.letters.lifecycle import ResponseMove, ResponseState
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import Proof
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS, Claim, Representative
from forum.responses import policy, substance
from forum.responses.actions.holding import guard_words, hold, open_question
from forum.responses.models import (
    LONGEST_PROMISE_CHARACTERS,
    RESPONSE_CHARACTERS,
    AnswerLink,
    Remedy,
    Response,
    ResponseDraft,
)
from forum.responses.queries.one import response_of

LONGEST_PROMISE_DAYS = 366


@dataclass(frozen=True)
class Words:
    """What a response says, as the form gives it."""

    text: str
    signatory: str
    job_title: str
    remedy: Remedy
    promise: str = ""
    promise_due: date | None = None
    corrects: int | None = None  # id of the response that this one corrects


@dataclass(frozen=True)
class Voice:
    """How the writer of a response is proved to speak for the business; `link` when it came by a mailed link."""

    proof: Proof
    proved_domain: str | None
    link: AnswerLink | None = None


def check(case: Case, words: Words) -> None:
    """Raise Invalid or GuardStopped, at its field, when these words cannot be published in this case."""
    _check_length("text", words.text, RESPONSE_CHARACTERS)
    _check_length("signatory", words.signatory, (1, LONGEST_NAME_CHARACTERS))
    _check_length("job_title", words.job_title, (2, LONGEST_JOB_TITLE_CHARACTERS))
    _check_length("promise", words.promise, (0, LONGEST_PROMISE_CHARACTERS))
    if not substance.has_substance(words.text):
        raise Invalid("no_substance", field="text", least=substance.LEAST_WORDS)
    if bool(words.promise) != (words.promise_due is not None):
        raise Invalid("promise_half", field="promise_due" if words.promise else "promise")
    if words.promise_due is not None:
        today = local_date(utcnow(), settings().time_zone)
        if not today < words.promise_due <= today + timedelta(days=LONGEST_PROMISE_DAYS):
            raise Invalid("promise_due", field="promise_due")
    if words.corrects is not None and response_of(case.id, words.corrects) is None:
        raise Invalid("no_such_response")
    guard_words(
        case,
        case.letter,
        text=words.text,
        promise=words.promise,
        signatory=words.signatory,
        job_title=words.job_title,
    )


def _check_length(field: str, text: str, limits: tuple[int, int]) -> None:
    if not limits[0] <= len(text) <= limits[1]:
        raise Invalid("length", field=field, least=limits[0], most=limits[1])


@unit_of_work
def respond(case: Case, words: Words, *, by: User, seen: int | None = None, once: str | None = None) -> Response:
    """Publish the official response of the business; it is dated and permanent, a correction is a new one.

    `once` makes a second sending the same response. A question that is still open ends with it. The draft of this person
    is dropped. Raises NotAllowed, Stale, GuardStopped or Invalid at its field.
    """
    letter = hold(case)
    ensure(policy.may_respond, by, case)
    standing_for = db.session.scalar(
        select(Representative).where(
            Representative.merchant_id == case.merchant_id,
            Representative.user_id == by.id,
            Representative.ended_at.is_(None),
        )
    )
    if standing_for is None:
        raise NotAllowed
    voice = Voice(standing_for.proof, standing_for.proved_domain)
    return publish(case, letter, words, voice, by=by, seen=seen, once=once)


def publish(
    case: Case, letter: Letter, words: Words, voice: Voice, *, by: User | None, seen: int | None, once: str | None
) -> Response:
    """Publish a response in a unit of work that holds the case and knows that this voice may; see `respond`.

    `by` is None when it came by a mailed link.
    """
    if once is not None:
        known = db.session.scalar(select(Response).where(Response.case_id == case.id, Response.once == once))
        if known is not None:
            return known
    ensure_fresh(case, seen)
    check(case, words)
    case.move(ResponseMove.ANSWER)
    now = utcnow()
    standing = open_question(case)
    if standing is not None:
        standing.resumed_at = now
    case.answered_at = case.answered_at or now
    response = Response(
        case_id=case.id,
        author_id=None if by is None else by.id,
        link_id=None if voice.link is None else voice.link.id,
        signatory=words.signatory,
        job_title=words.job_title,
        proof=voice.proof,
        proved_domain=voice.proved_domain,
        remedy=words.remedy,
        promise=words.promise,
        promise_due=words.promise_due,
        text=words.text,
        html=render(words.text),
        renderer=RENDERER,
        corrects_id=words.corrects,
        once=once,
        created_at=now,
    )
    db.session.add(response)
    if by is not None:
        db.session.execute(delete(ResponseDraft).where(ResponseDraft.case_id == case.id, ResponseDraft.author_id == by.id))
    db.session.flush()
    record(
        Kind.CASE_ANSWERED,
        by=by,
        role=Role.BUSINESS,
        letter_id=letter.id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=f"response:{response.id}",
        correction=words.corrects is not None,
    )
    return response


@unit_of_work
def publish_waiting(claim: Claim) -> list[Response]:
    """Publish the responses that waited for this approved claim, where their case still takes them; the others stay drafts.

    A case that somebody else answered meanwhile keeps the draft for its writer to look at again.
    """
    by = db.session.get_one(User, claim.user_id)
    published = []
    for draft in db.session.scalars(
        select(ResponseDraft).where(ResponseDraft.claim_id == claim.id).order_by(ResponseDraft.id)
    ).all():
        draft.claim_id = None
        case = db.session.get_one(Case, draft.case_id)
        letter = db.session.get_one(Letter, case.letter_id)
        set_committed_value(case, "letter", letter)
        try:
            if case.response is ResponseState.ANSWERED and draft.fields["seen"] != [str(case.version)]:
                raise Stale
            published.append(respond(case, words_of(draft), by=by, once=f"draft-{draft.id:012d}"))
        except DomainError:
            draft.fields = {**draft.fields, "ready": []}
    return published


def words_of(draft: ResponseDraft | AnswerLink) -> Words:
    """Return the words of a draft; raises Invalid when a field holds no such value."""

    def value(name: str) -> str:
        return clean((draft.fields.get(name) or [""])[0]).strip()

    try:
        due = date.fromisoformat(value("promise_due")) if value("promise_due") else None
        remedy = Remedy(value("remedy"))
        corrects = int(value("corrects")) if value("corrects") else None
    except ValueError as problem:
        raise Invalid from problem
    return Words(
        text=value("text"),
        signatory=" ".join(value("signatory").split()),
        job_title=" ".join(value("job_title").split()),
        remedy=remedy,
        promise=" ".join(value("promise").split()),
        promise_due=due,
        corrects=corrects,
    )
