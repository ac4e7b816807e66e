"""The same words to many letters: kept as signatures, counted, and set right where a moderator sees it otherwise."""

from typing import Any

from sqlalchemy import select, update

from forum.accounts.models import User
from forum.core import jobs
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, insert_once, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.letters.models import Case, Letter
from forum.responses import boilerplate, policy
from forum.responses.actions.holding import answers, hold
from forum.responses.boilerplate import Sketch
from forum.responses.models import Response, Wording, WordingBand
from forum.responses.queries.alike import near, others_alike

RECOUNT = "recount_copies"
AT_ONCE = 200
OVERRULE_CHARACTERS = (10, 2_000)


def sketch_of(letter: Letter, text: str, signatory: str = "") -> Sketch:
    """Return the sketch of an answer to this letter: hashing, for which no transaction should wait."""
    return boilerplate.sketch(text, names=(letter.byline, signatory), title=letter.title)


def take_in(case: Case, sketch: Sketch) -> tuple[Wording, int]:
    """Keep these words among those of the business; returns them, and how many other letters got near-identical ones.

    Words that are nearly those of a known wording are kept as that one. Its row is held, so that two responses with the same
    words count each other. The label of the earlier ones is set by a job.
    """
    found = near(case.merchant_id, sketch)
    wording_id = next((one.id for one in found if one.likeness >= boilerplate.SAME), None)
    wording = _added(case.merchant_id, sketch) if wording_id is None else db.session.get_one(Wording, wording_id)
    lock(wording)
    ids = {wording.id, *(one.id for one in found)}
    others = others_alike(ids, case.id)
    if others:
        jobs.enqueue(RECOUNT, dedupe=f"{RECOUNT}:{wording.id}", wording_id=wording.id)
    return wording, others


def _added(merchant_id: int, sketch: Sketch) -> Wording:
    made = insert_once(
        Wording,
        index_elements=["merchant_id", "mark", "algorithm"],
        merchant_id=merchant_id,
        mark=sketch.mark,
        algorithm=boilerplate.ALGORITHM,
        signature=sketch.signature,
    )
    wording = db.session.scalars(
        select(Wording).where(
            Wording.merchant_id == merchant_id,
            Wording.mark == sketch.mark,
            Wording.algorithm == boilerplate.ALGORITHM,
        )
    ).one()
    if made:
        rows: list[dict[str, Any]] = [
            {"merchant_id": merchant_id, "key": key, "wording_id": wording.id} for key in sorted(set(sketch.keys))
        ]
        db.session.execute(WordingBand.__table__.insert(), rows)  # type: ignore[attr-defined]
    return wording


def recount(wording_id: int) -> int:
    """Set the number of letters in the label of every response with these or near-identical words; returns how many changed.

    For the worker; safe to run twice. AT_ONCE responses in one unit of work.
    """
    changed = 0
    for near_id, copies in _counts(wording_id).items():
        while True:
            done = _set_copies(near_id, copies)
            changed += done
            if done < AT_ONCE:
                break
    return changed


def _counts(wording_id: int) -> dict[int, int]:
    """For each wording near this one, how many letters got it or one near it."""
    wording = db.session.get(Wording, wording_id)
    if wording is None:
        db.session.rollback()
        return {}
    found: dict[int, int] = {}
    for one in near(wording.merchant_id, _sketch(wording)):
        other = db.session.get_one(Wording, one.id)
        ids = {one.id, *(next_one.id for next_one in near(wording.merchant_id, _sketch(other)))}
        found[one.id] = others_alike(ids, None)
    db.session.rollback()
    return found


def _sketch(wording: Wording) -> Sketch:
    return Sketch(wording.signature, boilerplate.keys_of(wording.signature), wording.mark)


@unit_of_work
def _set_copies(wording_id: int, copies: int) -> int:
    rows = db.session.execute(
        select(Response.id, Case.letter_id)
        .join(Response.case)
        .where(Response.wording_id == wording_id, Response.copies != copies)
        .order_by(Response.id)
        .limit(AT_ONCE)
    ).all()
    if rows:
        db.session.execute(
            update(Letter)
            .where(Letter.id.in_(sorted({row.letter_id for row in rows})))
            .values(page_version=Letter.page_version + 1)
            .execution_options(synchronize_session=False)
        )
        db.session.execute(
            update(Response)
            .where(Response.id.in_([row.id for row in rows]))
            .values(copies=copies)
            .execution_options(synchronize_session=False)
        )
    return len(rows)


@unit_of_work
def overrule(response: Response, *, by: User, message: str) -> None:
    """Let a response with the same words as many count after all, with words to the business and the author.

    The case is answered from the moment of that response. Doing it twice changes nothing. Raises NotAllowed, NotNow when the
    response is hidden, or Invalid without words.
    """
    case = response.case
    letter = hold(case)
    ensure(policy.may_overrule, by, response)
    lock(response)
    if response.counts:
        return
    if response.hidden_at is not None:
        raise NotNow("already_hidden")
    least, most = OVERRULE_CHARACTERS
    if not least <= len(message) <= most:
        raise Invalid("length", field="message", least=least, most=most)
    response.counts = True
    response.overruled_at = utcnow()
    answers(case, response.created_at)
    record(
        Kind.RESPONSE_COUNTED,
        by=by,
        role=Role.MODERATOR,
        letter_id=letter.id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=f"response:{response.id}",
        message=message,
    )
