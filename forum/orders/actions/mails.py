"""Mails that tell of what an order takes away, written before and not yet sent: they never go out."""

import re
from collections.abc import Sequence

from sqlalchemy import delete, select

from forum.core.db import db
from forum.core.mail import Mail, MailState
from forum.moderation.lifecycle import ThingKind
from forum.moderation.models import Thing

LONGEST_BEGINNING_CHARACTERS = 40  # shorter than any quotation in a mail


def drop_unsent(things: Sequence[Thing]) -> int:
    """Delete the unsent mails that hold words of the things, in the present transaction; returns how many.

    One that a worker has claimed goes as well, as long as it has not begun to hand the words over. Whose words they are is told
    when they come back.
    """
    tells = [_tells(thing) for thing in things]
    if not tells:
        return 0
    since = min(thing.letter.created_at for thing in things)
    waiting = select(Mail).where(Mail.state != MailState.SENT, Mail.created_at >= since).with_for_update(key_share=True)
    mails = db.session.scalars(waiting.execution_options(populate_existing=True))
    gone = [mail.id for mail in mails if any(one.search(_squashed(mail)) for one in tells)]
    db.session.execute(delete(Mail).where(Mail.id.in_(gone)))
    return len(gone)


def _tells(thing: Thing) -> re.Pattern[str]:
    """What a mail about the thing holds: of a letter its title or address, of anything else the address and how it begins."""
    address = rf"/letters/{thing.letter.id}(?!\d)"
    if thing.kind is ThingKind.LETTER:
        return re.compile(f"{address}|{re.escape(_folded(thing.letter.title))}")
    begins = re.escape(_folded(thing.text.strip().partition("\n")[0])[:LONGEST_BEGINNING_CHARACTERS])
    return re.compile(f"(?=.*{address}).*{begins}")


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _squashed(mail: Mail) -> str:
    return _folded(f"{mail.content['subject']} {mail.content['text']}")
