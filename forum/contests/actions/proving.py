"""Files by which a side proves what it says, for the moderators alone."""

from collections.abc import Sequence

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.attachments.actions.keep import row_of
from forum.attachments.models import Attachment, FileAudience
from forum.attachments.receive import Received
from forum.contests.models import MOST_FILES, Contest
from forum.core.db import db
from forum.core.errors import Invalid


def keep_files(contest: Contest, received: Sequence[Received], *, by: User) -> list[Attachment]:
    """Let files that `receive` stored stand with a contest; the same bytes of one person are the same file.

    Raises Invalid("too_many_files") with `most`, or TooMany.
    """
    there = db.session.scalars(
        select(Attachment).where(Attachment.contest_id == contest.id, Attachment.owner_id == by.id)
    ).all()
    known = {file.original_sha256 for file in there}
    fresh = list({one.sha256: one for one in received if one.sha256 not in known}.values())
    if len(there) + len(fresh) > MOST_FILES:
        raise Invalid("too_many_files", field="files", most=MOST_FILES)
    last = db.session.scalar(select(func.max(Attachment.position)).where(Attachment.contest_id == contest.id))
    made = []
    for position, one in enumerate(fresh, start=0 if last is None else last + 1):
        file = row_of(one, by, FileAudience.MODERATORS, position=position)
        file.contest_id = contest.id
        db.session.add(file)
        made.append(file)
    db.session.flush()
    return made
