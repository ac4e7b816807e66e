"""A published letter changes only through a revision that a moderator reads first; the old text stays until then."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.accounts.models import User
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.core.text import RENDERER, excerpt, render
from forum.letters import policy
from forum.letters.lifecycle import Publication, RevisionState
from forum.letters.models import TEXT_CHARACTERS, TITLE_CHARACTERS, Letter, Revision

WHY_CHARACTERS = (5, 300)


@unit_of_work
def revise(letter: Letter, *, by: User, title: str, text: str, why: str, seen: int | None = None) -> Revision:
    """Propose a new title and text for a published letter; the same proposal again is the same revision.

    Raises NotAllowed, Stale, or Invalid: length, unchanged, revision_waiting (another proposal is not decided yet).
    """
    lock(letter)
    ensure(policy.may_revise, by, letter)
    waiting = db.session.scalar(
        select(Revision).where(Revision.letter_id == letter.id, Revision.state == RevisionState.WAITING)
    )
    if waiting is not None:
        if (waiting.title, waiting.text) == (title, text):
            return waiting
        raise Invalid("revision_waiting")
    ensure_fresh(letter, seen)
    for name, value, (least, most) in (
        ("title", title, TITLE_CHARACTERS),
        ("text", text, TEXT_CHARACTERS),
        ("why", why, WHY_CHARACTERS),
    ):
        if not least <= len(value) <= most:
            raise Invalid("length", field=name, length=len(value), least=least, most=most)
    if (letter.title, letter.text) == (title, text):
        raise Invalid("unchanged", field="text")
    revision = Revision(letter_id=letter.id, state=RevisionState.WAITING, title=title, text=text, why=why)
    db.session.add(revision)
    db.session.flush()
    record(Kind.REVISION_SUBMITTED, by=by, role=Role.AUTHOR, letter_id=letter.id, about=f"revision:{revision.id}")
    return revision


@unit_of_work
def accept_revision(revision: Revision, *, by: User, reason: str | None = None, message: str = "") -> None:
    """Publish the new version in place of the old one, which stays in the history; raises NotAllowed or NotNow."""
    letter = _begin(revision, by)
    letter.title, letter.text = revision.title, revision.text
    letter.html, letter.renderer, letter.excerpt = render(revision.text), RENDERER, excerpt(revision.text)
    letter.revised_at = utcnow()
    letter.version += 1
    letter.page_version += 1
    _decide(Kind.REVISION_ACCEPTED, RevisionState.ACCEPTED, revision, by, reason, message)


@unit_of_work
def refuse_revision(revision: Revision, *, by: User, reason: str | None = None, message: str = "") -> None:
    """Leave the printed text as it is; raises NotAllowed, NotNow, or Invalid without a reason and words."""
    _begin(revision, by)
    if not reason:
        raise Invalid("reason_needed", field="reason")
    if not message.strip():
        raise Invalid("message_needed", field="message")
    _decide(Kind.REVISION_REFUSED, RevisionState.REFUSED, revision, by, reason, message)


@unit_of_work
def reopen_revision(revision: Revision, *, by: User, message: str = "") -> None:
    """Look once more at a refused version; raises NotAllowed, or NotNow when another one waits or the letter is not in print."""
    letter = _hold(revision, by)
    waits = select(Revision.id).where(Revision.letter_id == letter.id, Revision.state == RevisionState.WAITING).limit(1)
    if (
        revision.state is not RevisionState.REFUSED
        or letter.publication is not Publication.PUBLISHED
        or db.session.scalar(waits) is not None
    ):
        raise NotNow(state=revision.state.value)
    revision.state, revision.message = RevisionState.WAITING, ""
    revision.decided_at, revision.decided_by_id = None, None
    record(
        Kind.REVISION_REOPENED,
        by=by,
        role=Role.MODERATOR,
        letter_id=letter.id,
        about=f"revision:{revision.id}",
        message=message,
    )


def _begin(revision: Revision, by: User) -> Letter:
    letter = _hold(revision, by)
    if revision.state is not RevisionState.WAITING or letter.publication is not Publication.PUBLISHED:
        raise NotNow(state=revision.state.value)
    return letter


def _hold(revision: Revision, by: User) -> Letter:
    letter = db.session.scalars(
        select(Letter)
        .where(Letter.id == revision.letter_id)
        .options(selectinload(Letter.cases))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    lock(revision)
    ensure(policy.may_moderate, by, letter)
    return letter


def _decide(kind: Kind, state: RevisionState, revision: Revision, by: User, reason: str | None, message: str) -> None:
    revision.state, revision.message = state, message
    revision.decided_at, revision.decided_by_id = utcnow(), by.id
    record(
        kind,
        by=by,
        role=Role.MODERATOR,
        letter_id=revision.letter_id,
        about=f"revision:{revision.id}",
        reason=reason,
        message=message,
    )
