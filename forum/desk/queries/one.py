"""One case on the desk, with what the team needs beside it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager, joinedload

from forum.accounts.models import User, Visitor
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Missing, NotAllowed
from forum.desk import policy
from forum.desk.models import CaseNote, ResponseTemplate, TemplateVersion
from forum.letters import stamps
from forum.letters.models import Case, Letter
from forum.letters.policy import OPEN
from forum.letters.queries import letter_for, untold_column
from forum.letters.queries.lists import COLUMNS, LetterRow, clock_of_row, listed, rows, stops_of
from forum.letters.stamps import Stamp, case_stamp
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Merchant, Representative
from forum.responses.models import ResponseDraft

SHOWN_EARLIER = 10
SHOWN_NOTES = 200
SHOWN_SIMILAR = 3
LOOKED_AT = 200  # newest letters to the business
SHORTEST_WORD_CHARACTERS = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Colleague:
    """Somebody of a business's team; `acts` when cases can be given to them."""

    id: int
    name: str
    merchant_id: int
    acts: bool


@dataclass(frozen=True)
class Earlier:
    """Another letter of the same author to the same business, in its public state."""

    letter_id: int
    case_id: int
    title: str
    published_at: datetime
    stamp: Stamp


@dataclass(frozen=True)
class Draft:
    """That somebody of the team has begun a response: who and when, not what."""

    author_id: int
    name: str
    saved_at: datetime


def desk_case(who: Visitor, case_id: int, rule: Callable[[Visitor, Any], bool] = policy.may_open) -> Case:
    """Return a case of this person's business with its letter: the letter's cases, businesses, questions and files.

    Raises Missing, Gone or NotAllowed as `letters.queries.letter_for`.
    """
    letter_id = db.session.scalar(select(Case.letter_id).where(Case.id == case_id))
    if letter_id is None:
        raise Missing
    letter = letter_for(who, letter_id, files=True)
    case = next(one for one in letter.cases if one.id == case_id)
    ensure(policy.may_open, who, case)
    ensure(rule, who, case)
    return case


def desk_cases(who: Visitor, case_ids: Sequence[int]) -> Sequence[Case]:
    """Return the cases with these numbers that are on this person's desk, with letter and business, in one query.

    Raises NotAllowed when one is of a business that is not theirs; one whose letter is gone meanwhile is left out.
    """
    found = db.session.scalars(
        select(Case)
        .join(Case.letter)
        .where(Case.id.in_(case_ids))
        .options(contains_eager(Case.letter), joinedload(Case.merchant))
        .order_by(Case.letter_id)
    ).all()
    ensure(policy.may_use_desk, who, None)
    if any(case.merchant_id not in who.merchant_ids for case in found):
        raise NotAllowed
    return [case for case in found if policy.may_open(who, case)]


def team(merchant_ids: Sequence[int]) -> list[Colleague]:
    """Return who is of the teams of these businesses at present, by name."""
    found = db.session.execute(
        select(User.id, User.name, Representative.merchant_id, Representative.role)
        .join(Representative, Representative.user_id == User.id)
        .where(
            Representative.merchant_id.in_(merchant_ids), Representative.ended_at.is_(None), User.closed_at.is_(None)
        )
        .order_by(User.name, User.id)
    )
    return [Colleague(row.id, row.name, row.merchant_id, row.role is not TeamRole.READER) for row in found]


def notes_of(case: Case) -> Sequence[CaseNote]:
    """Return the team's notes on a case with their authors, oldest first; none of another team, whose case it was before a merge."""
    of_the_team = exists().where(
        Representative.user_id == CaseNote.author_id, Representative.merchant_id == case.merchant_id
    )
    return db.session.scalars(
        select(CaseNote)
        .where(CaseNote.case_id == case.id, of_the_team)
        .options(joinedload(CaseNote.author))
        .order_by(CaseNote.id)
        .limit(SHOWN_NOTES)
    ).all()


def note_for(who: Visitor, note_id: int) -> tuple[CaseNote, Case]:
    """Return a note with its case for its author; raises Missing for those who may not read it, NotAllowed for colleagues."""
    note = db.session.get(CaseNote, note_id)
    if note is None:
        raise Missing
    try:
        case = desk_case(who, note.case_id)
    except NotAllowed as problem:
        raise Missing from problem
    if not policy.may_delete_note(who, note):
        raise NotAllowed
    return note, case


def drafts_of(case: Case) -> list[Draft]:
    """Return who of the team has begun a response to the case."""
    speaks = exists().where(
        Representative.user_id == ResponseDraft.author_id,
        Representative.merchant_id == case.merchant_id,
        Representative.ended_at.is_(None),
    )
    found = db.session.execute(
        select(ResponseDraft.author_id, User.name, ResponseDraft.saved_at)
        .join(User, User.id == ResponseDraft.author_id)
        .where(ResponseDraft.case_id == case.id, speaks)
        .order_by(ResponseDraft.saved_at.desc())
    )
    return [Draft(row.author_id, row.name, row.saved_at) for row in found]


def earlier_letters(case: Case) -> list[Earlier]:
    """Return the author's other letters to this business that everybody may read, the newest first; needs `case.letter`.

    Only those signed in the same way: a list of both kinds would tell whose initials they are.
    """
    found = db.session.execute(
        select(
            Letter.id,
            Letter.title,
            Letter.category,
            Letter.absences,
            Letter.published_at,
            Case.id.label("case_id"),
            Case.response,
            Case.outcome,
            Case.started_at,
            Case.acknowledged_at,
            Case.answered_at,
            Case.uniform_at,
            Case.promise_due,
            Case.promise_verdict,
            untold_column(),
        )
        .join(Case, Case.letter_id == Letter.id)
        .where(
            Letter.author_id == case.letter.author_id,
            Letter.id != case.letter_id,
            Letter.name_shown == case.letter.name_shown,
            Letter.visibility.in_(OPEN),
            Case.merchant_id == case.merchant_id,
            Case.started_at.is_not(None),
        )
        .order_by(Letter.id.desc())
        .limit(SHOWN_EARLIER)
    ).all()
    stops, now = stops_of([row.case_id for row in found]), utcnow()
    return [
        Earlier(
            row.id,
            row.case_id,
            row.title,
            row.published_at,
            case_stamp(
                row.response,
                row.outcome,
                clock_of_row(row, row, stops[row.case_id], now),
                stamps.notes_of(row),
            ),
        )
        for row in found
    ]


def similar_letters(case: Case) -> list[LetterRow]:
    """Return public letters to the same business whose titles share words with this one, of its newest; needs `case.letter`."""
    words = _words(case.letter.title)
    newest = db.session.execute(
        select(*COLUMNS)
        .join(Case, Case.letter_id == Letter.id)
        .where(Case.merchant_id == case.merchant_id, Case.started_at.is_not(None), listed(), Letter.id != case.letter_id)
        .order_by(Case.started_at.desc(), Case.id.desc())
        .limit(LOOKED_AT)
    ).all()
    near = [row for row in newest if words & _words(row.title)]
    return rows(sorted(near, key=lambda row: -len(words & _words(row.title)))[:SHOWN_SIMILAR])


def _words(title: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(title.casefold()) if len(word) >= SHORTEST_WORD_CHARACTERS)



def templates_of(merchant_ids: Sequence[int]) -> Sequence[ResponseTemplate]:
    """Return the templates in use of these businesses, by name."""
    return db.session.scalars(
        select(ResponseTemplate)
        .where(ResponseTemplate.merchant_id.in_(merchant_ids), ResponseTemplate.ended_at.is_(None))
        .order_by(ResponseTemplate.name, ResponseTemplate.id)
    ).all()


def template_for(who: Visitor, template_id: int) -> ResponseTemplate:
    """Return a template in use of this person's business; raises Missing for all others, NotAllowed for readers."""
    found = db.session.get(ResponseTemplate, template_id)
    if found is None or found.ended_at is not None or found.merchant_id not in who.merchant_ids:
        raise Missing
    ensure(policy.may_use_template, who, found)
    return found


def versions_of(template: ResponseTemplate) -> Sequence[Any]:
    """Return the versions of a template, the newest first: version, name, text, at, by."""
    return db.session.execute(
        select(
            TemplateVersion.version, TemplateVersion.name, TemplateVersion.text, TemplateVersion.at, User.name.label("by")
        )
        .join(User, User.id == TemplateVersion.by_id)
        .where(TemplateVersion.template_id == template.id)
        .order_by(TemplateVersion.version.desc())
        .limit(50)
    ).all()


def writes_for(who: Visitor, case_id: int) -> bool:
    """Whether the case is of a business that this person answers for."""
    found = db.session.scalar(select(Case.merchant_id).where(Case.id == case_id))
    return found in who.answering_ids


def businesses_of(who: User) -> Sequence[Merchant]:
    """Return the businesses of whose team this person is, by name."""
    return db.session.scalars(select(Merchant).where(Merchant.id.in_(who.reading_ids)).order_by(Merchant.key)).all()
