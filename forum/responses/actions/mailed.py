"""Answering by a mailed link: opened by a button, words kept, sent once; published at once or after a moderator's look."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from forum.accounts.models import User
from forum.config import settings
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Gone, Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.letters.models import Case
from forum.letters.queries import held_cases
from forum.merchants.domains import domain_of
from forum.merchants.lifecycle import Proof
from forum.responses import policy
from forum.responses.actions.drafts import kept
from forum.responses.actions.holding import hold
from forum.responses.actions.respond import Voice, Words, check, publish, words_of
from forum.responses.lifecycle import LinkMove, LinkState, OwnCheck
from forum.responses.models import CHECK_CHARACTERS, AnswerLink, Response
from forum.responses.queries.mailed import SENT_FROM_KEPT, Mailed, opened, same_address, siblings_of

LINK_LIFE = timedelta(days=14)
WORDS_KEPT = timedelta(days=30)
"""How long typed words of a link that is over can still be read and copied from it; of a refused response, once nobody can appeal."""


@unit_of_work
def make_link(
    case: Case,
    *,
    address: str,
    token_hash: str,
    language: str,
    contact_id: int | None = None,
    user_id: int | None = None,
    mail_id: int | None = None,
) -> AnswerLink:
    """Make a link that opens the response form of a case for LINK_LIFE; words typed at an earlier one of the address come along."""
    now = utcnow()
    typed = [link.fields for link in same_address(case.id, address) if link.state is LinkState.OPEN and link.fields]
    link = AnswerLink(
        case_id=case.id,
        contact_id=contact_id,
        user_id=user_id,
        mail_id=mail_id,
        address=address,
        language=language,
        token_hash=token_hash,
        fields=dict(typed[-1]) if typed else {},
        created_at=now,
        expires_at=now + LINK_LIFE,
    )
    db.session.add(link)
    return link


@unit_of_work
def open_link(link: AnswerLink) -> None:
    """Write down that a person opened the letter by its mailed link; twice is once. Raises Gone when the link is over."""
    _open(_held(link))


def _open(found: Mailed) -> None:
    now = utcnow()
    found.link.opened_at = found.link.opened_at or now
    if found.case.opened_at is None:
        begins = found.case.heard(now)
        found.case.opened_at = now
        record(Kind.CASE_OPENED, **_of(found.case), **begins)


@unit_of_work
def keep_words(link: AnswerLink, fields: dict[str, list[str]]) -> datetime | None:
    """Keep what was typed, also when the link is over by now; nothing once it was sent. Returns when, None when it was not kept."""
    lock(link)
    if link.state is not LinkState.OPEN or not any(any(values) for values in kept(fields).values()):
        return None
    link.fields = kept(fields)
    return utcnow()


@unit_of_work
def answer_by_link(
    link: AnswerLink, words: Words, *, fields: dict[str, list[str]], seen: int | None, once: str | None, sent_from: str
) -> Response | None:
    """Publish the response of a mailed link when its address proves the business, else let a moderator look (None).

    It uses up the link and others of the same address in this case. `sent_from` is the writer's network address.
    Raises Gone("answer_link_over"), Stale, GuardStopped or Invalid at its field.
    """
    found = _held(link)
    ensure_fresh(found.case, seen)
    check(found.case, words, proven=found.insider)
    now = utcnow()
    _open(found)
    link.fields, link.sent_at, link.sent_from = kept(fields), now, sent_from
    for other in siblings_of(link):
        if other.state is LinkState.OPEN and other.expires_at > now:
            other.expires_at = now
    if not found.at_domain:
        link.move(LinkMove.HAND_OVER)
        record(Kind.ANSWER_WAITING, about=f"answer:{link.id}", **_of(found.case))
        return None
    link.move(LinkMove.PUBLISH)
    voice = Voice(Proof.EMAIL, domain_of(link.address), link)
    return publish(found.case, found.case.letter, words, voice, by=None, seen=seen, once=once)


@unit_of_work
def decide_answer(
    link: AnswerLink, *, approve: bool, by: User, message: str = "", check_made: OwnCheck | None = None, checked: str = ""
) -> Response | None:
    """Publish what came by a mailed link, proved by this moderator's `check_made`, or refuse it with words.

    `checked` says what was looked at, for moderators alone. Raises NotAllowed, NotNow("already_decided"),
    NotNow("letter_gone"), GuardStopped or Invalid.
    """
    found = opened(link)
    letter = hold(found.case)
    lock(link)
    ensure(policy.may_decide_answer, by, link)
    if link.state is not LinkState.WAITING:
        raise NotNow("already_decided")
    response = None
    if approve:
        if policy.is_gone(letter):
            raise NotNow("letter_gone")
        _ensure_checked(check_made, checked)
        words = words_of(link)
        check(found.case, words)
        voice = Voice(Proof.MODERATOR, None, link)
        response = publish(found.case, letter, words, voice, by=None, seen=None, once=None)
    link.move(LinkMove.APPROVE if approve else LinkMove.REFUSE)
    link.decided_at, link.decided_by_id, link.message = utcnow(), by.id, message
    record(
        Kind.ANSWER_DECIDED,
        by=by,
        role=Role.MODERATOR,
        letter_id=letter.id,
        case_id=found.case.id,
        merchant_id=found.case.merchant_id,
        about=f"answer:{link.id}",
        decision="approved" if approve else "refused",
        message=message,
        **({"check": check_made, "checked": checked} if approve else {}),
    )
    return response


@unit_of_work
def reopen_answer(link: AnswerLink, *, by: User, message: str = "") -> None:
    """Let a moderator look once more at what came by a mailed link and was refused. Raises NotAllowed or NotNow."""
    found = opened(link)
    letter = hold(found.case)
    lock(link)
    ensure(policy.may_decide_answer, by, link)
    if policy.is_gone(letter):
        raise NotNow("letter_gone")
    link.move(LinkMove.REOPEN)
    link.decided_at = link.decided_by_id = None
    link.message, link.reopened_at = "", utcnow()
    record(
        Kind.DECISION_REOPENED,
        by=by,
        role=Role.MODERATOR,
        letter_id=letter.id,
        case_id=found.case.id,
        merchant_id=found.case.merchant_id,
        about=f"answer:{link.id}",
        message=message,
    )


def _ensure_checked(check_made: OwnCheck | None, checked: str) -> None:
    """Raise Invalid where it is not said how somebody found out that a response is of the business."""
    least, most = CHECK_CHARACTERS
    if check_made is None:
        raise Invalid("check_needed", field="check_made")
    if len(checked) > most or (check_made is OwnCheck.OTHER and len(checked) < least):
        raise Invalid("say_what_checked", field="checked", least=least, most=most)


@unit_of_work
def take_over(user: User, merchant_id: int, address: str) -> int:
    """Put the responses that came from a proved address under the account that proved it; returns how many."""
    taken = 0
    rows = db.session.execute(
        select(Response, AnswerLink)
        .join(AnswerLink, AnswerLink.id == Response.link_id)
        .join(Case, Case.id == Response.case_id)
        .where(Case.merchant_id == merchant_id, Response.author_id.is_(None))
    )
    for response, link in rows:
        if link.address == address:
            response.author_id = user.id
            taken += 1
    return taken


@unit_of_work
def bounce_link(link: AnswerLink) -> None:
    """The mail with this link did not arrive; the link still works, since an operator may send the mail once more."""
    lock(link)
    link.bounced_at = utcnow()


@unit_of_work
def prune_links() -> None:
    """Forget links that led to nothing WORDS_KEPT after they ended, and network addresses after SENT_FROM_KEPT; none of held letters."""
    now, free = utcnow(), AnswerLink.case_id.not_in(held_cases())
    to_appeal = timedelta(days=settings().appeal_days)
    db.session.execute(
        delete(AnswerLink).where(AnswerLink.state == LinkState.OPEN, AnswerLink.expires_at < now - WORDS_KEPT, free)
    )
    db.session.execute(
        delete(AnswerLink).where(AnswerLink.state == LinkState.REFUSED, AnswerLink.decided_at < now - to_appeal - WORDS_KEPT, free)
    )
    db.session.execute(
        update(AnswerLink)
        .where(AnswerLink.sent_at < now - SENT_FROM_KEPT, AnswerLink.sent_from != "", free)
        .values(sent_from="")
    )


def _held(link: AnswerLink) -> Mailed:
    """Hold letter, case and link, and look at them anew; raises Gone when the link is over."""
    before = opened(link)
    hold(before.case)
    lock(link)
    found = opened(link)
    if found.over is not None:
        raise Gone("answer_link_over")
    return found


def _of(case: Case) -> dict[str, Any]:
    return {
        "by": None,
        "role": Role.BUSINESS,
        "letter_id": case.letter_id,
        "case_id": case.id,
        "merchant_id": case.merchant_id,
    }
