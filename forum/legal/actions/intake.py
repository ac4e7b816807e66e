"""A legal notice comes in: it is put on record, the data of its letters are held, and their writers are told at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.accounts.addresses import normal_email
from forum.accounts.models import User
from forum.attachments.actions.keep import row_of
from forum.attachments.models import FileAudience
from forum.attachments.receive import Received as File
from forum.comments.models import Comment
from forum.config import settings
from forum.core.access import ensure
from forum.core.clock import local_date, utcnow
from forum.core.db import db, turn, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record
from forum.legal import policy
from forum.legal.actions.holds import hold
from forum.legal.lifecycle import Demand, Sender
from forum.legal.models import (
    LONGEST_REFERENCE_CHARACTERS,
    MOST_FILES,
    MOST_THINGS,
    NAME_CHARACTERS,
    TEXT_CHARACTERS,
    LegalNotice,
    NoticeThing,
)
from forum.legal.queries.notices import matter_of_letters
from forum.letters.models import Letter

OLDEST = timedelta(days=366)


@dataclass(frozen=True)
class Thing:
    """What a notice is about: a letter, or a comment on it."""

    letter_id: int
    comment_id: int | None = None


@dataclass(frozen=True)
class Received:
    """What the form says of a notice; None where nothing was chosen."""

    sender: Sender | None
    name: str
    counsel: str
    email: str
    reference: str
    received_on: date | None
    demands: Sequence[Demand]
    text: str
    things: Sequence[Thing]
    merchant_id: int | None = None


@unit_of_work
def receive(said: Received, files: Sequence[File], *, by: User, once: str) -> LegalNotice:
    """Put a notice on record with its documents, hold the letters, tell who wrote them; the same form counts once.

    Raises NotAllowed (somebody with a part in it), TooMany, or Invalid at a field.
    """
    turn(f"legal_notice:{once}")
    known = db.session.scalar(select(LegalNotice).where(LegalNotice.once == once))
    if known is not None:
        return known
    values = _checked(said)
    if len(files) > MOST_FILES:
        raise Invalid("too_many_files", field="files", most=MOST_FILES)
    things = _things(said.things)
    letters = {letter.id: letter for letter, _about, _person in things}
    people = {person for _letter, _about, person in things if person is not None}
    ensure(policy.may_handle, by, matter_of_letters(letters.values(), people, said.merchant_id).also(addresses=frozenset({values["email"]}), texts=(values["name"], values["counsel"])))
    made = LegalNotice(merchant_id=said.merchant_id, once=once, recorded_by_id=by.id, **values)
    db.session.add(made)
    db.session.flush()
    for position, one in enumerate({one.sha256: one for one in files}.values()):
        file = row_of(one, by, FileAudience.MODERATORS, position=position)
        file.legal_notice_id = made.id
        db.session.add(file)
    for letter in sorted(letters.values(), key=lambda one: one.id):
        hold(letter, by=by, why=f"{made.about}: {made.reference or made.received_on}", notice_id=made.id)
    for letter, about, person_id in things:
        db.session.add(NoticeThing(notice_id=made.id, letter_id=letter.id, about=about, person_id=person_id))
        db.session.flush()
        record(
            Kind.NOTICE_RECEIVED,
            by=by,
            role=Role.MODERATOR,
            letter_id=letter.id,
            about=made.about,
            thing=about,
            user_id=person_id,
        )
    return made


def _checked(said: Received) -> dict[str, Any]:
    today = local_date(utcnow(), settings().time_zone)
    if said.sender is None:
        raise Invalid("sender_needed", field="sender")
    for field, value, least, most in (
        ("name", said.name, *NAME_CHARACTERS),
        ("counsel", said.counsel, 0, NAME_CHARACTERS[1]),
        ("reference", said.reference, 0, LONGEST_REFERENCE_CHARACTERS),
        ("text", said.text, *TEXT_CHARACTERS),
    ):
        if not least <= len(value.strip()) <= most:
            raise Invalid("words_needed", field=field, least=least, most=most)
    if not said.demands:
        raise Invalid("demands_needed", field="demands")
    if said.received_on is None or not today - OLDEST <= said.received_on <= today:
        raise Invalid("day_unfit", field="received_on")
    return {
        "sender": said.sender,
        "name": said.name.strip(),
        "counsel": said.counsel.strip(),
        "email": normal_email(said.email) if said.email.strip() else "",
        "reference": said.reference.strip(),
        "received_on": said.received_on,
        "demands": [one.value for one in Demand if one in said.demands],
        "text": said.text.strip(),
    }


def _things(asked: Sequence[Thing]) -> list[tuple[Letter, str, int | None]]:
    """Return letter, name in events and writer of each thing; raises Invalid("things_unfit") at the field."""
    wanted = list(dict.fromkeys(asked))
    if not 1 <= len(wanted) <= MOST_THINGS:
        raise Invalid("things_needed", field="things", most=MOST_THINGS)
    found: list[tuple[Letter, str, int | None]] = []
    ids = {one.letter_id for one in wanted}
    letters = {
        one.id: one
        for one in db.session.scalars(select(Letter).where(Letter.id.in_(ids)).options(selectinload(Letter.cases)))
    }
    for one in wanted:
        letter = letters.get(one.letter_id)
        comment = None if one.comment_id is None else db.session.get(Comment, one.comment_id)
        if (
            letter is None
            or letter.submitted_at is None
            or (one.comment_id is not None and (comment is None or comment.letter_id != letter.id))
        ):
            raise Invalid("things_unfit", field="things", number=wanted.index(one) + 1)
        if comment is None:
            found.append((letter, f"letter:{letter.id}", letter.author_id))
        else:
            found.append((letter, f"comment:{comment.id}", comment.author_id))
    return found
