"""Mails about comments: the first at once, then one an hour and letter at most, with all that came meanwhile."""

from datetime import timedelta

from flask_babel import force_locale, gettext, ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import load_only

from forum.accounts.models import User
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import db, insert_once, unit_of_work
from forum.core.events import Event, Kind
from forum.core.jobs import enqueue, handles
from forum.letters import policy
from forum.letters.models import Letter
from forum.notifications.audiences import Why, person
from forum.notifications.choices import Choice
from forum.notifications.mails import compose_words
from forum.notifications.models import CommentMail, MailChoice, Notification
from forum.notifications.subjects import Subject, about
from forum.notifications.words import Words
from forum.notifications.words.form import beginning, title
from forum.notifications.words.form import letter as letter_path

PAUSE = timedelta(hours=1)
MOST_NAMES = 3
MOST_QUOTED = 3
MOST_COUNTED = 500
MAIL_COMMENTS = "mail_comments"
KIND = "commented"


@unit_of_work
def due(user: User, event: Event) -> None:
    """Mail the author of a new comment now, or when an hour has passed since the last such mail about the letter."""
    if event.letter_id is None:
        return
    state = _state(user.id, event.letter_id)
    if event.id <= state.event_id:
        return
    next_at = None if state.mailed_at is None else state.mailed_at + PAUSE
    if next_at is None or next_at <= utcnow():
        _mail(user, state, event.id)
    else:
        enqueue(
            MAIL_COMMENTS,
            run_at=next_at,
            dedupe=f"{MAIL_COMMENTS}:{user.id}:{event.letter_id}:{next_at.timestamp():.0f}",
            user_id=user.id,
            letter_id=event.letter_id,
        )


@handles(MAIL_COMMENTS)
@unit_of_work
def mail_gathered(user_id: int, letter_id: int) -> None:
    """Mail what was gathered in the last hour; nothing when the person has seen it in the site meanwhile."""
    user = db.session.get(User, user_id)
    newest = db.session.scalar(
        select(func.max(Event.id)).where(Event.letter_id == letter_id, Event.kind == Kind.COMMENT_POSTED)
    )
    if user is None or newest is None:
        return
    state = _state(user_id, letter_id)
    if state.mailed_at is not None and state.mailed_at + PAUSE > utcnow():
        return
    unread = db.session.scalar(
        select(Notification.id)
        .where(
            Notification.user_id == user_id,
            Notification.letter_id == letter_id,
            Notification.kind == KIND,
            Notification.read_at.is_(None),
        )
        .limit(1)
    )
    if unread is not None:
        _mail(user, state, newest)


def _state(user_id: int, letter_id: int) -> CommentMail:
    """Return the row of (person, letter), held until the unit of work ends.

    A fresh one begins with the first comment of all: its event may be told after later ones, by a slower worker.
    """
    insert_once(CommentMail, index_elements=["user_id", "letter_id"], user_id=user_id, letter_id=letter_id)
    return db.session.get_one(CommentMail, (user_id, letter_id), with_for_update={"key_share": True}, populate_existing=True)


def _mail(user: User, state: CommentMail, newest: int) -> None:
    recipients = person(user, Why.AUTHOR)
    letter = db.session.get(Letter, state.letter_id)
    comments = _fresh(user, state, newest)
    state.event_id = newest
    refused = db.session.get(MailChoice, (user.id, Choice.COMMENTED.value)) is not None
    if not recipients or not recipients[0].address or letter is None or not comments or refused:
        return
    if not policy.may_read(user, letter):
        return
    recipient = recipients[0]
    event = db.session.get_one(Event, newest)
    subject = Subject(event=event, reader=user, letter=letter)
    with force_locale(recipient.language):
        words = _words(subject, comments)
    mail = compose_words(KIND, Choice.COMMENTED, recipient, words)
    if mail.write(f"{KIND}:{state.letter_id}:{newest}:{user.id}"):
        state.mailed_at = utcnow()


def _fresh(user: User, state: CommentMail, newest: int) -> list[Comment]:
    """Comments since the last mail that stand and are by others, oldest first."""
    events = db.session.scalars(
        select(Event)
        .where(
            Event.letter_id == state.letter_id,
            Event.kind == Kind.COMMENT_POSTED,
            Event.id > state.event_id,
            Event.id <= newest,
        )
        .order_by(Event.id.desc())
        .limit(MOST_COUNTED)
    )
    ids = [about(event, "comment") for event in events]
    query = (
        select(Comment)
        .options(load_only(Comment.byline, Comment.text, Comment.state))
        .where(Comment.id.in_(ids), Comment.state == CommentState.VISIBLE, Comment.author_id != user.id)
        .order_by(Comment.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def _words(subject: Subject, comments: list[Comment]) -> Words:
    number, different = len(comments), list(dict.fromkeys(comment.byline for comment in comments))
    line = ngettext(
        "%(num)d new comment on your letter “%(title)s”",
        "%(num)d new comments on your letter “%(title)s”",
        number,
        title=title(subject),
    )
    shown = ", ".join(different[:MOST_NAMES])
    rest = len(different) - MOST_NAMES
    by = (
        gettext("By %(names)s and %(rest)s more.", names=shown, rest=rest)
        if rest > 0
        else gettext("By %(names)s.", names=shown)
    )
    return Words(
        line,
        (by, gettext("At most one such mail an hour comes for each letter.")),
        quote=_quote(comments),
        path=letter_path(subject, "comments"),
        button=gettext("Read the comments"),
    )


def _quote(comments: list[Comment]) -> str:
    """The beginning of the comment; of several, that of the first few under their names."""
    if len(comments) == 1:
        return beginning(comments[0])
    return "\n\n".join(f"{comment.byline}:\n{beginning(comment)}" for comment in comments[:MOST_QUOTED])
