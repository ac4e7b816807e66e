"""Covering words."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record
from forum.core.phrases import pattern_of
from forum.letters.models import Case, Letter
from forum.moderation.lifecycle import ThingKind
from forum.moderation.models import Thing
from forum.redactions import policy
from forum.redactions.actions.covering import change, with_marks
from forum.redactions.actions.mails import cover_mails
from forum.redactions.lifecycle import Label, Reach, Reason
from forum.redactions.models import Redaction
from forum.redactions.queries.places import spots_under
from forum.redactions.queries.plan import Wanted, checked, planned
from forum.responses.models import Response

MOST_OWN: Final = 50
"""Standing redactions of one person under a letter: each is looked for in whatever they write there later."""
AUTHORS_REASONS: Final = (Reason.OWN_DATA, Reason.OTHERS_DATA, Reason.NAMED_PERSON)


@unit_of_work
def redact(
    thing: Thing,
    wanted: Wanted,
    *,
    by: User,
    reason: Reason,
    once: str | None = None,
    permit: Callable[[], None] | None = None,
) -> list[Redaction]:
    """Cover words wherever they stand under the letter: a moderator everybody's, an author their own; one redaction for each label.

    The same `once` is the same redaction. `permit` counts it in its transaction, as `limits.permit` does.
    Raises NotAllowed, TooMany or Invalid (no_words, many_words, words_unfit, words_not_found, many_redactions).
    """
    letter = lock(thing.letter)
    ensure(policy.may_redact, by, thing)
    reach = policy.reach_for(by, thing) or Reach.OWN
    known = _sent_before(by, once)
    if known:
        return known
    if reach is Reach.OWN and reason not in AUTHORS_REASONS:
        reason = Reason.OWN_DATA
    wanted = checked(wanted)
    planned(by, thing, wanted)
    if reach is Reach.OWN:
        _ensure_not_too_many(letter, by, len(wanted))
    if permit is not None:
        permit()
    made = []
    for label, words in wanted.items():
        redaction = Redaction(
            letter_id=letter.id,
            kind=thing.kind,
            thing_id=thing.row.id,
            label=label,
            reason=reason,
            reach=reach,
            words=list(words),
            by_id=by.id,
            role=Role.MODERATOR if reach is Reach.ALL else Role.AUTHOR,
            once=once and f"{once}:{label}",
        )
        db.session.add(redaction)
        db.session.flush()  # its marks need its number
        here = spots_under(letter, reach, by.id, holding=pattern_of(words))
        redaction.count = change(letter, here, with_marks([redaction]))
        cover_mails(letter, redaction)
        made.append(redaction)
        _tell(redaction, thing, by)
    return made


def _ensure_not_too_many(letter: Letter, by: User, more: int) -> None:
    there = db.session.scalar(
        select(func.count(Redaction.id)).where(
            Redaction.letter_id == letter.id,
            Redaction.by_id == by.id,
            Redaction.reach == Reach.OWN,
            Redaction.undone_at.is_(None),
        )
    )
    if (there or 0) + more > MOST_OWN:
        raise Invalid("many_redactions", field="words", most=MOST_OWN)


def _tell(redaction: Redaction, thing: Thing, by: User) -> None:
    quiet = thing.kind is ThingKind.COMMENT and redaction.reach is Reach.OWN
    row = thing.row
    case = db.session.get(Case, row.case_id) if isinstance(row, Response) else None
    record(
        Kind.COMMENT_REDACTED if quiet else Kind.WORDS_REDACTED,
        by=by,
        role=redaction.role,
        letter_id=thing.letter.id,
        case_id=None if case is None else case.id,
        merchant_id=None if case is None else case.merchant_id,
        about=thing.about,
        redaction_id=redaction.id,
        label=redaction.label.value,
        reason=redaction.reason.value,
        count=redaction.count,
    )


def _sent_before(by: User, once: str | None) -> list[Redaction]:
    if once is None:
        return []
    keys = [f"{once}:{label}" for label in Label]
    return list(db.session.scalars(select(Redaction).where(Redaction.by_id == by.id, Redaction.once.in_(keys))))
