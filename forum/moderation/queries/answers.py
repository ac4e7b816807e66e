"""What moderators wrote down of their decisions on responses that came by mail."""

from dataclasses import dataclass

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.db import db
from forum.core.events import Event, Kind


@dataclass(frozen=True)
class AnswerDecided:
    """Who decided, and how they found out that the response is of the business; empty where that was not written down."""

    by: str
    check_made: str
    checked: str


def decision_on(link_id: int) -> AnswerDecided | None:
    """Return the last decision on a response that came by a mailed link, None while there is none."""
    row = db.session.execute(
        select(Event.data, User.name)
        .join(User, User.id == Event.by_id)
        .where(Event.about == f"answer:{link_id}", Event.kind == Kind.ANSWER_DECIDED)
        .order_by(Event.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else AnswerDecided(row.name, row.data.get("check", ""), row.data.get("checked", ""))
