"""Whether the business of a case was told of its letter: never told is not the same as silent."""

from datetime import timedelta

from sqlalchemy import exists, select

from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Kind, Role, record
from forum.letters.lifecycle import Publication, ResponseState, Untold
from forum.letters.models import Case
from forum.merchants.lifecycle import ContactState
from forum.merchants.models import Representative
from forum.merchants.queries import declines, ended_contacts
from forum.notifications.models import Notification
from forum.notifications.subjects import Subject
from forum.responses.models import AnswerLink

SAME_TIME = timedelta(minutes=1)
TELLS_BUSINESS = {"new_letter", "letter_moved_here", "reminder"}
"""Notices by which a business learns of a letter."""


def concerned(subject: Subject) -> list[Case]:
    """Return the cases whose businesses an event is told to: of a letter in print, all or the one that it names."""
    letter, wanted = subject.letter, subject.event.case_id
    if letter is None or letter.publication is not Publication.PUBLISHED:
        return []
    return [case for case in letter.cases if wanted in {None, case.id}]


@unit_of_work
def business_was_told(case_id: int) -> None:
    """Note once that the business of a case was told at all; if its days to answer waited for that, they begin."""
    case = db.session.get(Case, case_id, with_for_update={"key_share": True}, populate_existing=True)
    if case is None or case.notified_at is not None:
        return
    now = utcnow()
    begins = case.heard(now)
    case.notified_at, case.untold = now, None
    record(
        Kind.CASE_NOTIFIED,
        by=None,
        role=Role.SYSTEM,
        letter_id=case.letter_id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        **begins,
    )


@unit_of_work
def business_was_not_told(case_id: int, why: Untold | None = None) -> None:
    """Note why the business of a case could not be told: no address of it, none that works, or none that wants mail."""
    case = db.session.get(Case, case_id, with_for_update={"key_share": True}, populate_existing=True)
    if case is None or case.notified_at is not None or case.answered_at is not None:
        return
    ended = ended_contacts([case.merchant_id]).get(case.merchant_id)
    if ended is ContactState.REFUSED or declines(case.merchant_id):
        why = Untold.REFUSED
    elif why is None:
        why = Untold.NO_ADDRESS if ended is None else Untold.FAILED
    if case.untold is why:
        return
    case.untold = why
    record(
        Kind.CASE_NOT_TOLD,
        by=None,
        role=Role.SYSTEM,
        letter_id=case.letter_id,
        case_id=case.id,
        merchant_id=case.merchant_id,
        reason=why.value,
    )


@unit_of_work
def mail_never_arrived(link: AnswerLink) -> None:
    """Take back that the business was told when the one mail that told it was refused, and nobody there has opened the letter."""
    case = db.session.get_one(Case, link.case_id, with_for_update={"key_share": True}, populate_existing=True)
    if case.notified_at is None or case.opened_at is not None or case.response is not ResponseState.AWAITING:
        return
    told_before = case.notified_at < link.created_at - SAME_TIME
    theirs = Representative.merchant_id == case.merchant_id
    in_the_site = Notification.letter_id == case.letter_id, Notification.kind.in_(TELLS_BUSINESS)
    other_links = AnswerLink.bounced_at.is_(None), AnswerLink.expires_at > case.started_at  # not those of before a split
    told_otherwise = db.session.scalar(
        select(
            exists().where(AnswerLink.case_id == case.id, *other_links)
            | exists().where(theirs, Representative.ended_at.is_(None))
            | exists().where(theirs, Representative.user_id == Notification.user_id, *in_the_site)
        )
    )
    if not told_before and not told_otherwise:
        case.notified_at = None
        business_was_not_told(case.id, Untold.FAILED)
