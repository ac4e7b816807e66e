"""Dated additions by the author: they overwrite nothing and change no axis."""

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record
from forum.core.text import RENDERER, render
from forum.letters import policy
from forum.letters.models import UPDATE_CHARACTERS, Letter, Update

MOST_UPDATES = 50  # of one letter


@unit_of_work
def add_update(letter: Letter, *, by: User, text: str, once: str | None = None) -> Update:
    """Add a dated update to a published letter; `once` counts once.

    Raises NotAllowed, or Invalid: length, too_many_updates.
    """
    lock(letter)
    if once and policy.is_author(by, letter):
        known = db.session.scalar(select(Update).where(Update.letter_id == letter.id, Update.once == once))
        if known is not None:
            return known
    ensure(policy.may_add_update, by, letter)
    least, most = UPDATE_CHARACTERS
    if not least <= len(text) <= most:
        raise Invalid("length", field="text", length=len(text), least=least, most=most)
    count = db.session.scalar(select(func.count()).select_from(Update).where(Update.letter_id == letter.id)) or 0
    if count >= MOST_UPDATES:
        raise Invalid("too_many_updates", field="text", most=MOST_UPDATES)
    added = Update(letter_id=letter.id, text=text, html=render(text), renderer=RENDERER, once=once)
    db.session.add(added)
    letter.page_version += 1
    db.session.flush()
    record(Kind.UPDATE_ADDED, by=by, role=Role.AUTHOR, letter_id=letter.id, about=f"update:{added.id}")
    return added
