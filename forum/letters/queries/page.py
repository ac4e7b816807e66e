"""What the page of a letter asks of this person's part in it."""

from sqlalchemy import select

from forum.accounts.models import Visitor
from forum.core.db import db
from forum.letters.headline import Headline
from forum.letters.models import Letter, MeToo


def said_me_too(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether this person said that they met the same."""
    if who.is_guest or not letter.me_too_count:
        return False
    return bool(db.session.scalar(select(MeToo.user_id).where(MeToo.letter_id == letter.id, MeToo.user_id == who.id)))
