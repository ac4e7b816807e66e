"""Writing a right of reply: kept, its address proved by a mailed link, taken back; forgotten when nobody proved it."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select, update

from forum.accounts.addresses import normal_email, normal_name
from forum.accounts.models import Guest, Visitor
from forum.core import limits
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Gone, Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.core.rates import AN_HOUR
from forum.core.secrecy import sign
from forum.core.text import RENDERER, initials, render
from forum.letters.actions import keep_words
from forum.letters.lifecycle import NameShown
from forum.letters.models import Letter
from forum.letters.queries import held_letters
from forum.reply import policy
from forum.reply.lifecycle import ReplyMove, ReplyState
from forum.reply.links import mail_link
from forum.reply.models import PLACE_CHARACTERS, REPLY_CHARACTERS, Reply

LINK_LIFE: Final = timedelta(days=7)
ADDRESS_KEPT: Final = timedelta(days=90)
"""How long the address of one that was refused or taken back is known, for questions about it."""


@unit_of_work
def write(
    letter: Letter,
    *,
    by: Visitor,
    name: str,
    name_shown: NameShown,
    place: str,
    text: str,
    email: str,
    language: str = "id",
    once: str | None = None,
    address: str,
) -> Reply:
    """Keep what a person named in the letter says and mail the link that proves the address; nobody reads it before that.

    `place` tells moderators who this person is in the letter, `address` is the network address. The same form again is the same
    reply. Raises NotAllowed, TooMany, or Invalid (length, bad_email, and those of a name).
    """
    lock(letter)
    ensure(policy.may_write, by, letter)
    for field, value, (least, most) in (("text", text, REPLY_CHARACTERS), ("place", place, PLACE_CHARACTERS)):
        if not least <= len(value) <= most:
            raise Invalid("length", field=field, length=len(value), least=least, most=most)
    name, email = normal_name(name), normal_email(email)
    known = None if once is None else db.session.scalar(select(Reply).where(Reply.once == once))
    if known is not None:
        if (known.letter_id, known.text, known.email) == (letter.id, text, email):
            return known
        once = None  # the page was sent again with other words: another one
    limits.permit("reply", address)
    limits.permit("reply-mail", email)
    made = Reply(
        letter=letter,
        letter_id=letter.id,
        name=name,
        name_shown=name_shown,
        byline=initials(name) if name_shown is NameShown.INITIALS else name,
        place=place,
        text=text,
        html=render(text),
        renderer=RENDERER,
        email=email,
        email_key=sign("reply-address", email),
        language=language,
        once=once,
        created_at=utcnow(),
    )
    db.session.add(made)
    db.session.flush()
    mail_link(made, title=letter.title, days=LINK_LIFE.days)
    return made


@unit_of_work
def prove(reply: Reply) -> None:
    """Hand it to the moderators: whoever opened the mailed link pressed its button. Twice is once.

    One person has one right of reply in a letter: while it stands, another one corrects it. Raises Gone (the link is over, or the
    letter is not in print), or NotNow("reply_waits") while an earlier one waits for the moderators.
    """
    letter = lock(reply.letter)
    lock(reply)
    if reply.state is not ReplyState.UNPROVEN:
        return
    if reply.created_at <= utcnow() - LINK_LIFE:
        raise Gone("link_over")
    if not policy.may_write(Guest(), letter):
        raise NotNow("letter_gone")
    others = db.session.scalars(
        select(Reply)
        .where(Reply.letter_id == letter.id, Reply.email_key == reply.email_key, Reply.id != reply.id)
        .where(Reply.state.in_((ReplyState.WAITING, ReplyState.PUBLISHED)))
        .order_by(Reply.id)
    ).all()
    if any(one.state is ReplyState.WAITING for one in others):
        raise NotNow("reply_waits")
    reply.corrects_id = others[-1].id if others else None
    reply.move(ReplyMove.PROVE)
    reply.proved_at = utcnow()
    db.session.flush()
    record(
        Kind.REPLY_WAITING,
        by=None,
        role=Role.READER,
        letter_id=letter.id,
        about=f"reply:{reply.id}",
        asked_by="person_named",
        corrects=reply.corrects_id,
    )


@unit_of_work
def withdraw(reply: Reply) -> None:
    """Take it back before it is published; its words go. Raises NotNow when it was decided already."""
    lock(reply.letter)
    lock(reply)
    if reply.state is ReplyState.WITHDRAWN:
        return
    reply.move(ReplyMove.WITHDRAW)
    reply.decided_at = utcnow()
    keep_words(reply.letter_id, f"reply:{reply.id}", text=reply.text)
    reply.text = reply.html = ""


@unit_of_work
def prune_replies() -> None:
    """Forget those whose link nobody used in LINK_LIFE, and the addresses of refused ones after ADDRESS_KEPT."""
    now, free = utcnow(), Reply.letter_id.not_in(held_letters())
    db.session.execute(
        delete(Reply).where(Reply.state == ReplyState.UNPROVEN, Reply.created_at < now - LINK_LIFE - AN_HOUR, free)
    )
    over = (ReplyState.REFUSED, ReplyState.WITHDRAWN)
    db.session.execute(
        update(Reply)
        .where(Reply.state.in_(over), Reply.decided_at < now - ADDRESS_KEPT, Reply.email.is_not(None), free)
        .values(email=None)
    )
