"""A letter goes to the moderators: for the first time, or again after it was mended."""

from sqlalchemy import delete, func, select, update

from forum.accounts.models import Scope, User
from forum.attachments.actions import note_added
from forum.attachments.models import Attachment, FileState
from forum.attachments.queries import IN_ORDER
from forum.core import limits
from forum.core.access import ensure, ensure_free, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotAllowed, TooMany
from forum.core.events import Kind, Role, record
from forum.core.rates import LIMITS
from forum.core.text import RENDERER
from forum.letters import policy
from forum.letters.actions.holding import keep_words
from forum.letters.content import Content
from forum.letters.lifecycle import Move, Publication
from forum.letters.models import Case, Letter, LetterDraft
from forum.merchants.actions import find_or_add
from forum.merchants.models import Merchant
from forum.merchants.queries import key_of


@unit_of_work
def submit(content: Content, *, by: User, once: str, address: str | None = None) -> Letter:
    """Send a new letter to the moderators, with the files of the draft of this key, which ends; `once` counts once.

    `address` is the network address, None where none sends it.

    Raises NotAllowed (not_confirmed without a confirmed address; a draft that mends another letter), TooMany beyond the letters of a day, or Invalid.
    """
    lock(by)
    known = db.session.scalar(select(Letter).where(Letter.author_id == by.id, Letter.once == once))
    if known is not None:
        return known
    _ensure_may_send(by)
    _ensure_mends_nothing(by, once)
    content.check()
    _ensure_not_too_many(by)
    letter = Letter(author_id=by.id, once=once, publication=Publication.DRAFT, version=0)
    _fill(letter, content, by)
    merchants = _merchants(content, by)
    if address is not None:
        about = [("letter-business", str(merchant.id)) for merchant in merchants]
        limits.permit_each(("letter-address", address), *about, ("letter-site", ""))
    letter.cases = [
        Case(
            merchant_id=merchant.id,
            category=content.category,
            position=position,
            details=content.details_at(position),
        )
        for position, merchant in enumerate(merchants)
    ]
    letter.move(Move.SUBMIT)
    db.session.add(letter)
    db.session.flush()
    record(Kind.LETTER_SUBMITTED, by=by, role=Role.AUTHOR, letter_id=letter.id)
    _end_draft(letter, by, once)
    return letter


@unit_of_work
def send_again(letter: Letter, content: Content, *, by: User, once: str, seen: int | None = None) -> Letter:
    """Send a returned letter again as it is now, with the files of its draft, which ends; `once` counts once.

    Raises NotAllowed, Stale, or Invalid.
    """
    lock(letter)
    if letter.author_id == by.id and letter.once == once and letter.publication is Publication.SUBMITTED:
        return letter
    ensure(policy.may_mend, by, letter)
    _ensure_may_send(by)
    ensure_fresh(letter, seen)
    content.check(filed_under=letter.category)
    letter.once = once
    _keep_former(letter)
    _fill(letter, content, by)
    _replace_cases(letter, content, _merchants(content, by))
    letter.reason, letter.message = None, ""
    letter.page_version += 1
    letter.move(Move.SUBMIT)
    db.session.flush()
    record(Kind.LETTER_SUBMITTED, by=by, role=Role.AUTHOR, letter_id=letter.id, again=True)
    _end_draft(letter, by, once)
    return letter


def _ensure_may_send(by: User) -> None:
    if by.is_active and not by.is_confirmed:
        raise NotAllowed("not_confirmed")
    ensure_free(by, Scope.LETTERS)
    ensure(policy.may_write, by, None)


def _ensure_mends_nothing(by: User, once: str) -> None:
    """The files of a draft that mends a letter stand with that letter: no other may take them along."""
    mends = select(LetterDraft.id).where(
        LetterDraft.owner_id == by.id, LetterDraft.once == once, LetterDraft.letter_id.is_not(None)
    )
    if db.session.scalar(mends) is not None:
        raise NotAllowed


def _ensure_not_too_many(by: User) -> None:
    limit, now = LIMITS["letter"], utcnow()
    count, first = db.session.execute(
        select(func.count(), func.min(Letter.submitted_at)).where(
            Letter.author_id == by.id, Letter.submitted_at > now - limit.window
        )
    ).one()
    if first is not None and count >= limit.number:
        raise TooMany("too_many_letters", most=limit.number, retry_after=max(60, int((first + limit.window - now).total_seconds())))


def _merchants(content: Content, by: User) -> list[Merchant]:
    found = [find_or_add(name, by, another=key_of(name) in content.others) for name in content.merchants]
    if len({merchant.id for merchant in found}) < len(found):
        raise Invalid("merchant_twice", field="merchants")
    return found


def _fill(letter: Letter, content: Content, by: User) -> None:
    letter.kind, letter.category, letter.writes_as = content.kind, content.category, content.writes_as
    letter.title, letter.text, letter.ask = content.title, content.text, content.ask
    letter.html, letter.renderer, letter.excerpt = content.html, RENDERER, content.excerpt
    letter.name_shown, letter.byline = content.name_shown, content.byline(by.name)
    letter.place, letter.province = content.place, content.province
    letter.event_on, letter.loss = content.event_on, content.loss
    letter.submitted_at = utcnow()


def _keep_former(letter: Letter) -> None:
    """A returned letter has no versions yet: of one that is held a copy stays of what is written over."""
    cases = db.session.scalars(select(Case).where(Case.letter_id == letter.id).order_by(Case.position))
    details = [{"merchant": case.merchant_id, "details": case.details} for case in cases]
    keep_words(letter.id, f"letter:{letter.id}", title=letter.title, text=letter.text, ask=letter.ask, place=letter.place, byline=letter.byline, cases=details)


def _replace_cases(letter: Letter, content: Content, merchants: list[Merchant]) -> None:
    """A returned letter was never in print, so nothing hangs on its cases yet; those that stay keep their row."""
    kept = {
        case.merchant_id: case for case in db.session.scalars(select(Case).where(Case.letter_id == letter.id)).all()
    }
    for position, merchant in enumerate(merchants):
        case = kept.pop(merchant.id, None)
        if case is None:
            case = Case(letter_id=letter.id, merchant_id=merchant.id)
            db.session.add(case)
        case.category, case.position, case.details = content.category, position, content.details_at(position)
    for gone in kept.values():
        db.session.delete(gone)
    db.session.flush()
    db.session.expire(letter, ["cases"])


def _end_draft(letter: Letter, by: User, once: str) -> None:
    """Let the files of the draft stand with the letter; raises Invalid("file_refused") with the `name` of one that cannot."""
    draft_id = db.session.scalar(
        select(LetterDraft.id).where(LetterDraft.owner_id == by.id, LetterDraft.once == once).with_for_update(key_share=True)
    )
    if draft_id is None:
        return
    files = db.session.scalars(
        select(Attachment).where(Attachment.draft_id == draft_id).order_by(*IN_ORDER).with_for_update(key_share=True)
    ).all()
    for file in files:
        if file.state is FileState.REFUSED:
            raise Invalid("file_refused", field="files", name=file.name)
    added = [file for file in files if file.letter_id is None]
    db.session.execute(
        update(Attachment).where(Attachment.draft_id == draft_id).values(draft_id=None, letter_id=letter.id)
    )
    db.session.execute(delete(LetterDraft).where(LetterDraft.id == draft_id))
    note_added(added, by=by, letter_id=letter.id)
