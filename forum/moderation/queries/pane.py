"""The queue beside an item: what waits around it, and in whose hands it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.accounts.models import User, Visitor
from forum.accounts.rights import JUDGES
from forum.core.db import db
from forum.moderation.models import Hold, Report
from forum.moderation.queries.queue import Waiting
from forum.moderation.queries.whole import can_take, waiting, waiting_item


@dataclass(frozen=True)
class Pane:
    """`here` is the item as the queue lists it, None when it does not wait; `rows` stand around it."""

    rows: Sequence[Waiting]
    here: Waiting | None = None
    ahead: Waiting | None = None  # where a decision on it leads, as far as one can tell now
    others: Sequence[tuple[int, str]] = ()  # moderators to whom it can be handed on: (number, name)
    note: str = ""  # who handed it on, and the word with it
    note_by: str = ""
    seen: str = ""  # who looked at the reports on it first


def pane(who: Visitor, *items: str) -> Pane:
    """Return the pane beside the first of these items that waits; without one the queue from its beginning."""
    rows = list(waiting(who).items)
    first = {row.item: row for row in rows}
    here = next((found for item in items if (found := first.get(item) or waiting_item(who, item)) is not None), None)
    if here is None:
        return Pane(rows)
    if here.item not in first:
        rows = [here, *waiting(who, here.place).items]
    note_by, note = _note(here) if here.is_mine else ("", "")
    others = _colleagues(who) if here.is_mine or not here.held_by else []
    return Pane(rows, here, _ahead(rows, here), others, note, note_by, _seen_by(here))


def _ahead(rows: Sequence[Waiting], here: Waiting) -> Waiting | None:
    at = [row.item for row in rows].index(here.item)
    return next((row for row in (*rows[at + 1 :], *rows[:at]) if can_take(row)), None)


def _note(here: Waiting) -> tuple[str, str]:
    giver = aliased(User)
    row = db.session.execute(
        select(giver.name, Hold.note).join(giver, giver.id == Hold.from_id).where(Hold.item == here.item)
    ).first()
    return (row.name, row.note) if row else ("", "")


def _seen_by(here: Waiting) -> str:
    kind, _colon, about = here.item.partition(":")
    if kind != "report":
        return ""
    return (
        db.session.scalar(
            select(User.name)
            .join(Report, Report.seen_by_id == User.id)
            .where(Report.about == about, Report.state == "open")
            .order_by(Report.seen_at)
            .limit(1)
        )
        or ""
    )


def _colleagues(who: Visitor) -> Sequence[tuple[int, str]]:
    """Those who may decide, by office; whether one has the second factor is asked when it is handed on."""
    known = User.standing.in_(JUDGES) & User.closed_at.is_(None) & (User.id != who.id)
    return [(row.id, row.name) for row in db.session.execute(select(User.id, User.name).where(known).order_by(User.name, User.id))]
