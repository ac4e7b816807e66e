"""Mails about a letter that were composed and not yet sent."""

import re
from collections.abc import Iterable

from sqlalchemy import select

from forum.core.db import db
from forum.core.events import Event
from forum.core.mail import Mail, MailState
from forum.core.text import slug
from forum.letters.models import Letter
from forum.redactions import marks
from forum.redactions.models import Redaction

_EVENT_IN_KEY = re.compile(r"(?!commented:)\w+:(?P<event>\d{1,18}):")
"""Mails of one event are written once under its number; those of several comments name the letter, and link to it."""


def cover_mails(letter: Letter, redaction: Redaction) -> int:
    """Cover the words in every unsent mail about the letter, in its address as well; returns how many changed."""
    words, mark = marks.cut_pattern_of(redaction.words), marks.MARKS[redaction.label]
    here = re.compile(rf"(/letters/{letter.id})(?:-[\w-]+)?(?![\w-])")
    waiting = select(Mail).where(Mail.state != MailState.SENT, Mail.created_at >= letter.created_at).with_for_update(key_share=True)
    mails = list(db.session.scalars(waiting.execution_options(populate_existing=True)))
    told, changed = _of_events(letter, mails), 0
    for mail in mails:
        content = mail.content
        if mail.id not in told and not here.search(content["text"]):
            continue
        made = {name: here.sub(rf"\1-{slug(letter.title)}", value) for name, value in content.items()}
        made["subject"], made["text"] = words.sub(mark, made["subject"]), words.sub(mark, made["text"])
        made["html"] = marks.cover_html(made["html"], words, mark)
        if made != content:
            mail.content = made
            changed += 1
    db.session.flush()
    return changed


def _of_events(letter: Letter, mails: Iterable[Mail]) -> set[int]:
    """The numbers of those mails that tell of an event of this letter."""
    numbers = {mail.id: int(hit["event"]) for mail in mails if (hit := _EVENT_IN_KEY.match(mail.dedupe or ""))}
    ours = set(
        db.session.scalars(select(Event.id).where(Event.id.in_(set(numbers.values())), Event.letter_id == letter.id))
    )
    return {mail_id for mail_id, event_id in numbers.items() if event_id in ours}
