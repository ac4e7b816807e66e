"""The log of mails: to a masked address, of which kind, when, and what became of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from forum.console.lifecycle import Mails
from forum.core import paging
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.mail import Mail, MailState

ROWS = 30
STATES: Final = {
    Mails.QUEUED: (MailState.NEW, MailState.CLAIMED, MailState.DATA),
    Mails.SENT: (MailState.SENT,),
    Mails.REFUSED: (MailState.PARKED,),
}
_CODE: Final = re.compile(r"[45]\d\d\b")


@dataclass(frozen=True)
class Logged:
    """A mail without its words; `code` is what the server answered, empty where it answered none."""

    id: int
    kind: str
    to: str
    state: Mails
    attempts: int
    created_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    code: str


def masked(address: str) -> str:
    """Return an address of which the first letters and the end of the domain are left."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain[:1]}•••.{domain.rpartition('.')[2]}"


def state_of(mail: Mail) -> Mails:
    """Return the state as it is listed."""
    return next(one for one, states in STATES.items() if mail.state in states)


def logged(mail: Mail) -> Logged:
    """Return what the log says of a mail."""
    state = state_of(mail)
    code = _CODE.match(mail.error or "")
    return Logged(
        mail.id, mail.kind, masked(mail.to), state, mail.attempts, mail.created_at,
        mail.next_at if state is Mails.QUEUED else None, mail.sent_at, code[0] if code else "",
    )  # fmt: skip


def listed(state: Mails | None, kind: str, after: str | None) -> paging.Page[Logged]:
    """Return a page of mails, the newest first, of this state and kind where they are named."""
    query = select(Mail)
    if state is not None:
        query = query.where(Mail.state.in_(STATES[state]))
    if kind:
        query = query.where(Mail.kind == kind)
    found = paging.page(query, keys=(Mail.id,), kinds="i", after=after, size=ROWS, key_of=lambda row: (row[0].id,))
    return paging.Page([logged(row[0]) for row in found.items], found.next)


def kinds() -> Sequence[str]:
    """Return the kinds of mails in the log."""
    return db.session.scalars(select(Mail.kind).distinct().order_by(Mail.kind)).all()


def refused() -> int:
    """Return how many mails were refused for good or given up."""
    return db.session.scalar(select(func.count()).where(Mail.state == MailState.PARKED)) or 0


def mail_by_id(mail_id: int) -> Mail:
    """Return a mail of the log. Raises Missing."""
    found = db.session.get(Mail, mail_id)
    if found is None:
        raise Missing
    return found
