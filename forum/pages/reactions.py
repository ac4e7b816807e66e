"""What happens makes ready pages old, in the transaction that causes it."""

from typing import Any

from sqlalchemy import bindparam, update

from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.core.freshness import Freshness, age_everything
from forum.ledger.registry import CORRECTS, ROWS
from forum.letters.models import Letter

EVERYWHERE = {  # words or names go away, perhaps from any page that names the letter, or come onto every page
    Kind.LETTER_WITHDRAWN,
    Kind.LETTER_TAKEN_DOWN,
    Kind.LETTER_REINSTATED,
    Kind.REVISION_ACCEPTED,
    Kind.WORDS_REDACTED,
    Kind.WORDS_RESTORED,
    Kind.COMMENT_REDACTED,
    Kind.ACCOUNT_CLOSED,
    Kind.MERCHANT_MERGED,
    Kind.MERCHANT_SPLIT,
    Kind.LETTER_READDRESSED,
    Kind.SITE_CHANGED,  # a category, an announcement: `core.steering` goes by the same epoch
}
LISTS = EVERYWHERE | {  # what lists, feeds and business pages show
    *ROWS,  # of the public ledger
    CORRECTS,
    Kind.LETTER_PUBLISHED,
    Kind.CASE_NOTIFIED,
    Kind.CASE_NOT_TOLD,
    Kind.CASE_ACKNOWLEDGED,
    Kind.CASE_ASKED,
    Kind.QUESTION_ANSWERED,
    Kind.QUESTION_LAPSED,
    Kind.CASE_ANSWERED,
    Kind.RESPONSE_UNIFORM,
    Kind.RESPONSE_COUNTED,
    Kind.PROOF_ASKED,
    Kind.RESPONSE_STANDS,
    Kind.PROMISE_JUDGED,
    Kind.RESPONSE_HIDDEN,
    Kind.RESPONSE_RESTORED,
    Kind.OUTCOME_SET,
    Kind.OUTCOME_REOPENED,
    Kind.OUTCOME_UNCONFIRMED,
    Kind.CLAIM_APPROVED,
    Kind.REPRESENTATIVE_ENDED,
    Kind.NAME_ADDED,
    Kind.NAME_REMOVED,
    Kind.PROOF_FAILING,
    Kind.DOMAIN_LOST,
    Kind.MERCHANT_DESCRIBED,
    Kind.TEAM_JOINED,
    Kind.TEAM_ROLE_CHANGED,
    Kind.CONTACT_WORKS,
    Kind.CONTACT_ENDED,
    Kind.CONTEST_FILED,
    Kind.CONTEST_WITHDRAWN,
    Kind.CONTEST_CLOSED,
    Kind.CONTEST_DECIDED,
}
UNSEEN = {Kind.COMMENT_HELD, Kind.COMMENT_REFUSED, Kind.VOTES_FLAGGED}
"""Nothing that readers see changes by them."""

_letter: Any = Letter.__table__
_freshness: Any = Freshness.__table__
_AGE_LETTER: Any = (
    update(_letter).where(_letter.c.id == bindparam("aged")).values(page_version=_letter.c.page_version + 1)
)
_AGE_LISTS: Any = update(_freshness).where(_freshness.c.id == 1).values(version=_freshness.c.version + 1)


@on(*Kind)
def age_pages(happened: Event) -> None:
    """Make the letter's page old, and lists or every page where the kind says so.

    A comment that comes does not touch lists: their count of comments may lag by the longest age of a ready page. One that a
    moderator hides does, since the ledger tells of it.
    """
    if happened.letter_id is not None and happened.kind not in UNSEEN:
        db.session.execute(_AGE_LETTER, {"aged": happened.letter_id})
    if happened.kind in LISTS:
        age_everything() if happened.kind in EVERYWHERE else db.session.execute(_AGE_LISTS)
