"""What a contest leaves beside itself: the stamp of the letter, the covered passages, the events."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User, Visitor
from forum.contests.lifecycle import OPEN, Ground, Side
from forum.contests.models import Contest
from forum.core.db import db, lock
from forum.core.events import Event, Kind, Role, record
from forum.letters.models import Letter
from forum.redactions.actions import cover_passages, show_passages
from forum.redactions.lifecycle import Label, Reason
from forum.redactions.models import Redaction

REASONS = {
    Ground.NOT_OUR_CUSTOMER: Reason.NOT_CUSTOMER,
    Ground.FALSE_FACT: Reason.UNPROVED,
    Ground.PERSONAL_DATA: Reason.OTHERS_DATA,
    Ground.DUPLICATE: Reason.DUPLICATE,
    Ground.UNLAWFUL: Reason.UNLAWFUL,
}
ROLES = {Side.BUSINESS: Role.BUSINESS, Side.PERSON: Role.READER}


def stamp(letter: Letter) -> None:
    """Let the letter say since when it is contested, or that it is not; the letter is held."""
    db.session.flush()
    letter.contested_at = db.session.scalar(
        select(func.min(Contest.filed_at)).where(Contest.letter_id == letter.id, Contest.state.in_(OPEN))
    )
    letter.page_version += 1
    db.session.flush()


@contextmanager
def keeping(made: Contest) -> Iterator[None]:
    """Keep letter and case loaded beside the contest: a redaction reads every row under the letter anew, this one as well."""
    letter, case = made.letter, made.case
    yield
    set_committed_value(made, "letter", letter)
    set_committed_value(made, "case", case)


def put_back(made: Contest, *, by: User | None) -> None:
    """Show again what the contest covered."""
    if made.redaction_id is None:
        return
    redaction = db.session.get_one(Redaction, made.redaction_id)
    with keeping(made):
        show_passages(made.letter, redaction, by=by, asked_by=made.side.value, contest_id=made.id)


def cover(made: Contest, *, by: User | None, label: Label, reason: Reason) -> None:
    """Cover the passages wherever they stand under the letter; `by` None: at once, until the decision."""
    with keeping(made):
        redaction = cover_passages(
            made.letter,
            made.passages,
            by=by,
            label=label,
            reason=reason,
            asked_by=made.side.value,
            contest_id=made.id,
        )
    made.redaction_id = redaction.id


def cover_at_once(made: Contest) -> None:
    """Cover the passages until the decision."""
    private = made.ground is Ground.PERSONAL_DATA
    cover(made, by=None, label=Label.OTHER if private else Label.PASSAGE, reason=Reason.CONTESTED)


def settle(made: Contest, *, by: User | None) -> None:
    """Let what the contest covered stay covered, for the reason of its ground; from now on moderators may undo it by hand."""
    if made.redaction_id is None:
        return
    redaction = lock(db.session.get_one(Redaction, made.redaction_id))
    redaction.reason = REASONS[made.ground or Ground.UNLAWFUL]
    if by is not None:
        redaction.by_id, redaction.role = by.id, Role.MODERATOR
    db.session.flush()


def tell(kind: Kind, made: Contest, *, by: Visitor | None, role: Role | None = None, **facts: Any) -> Event:
    """Record what happened to a contest: of a business in its case, with the ground and whose request it is; never a word of it."""
    return record(
        kind,
        by=by,
        role=role or (Role.SYSTEM if by is None else ROLES[made.side]),
        letter_id=made.letter_id,
        case_id=made.case_id,
        merchant_id=None if made.case is None else made.case.merchant_id,
        about=made.about,
        contest_id=made.id,
        ground=None if made.ground is None else made.ground.value,
        asked_by=made.side.value,
        **facts,
    )
