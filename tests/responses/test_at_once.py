"""Real parallel sending on a real engine: one double click, two representatives, two claims."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.db import db
from forum.core.errors import DomainError
from forum.core.events import Event, Kind
from forum.letters import actions as letters
from forum.letters.models import Case
from forum.letters.queries import case_for, letter_for
from forum.merchants import actions as merchants
from forum.merchants.models import Claim, Merchant
from forum.notifications.promises import recall_promises
from forum.responses import actions
from forum.responses.lifecycle import PromiseVerdict, ProposalAnswer
from forum.responses.models import AnswerLink, Response, Wording
from forum.responses.queries import response_for
from tests.cast import Cast
from tests.responses.words import said


def together(app: Any, work: Callable[[int], object], people: int) -> list[str]:
    """Run `work(number)` in as many threads at one moment; returns what each ended with."""
    ends: list[str] = []
    start = threading.Barrier(people)

    def run(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                work(number)
                ends.append("done")
            except DomainError as problem:
                ends.append(problem.code)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_one_double_click_is_one_response(committing_app) -> None:
    cast = Cast()
    bima, case_id = cast.bima.id, cast.letter().cases[0].id

    def send(_number: int) -> None:
        who = db.session.get_one(User, bima)
        actions.respond(case_for(who, case_id), said(), by=who, seen=1, once="o" * 32)

    assert together(committing_app, send, 4) == ["done"] * 4
    assert db.session.scalar(select(func.count(Response.id))) == 1
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.CASE_ANSWERED)) == 1


def test_of_two_representatives_one_is_told(committing_app) -> None:
    cast = Cast()
    people = [cast.bima.id, cast.representative("Gita Permata", cast.shop).id]
    case_id = cast.letter().cases[0].id

    def send(number: int) -> None:
        who = db.session.get_one(User, people[number])
        actions.respond(case_for(who, case_id), said(), by=who, seen=1, once=f"{number}" * 32)

    assert together(committing_app, send, 2) == ["done", "stale"]
    assert db.session.scalar(select(Case.version)) == 2


def test_claims_at_once_are_one(committing_app) -> None:
    cast = Cast()
    citra, shop = cast.citra.id, cast.shop.id

    def claim(number: int) -> None:
        who = db.session.get_one(User, citra)
        merchants.claim(
            db.session.get_one(Merchant, shop), by=who, work_email=f"c{number}@tokomelati.example", job_title="Humas"
        )

    assert together(committing_app, claim, 4) == ["done"] * 4
    assert db.session.scalar(select(func.count(Claim.id))) == 1


def test_an_answer_and_a_lapse_at_once_count_once(committing_app, monkeypatch) -> None:
    cast = Cast()
    bima, letter = cast.bima, cast.letter()
    case_id, ana = letter.cases[0].id, cast.ana.id
    made = actions.ask(case_for(bima, case_id), by=bima, text="Apakah kurir sempat menelepon?").id
    monkeypatch.setattr("forum.responses.actions.clock.timedelta", lambda **_days: timedelta(0))

    def move(number: int) -> None:
        from forum.responses.queries import question_for

        if number:
            actions.lapse_question(made)
        else:
            who = db.session.get_one(User, ana)
            actions.answer_question(question_for(who, made), by=who, text="Tidak pernah ada telepon.")

    assert together(committing_app, move, 2) in (["done", "done"], ["done", "question_over"])
    assert (
        db.session.scalar(
            select(func.count(Event.id)).where(Event.kind.in_((Kind.QUESTION_ANSWERED, Kind.QUESTION_LAPSED)))
        )
        == 1
    )


def test_the_same_words_at_one_moment_count_each_other(committing_app) -> None:
    cast = Cast()
    bima = cast.bima.id
    cases = [cast.letter(title=f"Surat bernomor urut {number}").cases[0].id for number in range(7)]
    ids: list[int] = []

    def send(number: int) -> None:
        who = db.session.get_one(User, bima)
        ids.append(actions.respond(case_for(who, cases[number]), said(), by=who).id)

    assert together(committing_app, send, 7) == ["done"] * 7
    copies = sorted(db.session.scalars(select(Response.copies)).all())
    assert copies == [1, 2, 3, 4, 5, 6, 7]
    assert db.session.scalar(select(func.count(Response.id)).where(Response.counts.is_(False))) == 1
    assert db.session.scalar(select(func.count(Wording.id))) == 1


def test_a_verdict_and_a_proposal_sent_twice_at_once_are_one(committing_app) -> None:
    cast = Cast()
    ana, bima, letter = cast.ana.id, cast.bima, cast.letter()
    promised = said(
        promise="Barang pengganti", promise_due=local_date(utcnow(), settings().time_zone) + timedelta(days=5)
    )
    made = actions.respond(case_for(bima, letter.cases[0].id), promised, by=bima).id
    actions.propose_solved(response_for(bima, made), by=bima, words="Uang dan barang sudah diterima penulis.")

    def say(number: int) -> None:
        who = db.session.get_one(User, ana)
        if number % 2:
            actions.judge(response_for(who, made), PromiseVerdict.KEPT, by=who)
        else:
            actions.answer_proposal(response_for(who, made), ProposalAnswer.SOLVED, by=who)

    assert together(committing_app, say, 4) == ["done"] * 4
    for kind in (Kind.PROMISE_JUDGED, Kind.PROPOSAL_ANSWERED, Kind.OUTCOME_SET):
        assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == kind)) == 1


def test_one_mailed_link_sent_many_times_at_once_is_one_response(committing_app) -> None:
    cast = Cast()
    case_id = cast.letter().cases[0].id
    mailed_link(case_id, "pengaduan@tokomelati.example", "h" * 64)

    assert together(committing_app, by_link, 4) == ["answer_link_over"] * 3 + ["done"]
    assert db.session.scalar(select(func.count(Response.id))) == 1


def test_of_two_mailed_links_at_once_the_second_is_told(committing_app) -> None:
    cast = Cast()
    case_id = cast.letter().cases[0].id
    mailed_link(case_id, "pengaduan@tokomelati.example", "0" * 64)
    mailed_link(case_id, "cs@tokomelati.example", "1" * 64)

    assert together(committing_app, lambda number: by_link(number, str(number) * 64), 2) == ["done", "stale"]
    assert db.session.scalar(select(func.count(Response.id))) == 1
    assert db.session.scalar(select(Case.version)) == 2


def test_a_link_and_the_withdrawal_at_once_never_publish_under_a_letter_that_is_gone(committing_app) -> None:
    cast = Cast()
    ana, letter = cast.ana.id, cast.letter()
    letter_id = letter.id
    mailed_link(letter.cases[0].id, "pengaduan@tokomelati.example", "h" * 64)

    def move(number: int) -> None:
        if number:
            by_link(number)
        else:
            who = db.session.get_one(User, ana)
            letters.withdraw(letter_for(who, letter_id), by=who)

    ends = together(committing_app, move, 2)
    kinds = list(db.session.scalars(select(Event.kind).where(Event.letter_id == letter_id).order_by(Event.id)))
    assert ends in (["done", "done"], ["answer_link_over", "done"])
    assert Kind.CASE_ANSWERED not in kinds or kinds.index(Kind.CASE_ANSWERED) < kinds.index(Kind.LETTER_WITHDRAWN)


def mailed_link(case_id: int, address: str, token_hash: str) -> None:
    case = db.session.get_one(Case, case_id)
    actions.make_link(case, address=address, token_hash=token_hash, language="id")


def by_link(_number: int, token_hash: str = "h" * 64) -> None:
    link = db.session.scalars(select(AnswerLink).where(AnswerLink.token_hash == token_hash)).one()
    actions.answer_by_link(link, said(), fields={}, seen=1, once=None, sent_from="198.51.100.1")


def test_two_workers_recall_a_promise_once(committing_app) -> None:
    cast = Cast()
    bima, letter = cast.bima, cast.letter()
    due = local_date(utcnow(), settings().time_zone) + timedelta(days=2)
    actions.respond(case_for(bima, letter.cases[0].id), said(promise="Barang pengganti", promise_due=due), by=bima)
    assert together(committing_app, lambda _number: recall_promises(), 4) == ["done"] * 4
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.PROMISE_REMINDED)) == 1
