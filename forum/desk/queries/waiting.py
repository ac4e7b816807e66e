"""What waits for a proof: responses written for businesses that their writer does not speak for yet."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from forum.accounts.models import User
from forum.core.db import db
from forum.letters.lifecycle import Publication
from forum.letters.models import Case, Letter
from forum.letters.policy import OPEN
from forum.responses.models import ResponseDraft

SHOWN = 50


def waiting_drafts(who: User) -> Sequence[ResponseDraft]:
    """Return what this person has written for businesses they do not speak for yet, with case, letter and business."""
    return db.session.scalars(
        select(ResponseDraft)
        .join(ResponseDraft.case)
        .join(Case.letter)
        .where(
            ResponseDraft.author_id == who.id,
            Case.merchant_id.not_in(who.merchant_ids),
            Letter.publication == Publication.PUBLISHED,
            Letter.visibility.in_(OPEN),
        )
        .options(contains_eager(ResponseDraft.case).options(contains_eager(Case.letter), joinedload(Case.merchant)))
        .order_by(ResponseDraft.id.desc())
        .limit(SHOWN)
    ).all()
