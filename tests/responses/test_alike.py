"""The same words to many letters: measured on a labelled set, counted, labelled, and what they do to a case."""

import subprocess
import sys

import pytest
from sqlalchemy import event, func, select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, Stale
from forum.core.events import Event, Kind
from forum.core.jobs import Job
from forum.letters import actions as letters_actions
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case, Letter
from forum.letters.queries import letter_for
from forum.responses import actions, boilerplate, queries
from forum.responses.actions.alike import recount, sketch_of
from forum.responses.lifecycle import MOST_SAME_LETTERS
from forum.responses.models import Response, Wording, WordingBand
from tests.responses.alike_pairs import FILLS, TEMPLATES, pairs
from tests.responses.test_pages import FILLED, url
from tests.responses.words import TEXT, case_of, said

LEAST_PRECISION, LEAST_RECALL = 0.98, 0.95
UNIFORM = TEMPLATES[0]
SPECIAL = (
    "Paket Anda tertukar di gudang Rungkut dengan kiriman tetangga; kurir cabang mengantarnya sendiri Sabtu sore, dan ongkos kirim "
    "kami kembalikan penuh ke dompet aplikasi."
)


def letters(cast, count: int) -> list[Letter]:
    return [cast.letter(title=f"Surat bernomor urut {number} tentang kiriman") for number in range(count)]


def answer(letter: Letter, who, text: str = UNIFORM, **fields) -> Response:
    filled = text.format(**{**FILLS[int("".join(filter(str.isdigit, letter.title)) or 0) % 4], "nama": "Pelanggan"})
    return actions.respond(case_of(letter, who), said(text=filled, **fields), by=who)


def test_the_labelled_pairs_are_told_apart_at_the_threshold() -> None:
    right = {True: 0, False: 0}
    wrong: list[tuple[str, float]] = []
    told = pairs()
    assert len(told) >= 120
    for label, sort, one, other in told:
        first, second = (boilerplate.sketch(each.text, names=each.names, title=each.title) for each in (one, other))
        likeness = boilerplate.likeness(first.signature, second.signature)
        if (likeness >= boilerplate.ALIKE) == label:
            right[label] += 1
        else:
            wrong.append((sort, likeness))
        if likeness >= boilerplate.ALIKE:
            assert set(first.keys) & set(second.keys), "near-identical texts share a band, or the query would miss them"
    missed = sum(1 for _sort, likeness in wrong if likeness < boilerplate.ALIKE)
    false = len(wrong) - missed
    assert right[True] / (right[True] + missed) >= LEAST_RECALL, wrong
    assert right[True] / (right[True] + false) >= LEAST_PRECISION, wrong


def test_a_signature_is_the_same_in_another_process_and_forever() -> None:
    code = (
        "from forum.responses.boilerplate import sketch;"
        "print(sketch('Barang pengganti berangkat esok pagi dari gudang kami').mark)"
    )
    marks = {
        int(
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
            ).stdout
        )
        for seed in ("1", "2")
    }
    assert marks == {boilerplate.sketch("Barang pengganti berangkat esok pagi dari gudang kami").mark}
    assert marks == {GOLDEN}, (
        "the algorithm changed: raise boilerplate.ALGORITHM, or old signatures are compared with new ones"
    )


GOLDEN = 6206243975148803111


def test_five_others_may_get_the_same_words_the_next_moves_nothing(cast) -> None:
    given = [answer(letter, cast.bima) for letter in letters(cast, MOST_SAME_LETTERS + 2)]
    assert [one.counts for one in given] == [True] * (MOST_SAME_LETTERS + 1) + [False]
    assert [one.copies for one in given] == list(range(1, MOST_SAME_LETTERS + 3))
    case = db.session.get_one(Case, given[-1].case_id)
    assert (case.response, case.answered_at, case.uniform_at) == (ResponseState.AWAITING, None, given[-1].created_at)
    assert (
        db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.CASE_ANSWERED)) == MOST_SAME_LETTERS + 1
    )
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.RESPONSE_UNIFORM)) == 1


def test_a_second_agent_is_told_of_a_uniform_response(cast) -> None:
    found = letters(cast, MOST_SAME_LETTERS + 2)
    gita = cast.representative("Gita Permata", cast.shop)
    before = case_of(found[-1], gita).version
    for letter in found:
        answer(letter, cast.bima)
    with pytest.raises(Stale):
        actions.respond(case_of(found[-1], gita), said(text=SPECIAL), by=gita, seen=before)


def test_something_special_answers_the_case(cast) -> None:
    *_, last = letters(cast, MOST_SAME_LETTERS + 2)
    for letter in db.session.scalars(select(Letter).order_by(Letter.id)).all():
        answer(letter, cast.bima)
    assert case_of(last, cast.bima).answered_at is None
    special = answer(last, cast.bima, SPECIAL)
    case = case_of(last, cast.bima)
    assert (case.response, case.answered_at, case.uniform_at) == (ResponseState.ANSWERED, special.created_at, None)


def test_the_earlier_ones_get_the_label_and_keep_their_date(cast) -> None:
    found = letters(cast, 4)
    first, *_rest, last = [answer(letter, cast.bima) for letter in found]
    before = (case_of(found[0], cast.bima).answered_at, found[0].page_version)
    job = db.session.scalars(select(Job).where(Job.kind == "recount_copies")).all()
    assert job
    assert sum(recount(one.payload["wording_id"]) for one in job) == 3
    assert sum(recount(one.payload["wording_id"]) for one in job) == 0  # safe to run twice
    db.session.expire_all()
    assert [db.session.get_one(Response, one.id).copies for one in (first, last)] == [4, 4]
    assert case_of(found[0], cast.bima).answered_at == before[0]
    assert db.session.get_one(Letter, found[0].id).page_version > before[1]


def test_another_business_is_not_counted(cast) -> None:
    for letter in letters(cast, 3):
        answer(letter, cast.bima)
    other = cast.letter(title="Surat untuk kurir saja", merchants=[cast.courier])
    given = actions.respond(case_of(other, cast.fajar), said(text=UNIFORM.format(**FILLS[0])), by=cast.fajar)
    assert given.copies == 1


def test_the_same_letter_counts_once(cast) -> None:
    [letter] = letters(cast, 1)
    assert [answer(letter, cast.bima).copies for _turn in range(3)] == [1, 1, 1]


def test_the_writer_is_warned_and_every_word_is_kept(cast, browse) -> None:
    found = letters(cast, MOST_SAME_LETTERS + 2)
    for letter in found[:-1]:
        answer(letter, cast.bima)
    text = UNIFORM.format(**{**FILLS[1], "nama": "Pelanggan"})
    bima = browse(cast.bima)
    page = bima.submit(url(case_of(found[-1], cast.bima)), **{**FILLED, "text": text})
    assert f"Teks ini sama dengan {MOST_SAME_LETTERS + 1} surat lain" in page
    assert found[-2].title in page
    assert page.find("mark")
    assert text in page.text
    assert db.session.scalar(select(func.count(Response.id))) == MOST_SAME_LETTERS + 1
    page = bima.submit(button=("same", "1"))
    assert f"Teks yang sama dikirim ke {MOST_SAME_LETTERS + 2} surat" in page
    assert "Tanggapan seragam, hitungan hari berjalan terus" in page
    assert "Bagaimana akhirnya" not in browse(cast.ana).open(page.url)
    assert "Tanggapan seragam, hitungan hari berjalan terus" in browse().open("/")


def test_special_words_after_the_warning_are_an_answer(cast, browse) -> None:
    found = letters(cast, MOST_SAME_LETTERS + 2)
    for letter in found[:-1]:
        answer(letter, cast.bima)
    bima = browse(cast.bima)
    bima.submit(url(case_of(found[-1], cast.bima)), **{**FILLED, "text": UNIFORM.format(**FILLS[1])})
    assert bima.submit(text=SPECIAL, follow=False, form="respond").status == 302
    assert case_of(found[-1], cast.bima).response is ResponseState.ANSWERED


def uniform(cast) -> Response:
    return [answer(letter, cast.bima) for letter in letters(cast, MOST_SAME_LETTERS + 2)][-1]


def test_a_moderator_lets_it_count_from_its_own_moment(cast) -> None:
    response = uniform(cast)
    for _turn in range(2):
        actions.overrule(
            queries.response_for(cast.dewi, response.id),
            by=cast.dewi,
            message="Gangguan massal, jawabannya memang sama.",
        )
    case = db.session.get_one(Case, response.case_id)
    assert (case.response, case.answered_at) == (ResponseState.ANSWERED, response.created_at)
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.RESPONSE_COUNTED)) == 1


@pytest.mark.parametrize("who", ["ana", "bima", "citra", "fajar"])
def test_nobody_else_overrules(cast, who: str) -> None:
    response, person = uniform(cast), getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.overrule(queries.response_for(person, response.id), by=person, message="Gangguan massal sekali.")


@pytest.mark.parametrize("message", ["", "pendek", "x" * 2_001])
def test_overruling_needs_words(cast, message: str) -> None:
    response = uniform(cast)
    with pytest.raises(Invalid):
        actions.overrule(queries.response_for(cast.dewi, response.id), by=cast.dewi, message=message)


def test_the_page_of_a_moderator_overrules(cast, browse) -> None:
    response = uniform(cast)
    dewi = browse(cast.dewi)
    page = dewi.open(f"/letters/{case_of_response(response)}")
    page = dewi.submit(page.link("Hitung tanggapan ini"), message="Gangguan massal, jawabannya memang sama.")
    assert "Redaksi menghitungnya sebagai jawaban atas surat ini" in page
    assert "Hitung tanggapan ini" not in page
    page = dewi.open(f"/responses/{response.id}/count")
    assert "Tanggapan ini sudah dihitung" in page
    assert not page.find("textarea", name="message")


def case_of_response(response: Response) -> int:
    return db.session.get_one(Case, response.case_id).letter_id


def test_a_withdrawn_letter_takes_no_response(cast) -> None:
    bima, letter = cast.bima, cast.letter()
    case = case_of(letter, bima)
    letters_actions.withdraw(letter_for(cast.ana, letter.id), by=cast.ana)
    with pytest.raises(NotAllowed):
        actions.respond(case, said(), by=bima)
    assert db.session.scalar(select(func.count(Response.id))) == 0


def test_near_words_are_found_by_one_query_that_uses_the_index(cast) -> None:
    for number, letter in enumerate(letters(cast, 3)):
        actions.respond(case_of(letter, cast.bima), said(text=f"{TEXT} {SPECIAL if number else ''}"), by=cast.bima)
    sketch = sketch_of(letter, TEXT)
    statements: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        found = queries.alike(case_of(letter, cast.bima), sketch)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert found is not None
    asked = [one for one in statements if "wording_band" in one]
    assert len(asked) == 1
    assert db.session.scalar(select(func.count(WordingBand.key))) == boilerplate.BANDS * db.session.scalar(
        select(func.count(Wording.id))
    )


def test_equal_parts_are_places_in_the_text() -> None:
    text = f"Halo. {SPECIAL} Tambahan yang lain sama sekali."
    [(start, end)] = boilerplate.equal_parts(text, SPECIAL)
    assert text[start:end] == SPECIAL.removesuffix(".")


@pytest.mark.pure
@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "text", ["a " * 5_000, "[" * 10_000, "{" * 10_000, "x" * 10_000, "Bapak " * 2_000, "1 " * 5_000, "@" * 10_000]
)
def test_hostile_texts_have_a_sketch(text: str) -> None:
    assert len(boilerplate.sketch(text, title=text[:160]).signature) == 4 * boilerplate.SLOTS
    boilerplate.equal_parts(text, text)
