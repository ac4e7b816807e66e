"""What a moderator does with a file: says what it shows, covers parts of it, opens its sealed original."""

from collections.abc import Collection
from typing import Any

from forum.accounts.models import User
from forum.attachments import actions as attachments
from forum.attachments.models import Attachment, FileState, Matches, Shows
from forum.attachments.sources import source_of
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import lock, unit_of_work
from forum.core.errors import Invalid, Missing, NotNow, SecondFactorNeeded
from forum.core.events import Kind, Role, record
from forum.core.storage import Storage
from forum.moderation import policy
from forum.moderation.actions.explain import ensure_reason, ensure_short, ensure_words
from forum.moderation.lifecycle import OriginalReason, Reason
from forum.moderation.models import Thing
from forum.moderation.queries.files import covered_by_moderators


@unit_of_work
def check_file(thing: Thing, *, by: User, shows: Shows | None, matches: Collection[Matches]) -> None:
    """Say what one saw in a file, for a line that everybody reads; the newest holds.

    Raises NotAllowed, Invalid("shows_needed"), or NotNow for a file that is hidden or not shown at present.
    """
    file = _begin(thing, by)
    if shows is None:
        raise Invalid("shows_needed", field="shows")
    if file.state is not FileState.READY or file.hidden_at is not None:
        raise NotNow("not_ready")
    matching = [one.value for one in Matches if one in matches]
    file.checked_at, file.look_since = utcnow(), None
    file.checked = {"shows": shows.value, "matches": matching}
    _record(Kind.FILE_CHECKED, file, thing, by, shows=shows.value, matches=matching)


@unit_of_work
def void_check(file: Attachment, thing: Thing, *, by: User) -> None:
    """Take back what a moderator said of a file that is hidden; nothing is shown of it that could bear that out."""
    file.look_since = None
    if file.checked_at is not None:
        file.checked_at = file.checked = None
        _record(Kind.FILE_CHECKED, file, thing, by, void=True)


def cover_file(thing: Thing, areas: object, *, by: User, reason: Reason | None, message: str, storage: Storage) -> None:
    """Paint over parts of a file; `message` goes to its owner. What moderators saw in it stays.

    Raises NotAllowed, NotNow, or Invalid without a reason and words, or as `attachments.areas.checked`.
    """
    ensure(policy.may_decide_thing, by, thing)
    source = source_of(_file(thing), storage)
    left = _cover(thing, areas, by=by, reason=reason, message=message, source=source)
    attachments.discard(left, storage)


def uncover_file(
    thing: Thing, areas: Collection[tuple[float, ...]], *, by: User, message: str, storage: Storage
) -> None:
    """Take off what moderators covered by mistake, while the original is there; never what its owner covered.

    Raises NotAllowed, NotNow, or Invalid("no_areas").
    """
    ensure(policy.may_decide_thing, by, thing)
    attachments.discard(_uncover(thing, areas, by=by, message=message), storage)


@unit_of_work
def lay_file_open(thing: Thing, areas: Collection[tuple[float, ...]], *, by: User, message: str) -> None:
    """Take off what moderators covered, within somebody's unit of work; what was drawn of it goes with the next sweep.

    Raises NotAllowed, NotNow, or Invalid("no_areas").
    """
    _uncover(thing, areas, by=by, message=message)


@unit_of_work
def open_original(thing: Thing, *, by: User, reason: OriginalReason | None) -> Attachment:
    """Write down that a moderator opens the sealed original, in the history of the letter and for its owner to see.

    Raises NotAllowed, SecondFactorNeeded, Invalid("why_needed"), or NotNow("original_gone").
    """
    file = _begin(thing, by)
    if not by.has_second_factor:
        raise SecondFactorNeeded
    if reason is None:
        raise Invalid("why_needed", field="why")
    if file.original_key is None or file.original_gone_at is not None:
        raise NotNow("original_gone")
    attachments.note_opening(file, by=by, role=Role.MODERATOR, variant="original")
    _record(Kind.ORIGINAL_OPENED, file, thing, by, why=reason.value, sha256=file.original_sha256)
    return file


@unit_of_work
def _cover(
    thing: Thing, areas: object, *, by: User, reason: Reason | None, message: str, source: tuple[str, str] | None
) -> list[str]:
    reason, message, file = ensure_reason(reason), ensure_words(message), _begin(thing, by)
    file.look_since = None
    said = {"reason": reason.value, "message": message}
    return attachments.paint(file, areas, by=by, role=Role.MODERATOR, source=source, **said)


@unit_of_work
def _uncover(thing: Thing, areas: Collection[tuple[float, ...]], *, by: User, message: str) -> list[str]:
    message, file = ensure_short(message), _begin(thing, by)
    own = set(areas) & covered_by_moderators(file)
    return attachments.lay_open(file, own, by=by, role=Role.MODERATOR, message=message)


def _begin(thing: Thing, by: User) -> Attachment:
    """Hold the letter and the file, and ask who this is."""
    lock(thing.letter)
    ensure(policy.may_decide_thing, by, thing)
    return lock(_file(thing))


def _file(thing: Thing) -> Attachment:
    if not isinstance(thing.row, Attachment) or thing.row.claim_id is not None:
        raise Missing
    return thing.row


def _record(kind: Kind, file: Attachment, thing: Thing, by: User, **data: Any) -> None:
    record(
        kind,
        by=by,
        role=Role.MODERATOR,
        letter_id=thing.letter.id,
        case_id=file.case_id,
        about=thing.about,
        **data,
    )
