"""Words to everybody are put up, changed and ended."""

from datetime import UTC, datetime

from sqlalchemy import select

from forum.accounts.models import User
from forum.console import policy
from forum.console.actions.noting import note
from forum.console.lifecycle import Level, What
from forum.console.models import WORDS_CHARACTERS, Announcement
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.freshness import age_everything

BOTH_EDGES = 2


@unit_of_work
def announce(
    indonesian: str, english: str, *, level: Level, starts_at: datetime | None, ends_at: datetime | None, by: User
) -> Announcement:
    """Show words above every page, from now on or later. Raises NotAllowed or Invalid."""
    ensure(policy.may_operate, by, None)
    row = Announcement(by_id=by.id, version=1, edges=0)
    _fill(row, indonesian, english, level, starts_at or utcnow(), ends_at)
    db.session.add(row)
    db.session.flush()
    note(What.ANNOUNCEMENT, str(row.id), None, _told(row), by=by)
    return row


@unit_of_work
def change_announcement(
    row: Announcement,
    indonesian: str,
    english: str,
    *,
    level: Level,
    starts_at: datetime | None,
    ends_at: datetime | None,
    by: User,
    seen: int,
) -> None:
    """Change its words and times. Raises NotAllowed, Invalid, NotNow or Stale."""
    ensure(policy.may_operate, by, None)
    lock(row)
    ensure_fresh(row, seen)
    before = _told(row)
    _fill(row, indonesian, english, level, starts_at or row.starts_at, ends_at)
    if _told(row) == before:
        raise NotNow("set_already")
    row.version += 1
    note(What.ANNOUNCEMENT, str(row.id), before, _told(row), by=by)


@unit_of_work
def end_announcement(row: Announcement, *, by: User) -> None:
    """Take it down now. Raises NotAllowed or NotNow when it is over."""
    ensure(policy.may_operate, by, None)
    lock(row)
    now = utcnow()
    if row.passed(now) == BOTH_EDGES or (row.ends_at is not None and row.ends_at <= now):
        raise NotNow("announcement_over")
    before = _told(row)
    row.starts_at, row.ends_at = min(row.starts_at, now), now
    row.edges = BOTH_EDGES
    row.version += 1
    note(What.ANNOUNCEMENT, str(row.id), before, _told(row), by=by)


@unit_of_work
def turn_announcements() -> None:
    """Make ready pages old when an announcement has begun or ended since they were made."""
    now = utcnow()
    rows = db.session.scalars(
        select(Announcement).where(Announcement.edges < BOTH_EDGES, Announcement.starts_at <= now)
    )
    turned = [row for row in rows if row.edges < row.passed(now)]
    for row in turned:
        row.edges = row.passed(now)
    if turned:
        age_everything()


def _fill(
    row: Announcement, indonesian: str, english: str, level: Level, starts_at: datetime, ends_at: datetime | None
) -> None:
    indonesian, english = indonesian.strip(), english.strip()
    least, most = WORDS_CHARACTERS
    for field, words, needed in (("indonesian", indonesian, least), ("english", english, least if english else 0)):
        if not needed <= len(words) <= most:
            raise Invalid("words_needed", field=field, least=least, most=most)
    if ends_at is not None and ends_at <= starts_at:
        raise Invalid("ends_before", field="ends_at")
    row.indonesian, row.english, row.level = indonesian, english, level
    row.starts_at, row.ends_at = starts_at, ends_at
    row.edges = row.passed(utcnow())


def _told(row: Announcement) -> dict[str, object]:
    return {
        "id": row.indonesian,
        "en": row.english,
        "level": row.level.value,
        "from": _in_utc(row.starts_at),
        "until": None if row.ends_at is None else _in_utc(row.ends_at),
    }


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="minutes")
