"""A file changes its place, caption or audience, is painted over in part, or leaves."""

from collections.abc import Sequence

from forum.accounts.models import User
from forum.attachments import policy
from forum.attachments.models import Attachment, FileAudience
from forum.core.access import ensure
from forum.core.db import db, unit_of_work


@unit_of_work
def set_audience(file: Attachment, audience: FileAudience, *, by: User) -> None:
    """Choose who may open the file; raises NotAllowed."""
    ensure(policy.may_change, by, file)
    file.audience = audience


@unit_of_work
def set_caption(file: Attachment, caption: str, *, by: User) -> None:
    """Say what the file shows; raises NotAllowed."""
    ensure(policy.may_change, by, file)
    file.caption = caption


@unit_of_work
def put_in_order(files: Sequence[Attachment], *, by: User) -> None:
    """Let these files of one draft stand in this order; raises NotAllowed."""
    for position, file in enumerate(files):
        ensure(policy.may_change, by, file)
        file.position = position


@unit_of_work
def remove(file: Attachment, *, by: User) -> None:
    """Take the file away; what nobody names any more is swept from the storage later. Raises NotAllowed."""
    ensure(policy.may_change, by, file)
    db.session.delete(file)
