"""Having an item of the queue in hand: a lease that lapses by itself, so that nobody decides what another is reading unknowingly."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from forum.accounts.models import User
from forum.config import settings
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, insert_once, unit_of_work
from forum.core.errors import Invalid, Missing, NotNow
from forum.core.events import Event, Role
from forum.moderation import policy
from forum.moderation.lifecycle import ReportState
from forum.moderation.models import NOTE_CHARACTERS, Hold, Report
from forum.moderation.queries.sources import items_ended_by
from forum.moderation.queries.whole import waiting_item

MOST_AT_ONCE = 50
"""Items that one moderator has in hand; more would keep the others from working."""


@unit_of_work
def take(item: str, *, by: User) -> Hold:
    """Take an item in hand, or keep it longer; reports on it count as seen.

    Raises NotAllowed, Missing when it does not wait, NotNow("in_other_hands") while another has it, or NotNow("hands_full").
    """
    ensure(policy.may_open_desk, by, None)
    _ensure_waits(item, by)
    held = db.session.scalars(select(Hold.item).where(Hold.user_id == by.id, Hold.until > utcnow(), Hold.item != item)).all()
    if len(held) >= MOST_AT_ONCE:
        raise NotNow("hands_full", most=MOST_AT_ONCE)
    _see(item, by)  # before the hold, in the order of a decision: reports, then the hold
    hold = _hand_to(item, by.id)
    if hold.user_id != by.id:
        raise _in_other_hands(hold)
    return hold


@unit_of_work
def release(item: str, *, by: User) -> None:
    """Put an item back; raises NotAllowed, or NotNow("in_other_hands") when another has it."""
    ensure(policy.may_open_desk, by, None)
    hold = _locked(item)
    if hold is None:
        return
    if hold.user_id != by.id:
        raise _in_other_hands(hold)
    db.session.delete(hold)


@unit_of_work
def hand_on(item: str, *, by: User, to: User | None, note: str = "") -> Hold:
    """Give an item to another moderator, with a word; it is theirs for as long as if they had taken it.

    Raises NotAllowed, Missing when it does not wait, NotNow("in_other_hands"), or Invalid (no moderator, too many characters).
    """
    ensure(policy.may_open_desk, by, None)
    note = note.strip()
    if len(note) > NOTE_CHARACTERS[1]:
        raise Invalid("length", field="note", length=len(note), least=0, most=NOTE_CHARACTERS[1])
    if to is None or to.id == by.id or to.closed_at is not None or not policy.may_open_desk(to):
        raise Invalid("no_such_moderator", field="to")
    _ensure_waits(item, by)
    hold = _hand_to(item, by.id)
    if hold.user_id != by.id:
        raise _in_other_hands(hold)
    hold.user_id, hold.from_id, hold.note = to.id, by.id, note
    hold.since, hold.until = utcnow(), _until()
    return hold


@unit_of_work
def see(item: str, *, by: User) -> None:
    """Note that a moderator looked at what was reported, so that its alarm stops; nothing is decided. Raises NotAllowed or Missing."""
    ensure(policy.may_open_desk, by, None)
    _ensure_waits(item, by)
    _see(item, by)


def end_with(event: Event) -> None:
    """Let go of what was decided; raises NotNow("in_other_hands") when a moderator decides what another has in hand."""
    for item in items_ended_by(event):
        let_go(item, by_id=event.by_id if event.role is Role.MODERATOR else None)


def let_go(item: str, *, by_id: int | None) -> None:
    """Let go of an item that is decided; raises NotNow("in_other_hands") when this moderator decides what another has in hand."""
    hold = _locked(item)
    if hold is None:
        return
    if by_id is not None and by_id != hold.user_id and hold.until > utcnow():
        raise _in_other_hands(hold)
    db.session.delete(hold)


@unit_of_work
def prune_holds() -> None:
    """Forget holds that lapsed."""
    db.session.execute(delete(Hold).where(Hold.until < utcnow()))


def _ensure_waits(item: str, by: User) -> None:
    if waiting_item(by, item) is None:
        raise Missing


def _until() -> datetime:
    return utcnow() + timedelta(minutes=settings().hold_minutes)


def _hand_to(item: str, user_id: int) -> Hold:
    """Return the hold of an item, which is this person's unless another has it."""
    insert_once(Hold, index_elements=["item"], item=item, user_id=user_id, since=utcnow(), until=_until(), note="")
    hold = _locked(item)
    if hold is None:  # pruned in between
        raise NotNow
    if hold.user_id == user_id:
        hold.until = _until()
    elif hold.until <= utcnow():
        hold.user_id, hold.since, hold.until, hold.from_id, hold.note = user_id, utcnow(), _until(), None, ""
    return hold


def _locked(item: str) -> Hold | None:
    return db.session.get(Hold, item, with_for_update={"key_share": True}, populate_existing=True)


def _in_other_hands(hold: Hold) -> NotNow:
    return NotNow("in_other_hands", name=db.session.get_one(User, hold.user_id).name, until=hold.until)


def _see(item: str, by: User) -> None:
    kind, _colon, about = item.partition(":")
    if kind == "report":
        db.session.execute(
            update(Report)
            .where(Report.about == about, Report.state == ReportState.OPEN, Report.seen_at.is_(None))
            .values(seen_at=utcnow(), seen_by_id=by.id)
        )
