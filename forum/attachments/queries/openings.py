"""Who opened a file that is not for everybody: what was written down, newest first, and as lines for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import User
from forum.attachments.models import AttachmentOpening
from forum.core import paging
from forum.core.events import Role
from forum.merchants.models import Merchant, Representative

ROWS = 200  # as written; the lines are fewer
TOGETHER = timedelta(minutes=1)
ORIGINAL = "original"


@dataclass(frozen=True)
class Opening:
    """One person's views of a file that followed each other within TOGETHER; `at` is the first.

    `business` and `job_title` are empty for moderators; `person` names who it was, for moderators alone to read.
    """

    at: datetime
    role: Role
    business: str
    job_title: str
    case_id: int | None
    mailed: bool
    original: bool
    person: str


def openings_of(file_id: int, after: str | None = None, *, size: int = ROWS) -> paging.Page[Opening]:
    """Return who opened a file, newest first, as a page of `size` views; raises Invalid for a bad cursor."""
    one = AttachmentOpening
    title = (
        select(Representative.job_title)
        .where(Representative.merchant_id == one.merchant_id, Representative.user_id == one.by_id)
        .order_by(Representative.id.desc())
        .limit(1)
        .correlate(one)
        .scalar_subquery()
    )
    found = paging.page(
        select(
            one.id,
            one.at,
            one.by_id,
            one.role,
            one.merchant_id,
            one.case_id,
            one.variant,
            Merchant.name.label("business"),
            title.label("job_title"),
            User.name.label("person"),
        )
        .outerjoin(Merchant, Merchant.id == one.merchant_id)
        .outerjoin(User, User.id == one.by_id)
        .where(one.attachment_id == file_id),
        keys=(one.id,),
        kinds="i",
        after=after,
        size=size,
        key_of=lambda row: (row.id,),
    )
    return paging.Page(_lines(found.items), found.next)


def _lines(rows: Iterable[Any]) -> list[Opening]:
    """Join what one person did within TOGETHER of their next view; rows and lines are newest first."""
    begun: dict[tuple[Any, ...], int] = {}
    lines: list[Opening] = []
    for row in rows:
        who = (row.by_id, row.role, row.merchant_id, row.case_id, row.variant == ORIGINAL)
        line = Opening(
            at=row.at,
            role=row.role,
            business=row.business or "",
            job_title=row.job_title or "",
            case_id=row.case_id,
            mailed=row.by_id is None,
            original=row.variant == ORIGINAL,
            person=row.person or "",
        )
        known = begun.get(who)
        if known is not None and lines[known].at - row.at <= TOGETHER:
            lines[known] = line
        else:
            begun[who] = len(lines)
            lines.append(line)
    return lines
