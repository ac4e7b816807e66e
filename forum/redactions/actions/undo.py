"""Putting words back that were covered by mistake."""

from collections.abc import Sequence
from typing import Any

from forum.accounts.models import User
from forum.comments.models import Comment
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import NotAllowed, NotNow
from forum.core.events import Kind, Role, record
from forum.letters.models import Letter
from forum.moderation.lifecycle import ThingKind
from forum.moderation.models import Thing
from forum.redactions import marks, policy
from forum.redactions.actions.again import cover_again
from forum.redactions.actions.covering import change
from forum.redactions.fields import Row, Spot
from forum.redactions.lifecycle import Reach
from forum.redactions.marks import Cover, Covered
from forum.redactions.models import Redaction
from forum.redactions.queries.places import spots_under
from forum.responses.models import Response


@unit_of_work
def undo(redaction: Redaction, *, by: User, thing: Thing) -> int:
    """Put back what this redaction covered, as it was, but for what others cover as well; returns how many places.

    A text whose marks its author changed meanwhile stays covered. `thing` is the letter or something under it.
    Raises NotAllowed, also to a moderator whose own words were covered, or NotNow("already_undone").
    """
    letter = lock(thing.letter)
    lock(redaction)
    ensure(policy.may_undo, by, thing)
    if _person_of(redaction) == by.id:
        raise NotAllowed
    if redaction.waits:
        raise NotNow("contest_open")
    if redaction.undone_at is not None:
        raise NotNow("already_undone")
    redaction.undone_at, redaction.undone_by_id = utcnow(), by.id
    return uncover(letter, redaction, by=by)


@unit_of_work
def uncover(letter: Letter, redaction: Redaction, *, by: User | None, **facts: Any) -> int:
    """Put back what a redaction that was just undone covered; the letter is held. Returns how many places."""
    back: dict[Row, None] = {}

    def put_back(spot: Spot, covers: Sequence[Cover]) -> Covered:
        done = marks.uncover(spot.text, covers, owner=redaction.id)
        if done.places:
            back[spot.row] = None
        return done

    count = change(letter, spots_under(letter, Reach.ALL, 0, holding=marks.ANY_MARK), put_back)
    cover_again(letter, [*back])
    record(
        Kind.WORDS_RESTORED,
        by=by,
        role=Role.SYSTEM if by is None else Role.MODERATOR,
        letter_id=letter.id,
        about=redaction.about,
        redaction_id=redaction.id,
        label=redaction.label.value,
        count=count,
        **facts,
    )
    return count


def _person_of(redaction: Redaction) -> int | None:
    """Whose comment or response was looked at; a letter's author is no moderator of it anyway."""
    kinds: dict[ThingKind, type[Any]] = {ThingKind.COMMENT: Comment, ThingKind.RESPONSE: Response}
    row: Any = db.session.get(kinds[redaction.kind], redaction.thing_id) if redaction.kind in kinds else None
    return None if row is None else row.author_id
