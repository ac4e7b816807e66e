"""Many things at once to one letter: the facts of its cases are those of the last word."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

from flask import Flask
from sqlalchemy import select, update

from forum.accounts.models import User
from forum.core.db import db, unit_of_work
from forum.core.errors import DomainError
from forum.letters.models import Case
from forum.letters.queries import case_for, letter_for
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import ReportReason, ThingKind
from forum.moderation.models import Thing
from forum.responses import actions as responses
from forum.statistics import facts, figures
from forum.statistics.models import CaseFact
from tests.cast import Cast
from tests.responses.words import said
from tests.statistics.story import WHY, _told

ROUNDS = 6
Verb = Callable[[], object]


def test_events_of_one_letter_at_once(committing_app):
    people = Cast()
    ids = {name: getattr(people, name).id for name in ("bima", "fajar", "citra")}
    for number in range(ROUNDS):
        letter_id = people.letter(merchants=[people.shop, people.courier]).id
        _never_told(letter_id)
        figures.derive_all()
        db.session.remove()
        told, others = _verbs(letter_id, ids, number)
        _at_once(committing_app, told)
        assert [one.notified for one in facts.kept(CaseFact.letter_id == letter_id)] == [True, True]
        _at_once(committing_app, others)
        kept = facts.kept(CaseFact.letter_id == letter_id)
        assert kept == facts.derive([letter_id])
        assert [(one.answered, one.notified) for one in kept] == [(True, True), (True, True)]
        db.session.remove()


def _verbs(letter_id: int, ids: dict[str, int], number: int) -> tuple[list[Verb], list[Verb]]:
    first, second = db.session.scalars(select(Case.id).where(Case.letter_id == letter_id).order_by(Case.position))
    db.session.remove()
    told: list[Verb] = [lambda: _told(first), lambda: _told(second)]  # each holds its case alone, not the letter
    others: list[Verb] = [
        lambda: _respond(first, ids["bima"]),
        lambda: _respond(second, ids["fajar"]),
        lambda: _report(letter_id, ids["citra"], number),
    ]
    return told, others


def _at_once(app: Flask, verbs: list[Verb]) -> None:
    start = Barrier(len(verbs))

    def run(verb: Verb) -> None:
        with app.app_context():
            start.wait()
            with suppress(DomainError):
                verb()
            db.session.remove()

    with ThreadPoolExecutor(len(verbs)) as pool:
        list(pool.map(run, verbs))
    db.session.remove()


@unit_of_work
def _never_told(letter_id: int) -> None:
    db.session.execute(update(Case).where(Case.letter_id == letter_id).values(notified_at=None))


def _respond(case_id: int, person_id: int) -> None:
    person = db.session.get_one(User, person_id)
    responses.respond(case_for(person, case_id), said(signatory=person.name), by=person)


def _report(letter_id: int, person_id: int, number: int) -> None:
    person = db.session.get_one(User, person_id)
    letter = letter_for(person, letter_id)
    moderation.report(
        Thing(ThingKind.LETTER, letter, letter),
        by=person,
        reason=ReportReason.FALSE,
        text=WHY,
        address=f"192.0.2.{number}",
    )
