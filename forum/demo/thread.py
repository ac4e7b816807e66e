"""A thread of 120 comments in conversations, with a business's comment and a reply whose parent is gone."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User
from forum.comments import actions as comments
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.demo import dates
from forum.demo.comments import write as write_comment
from forum.letters.models import Letter
from forum.letters.queries import letter_for

COMMENTS = 120
ANSWERS = (5, 8)
WORDS = Path(__file__).with_name("thread.toml")


def write(letter_id: int, people: list[User], business: User, begins: datetime, moderator: User) -> None:
    """Write the thread, comment by comment, from `begins` on."""
    words = tomllib.loads(WORDS.read_text("utf-8"))
    random = Random(3)  # noqa: S311 - the same thread each time
    gap = (utcnow() - begins) / (COMMENTS + 10)
    roots, answers, made = iter(words["roots"]), 0, 0
    while made < COMMENTS - 3:
        line = [_post(letter_id, random.choice(people), next(roots), None, begins + gap * made, moderator)]
        made += 1
        for _ in range(min(random.randint(*ANSWERS), COMMENTS - 3 - made)):
            parent = random.choice(line[-3:])
            text = words["answers"][answers % len(words["answers"])]
            line.append(_post(letter_id, random.choice(people), text, parent, begins + gap * made, moderator))
            answers, made = answers + 1, made + 1
        for voter in random.sample(people, 3):
            _help(line[0], voter)
    _post(letter_id, business, words["official"], None, begins + gap * made, moderator)
    _orphan(letter_id, people[1], words["orphan"], begins + gap * (made + 1), moderator)


def _post(letter_id: int, by: User, text: str, parent_id: int | None, at: datetime, moderator: User) -> int:
    begun = utcnow()
    comment_id = write_comment(letter_id, by, text, moderator, parent_id).id
    dates.step(begun, at, only=("comment", "event"))
    return comment_id


def _help(comment_id: int, by: User) -> None:
    comment = db.session.scalars(select(Comment).where(Comment.id == comment_id)).one()
    set_committed_value(comment, "letter", letter_for(by, comment.letter_id))
    if comment.author_id != by.id:
        comments.vote(comment, by=by)


def _orphan(letter_id: int, by: User, text: str, at: datetime, moderator: User) -> None:
    """Add a reply to a comment that was lost before this site kept the thread, as threads taken over from elsewhere have."""
    parent_id = _post(letter_id, by, text, None, at - timedelta(minutes=20), moderator)
    _post(letter_id, by, text, parent_id, at, moderator)
    _lose(parent_id)


@unit_of_work
def _lose(comment_id: int) -> None:
    lost = db.session.get_one(Comment, comment_id)
    lost.state, lost.author_id, lost.byline, lost.text, lost.html = CommentState.GONE, None, "", "", ""
    letter = db.session.get_one(Letter, lost.letter_id)
    letter.comment_count -= 1
