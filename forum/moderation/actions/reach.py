"""How a business is reached, when it becomes another one."""

from sqlalchemy import select, update

from forum.core.db import db
from forum.merchants.models import Contact, Merchant
from forum.merchants.team import note_first_answer


def move_reach(source: Merchant, target: Merchant, *, voices: bool) -> list[int]:
    """Let the addresses of the source be told of the target's letters when its team speaks for it; returns which went over.

    Else they stay where they were: whoever passed for a business is not written to in its stead. An address that the
    target has already stays as well. A business of which one name answered letters has answered letters.
    """
    if source.answers_since is not None:
        note_first_answer(target.id)
    if not voices:
        return []
    known = set(db.session.scalars(select(Contact.email).where(Contact.merchant_id == target.id)))
    theirs = db.session.execute(select(Contact.id, Contact.email).where(Contact.merchant_id == source.id).order_by(Contact.id))
    ids = [row.id for row in theirs if row.email not in known]
    db.session.execute(
        update(Contact)
        .where(Contact.id.in_(ids))
        .values(merchant_id=target.id)
        .execution_options(synchronize_session=False)
    )
    return ids
