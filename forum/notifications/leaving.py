"""Whether a mail that was composed may still leave: the worker asks right before it hands the words over."""

import re
from dataclasses import replace

from sqlalchemy import select

from forum.accounts.models import Guest, User
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.db import db
from forum.core.events import Event
from forum.core.mail import Mail, asked_before_leaving
from forum.core.text import excerpt
from forum.notifications import comment_mails
from forum.notifications.notices import NOTICES
from forum.notifications.subjects import Subject, load
from forum.notifications.words.form import QUOTED_CHARACTERS

_KEY = re.compile(rf"(?:{comment_mails.KIND}:\d+|\w+):(?P<event>\d{{1,18}}):")
"""Mails of an event are written under its number; those of several comments under that of the newest, behind the letter's."""
MOST_LOOKED_AT = 500


@asked_before_leaving
def may_leave(mail: Mail) -> bool:
    """Whether the letter can be read by the receiver still, and every comment in the mail by everybody."""
    hit = _KEY.match(mail.dedupe or "")
    event = None if hit is None else db.session.get(Event, int(hit["event"]))
    if event is None or not any(one.kind == mail.kind and one.open for one in NOTICES.get(event.kind, ())):
        return True
    reader = db.session.get(User, mail.user_id or 0) or Guest()
    subject = replace(load([event])[event.id], reader=reader)
    return subject.readable and not _quotes_what_is_hidden(mail, subject)


def _quotes_what_is_hidden(mail: Mail, subject: Subject) -> bool:
    if subject.comment is None or subject.letter is None or mail.kind not in {comment_mails.KIND, "replied"}:
        return False
    if subject.comment.state is not CommentState.VISIBLE:
        return True
    hidden = select(Comment.text).where(
        Comment.letter_id == subject.letter.id, Comment.state != CommentState.VISIBLE, Comment.text != ""
    )
    said = " ".join(mail.content["text"].split())
    return any(
        " ".join(excerpt(text, QUOTED_CHARACTERS).split()) in said
        for text in db.session.scalars(hidden.order_by(Comment.id.desc()).limit(MOST_LOOKED_AT))
    )
