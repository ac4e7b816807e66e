"""Publishing an official response: who, when, once, fresh, with substance, without private details."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, Stale
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Publication, ResponseState
from forum.letters.models import Case
from forum.responses import actions
from forum.responses.models import Response
from tests.cast import represent
from tests.responses.words import TEXT, case_of, said


def test_a_representative_answers(cast) -> None:
    letter = cast.letter()
    case = case_of(letter, cast.bima)
    response = actions.respond(case, said(), by=cast.bima, seen=case.version, once="o" * 32)
    kept = db.session.get(Case, case.id)
    assert (kept.response, kept.answered_at, kept.version) == (ResponseState.ANSWERED, response.created_at, 2)
    assert (response.proof, response.proved_domain) == ("email", "tokomelati.example")
    event = db.session.scalars(select(Event).where(Event.kind == Kind.CASE_ANSWERED)).one()
    assert (event.about, event.letter_id, event.merchant_id) == (f"response:{response.id}", letter.id, cast.shop.id)


@pytest.mark.parametrize("who", ["ana", "citra", "dewi", "fajar"])
def test_nobody_else_answers(cast, who: str) -> None:
    letter = cast.letter()
    person = getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.respond(case_of(letter, person), said(), by=person)


def test_nobody_answers_their_own_letter(cast) -> None:
    represent(cast.ana, cast.shop)
    letter = cast.letter()
    with pytest.raises(NotAllowed):
        actions.respond(case_of(letter, cast.ana), said(), by=cast.ana)


@pytest.mark.parametrize("publication", [Publication.SUBMITTED, Publication.WITHDRAWN, Publication.TAKEN_DOWN])
def test_only_a_letter_in_print_is_answered(cast, publication: Publication) -> None:
    letter = cast.letter()
    case = case_of(letter, cast.bima)
    letter.publication = publication
    db.session.commit()
    with pytest.raises(NotAllowed):
        actions.respond(case, said(), by=cast.bima)


def test_an_ended_representation_answers_nothing(cast) -> None:
    letter, bima = cast.letter(), cast.bima
    case = case_of(letter, bima)
    bima.representations[0].ended_at = utcnow()
    db.session.commit()
    with pytest.raises(NotAllowed):
        actions.respond(case, said(), by=bima)


def test_sent_twice_it_is_one(cast) -> None:
    letter = cast.letter()
    case = case_of(letter, cast.bima)
    first = actions.respond(case, said(), by=cast.bima, seen=1, once="k" * 32)
    again = actions.respond(case_of(letter, cast.bima), said(), by=cast.bima, seen=1, once="k" * 32)
    assert first.id == again.id
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.CASE_ANSWERED)) == 1


def test_the_second_of_two_at_once_is_told(cast) -> None:
    letter = cast.letter()
    colleague = cast.representative("Gita Permata", cast.shop)
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima, seen=1)
    with pytest.raises(Stale) as stale:
        actions.respond(case_of(letter, colleague), said(), by=colleague, seen=1)
    assert stale.value.facts["now"] == 2


def test_several_responses_and_a_correction(cast) -> None:
    letter = cast.letter()
    first = actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    second = actions.respond(case_of(letter, cast.bima), said(corrects=first.id), by=cast.bima)
    assert second.corrects_id == first.id
    case = db.session.get(Case, letter.cases[0].id)
    assert case.answered_at == first.created_at  # the first one counts
    assert db.session.scalar(select(func.count(Response.id))) == 2


def test_a_correction_is_of_the_same_case(cast) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    other = actions.respond(case_of(letter, cast.fajar, 1), said(), by=cast.fajar)
    with pytest.raises(Invalid) as refused:
        actions.respond(case_of(letter, cast.bima), said(corrects=other.id), by=cast.bima)
    assert refused.value.code == "no_such_response"


@pytest.mark.parametrize(
    ("days", "promise", "field"),
    [(0, "Uang kembali", "promise_due"), (-1, "Uang kembali", "promise_due"), (400, "Uang kembali", "promise_due")],
)
def test_a_promise_lies_in_the_coming_year(cast, days: int, promise: str, field: str) -> None:
    case = case_of(cast.letter(), cast.bima)
    due = (utcnow() + timedelta(days=days)).date()
    with pytest.raises(Invalid) as refused:
        actions.respond(case, said(promise=promise, promise_due=due), by=cast.bima)
    assert (refused.value.code, refused.value.field) == ("promise_due", field)


def test_a_promise_has_words_and_a_day(cast) -> None:
    letter = cast.letter()
    due = (utcnow() + timedelta(days=14)).date()
    for words in (said(promise="Uang kembali"), said(promise_due=due)):
        with pytest.raises(Invalid) as refused:
            actions.respond(case_of(letter, cast.bima), words, by=cast.bima)
        assert refused.value.code == "promise_half"
    made = actions.respond(case_of(letter, cast.bima), said(promise="Uang kembali", promise_due=due), by=cast.bima)
    assert (made.promise, made.promise_due) == ("Uang kembali", due)


@pytest.mark.parametrize("length", [0, 49, 10_001])
def test_length(cast, length: int) -> None:
    with pytest.raises(Invalid) as refused:
        actions.respond(case_of(cast.letter(), cast.bima), said(text="x" * length), by=cast.bima)
    assert (refused.value.code, refused.value.field) == ("length", "text")


@pytest.mark.parametrize(
    "text",
    [
        "Permasalahan telah diselesaikan dengan baik. Terima kasih atas perhatian Bapak/Ibu, salam hangat dari kami.",
        "telah diselesaikan dengan baik " * 5,
        "Mohon maaf atas ketidaknyamanan ini. Akan segera kami tindak lanjuti. Terima kasih.",
        "Menanggapi surat pembaca Ibu, kami telah menghubungi konsumen dan masalah tersebut sudah selesai. Hormat kami.",
        "aaaa " * 30,
        "baik baik baik baik baik baik baik baik baik baik baik baik baik",
        "The matter has been resolved. Thank you for your patience. We apologize for any inconvenience.",
    ],
)
def test_stock_phrases_alone_are_no_answer(cast, text: str) -> None:
    case = case_of(cast.letter(), cast.bima)
    with pytest.raises(Invalid) as refused:
        actions.respond(case, said(text=text), by=cast.bima)
    assert (refused.value.code, refused.value.field) == ("no_substance", "text")
    assert db.session.get(Case, case.id).response is ResponseState.AWAITING


def test_a_short_but_real_answer_is_one(cast) -> None:
    text = "Refund Rp105.000 kami transfer 12 Maret ke rekening penjual; resi baru berangkat Jumat."
    assert actions.respond(case_of(cast.letter(), cast.bima), said(text=text), by=cast.bima).text == text


def test_html_is_made_when_it_is_saved(cast) -> None:
    made = actions.respond(case_of(cast.letter(), cast.bima), said(text=TEXT + "\n\n<script>x</script>"), by=cast.bima)
    assert "&lt;script&gt;" in made.html
