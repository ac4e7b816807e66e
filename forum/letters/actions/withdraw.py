"""The author takes a letter back."""

from sqlalchemy import update

from forum.accounts.models import User
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.events import Kind, Role, record
from forum.letters import policy
from forum.letters.actions.holding import drop_drafts
from forum.letters.lifecycle import Move, Publication, RevisionState, Visibility
from forum.letters.models import Letter, LetterDraft, Revision


@unit_of_work
def withdraw(letter: Letter, *, by: User, seen: int | None = None) -> None:
    """Take a letter back; one that was in print leaves a dated tombstone. Twice is the same as once.

    Raises NotAllowed or Stale.
    """
    lock(letter)
    if policy.is_author(by, letter) and letter.publication is Publication.WITHDRAWN:
        return
    ensure(policy.may_withdraw, by, letter)
    ensure_fresh(letter, seen)
    now = utcnow()
    if letter.publication is Publication.PUBLISHED:
        letter.visibility = Visibility.TOMBSTONE
        letter.removed_at = now
    letter.move(Move.WITHDRAW)
    letter.reason, letter.message = None, ""
    letter.page_version += 1
    _drop_unfinished(letter)
    record(Kind.LETTER_WITHDRAWN, by=by, role=Role.AUTHOR, letter_id=letter.id)


def _drop_unfinished(letter: Letter) -> None:
    """Nobody needs to decide on a change of a withdrawn letter, nor to mend it."""
    db.session.execute(
        update(Revision)
        .where(Revision.letter_id == letter.id, Revision.state == RevisionState.WAITING)
        .values(state=RevisionState.REFUSED, decided_at=utcnow())
    )
    drop_drafts(LetterDraft.letter_id == letter.id)
