"""What was promised, and the proposal that a case is solved: the author alone decides, silence decides nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Event, Kind
from forum.letters import actions as letters
from forum.letters.lifecycle import Outcome, OutcomeMove
from forum.letters.models import Case, Letter
from forum.letters.queries import letter_for
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason
from forum.notifications.promises import recall_promises
from forum.responses import actions, guard, queries
from forum.responses.lifecycle import (
    PromiseState,
    PromiseVerdict,
    ProposalAnswer,
    ProposalState,
    promise_state,
    proposal_state,
)
from forum.responses.models import Response
from forum.responses.queries.promises import promise_counts, promise_due
from forum.statistics import figures
from tests.moderation.stage import thing
from tests.notifications.helping import mailed, told, work
from tests.responses.words import case_of, said

MONDAY = datetime(2026, 7, 6, 3, tzinfo=UTC)
DUE = date(2026, 7, 16)
WORDS = "Uang sudah masuk dan barang pengganti diterima menurut kurir kami."


def promised(cast, **fields) -> Response:
    letter = cast.letter(published_at=MONDAY - timedelta(days=2))
    with time_machine.travel(MONDAY, tick=False):
        return actions.respond(
            case_of(letter, cast.bima),
            said(promise="Barang pengganti sampai", promise_due=DUE, promise_amount=105_000, **fields),
            by=cast.bima,
        )


def seen(response: Response, who) -> Response:
    return queries.response_for(who, response.id)


def count(kind: Kind) -> int:
    return db.session.scalar(select(func.count(Event.id)).where(Event.kind == kind))


@pytest.mark.parametrize(
    ("today", "verdict", "state"),
    [
        (DUE - timedelta(days=1), None, PromiseState.PENDING),
        (DUE, None, PromiseState.DUE),
        (DUE + timedelta(days=14), None, PromiseState.DUE),
        (DUE + timedelta(days=15), None, PromiseState.UNCONFIRMED),
        (DUE + timedelta(days=4_000), None, PromiseState.UNCONFIRMED),
        (DUE - timedelta(days=1), PromiseVerdict.KEPT, PromiseState.KEPT),
        (DUE + timedelta(days=400), PromiseVerdict.BROKEN, PromiseState.BROKEN),
    ],
)
def test_where_a_promise_stands(today: date, verdict: PromiseVerdict | None, state: PromiseState) -> None:
    assert promise_state(DUE, verdict, today) is state


def test_the_author_says_kept_or_broken_and_may_change_it(cast) -> None:
    response = promised(cast)
    for verdict in (PromiseVerdict.KEPT, PromiseVerdict.KEPT, PromiseVerdict.BROKEN):
        actions.judge(seen(response, cast.ana), verdict, by=cast.ana)
    case = db.session.get_one(Case, response.case_id)
    assert (response.promise_verdict, case.promise_verdict, case.promise_due) == (
        PromiseVerdict.BROKEN,
        PromiseVerdict.BROKEN,
        DUE,
    )
    assert count(Kind.PROMISE_JUDGED) == 2


def test_a_promise_is_not_broken_before_its_day(cast, browse) -> None:
    with time_machine.travel(datetime(DUE.year, DUE.month, DUE.day, 3, tzinfo=UTC) - timedelta(days=1), tick=False) as now:
        response = promised(cast)
        with pytest.raises(NotNow):
            actions.judge(seen(response, cast.ana), PromiseVerdict.BROKEN, by=cast.ana)
        page = browse(cast.ana).open(f"/letters/{db.session.get_one(Case, response.case_id).letter_id}")
        assert [one.get("value") for one in page.find("button", name="verdict")] == ["kept"]
        now.shift(timedelta(days=1))
        actions.judge(seen(response, cast.ana), PromiseVerdict.BROKEN, by=cast.ana)
    assert response.promise_verdict is PromiseVerdict.BROKEN


@pytest.mark.parametrize("who", ["bima", "citra", "dewi", "fajar"])
def test_nobody_else_judges_or_answers(cast, who: str) -> None:
    response, person = promised(cast), getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.judge(seen(response, person), PromiseVerdict.KEPT, by=person)
    with pytest.raises(NotAllowed):
        actions.answer_proposal(seen(response, person), ProposalAnswer.SOLVED, by=person)


@pytest.mark.parametrize("who", ["ana", "citra", "dewi", "fajar"])
def test_only_the_business_says_done_or_proposes(cast, who: str) -> None:
    response, person = promised(cast), getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.say_done(seen(response, person), by=person, words="Dikirim hari ini")
    with pytest.raises(NotAllowed):
        actions.propose_solved(seen(response, person), by=person, words=WORDS)


def test_done_is_said_once_and_is_no_verdict(cast) -> None:
    response = promised(cast)
    for _turn in range(2):
        actions.say_done(seen(response, cast.bima), by=cast.bima, words="Dikirim 14 Juli")
    with pytest.raises(NotNow):
        actions.say_done(seen(response, cast.bima), by=cast.bima, words="Dikirim 15 Juli")
    assert (response.promise_done, response.promise_verdict) == ("Dikirim 14 Juli", None)
    assert count(Kind.PROMISE_DONE) == 1


def test_what_is_said_later_is_guarded_too(cast) -> None:
    response = promised(cast)
    with pytest.raises(guard.GuardStopped):
        actions.say_done(seen(response, cast.bima), by=cast.bima, words="Menelepon 0857-1112-2233")
    with pytest.raises(guard.GuardStopped):
        actions.propose_solved(seen(response, cast.bima), by=cast.bima, words=WORDS + " Telepon 0857-1112-2233")


def test_without_a_promise_nothing_is_judged(cast) -> None:
    letter = cast.letter()
    response = actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    with pytest.raises(NotNow):
        actions.judge(seen(response, cast.ana), PromiseVerdict.KEPT, by=cast.ana)
    with pytest.raises(NotNow):
        actions.say_done(seen(response, cast.bima), by=cast.bima, words="Dikirim 14 Juli")


@pytest.mark.parametrize("amount", [0, -1, 10**16])
def test_a_strange_amount_is_refused(cast, amount: int) -> None:
    with pytest.raises(Invalid), time_machine.travel(MONDAY, tick=False):
        actions.respond(
            case_of(cast.letter(), cast.bima),
            said(promise="Uang", promise_due=DUE, promise_amount=amount),
            by=cast.bima,
        )


def test_a_hidden_response_takes_its_promise_off_the_lists(cast) -> None:
    response = promised(cast)
    moderation.hide(
        thing(cast.dewi, "response", response), by=cast.dewi, reason=next(iter(Reason)), message="Memuat kata kasar."
    )
    assert db.session.get_one(Case, response.case_id).promise_due is None
    moderation.restore(thing(cast.dewi, "response", response), by=cast.dewi)
    assert db.session.get_one(Case, response.case_id).promise_due == DUE


def days(kind: Kind) -> list[int]:
    return [data["day"] for data in db.session.scalars(select(Event.data).where(Event.kind == kind).order_by(Event.id))]


def test_both_are_reminded_on_their_days_once_each(cast) -> None:
    promised(cast)
    at = {}
    for day in range(-4, 12):
        with time_machine.travel(datetime(2026, 7, 16, 3, tzinfo=UTC) + timedelta(days=day), tick=False):
            for _turn in range(2):  # two workers, or one that runs twice
                recall_promises()
        at[day] = (list(days(Kind.PROMISE_REMINDED)), list(days(Kind.PROMISE_ASKED)))
    assert at[-3] == ([], [])
    assert at[-2] == ([-2], [])
    assert at[0] == ([-2, 0], [])
    assert at[1] == ([-2, 0], [1])
    assert at[11] == ([-2, 0], [1, 7])


def test_reminders_reach_both_by_mail_and_in_the_site(cast) -> None:
    promised(cast)
    with time_machine.travel(datetime(2026, 7, 16, 3, tzinfo=UTC), tick=False):
        recall_promises()
        work()
    with time_machine.travel(datetime(2026, 7, 17, 3, tzinfo=UTC), tick=False):
        recall_promises()
        work()
    assert {("Bima", "promise_reminder"), ("Ana", "promise_asked")} <= told()
    assert {("bima", "promise_reminder"), ("ana", "promise_asked")} <= mailed()


def test_a_kept_done_or_judged_promise_is_not_recalled(cast) -> None:
    response = promised(cast)
    actions.say_done(seen(response, cast.bima), by=cast.bima, words="Dikirim 10 Juli")
    with time_machine.travel(datetime(2026, 7, 16, 3, tzinfo=UTC), tick=False):
        recall_promises()
    assert days(Kind.PROMISE_REMINDED) == []
    actions.judge(seen(response, cast.ana), PromiseVerdict.KEPT, by=cast.ana)
    with time_machine.travel(datetime(2026, 7, 17, 3, tzinfo=UTC), tick=False):
        recall_promises()
    assert days(Kind.PROMISE_ASKED) == []


def test_a_worker_that_slept_tells_the_latest_only(cast) -> None:
    promised(cast)
    with time_machine.travel(datetime(2026, 7, 24, 3, tzinfo=UTC), tick=False):
        recall_promises()
    assert (days(Kind.PROMISE_REMINDED), days(Kind.PROMISE_ASKED)) == ([], [7])


def test_due_and_counts_for_desk_and_figures(cast) -> None:
    response = promised(cast)
    with time_machine.travel(MONDAY, tick=False):
        assert db.session.scalar(select(func.count(Case.id)).where(promise_due())) == 0
        assert promise_counts(cast.shop.id).pending == 1
    with time_machine.travel(datetime(2026, 7, 16, 3, tzinfo=UTC), tick=False):
        assert db.session.scalar(select(func.count(Case.id)).where(promise_due())) == 1
        assert promise_counts(cast.shop.id).due == 1
    with time_machine.travel(datetime(2026, 9, 16, 3, tzinfo=UTC), tick=False):
        assert promise_counts(cast.shop.id).unconfirmed == 1
        actions.judge(seen(response, cast.ana), PromiseVerdict.BROKEN, by=cast.ana)
        counted = promise_counts(cast.shop.id)
        assert (counted.broken, counted.unconfirmed, counted.judged) == (1, 0, 1)
        assert db.session.scalar(select(func.count(Case.id)).where(promise_due())) == 0


def test_the_pages_of_a_promise_from_done_to_broken_to_open_again(cast, browse) -> None:
    response = promised(cast)
    letter = f"/letters/{db.session.get_one(Case, response.case_id).letter_id}"
    with time_machine.travel(datetime(2026, 7, 17, 3, tzinfo=UTC), tick=False):
        bima = browse(cast.bima)
        page = bima.open(letter)
        page = bima.submit(page.link("Nyatakan janji sudah dilaksanakan"), text="Dikirim 14 Juli")
        assert "Sudah dilaksanakan, kata pelaku usaha pada 17 Juli 2026: Dikirim 14 Juli" in page
        ana = browse(cast.ana)
        ana.submit(letter, button=("outcome", "say_solved"))
        page = ana.submit(button=("verdict", "broken"))
        assert "Tidak ditepati, kata penulis" in page
        assert "Janji tidak ditepati. Anda dapat menarik kembali" in page
        assert "janji tidak ditepati" in browse().open("/")
        page = ana.submit(f"/responses/{response.id}/promise", button=("verdict", "kept"))
        assert "Ditepati, kata penulis" in page
        page = ana.submit(button=("verdict", "broken"))
        page = ana.submit(form="outcome", button=("outcome", "reopen"))
        assert db.session.get_one(Case, response.case_id).outcome is Outcome.NONE


# The proposal


def test_silence_is_never_a_yes() -> None:
    assert proposal_state(proposed=True, answer=None) is ProposalState.UNCONFIRMED


def test_a_proposal_is_made_once_with_each_response_and_changes_nothing(cast) -> None:
    response = promised(cast)
    for _turn in range(2):
        actions.propose_solved(seen(response, cast.bima), by=cast.bima, words=WORDS)
    with pytest.raises(NotNow):
        actions.propose_solved(seen(response, cast.bima), by=cast.bima, words=WORDS + " Sekali lagi.")
    case = db.session.get_one(Case, response.case_id)
    assert (case.outcome, count(Kind.SOLVED_PROPOSED)) == (Outcome.NONE, 1)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (ProposalAnswer.SOLVED, Outcome.SOLVED),
        (ProposalAnswer.PARTLY, Outcome.PARTLY),
        (ProposalAnswer.NO, Outcome.NOT_SOLVED),
    ],
)
def test_the_author_answers_and_that_is_the_outcome(cast, answer: ProposalAnswer, outcome: Outcome) -> None:
    response = promised(cast)
    with time_machine.travel(MONDAY, tick=False):
        actions.propose_solved(seen(response, cast.bima), by=cast.bima, words=WORDS)
        for _turn in range(2):
            actions.answer_proposal(seen(response, cast.ana), answer, by=cast.ana)
    assert db.session.get_one(Case, response.case_id).outcome is outcome
    assert count(Kind.PROPOSAL_ANSWERED) == 1
    other = next(one for one in ProposalAnswer if one is not answer)
    with pytest.raises(NotNow):
        actions.answer_proposal(seen(response, cast.ana), other, by=cast.ana)


def test_what_is_solved_or_uniform_is_not_proposed(cast) -> None:
    response = promised(cast)
    with time_machine.travel(MONDAY, tick=False):
        actions.conclude(case_of(letter_of(response), cast.ana), OutcomeMove.SAY_SOLVED, by=cast.ana)
    with pytest.raises(NotNow):
        actions.propose_solved(seen(response, cast.bima), by=cast.bima, words=WORDS)


def letter_of(response: Response) -> Letter:
    return db.session.get_one(Letter, db.session.get_one(Case, response.case_id).letter_id)


@pytest.mark.parametrize("words", ["", "pendek", "x" * 1_001])
def test_a_proposal_needs_words(cast, words: str) -> None:
    response = promised(cast)
    with pytest.raises(Invalid):
        actions.propose_solved(seen(response, cast.bima), by=cast.bima, words=words)


def test_nothing_is_proposed_where_nothing_answers(cast) -> None:
    response = promised(cast)
    with pytest.raises(NotNow):
        actions.answer_proposal(seen(response, cast.ana), ProposalAnswer.SOLVED, by=cast.ana)


def test_the_author_is_asked_exactly_once(cast) -> None:
    from forum.notifications import reminders

    response = promised(cast)
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        actions.propose_solved(seen(response, cast.bima), by=cast.bima, words=WORDS)
    for later in (8, 31, 90, 170):
        with time_machine.travel(MONDAY + timedelta(days=later), tick=False):
            reminders.ask_outcomes()
    assert (count(Kind.SOLVED_PROPOSED), count(Kind.OUTCOME_ASKED)) == (1, 0)


def test_the_pages_of_a_proposal(cast, browse) -> None:
    response = promised(cast)
    letter = f"/letters/{letter_of(response).id}"
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        bima = browse(cast.bima)
        page = bima.submit(bima.open(letter).link("Usulkan kasus selesai"), text=WORDS)
        assert "Diusulkan selesai, penulis belum menjawab" in page
        assert WORDS in browse().open(letter)
        ana = browse(cast.ana)
        assert "Apakah sudah selesai?" in ana.open(f"/responses/{response.id}/proposal")
        page = ana.submit(letter, button=("answer", "partly"))
        assert "Penulis menjawab: selesai sebagian" in page
        assert "Apakah sudah selesai? Hanya Anda" not in page


@pytest.mark.parametrize("verb", ["say_done", "judge", "propose", "answer"])
def test_after_the_letter_is_withdrawn_nothing_is_said(cast, verb: str) -> None:
    response = promised(cast)
    actions.propose_solved(seen(response, cast.bima), by=cast.bima, words=WORDS)
    mine, theirs = seen(response, cast.ana), seen(response, cast.bima)
    letters.withdraw(letter_for(cast.ana, letter_of(response).id), by=cast.ana)
    say = {
        "say_done": lambda: actions.say_done(theirs, by=cast.bima, words="Dikirim 14 Juli"),
        "judge": lambda: actions.judge(mine, PromiseVerdict.KEPT, by=cast.ana),
        "propose": lambda: actions.propose_solved(theirs, by=cast.bima, words=WORDS),
        "answer": lambda: actions.answer_proposal(mine, ProposalAnswer.SOLVED, by=cast.ana),
    }[verb]
    with pytest.raises(NotAllowed):
        say()


def test_pages_with_many_responses_cost_few_queries(cast, browse) -> None:
    response = promised(cast)
    letter = letter_of(response)
    for number in range(5):
        actions.respond(
            case_of(letter, cast.bima), said(text=said().text + f" Tambahan nomor {number} dari gudang."), by=cast.bima
        )
    figures.count_all()
    bima = browse(cast.bima)
    assert len(bima.open(f"/letters/{letter.id}").queries) <= 16
    assert len(bima.open(f"/cases/{response.case_id}/respond").queries) <= 13
    assert len(browse().open("/").queries) <= 9
    assert len(browse(cast.ana).open(f"/responses/{response.id}/promise").queries) <= 12


def test_while_a_proposal_is_open_the_author_is_asked_once(cast, browse) -> None:
    response = promised(cast)
    letter = f"/letters/{letter_of(response).id}"
    outcome = f"/cases/{response.case_id}/outcome"
    ana = browse(cast.ana)
    assert ana.open(letter).find("form", action=outcome)
    actions.propose_solved(seen(response, cast.bima), by=cast.bima, words=WORDS)
    page = ana.open(letter)
    assert page.find("form", action=f"/responses/{response.id}/proposal")
    assert not page.find("form", action=outcome)
