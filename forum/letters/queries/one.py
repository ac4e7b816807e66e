"""One letter or case by its number: missing, gone or forbidden is decided here."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import Visitor
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Gone, Missing
from forum.letters import policy
from forum.letters.headline import Headline
from forum.letters.models import Case, Letter

Rule = Callable[[Visitor, Any], bool]
WHOLE = (
    select(Letter)
    .where(Letter.id == bindparam("letter_id"))
    .options(joinedload(Letter.cases).options(joinedload(Case.merchant), joinedload(Case.questions)))
)
"""A letter with everything of its cases; made once, for building a statement costs more than running it."""
WITH_FILES = WHOLE.options(joinedload(Letter.attachments))


def letter_for(who: Visitor, letter_id: int, rule: Rule | None = None, *, files: bool = False) -> Letter:
    """Return a letter with its cases, their businesses and questions, if asked for its files as well: one query.

    Raises Missing when this person cannot know of it, Gone when it left a tombstone, NotAllowed when `rule` says no.
    """
    letter = db.session.scalars(WITH_FILES if files else WHOLE, {"letter_id": letter_id}).unique().one_or_none()
    if letter is None:
        raise Missing
    ensure_readable(who, letter)
    for case in letter.cases:
        set_committed_value(case, "letter", letter)  # known already: no change
    if rule is not None:
        ensure(rule, who, letter)
    return letter


def case_for(who: Visitor, case_id: int, rule: Rule | None = None) -> Case:
    """Return a case with its letter, business and questions; raises as `letter_for`."""
    case = db.session.scalar(
        select(Case)
        .join(Case.letter)
        .where(Case.id == case_id)
        .options(
            contains_eager(Case.letter).selectinload(Letter.cases),
            joinedload(Case.merchant),
            selectinload(Case.questions),
        )
    )
    if case is None:
        raise Missing
    ensure_readable(who, case.letter)
    if rule is not None:
        ensure(rule, who, case)
    return case


def ensure_readable(who: Visitor, letter: Letter | Headline) -> None:
    """Raise Missing or Gone unless this person may read the letter."""
    if policy.may_read(who, letter):
        return
    if policy.leaves_tombstone(letter):
        raise Gone(tombstone=tombstone_of(letter), about=f"letter:{letter.id}")
    raise Missing


def tombstone_of(letter: Letter | Headline) -> dict[str, Any]:
    """Return what a tombstone may tell: number, who removed it, the closed reason, the date. Never a word of the text."""
    return {
        "letter_id": letter.id,
        "by": letter.publication.value,
        "reason": letter.reason,
        "date": letter.removed_at,
        "published_at": letter.published_at,
    }
