"""What is typed is kept, field by field, before it is anything else."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select, update

from forum.accounts.models import User
from forum.attachments import actions as attachments
from forum.attachments.models import Attachment, FileAudience
from forum.attachments.receive import Received
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid
from forum.core.secrecy import new_token
from forum.letters import policy
from forum.letters.actions.holding import drop_drafts
from forum.letters.models import Letter, LetterDraft

DRAFT_KEPT = timedelta(days=180)  # after it was last saved
MOST_DRAFTS = 30  # of one person
MOST_DRAFT_CHARACTERS = 150_000


@unit_of_work
def keep_draft(*, by: User, once: str, fields: Mapping[str, Sequence[str]]) -> LetterDraft:
    """Keep these fields as typed in the draft with this key, made when there is none; the same key is the same draft.

    Raises Invalid: already_sent (the letter of this key exists; facts hold `letter_id`), draft_too_long, too_many_drafts.
    """
    _ensure_not_too_long(fields)
    draft = _draft_of(by, once) or _new_draft(by, once)
    _fill(draft, fields)
    return draft


@unit_of_work
def add_file(
    received: Received,
    *,
    by: User,
    once: str,
    fields: Mapping[str, Sequence[str]],
    letter: Letter | None = None,
    audience: FileAudience = FileAudience.PUBLIC,
) -> Attachment:
    """Add a file that `receive` stored to the draft with this key, or to the one that mends `letter`; the same bytes count once.

    The fields begin the draft where there is none; a draft that is there keeps its words, which may be newer than a file that
    travelled for minutes. Raises as `keep_draft`, `mending_draft` and `attachments.actions.keep`.
    """
    if letter is not None:
        draft = mending_draft(letter, by=by, fields=fields)
    else:
        _ensure_not_too_long(fields)
        known = _draft_of(by, once)
        draft = known or _new_draft(by, once)
        if known is None:
            _fill(draft, fields)
    return attachments.keep(received, by=by, draft_id=draft.id, audience=audience)


@unit_of_work
def mending_draft(letter: Letter, *, by: User, fields: Mapping[str, Sequence[str]]) -> LetterDraft:
    """Return the draft in which a returned letter is mended, begun with these fields; the letter's files belong to it.

    Raises NotAllowed.
    """
    lock(letter)
    ensure(policy.may_mend, by, letter)
    draft = db.session.scalar(select(LetterDraft).where(LetterDraft.letter_id == letter.id))
    if draft is None:
        draft = LetterDraft(
            owner_id=by.id,
            once=new_token()[:32],
            letter_id=letter.id,
            fields={name: list(values) for name, values in fields.items()},
        )
        db.session.add(draft)
        db.session.flush()
        db.session.execute(update(Attachment).where(Attachment.letter_id == letter.id).values(draft_id=draft.id))
    return draft


@unit_of_work
def discard_draft(draft: LetterDraft, *, by: User) -> None:
    """Throw a draft away with its files; files of a letter that was being mended stay with the letter. Raises NotAllowed."""
    lock(by)  # a file that is on its way into the draft comes before or after, not between
    ensure(policy.may_change_draft, by, draft)
    drop_drafts(LetterDraft.id == draft.id)


@unit_of_work
def prune_drafts() -> None:
    """Forget drafts that nobody touched for DRAFT_KEPT, with their files; those that mend a returned letter stay with it."""
    old = select(LetterDraft.id).where(LetterDraft.letter_id.is_(None), LetterDraft.saved_at < utcnow() - DRAFT_KEPT)
    numbers = list(db.session.scalars(old.with_for_update()))
    db.session.execute(delete(Attachment).where(Attachment.draft_id.in_(numbers), Attachment.letter_id.is_(None)))
    db.session.execute(delete(LetterDraft).where(LetterDraft.id.in_(numbers)))


def _ensure_not_too_long(fields: Mapping[str, Sequence[str]]) -> None:
    if sum(len(value) for values in fields.values() for value in values) > MOST_DRAFT_CHARACTERS:
        raise Invalid("draft_too_long", most=MOST_DRAFT_CHARACTERS)


def _draft_of(by: User, once: str) -> LetterDraft | None:
    lock(by)
    sent = db.session.scalar(select(Letter.id).where(Letter.author_id == by.id, Letter.once == once))
    if sent is not None:
        raise Invalid("already_sent", letter_id=sent)
    return db.session.scalar(select(LetterDraft).where(LetterDraft.owner_id == by.id, LetterDraft.once == once))


def _fill(draft: LetterDraft, fields: Mapping[str, Sequence[str]]) -> None:
    draft.fields = {name: list(values) for name, values in fields.items()}
    draft.saved_at = utcnow()
    db.session.flush()


def _new_draft(by: User, once: str) -> LetterDraft:
    count = db.session.scalar(select(func.count()).select_from(LetterDraft).where(LetterDraft.owner_id == by.id)) or 0
    if count >= MOST_DRAFTS:
        raise Invalid("too_many_drafts", most=MOST_DRAFTS)
    draft = LetterDraft(owner_id=by.id, once=once, fields={})
    db.session.add(draft)
    return draft
