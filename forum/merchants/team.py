"""What holds for every team: an owner stays, and a changed role is read anew."""

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import NotNow
from forum.core.events import Event
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Merchant, Representative


def ensure_an_owner_stays(voice: Representative) -> None:
    """Raise NotNow("last_owner") when this member is the only owner of others; whoever is alone may go. Hold the business."""
    if voice.role is not TeamRole.OWNER:
        return
    others = select(func.count()).where(
        Representative.merchant_id == voice.merchant_id,
        Representative.ended_at.is_(None),
        Representative.id != voice.id,
    )
    if db.session.scalar(others) and not db.session.scalar(others.where(Representative.role == TeamRole.OWNER)):
        merchant = db.session.get_one(Merchant, voice.merchant_id)
        raise NotNow("last_owner", merchant=merchant.name, slug=merchant.slug)


def voice_concerned(event: Event) -> Representative:
    """Return whose representation an event of the kind REPRESENTATIVE_ENDED or TEAM_ROLE_CHANGED is about."""
    return db.session.get_one(Representative, int((event.about or "").removeprefix("representative:")))


def forget_representations(user_id: int) -> None:
    """Let the next rule read anew for whom this person speaks."""
    person = db.session.get(User, user_id)
    if person is not None:
        db.session.flush()
        db.session.expire(person, ["representations"])


def note_first_answer(merchant_id: int) -> None:
    """Remember since when the business answers letters: from now on whoever acts in its name needs a second factor."""
    merchant = db.session.get(Merchant, merchant_id)
    if merchant is None or merchant.answers_since is not None:
        return
    db.session.refresh(merchant, ["answers_since"], with_for_update={"key_share": True})
    if merchant.answers_since is None:
        merchant.answers_since = utcnow()
    for one in db.session:
        if isinstance(one, Representative) and one.merchant_id == merchant_id:
            set_committed_value(one, "answers_since", merchant.answers_since)
