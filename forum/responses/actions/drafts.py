"""Responses that are being written, or that wait until their writer has proved to speak for the business."""

from sqlalchemy import ColumnElement, delete, select

from forum.accounts.models import User
from forum.attachments import actions as attachments
from forum.attachments.models import Attachment
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.letters.actions import keep_words
from forum.letters.models import Case
from forum.merchants.queries import open_claim
from forum.responses import policy
from forum.responses.actions.holding import hold
from forum.responses.how import FORM_FIELDS
from forum.responses.models import ResponseDraft

MOST_CHARACTERS = 60_000
KEPT_FIELDS = (
    "text",
    "signatory",
    "job_title",
    "remedy",
    *FORM_FIELDS,
    "promise",
    "promise_due",
    "promise_amount",
    "corrects",
)


@unit_of_work
def save_draft(
    case: Case, *, by: User, fields: dict[str, list[str]], seen: int | None = None, ready: bool = False
) -> ResponseDraft:
    """Keep what was typed, field by field; one draft per person and case. Raises NotAllowed.

    With `ready` the writer has sent it: it is bound to the open claim, if there is one, and published when that is
    approved. What the same form saves by itself after it was sent comes too late and changes nothing. Fields that are
    no part of a response, and all beyond MOST_CHARACTERS, are left out.
    """
    hold(case)
    ensure(policy.may_offer, by, case)
    draft = db.session.scalar(
        select(ResponseDraft).where(ResponseDraft.case_id == case.id, ResponseDraft.author_id == by.id)
    )
    if draft is None:
        draft = ResponseDraft(case_id=case.id, author_id=by.id)
        db.session.add(draft)
    elif not ready and draft.fields.get("ready") and draft.fields.get("once") == fields.get("once"):
        return draft
    draft.fields = kept(fields) | {
        "seen": [str(seen or case.version)],
        "ready": ["1"] if ready else [],
        "once": fields.get("once", []),
    }
    draft.saved_at = utcnow()
    claim = open_claim(by, case.merchant_id) if ready else None
    draft.claim_id = claim.id if claim else None
    db.session.flush()
    return draft


@unit_of_work
def drop_draft(case: Case, *, by: User) -> None:
    """Forget what this person has written for the case and not published, with its files."""
    drop_drafts(ResponseDraft.case_id == case.id, ResponseDraft.author_id == by.id)


@unit_of_work
def drop_drafts(*conditions: ColumnElement[bool]) -> None:
    """Forget these drafts with their files; of held letters a sealed copy stays."""
    drafts = db.session.execute(
        select(ResponseDraft, Case.letter_id).join(ResponseDraft.case).where(*conditions).order_by(ResponseDraft.id)
    ).all()
    for draft, letter_id in drafts:
        keep_words(letter_id, f"response_draft:{draft.id}", fields=draft.fields)
    ids = [draft.id for draft, _letter_id in drafts]
    attachments.drop(Attachment.response_draft_id.in_(ids))
    db.session.execute(delete(ResponseDraft).where(ResponseDraft.id.in_(ids)))


def kept(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return what is kept of a form: the fields of a response, each once, MOST_CHARACTERS together."""
    room, found = MOST_CHARACTERS, {}
    for name in KEPT_FIELDS:
        values = [value[: max(0, room)] for value in fields.get(name, [])[:1]]
        room -= sum(len(value) for value in values)
        found[name] = values
    return found
