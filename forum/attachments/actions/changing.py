"""A file changes its place, caption or audience, or leaves."""

from collections.abc import Sequence

from forum.accounts.models import User
from forum.attachments import policy
from forum.attachments.actions.holding import drop
from forum.attachments.kinds import MIME
from forum.attachments.models import Attachment, FileAudience, is_wider
from forum.attachments.names import safe_name
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import lock, unit_of_work
from forum.core.errors import Invalid, Stale
from forum.core.events import Kind, Role, record


@unit_of_work
def set_audience(file: Attachment, audience: FileAudience, *, by: User) -> None:
    """Choose who may open the file; raises NotAllowed."""
    ensure(policy.may_change, by, file)
    file.audience = audience


@unit_of_work
def change_audience(
    file: Attachment, audience: FileAudience, *, by: User, seen: FileAudience | None = None, sure: bool = False
) -> None:
    """Choose who may open the file, at any time; letting more people see it needs `sure`.

    `seen` is who might when the person chose. What becomes wider on a letter that was in print waits for a moderator's look.
    Raises NotAllowed, Invalid("not_sure"), or Stale.
    """
    ensure(policy.may_choose_audience, by, lock(file))
    before = file.audience
    if seen is not None and seen is not before:
        raise Stale
    if audience is before:
        return
    wider = is_wider(audience, before)
    if wider and not sure:
        raise Invalid("not_sure", field="audience")
    file.audience = audience
    if file.draft_id is not None:
        return
    file.look_since = utcnow() if wider else None if audience is FileAudience.MODERATORS else file.look_since
    record(
        Kind.FILE_AUDIENCE_CHANGED,
        by=by,
        role=Role.AUTHOR,
        letter_id=file.letter_id,
        case_id=file.case_id,
        about=f"attachment:{file.id}",
        before=before.value,
        to=audience.value,
        wider=wider,
    )


@unit_of_work
def set_name(file: Attachment, name: str, *, by: User) -> None:
    """Let the file bear another name; raises NotAllowed."""
    ensure(policy.may_change, by, file)
    file.name = safe_name(name, MIME[file.kind])


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
    drop(Attachment.id == file.id)
