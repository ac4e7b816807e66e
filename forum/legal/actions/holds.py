"""Holding the data of letters, and letting them go: two persons release, and only then goes what was kept."""

from sqlalchemy import delete, func, select

from forum.accounts.models import User
from forum.attachments.models import Attachment
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, turn, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.legal import policy
from forum.legal.models import WHY_CHARACTERS, LegalHold, NoticeThing
from forum.legal.queries.holds import hold_for
from forum.letters.kept import KeptWords
from forum.letters.models import Letter
from forum.letters.policy import may_moderate
from forum.people import actions as people
from forum.people.actions.requests import carries_out
from forum.people.lifecycle import RequestKind
from forum.people.models import JointRequest


@unit_of_work
def hold(
    letter: Letter, *, by: User, why: str, quiet: bool = False, notice_id: int | None = None, once: str | None = None
) -> LegalHold:
    """Hold the data of a letter: from now on nothing of it is purged; needs `letter.cases`. The same form counts once.

    `quiet`: its author may not be told. Raises NotAllowed or Invalid("words_needed").
    """
    ensure(may_moderate, by, letter)
    least, most = WHY_CHARACTERS
    if not least <= len(why.strip()) <= most:
        raise Invalid("words_needed", field="why", least=least, most=most)
    if once is not None:
        turn(f"legal_hold:{once}")
        known = db.session.scalar(select(LegalHold).where(LegalHold.once == once))
        if known is not None:
            return known
    lock(letter)
    made = LegalHold(letter_id=letter.id, notice_id=notice_id, why=why.strip(), quiet=quiet, by_id=by.id, once=once)
    db.session.add(made)
    _stamp(letter)
    record(
        Kind.LETTER_HELD,
        by=by,
        role=Role.MODERATOR,
        letter_id=letter.id,
        about=f"legal_hold:{made.id}",
        notice_id=notice_id,
    )
    return made


@unit_of_work
def ask_release(made: LegalHold, *, by: User, why: str) -> JointRequest:
    """Ask that a hold be released; another person confirms, who is not the author. Raises NotAllowed, NotNow or Invalid."""
    if made.released_at is not None:
        raise NotNow("hold_over")
    ensure(policy.may_ask_release, by, made)
    return people.ask(
        RequestKind.RELEASE_HOLD, by=by, why=why, user_id=made.letter.author_id, hold_id=made.id, name=made.letter.title
    )


@carries_out(RequestKind.RELEASE_HOLD)
def _release(request: JointRequest, asker: User, second: User) -> None:
    made = hold_for(second, int(request.data["hold_id"]))
    ensure(may_moderate, second, made.letter)
    letter = lock(made.letter)
    lock(made)
    if made.released_at is not None:
        raise NotNow("hold_over")
    made.released_at, made.released_by_id, made.second_by_id = utcnow(), asker.id, second.id
    _stamp(letter)
    record(
        Kind.HOLD_RELEASED,
        by=asker,
        role=Role.MODERATOR,
        letter_id=letter.id,
        about=f"legal_hold:{made.id}",
        notice_id=made.notice_id,
        second=second.id,
    )
    if letter.held_since is None:
        _let_go(letter)


def _stamp(letter: Letter) -> None:
    """Let the letter say since when it is held, and whether only quietly; it is locked."""
    db.session.flush()
    since, told = db.session.execute(
        select(func.min(LegalHold.since), func.count().filter(LegalHold.quiet.is_(False))).where(
            LegalHold.letter_id == letter.id, LegalHold.released_at.is_(None)
        )
    ).one()
    letter.held_since, letter.held_quietly = since, since is not None and not told
    letter.page_version += 1
    db.session.flush()


def _let_go(letter: Letter) -> None:
    """Delete what only the hold kept: its owners had given it up. Bytes that nothing names go with the next sweep."""
    db.session.execute(delete(Attachment).where(Attachment.kept_letter_id == letter.id))
    db.session.execute(delete(KeptWords).where(KeptWords.letter_id == letter.id))


@unit_of_work
def keep_identity(user: User) -> None:
    """Keep name and address of an account that is being closed, sealed, with each held letter of its own or on which it is concerned."""
    mine = select(Letter.id).where(Letter.author_id == user.id)
    concerned = select(NoticeThing.letter_id).where(NoticeThing.person_id == user.id)
    held = select(Letter).where(Letter.held_since.is_not(None), Letter.id.in_(mine.union(concerned)))
    for letter in db.session.scalars(held.order_by(Letter.id).with_for_update(key_share=True)).all():
        words = {"name": user.name, "email": user.email, "byline": letter.byline if letter.author_id == user.id else ""}
        db.session.add(KeptWords(letter_id=letter.id, about=f"user:{user.id}", words=words))
    db.session.flush()
