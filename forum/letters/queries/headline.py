"""What of a letter decides who reads it and which ready parts still hold: one query of plain columns."""

from dataclasses import fields
from typing import Any

from sqlalchemy import bindparam, select

from forum.accounts.models import Visitor
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.freshness import Freshness
from forum.letters import policy
from forum.letters.headline import Headline
from forum.letters.models import Letter
from forum.letters.queries.one import ensure_readable

_letter: Any = Letter.__table__.c
_freshness: Any = Freshness.__table__.c
_OWN: Any = {
    "lists_version": select(_freshness.version).where(_freshness.id == 1).scalar_subquery(),
    "epoch": select(_freshness.epoch).where(_freshness.id == 1).scalar_subquery(),
}
_STATEMENT: Any = select(
    *((_OWN[field.name] if field.name in _OWN else _letter[field.name]).label(field.name) for field in fields(Headline))
).where(_letter.id == bindparam("letter_id"))


def headline_for(who: Visitor, letter_id: int) -> Headline:
    """Return what stands around the words of a letter; raises Missing or Gone as `letter_for` does."""
    row = db.session.execute(_STATEMENT, {"letter_id": letter_id}).one_or_none()
    if row is None:
        raise Missing
    headline = Headline(*row)
    ensure_readable(who, headline)
    return headline


def is_insider(who: Visitor, letter: Headline) -> bool:
    """Whether this person may see more of the letter than every reader: author, moderator, anybody who speaks for a business."""
    return who.is_moderator or bool(who.merchant_ids) or policy.is_author(who, letter)
