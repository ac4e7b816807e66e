"""Contesting passages of a letter, and taking a contest back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select, update

from forum.accounts.addresses import normal_email, normal_name
from forum.accounts.models import Guest, User, Visitor
from forum.attachments.models import Attachment
from forum.attachments.receive import Received
from forum.config import settings
from forum.contests import policy
from forum.contests.actions.proving import keep_files
from forum.contests.actions.standing import cover_at_once, put_back, settle, stamp, tell
from forum.contests.lifecycle import DECIDED, GROUNDS, HIDES, OPEN, ContestMove, ContestState, Ground, Side
from forum.contests.links import mail_link
from forum.contests.models import (
    CONTEST_CHARACTERS,
    HIDDEN_CHARACTERS,
    HIDDEN_PART,
    MOST_PASSAGES,
    PASSAGE_CHARACTERS,
    Contest,
)
from forum.contests.queries.one import not_customer_yet
from forum.core import limits
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Gone, Invalid, NotNow, TooMany
from forum.core.events import Kind
from forum.core.rates import AN_HOUR
from forum.letters import passages as texts
from forum.letters.models import Case, Letter
from forum.letters.policy import may_write
from forum.letters.queries import held_letters
from forum.merchants.models import Merchant

LINK_LIFE: Final = timedelta(days=7)
ADDRESS_KEPT: Final = timedelta(days=180)
"""How long the name and address of a person are known after the end, for an appeal."""


@dataclass(frozen=True)
class Claimed:
    """What a contest says: the ground, the passages as they stand, what is wrong with them."""

    ground: Ground
    passages: Sequence[str]
    text: str


@unit_of_work
def contest(
    letter: Letter,
    claimed: Claimed,
    *,
    by: Visitor,
    case: Case | None = None,
    name: str = "",
    email: str = "",
    language: str = "id",
    files: Sequence[Received] = (),
    once: str | None = None,
    address: str,
) -> Contest:
    """Contest passages of a letter for the business of `case`, or as a person named in it; the same form again is the same contest.

    A person without a confirmed account gives `email`, gets a link, and the contest begins when it is used. `address` is the
    network address. Raises NotAllowed, SecondFactorNeeded, TooMany (too_many_contests), or Invalid: length, no_passages,
    many_passages, passage_unfit, words_not_found, ground_unfit, too_much, contested_already, decided_already, bad_email, those of a
    name, and say_it_first, author_is_asked, deal_was_shown.
    """
    lock(letter)
    ensure(policy.may_file, by, letter)
    if case is not None:
        ensure(policy.may_file_for, by, case)
    known = None if once is None else db.session.scalar(select(Contest).where(Contest.once == once))
    if known is not None:
        if (known.letter_id, known.text, known.by_id) == (letter.id, claimed.text, None if by.is_guest else by.id):
            return known
        once = None  # the page was sent again with other words: another contest
    side = Side.PERSON if case is None else Side.BUSINESS
    proved = may_write(by)
    made = Contest(
        letter_id=letter.id,
        case_id=None if case is None else case.id,
        side=side,
        ground=claimed.ground,
        state=ContestState.UNPROVEN,
        passages=_checked(letter, claimed, side),
        text=claimed.text,
        by_id=None if by.is_guest else by.id,
        language=language,
        once=once,
        made_at=utcnow(),
    )
    made.letter, made.case = letter, case
    if side is Side.PERSON:
        made.name = normal_name(name)
        known_address = by.email if isinstance(by, User) and proved and by.email else normal_email(email)
        made.email, made.email_key = None if proved else known_address, policy.address_key(known_address)
    if proved:  # or anybody could ask what an address has contested
        _ensure_new(made)
    limits.permit("contest", address)
    db.session.add(made)
    db.session.flush()
    if files and isinstance(by, User) and proved:
        keep_files(made, files, by=by)
    if proved:
        _file(made, by)
    else:
        limits.permit("contest-mail", made.email_key or "")
        mail_link(made, title=letter.title, days=LINK_LIFE.days)
    return made


@unit_of_work
def prove(made: Contest) -> None:
    """Begin the contest of a person whose mailed link was used; twice is once.

    Raises Gone("link_over"), NotNow("letter_gone"), or TooMany and Invalid as `contest`.
    """
    lock(made.letter)
    lock(made)
    if made.state is not ContestState.UNPROVEN:
        return
    if made.made_at <= utcnow() - LINK_LIFE:
        raise Gone("link_over")
    if not policy.is_in_print(made.letter):
        raise NotNow("letter_gone")
    _checked(made.letter, Claimed(made.ground or Ground.FALSE_FACT, made.passages, made.text), made.side)
    _ensure_new(made)
    _file(made, Guest())


@unit_of_work
def withdraw(made: Contest, *, by: Visitor) -> None:
    """Take the contest back; what it covered is shown again. Twice is once.

    `by` is the Guest where the mailed link was used, which the caller has looked at. Raises NotAllowed or NotNow.
    """
    lock(made.letter)
    lock(made)
    if not by.is_guest or made.email is None:
        ensure(policy.may_withdraw, by, made)
    if made.state is ContestState.WITHDRAWN:
        return
    was_open = made.is_open
    made.move(ContestMove.WITHDRAW)
    made.ended_at = utcnow()
    if was_open:
        put_back(made, by=None)
        stamp(made.letter)
        tell(Kind.CONTEST_WITHDRAWN, made, by=by)


@unit_of_work
def close_contests(letter: Letter) -> int:
    """End the open contests of a letter that went out of print; what they covered stays covered. Returns how many."""
    waiting = db.session.scalars(
        select(Contest).where(Contest.letter_id == letter.id, Contest.state.in_(OPEN)).with_for_update(key_share=True)
    ).all()
    for made in waiting:
        made.letter = letter
        made.case = None if made.case_id is None else db.session.get(Case, made.case_id)
        made.move(ContestMove.CLOSE)
        made.ended_at = utcnow()
        settle(made, by=None)
        tell(Kind.CONTEST_CLOSED, made, by=None)
    stamp(letter)
    return len(waiting)


@unit_of_work
def prune_contests() -> None:
    """Forget contests whose link nobody used in LINK_LIFE, names and addresses ADDRESS_KEPT after the end, and files of proof.

    Those go as the documents of claims do, `settings.document_days` after the decision; their bytes are swept afterwards. None of held letters.
    """
    now, free = utcnow(), Contest.letter_id.not_in(held_letters())
    over = select(Contest.id).where(Contest.ended_at < now - timedelta(days=settings().document_days), free)
    db.session.execute(delete(Attachment).where(Attachment.contest_id.in_(over)))
    db.session.execute(
        delete(Contest).where(Contest.state == ContestState.UNPROVEN, Contest.made_at < now - LINK_LIFE - AN_HOUR, free)
    )
    db.session.execute(
        update(Contest)
        .where(Contest.ended_at < now - ADDRESS_KEPT, Contest.side == Side.PERSON, Contest.name.is_not(None), free)
        .values(name=None, email=None)
    )


def _file(made: Contest, by: Visitor) -> None:
    _ensure_few(made)
    letter, now = made.letter, utcnow()
    made.move(ContestMove.FILE)
    made.filed_at = now
    made.hides = made.ground in HIDES and not _was_rejected(made)
    author = db.session.get_one(User, letter.author_id)
    if author.is_active:
        made.move(ContestMove.ASK)
        made.asked_at = now
    else:  # nobody to ask: the moderators decide with what is there
        made.move(ContestMove.HEAR)
        made.heard_at = now
    if made.hides:
        cover_at_once(made)
    stamp(letter)
    ground = None if made.ground is None else made.ground.value
    tell(Kind.CONTEST_FILED, made, by=by, reason=ground, hides=made.hides, due=_iso(made.author_due))


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="minutes")


def _checked(letter: Letter, claimed: Claimed, side: Side) -> list[str]:
    """Return the passages, each once; raises Invalid for what cannot be contested so."""
    least, most = CONTEST_CHARACTERS
    if not least <= len(claimed.text) <= most:
        raise Invalid("length", field="text", length=len(claimed.text), least=least, most=most)
    if claimed.ground not in GROUNDS[side]:
        raise Invalid("ground_unfit", field="ground")
    found = list({texts.one_line(one).casefold(): texts.one_line(one) for one in claimed.passages if one.strip()}.values())
    if not found:
        raise Invalid("no_passages", field="passages")
    if len(found) > MOST_PASSAGES:
        raise Invalid("many_passages", field="passages", most=MOST_PASSAGES)
    for one in found:
        if not PASSAGE_CHARACTERS[0] <= len(one) <= PASSAGE_CHARACTERS[1] or sum(map(str.isalnum, one)) < PASSAGE_CHARACTERS[0]:
            raise Invalid("passage_unfit", field="passages", least=PASSAGE_CHARACTERS[0], most=PASSAGE_CHARACTERS[1])
        if not texts.stands(letter, one):
            raise Invalid("words_not_found", field="passages", words=one)
    allowed = max(HIDDEN_CHARACTERS, texts.length_of(texts.words_of(letter)) // HIDDEN_PART)
    if claimed.ground in HIDES and texts.length_of(found) > allowed:
        raise Invalid("too_much", field="passages", length=texts.length_of(found), most=allowed)
    return found


def _ensure_new(made: Contest) -> None:
    """Raise Invalid when this side contests the same passage on the same ground already, or it was decided."""
    if made.ground is Ground.NOT_OUR_CUSTOMER and made.case_id is not None:
        refused = not_customer_yet(made.case_id)
        if refused is not None:
            raise Invalid(refused, field="ground")
    same_side = Contest.case_id == made.case_id if made.case_id is not None else Contest.email_key == made.email_key
    others = db.session.scalars(
        select(Contest)
        .where(Contest.letter_id == made.letter_id, Contest.ground == made.ground, Contest.state.in_((*OPEN, *DECIDED)), same_side)
        .order_by(Contest.id)
    ).all()
    for one in others:
        if texts.same(made.passages, one.passages):
            raise Invalid("contested_already" if one.is_open else "decided_already", field="passages", number=one.id)


def _ensure_few(made: Contest) -> None:
    """Raise TooMany when the side has as many open contests as it may; each business and person in one turn."""
    config = settings()
    if made.case is not None:
        lock(db.session.get_one(Merchant, made.case.merchant_id))
        mine = select(Contest.id).join(Case, Case.id == Contest.case_id).where(Case.merchant_id == made.case.merchant_id)
        most = config.contests_per_business
    else:
        mine, most = select(Contest.id).where(Contest.email_key == made.email_key), config.contests_per_person
    count = db.session.scalar(select(func.count()).select_from(mine.where(Contest.state.in_(OPEN)).subquery())) or 0
    if count >= most:
        raise TooMany("too_many_contests", most=most, retry_after=int(AN_HOUR.total_seconds()))


def _was_rejected(made: Contest) -> bool:
    """Whether moderators looked at one of these passages on this ground before and let it stand: then it stays readable."""
    before = db.session.scalars(
        select(Contest).where(
            Contest.letter_id == made.letter_id, Contest.ground == made.ground, Contest.state == ContestState.REJECTED
        )
    )
    return any(texts.same(made.passages, one.passages) for one in before)
