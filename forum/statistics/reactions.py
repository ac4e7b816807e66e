"""What happens to a letter changes the facts of its cases at once, and has the figures they stand in counted again soon."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.core.jobs import enqueue
from forum.statistics import facts
from forum.statistics.models import WHOLE_SITE, CaseFact, business, filed_under

COUNT_FIGURES = "count_figures"
DERIVE_FACTS = "derive_facts"
REBUILD_FIGURES = "rebuild_figures"
COUNTED_AFTER = timedelta(seconds=30)

JOINED = {Kind.MERCHANT_MERGED: "source_id", Kind.MERCHANT_SPLIT: "other_id"}
"""What changes the letters of two businesses, and which data of the event names the second."""
NEVER_COUNTED = {
    Kind.COMMENT_POSTED,
    Kind.COMMENT_EDITED,
    Kind.COMMENT_DELETED,
    Kind.COMMENT_HIDDEN,
    Kind.COMMENT_RESTORED,
    Kind.COMMENT_HELD,
    Kind.COMMENT_PUBLISHED,
    Kind.COMMENT_REFUSED,
    Kind.VOTES_FLAGGED,
    Kind.COMMENTS_LOCKED,
    Kind.COMMENTS_UNLOCKED,
    Kind.LETTER_SUBMITTED,
    Kind.LETTER_RETURNED,
    Kind.LETTER_REJECTED,
    Kind.REVISION_SUBMITTED,
    Kind.REVISION_REFUSED,
    Kind.UPDATE_ADDED,
    Kind.ATTACHMENT_HIDDEN,
    Kind.ATTACHMENT_RESTORED,
    Kind.FILE_ADDED,
    Kind.FILE_READY,
    Kind.FILE_REFUSED,
    Kind.FILE_AUDIENCE_CHANGED,
    Kind.FILE_COVERED,
    Kind.FILE_CHECKED,
    Kind.ORIGINAL_OPENED,
    Kind.ORIGINAL_DELETED,
    Kind.CASE_OPENED,
    Kind.BUSINESS_REMINDED,
    Kind.OUTCOME_ASKED,
    Kind.QUEUE_ALARM,
    Kind.CONTEST_REACTED,
    Kind.CONTEST_ANSWERED,
    Kind.CONTEST_REMINDED,
    Kind.CONTEST_LAPSED,
    Kind.REPLY_WAITING,
    Kind.REPLY_PUBLISHED,
    Kind.REPLY_REFUSED,
    Kind.REPLY_HIDDEN,
    Kind.REPLY_RESTORED,
}
"""Kinds that change no figure unless with them a clock begins; one that is missing here costs a count, one too many would make a figure wrong."""


@on(*Kind)
def note_facts(happened: Event) -> None:
    """Derive the facts of the letter's cases anew, and mark all figures that they stood in or stand in now."""
    if happened.letter_id is None or (happened.kind in NEVER_COUNTED and not happened.data.get("begins")):
        return
    letter_ids = [happened.letter_id]
    places = select(CaseFact.merchant_id, CaseFact.category).where(CaseFact.letter_id == happened.letter_id)
    held = db.session.execute(places.order_by(CaseFact.case_id).with_for_update(key_share=True))  # what is derived now is the newest
    marked = {(row.merchant_id, row.category) for row in held}
    now = facts.derive(letter_ids)
    if not now and not marked:
        return
    facts.keep(letter_ids, now)
    marked |= {(one.merchant_id, one.category) for one in now}
    others = {business(one) for one, _ in marked} | {filed_under(one) for _, one in marked}
    mark([WHOLE_SITE, *sorted(others)])


@on(*JOINED)
def derive_both(happened: Event) -> None:
    """Have the facts of both businesses derived anew: their letters changed hands."""
    for merchant_id in (happened.merchant_id, happened.data.get(JOINED[happened.kind])):
        derive_later(int(merchant_id or 0))


def derive_later(merchant_id: int) -> None:
    """Have the worker derive all facts of a business anew and count its figures."""
    now = utcnow()
    enqueue(
        DERIVE_FACTS, run_at=now, dedupe=f"{DERIVE_FACTS}:{merchant_id}:{int(now.timestamp())}", merchant_id=merchant_id
    )


def mark(subjects: Iterable[str]) -> None:
    """Have the worker count these anew soon, once for all that happens within the same half minute.

    The site comes first: two units that mark the same subjects then wait for each other in one order.
    """
    now = utcnow()
    window = int(now.timestamp() // COUNTED_AFTER.total_seconds())
    for subject in dict.fromkeys(subjects):
        enqueue(
            COUNT_FIGURES, run_at=now + COUNTED_AFTER, dedupe=f"{COUNT_FIGURES}:{subject}:{window}", subject=subject
        )
