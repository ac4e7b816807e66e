"""Who has a case in hand."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record
from forum.desk import policy
from forum.desk.actions.notes import keep_note
from forum.desk.lifecycle import MOST_SELECTED
from forum.desk.models import CaseNote, Presence
from forum.letters.models import Case
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Representative
from forum.responses.actions.holding import hold
from forum.responses.models import ResponseDraft


@unit_of_work
def assign(case: Case, *, to: int | None, by: User, with_draft: bool = False) -> None:
    """Give a case to an owner or agent of the team (`to`, a person's number), or to nobody; twice is once.

    `with_draft` hands over what `by` has written as well. Raises NotAllowed, Invalid("not_of_team"), or
    Invalid("has_draft") when the other has begun a response of their own: neither's words are lost.
    """
    hold(case)
    ensure(policy.may_assign, by, case)
    if to is not None and not _acts(to, case.merchant_id):
        raise Invalid("not_of_team", field="agent")
    if with_draft and to is not None and to != by.id:
        _hand_over(case, to, by)
    if case.agent_id == to:
        return
    before, case.agent_id = case.agent_id, to
    case.assigned_at = utcnow() if to is not None else None
    record(
        Kind.CASE_ASSIGNED,
        by=by,
        role=Role.BUSINESS,
        letter_id=case.letter_id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        about=f"user:{to}" if to is not None else None,
        before=before,
    )


@unit_of_work
def assign_all(cases: Sequence[Case], *, to: int | None, by: User) -> int:
    """Give several cases to one person of the team, MOST_SELECTED at most; returns how many changed hands."""
    if len(cases) > MOST_SELECTED:
        raise Invalid("too_many_selected", most=MOST_SELECTED)
    changed = 0
    for case in sorted(cases, key=lambda one: one.letter_id):
        before = case.agent_id
        assign(case, to=to, by=by)
        changed += case.agent_id != before
    return changed


@unit_of_work
def release(user_id: int, merchant_id: int) -> None:
    """Give back everything a person has in hand of a business whose team they left."""
    db.session.execute(
        update(Case)
        .where(Case.agent_id == user_id, Case.merchant_id == merchant_id)
        .values(agent_id=None, assigned_at=None)
        .execution_options(synchronize_session="fetch")
    )


@unit_of_work
def clear_desk(case_id: int) -> None:
    """Take away what a team kept beside a case that is another business's now: its notes, who writes, in whose hands it is.

    Nothing of it may be read by the team whose case it is from now on.
    """
    for note in db.session.scalars(select(CaseNote).where(CaseNote.case_id == case_id)).all():
        keep_note(note)
    for kept in (CaseNote, Presence):
        db.session.execute(delete(kept).where(kept.case_id == case_id))
    db.session.execute(
        update(Case)
        .where(Case.id == case_id)
        .values(agent_id=None, assigned_at=None)
        .execution_options(synchronize_session="fetch")
    )


def _acts(user_id: int, merchant_id: int) -> bool:
    voice = db.session.scalar(
        select(Representative)
        .where(
            Representative.merchant_id == merchant_id,
            Representative.user_id == user_id,
            Representative.ended_at.is_(None),
            Representative.role != TeamRole.READER,
        )
        .options(joinedload(Representative.user))
    )
    return voice is not None and voice.user.is_active


def _hand_over(case: Case, to: int, by: User) -> None:
    drafts = {
        one.author_id: one
        for one in db.session.scalars(
            select(ResponseDraft).where(ResponseDraft.case_id == case.id, ResponseDraft.author_id.in_((to, by.id)))
        )
    }
    mine, theirs = drafts.get(by.id), drafts.get(to)
    if mine is None:
        return
    if theirs is not None:
        if (theirs.fields.get("text") or [""])[0].strip():
            raise Invalid("has_draft", field="with_draft")
        db.session.delete(theirs)
        db.session.flush()
    mine.author_id, mine.claim_id, mine.saved_at = to, None, utcnow()
