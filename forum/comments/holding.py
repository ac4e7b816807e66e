"""Which comments wait for a moderator before others see them: rules that are told, and none that drops a word."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.comments.lifecycle import CommentState, HeldFor
from forum.comments.models import Comment
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db
from forum.crowds import matching
from forum.crowds.likeness import Sketch, sketch
from forum.crowds.queries import active_keys, is_like_spam
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter


@dataclass(frozen=True)
class Prepared:
    """A text with all that takes long to make of it, made before the unit of work."""

    text: str
    html: str
    sketch: Sketch | None

    @property
    def has_link(self) -> bool:
        return "<a " in self.html


def prepare(text: str, html: str) -> Prepared:
    """Return the text ready to be judged."""
    return Prepared(text, html, sketch(text))


def is_new(by: User) -> bool:
    """Whether the account is younger than the days of the settings."""
    return utcnow() - by.created_at < timedelta(days=settings().new_account_days)


def why_held(by: User, words: Prepared) -> HeldFor | None:
    """Return why what this person writes waits for a moderator, None when it need not: three statements at most."""
    if by.is_moderator:
        return None
    if matching.hits(words.text, active_keys()):
        return HeldFor.WORDS
    if is_like_spam(words.sketch):
        return HeldFor.SPAM
    if words.has_link and is_new(by):
        return HeldFor.LINK
    return None if _is_known(by) else HeldFor.FIRST


def _is_known(by: User) -> bool:
    """Whether moderators let enough of this person's comments through, or a letter."""
    least = settings().first_comments
    if not least:
        return True
    passed = select(Comment.id).where(Comment.author_id == by.id, Comment.state == CommentState.VISIBLE).limit(least).subquery()
    letter = select(Letter.id).where(Letter.author_id == by.id, Letter.publication == Publication.PUBLISHED).limit(1).subquery()
    number, letters = db.session.execute(
        select(
            select(func.count()).select_from(passed).scalar_subquery(),
            select(func.count()).select_from(letter).scalar_subquery(),
        )
    ).one()
    return bool(number >= least or letters)
