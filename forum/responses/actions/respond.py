"""Publishing the official response of a business."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User
from forum.attachments.actions import note_added
from forum.attachments.models import Attachment, FileState
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import DomainError, Invalid, NotAllowed, Stale
from forum.core.events import Kind, Role, record
from forum.core.text import RENDERER, render
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import Proof
from forum.merchants.models import Claim, Representative
from forum.responses import policy
from forum.responses.actions.alike import sketch_of, take_in
from forum.responses.actions.holding import answers, hold
from forum.responses.actions.promises import settle_promise
from forum.responses.actions.proof import ask_for_proof, asks_for_proof
from forum.responses.actions.saying import LONGEST_PROMISE_DAYS, Words, check, words_of
from forum.responses.boilerplate import Sketch
from forum.responses.lifecycle import MOST_SAME_LETTERS
from forum.responses.models import AnswerLink, Response, ResponseDraft

__all__ = ["LONGEST_PROMISE_DAYS", "Voice", "Words", "check", "publish", "publish_waiting", "respond", "words_of"]


@dataclass(frozen=True)
class Voice:
    """How the writer of a response is proved to speak for the business; `link` when it came by a mailed link."""

    proof: Proof
    proved_domain: str | None
    link: AnswerLink | None = None


@unit_of_work
def respond(
    case: Case,
    words: Words,
    *,
    by: User,
    seen: int | None = None,
    once: str | None = None,
    sketch: Sketch | None = None,
) -> Response:
    """Publish the official response of the business; it is dated and permanent, a correction is a new one.

    It answers the case, unless the same words went to more than MOST_SAME_LETTERS other letters (then it is shown and moves
    nothing: `counts` is False) or it says that the author is no customer (then the author is asked for a proof first).
    `once` makes a second sending the same response; `sketch` (of `sketch_of`, made before) spares the hashing in here. The draft
    of this person gives its files and is dropped. Raises NotAllowed, Stale, GuardStopped or Invalid at its field.
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
    return publish(case, letter, words, voice, by=by, seen=seen, once=once, sketch=sketch)


def publish(
    case: Case,
    letter: Letter,
    words: Words,
    voice: Voice,
    *,
    by: User | None,
    seen: int | None,
    once: str | None,
    sketch: Sketch | None = None,
) -> Response:
    """Publish a response in a unit of work that holds the case and knows that this voice may; see `respond`.

    `by` is None when it came by a mailed link.
    """
    if once is not None:
        known = db.session.scalar(select(Response).where(Response.case_id == case.id, Response.once == once))
        if known is not None and known.text == words.text:
            return known
        once = once if known is None else None  # the form was sent again with other words: another response
    ensure_fresh(case, seen)
    writer_id = 0 if by is None else by.id
    drafted = select(ResponseDraft.id).where(ResponseDraft.case_id == case.id, ResponseDraft.author_id == writer_id)
    files = db.session.scalars(select(Attachment).where(Attachment.response_draft_id.in_(drafted))).all()
    check(case, words, files=[file.name for file in files])
    for file in files:
        if file.state is FileState.REFUSED:
            raise Invalid("file_refused", field="files", name=file.name)
    wording, others = take_in(case, sketch or sketch_of(letter, words.text, words.signatory))
    response = Response(
        case_id=case.id,
        author_id=None if by is None else by.id,
        link_id=None if voice.link is None else voice.link.id,
        signatory=words.signatory,
        job_title=words.job_title,
        proof=voice.proof,
        proved_domain=voice.proved_domain,
        remedy=words.remedy,
        how=dict(words.how),
        promise=words.promise,
        promise_due=words.promise_due,
        promise_amount=words.promise_amount,
        text=words.text,
        html=render(words.text),
        renderer=RENDERER,
        corrects_id=words.corrects,
        once=once,
        file_count=len(files),
        wording_id=wording.id,
        copies=others + 1,
        counts=others <= MOST_SAME_LETTERS,
        created_at=utcnow(),
    )
    db.session.add(response)
    case.heard(response.created_at)
    db.session.flush()
    db.session.execute(
        update(Attachment)
        .where(Attachment.response_draft_id.in_(drafted))
        .values(response_id=response.id, response_draft_id=None, case_id=case.id)
    )
    db.session.execute(delete(ResponseDraft).where(ResponseDraft.id.in_(drafted)))
    if by is not None:
        note_added([*files], by=by, letter_id=letter.id, role=Role.BUSINESS)
    settle_promise(case)
    _move(case, letter, response, by, words)
    return response


def _move(case: Case, letter: Letter, response: Response, by: User | None, words: Words) -> None:
    if not response.counts:
        if case.response is not ResponseState.ANSWERED:
            case.uniform_at = case.uniform_at or response.created_at
        case.version += 1
        _record(Kind.RESPONSE_UNIFORM, case, letter, response, by, copies=response.copies)
    elif asks_for_proof(case, response):
        ask_for_proof(case, response, by=by)
        _record(Kind.PROOF_ASKED, case, letter, response, by)
    else:
        answers(case, response.created_at)
        _record(Kind.CASE_ANSWERED, case, letter, response, by, correction=words.corrects is not None)


def _record(kind: Kind, case: Case, letter: Letter, response: Response, by: User | None, **data: int | bool) -> None:
    record(
        kind,
        by=by,
        role=Role.BUSINESS,
        letter_id=letter.id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=f"response:{response.id}",
        **data,
    )


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
