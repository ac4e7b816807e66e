"""Files for moderators: what happened to one, what of it they covered themselves, and those that wait for a look."""

from typing import Any

from sqlalchemy import Select, select

from forum.accounts.models import User
from forum.attachments.models import Attachment
from forum.core import paging
from forum.core.db import db
from forum.core.events import Event, Kind, Role
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.moderation.queries.desk import Decided

KINDS = (
    Kind.FILE_AUDIENCE_CHANGED,
    Kind.FILE_COVERED,
    Kind.FILE_CHECKED,
    Kind.ORIGINAL_OPENED,
    Kind.ORIGINAL_DELETED,
    Kind.ATTACHMENT_HIDDEN,
    Kind.ATTACHMENT_RESTORED,
)
SHOWN_EVENTS = 50


def history_of(file: Attachment) -> list[tuple[Decided, dict[str, Any]]]:
    """Return what happened to a file and the data of each, newest first."""
    return [
        (
            Decided(row.kind, row.at, row.name or "", row.about, row.data.get("reason"), row.data.get("message") or ""),
            row.data,
        )
        for row in db.session.execute(
            select(Event.kind, Event.at, Event.about, Event.data, User.name)
            .outerjoin(User, User.id == Event.by_id)
            .where(Event.about == f"attachment:{file.id}", Event.kind.in_(KINDS))
            .order_by(Event.id.desc())
            .limit(SHOWN_EVENTS)
        )
    ]


def covered_by_moderators(file: Attachment) -> set[tuple[float, ...]]:
    """Return the parts of a file that are covered now and that moderators alone covered."""
    by: dict[Role, set[tuple[float, ...]]] = {}
    events = select(Event.role, Event.data).where(
        Event.about == f"attachment:{file.id}", Event.kind == Kind.FILE_COVERED
    )
    for row in db.session.execute(events):
        if not row.data.get("off"):
            by.setdefault(row.role, set()).update(tuple(area) for area in row.data["areas"])
    own = by.pop(Role.MODERATOR, set())
    return (own & set(file.covered)).difference(*by.values())


def to_look_at() -> Select[*tuple[Any, ...]]:
    """The files whose authors let more people see them after their letter was published, and that no moderator looked at since."""
    return (
        select(Attachment.id, Attachment.look_since, Attachment.name, Attachment.audience, Letter.title, Letter.byline)
        .join(Letter, Letter.id == Attachment.letter_id)
        .where(
            Attachment.look_since.is_not(None),
            Attachment.look_since > Letter.published_at,
            Letter.publication == Publication.PUBLISHED,
        )
    )


def widened_files(after: str | None, *, size: int) -> paging.Page[Any]:
    """Return a page of the files to look at, the longest waiting first."""
    return paging.page(
        to_look_at(),
        keys=(Attachment.look_since, Attachment.id),
        kinds="ti",
        after=after,
        size=size,
        descending=False,
        key_of=lambda row: (row.look_since, row.id),
    )
