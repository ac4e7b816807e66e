"""Saying that one met the same."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.db import db, lock, unit_of_work
from forum.letters import policy
from forum.letters.models import Letter, MeToo


@unit_of_work
def say_me_too(letter: Letter, *, by: User, same: bool = True) -> None:
    """Say that one met the same, or take that back; saying it twice counts once. Raises NotAllowed."""
    lock(letter)
    ensure(policy.may_say_me_too, by, letter)
    said = db.session.scalar(select(MeToo).where(MeToo.letter_id == letter.id, MeToo.user_id == by.id))
    if same and said is None:
        db.session.add(MeToo(letter_id=letter.id, user_id=by.id))
        letter.me_too_count += 1
    elif not same and said is not None:
        db.session.delete(said)
        letter.me_too_count -= 1
    else:
        return
    letter.page_version += 1
