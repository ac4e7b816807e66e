"""How a remedy was given: what belongs to each, read as people write it, shown on the letterhead, kept when refused."""

from datetime import timedelta

import pytest

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid
from forum.responses import actions, how, substance
from forum.responses.models import Remedy, Response
from tests.responses.test_pages import FILLED, url
from tests.responses.words import TEXT, case_of, said

MINIMAL = {
    Remedy.REFUND: {"amount": 105_000},
    Remedy.REPLACEMENT: {"what": "Kipas angin baru"},
    Remedy.REPAIR: {"what": "Motor kipas"},
    Remedy.OFFER: {"what": "Potongan 20% untuk servis"},
    Remedy.REFUSAL: {"ground": "terms", "words": "Pasal 7 syarat penjualan"},
    Remedy.EXPLANATION: {},
    Remedy.APOLOGY: {},
    Remedy.NOT_OUR_CUSTOMER: {},
}


@pytest.mark.parametrize("remedy", list(Remedy))
def test_each_remedy_needs_its_own_how(cast, remedy: Remedy) -> None:
    letter = cast.letter()
    for missing in MINIMAL[remedy]:
        less = {key: value for key, value in MINIMAL[remedy].items() if key != missing}
        with pytest.raises(Invalid) as refused:
            actions.respond(case_of(letter, cast.bima), said(remedy=remedy, how=less), by=cast.bima)
        assert refused.value.field == how.FIELDS[remedy][missing]
    made = actions.respond(case_of(letter, cast.bima), said(remedy=remedy, how=MINIMAL[remedy]), by=cast.bima)
    assert made.how == MINIMAL[remedy]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("105000", 105_000),
        ("105.000", 105_000),
        ("Rp105.000,-", 105_000),
        ("Rp 1.250.000,00", 1_250_000),
        ("rp. 1 250 000", 1_250_000),
        ("IDR 5,000,000", 5_000_000),
    ],
)
def test_rupiah_as_people_write_it(typed: str, amount: int) -> None:
    assert how.rupiah(typed, "refund_amount") == amount


@pytest.mark.parametrize(
    "typed", ["0", "-5", "1.2", "seratus ribu", "9" * 17, "1e9", "Rp", "12.34.567", "١٢٣", "9" * 5_000]
)
def test_what_is_no_rupiah(typed: str) -> None:
    with pytest.raises(Invalid):
        how.rupiah(typed, "refund_amount")


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 105_000, "way": "teleport"},
        {"amount": 105_000, "on": "1066-10-14"},
        {"amount": 105_000, "on": "kemarin"},
        {"amount": 105_000, "what": "x"},
        {"amount": 10**16},
        {"amount": "105000", "until": "2026-01-01"},
    ],
)
def test_a_strange_how_is_refused(cast, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        actions.respond(case_of(cast.letter(), cast.bima), said(remedy=Remedy.REFUND, how=wrong), by=cast.bima)


def test_the_letterhead_shows_it(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    page = browse(cast.bima).submit(
        url(case), **{**FILLED, "refund_amount": "Rp1.250.000"}, refund_way="wallet", refund_on="2026-03-03"
    )
    for words in ("Rp1.250.000", "Dompet digital", "3 Maret 2026"):
        assert words in page
    assert db.session.query(Response).one().how == {"amount": 1_250_000, "way": "wallet", "on": "2026-03-03"}


def test_a_refusal_shows_its_ground(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    bima = browse(cast.bima)
    page = bima.submit(url(case), **{**FILLED, "remedy": "refusal"}, ground_words="Pasal 7 syarat penjualan kami")
    assert page.status == 200
    assert "Mohon diisi: ini bagian dari apa yang dilakukan" in page
    assert page.find("input", name="ground_words")[0].get("value") == "Pasal 7 syarat penjualan kami"
    page = bima.submit(ground="too_late")
    assert "Permintaan datang setelah batas waktunya" in page
    assert "Pasal 7 syarat penjualan kami" in page


def test_what_was_done_was_not_done_tomorrow(cast, browse) -> None:
    tomorrow = (utcnow() + timedelta(days=2)).date().isoformat()
    case = case_of(cast.letter(), cast.bima)
    page = browse(cast.bima).submit(url(case), **{**FILLED, "refund_on": tomorrow})
    assert "Hari itu belum tiba" in page
    assert TEXT in page.text


@pytest.mark.parametrize(
    "fields",
    [
        {"refund_amount": "x" * 50_000},
        {"refund_on": "9999-99-99"},
        {"refund_way": "<script>"},
        {"goods": "x" * 5_000},
        {"promise_amount": "-1"},
    ],
)
def test_hostile_fields_are_refused_and_kept(cast, browse, fields: dict[str, str]) -> None:
    case = case_of(cast.letter(), cast.bima)
    page = browse(cast.bima).submit(url(case), **{**FILLED, **fields})
    assert page.status == 200
    assert page.find("div", class_="problems")
    assert TEXT in page.text


def test_a_draft_keeps_the_how_and_publishes_it_with_the_claim(cast) -> None:
    case = case_of(cast.letter(), cast.citra)
    fields = {
        "text": [TEXT],
        "remedy": ["refund"],
        "refund_amount": ["Rp105.000"],
        "signatory": ["Citra"],
        "job_title": ["Kasir"],
        "promise": ["Ongkos kirim"],
        "promise_due": [(utcnow() + timedelta(days=9)).date().isoformat()],
        "promise_amount": ["20.000"],
    }
    draft = actions.save_draft(case, by=cast.citra, fields=fields, ready=True)
    from forum.responses.actions.saying import words_of

    words = words_of(draft)
    assert (words.how, words.promise_amount) == ({"amount": 105_000}, 20_000)


@pytest.mark.parametrize(
    "text",
    [
        "Permasalahan telah diselesaikan dengan baik. " * 4,
        "Dengan hormat, kami mohon maaf atas ketidaknyamanannya. Masalah sudah kami tindak lanjuti. Hormat kami, Bima Santoso, Humas.",
        "Terima kasih atas perhatian dan kerja samanya. Keluhan Anda menjadi masukan berharga bagi kami. Salam hangat, Bima Santoso",
        "Keluhan diteruskan ke tim terkait sesuai prosedur yang berlaku. Semoga Bapak berkenan dan sehat selalu. Terima kasih.",
        "Selesai selesai selesai selesai selesai selesai selesai selesai selesai selesai selesai.",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24",
    ],
)
def test_courtesies_signatures_and_repetition_are_no_answer(cast, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.respond(case_of(cast.letter(), cast.bima), said(text=text), by=cast.bima)
    assert refused.value.code == "no_substance"
    assert refused.value.facts["words"] < substance.LEAST_WORDS


def test_the_page_says_why_and_what_is_missing(cast, browse) -> None:
    text = "Kami mohon maaf atas ketidaknyamanannya. Permasalahan ini telah diselesaikan dengan baik. Terima kasih."
    page = browse(cast.bima).submit(url(case_of(cast.letter(), cast.bima)), **{**FILLED, "text": text})
    assert "paling sedikit 8" in page
    assert "Tidak dihitung: “" in page
    assert "apa yang Anda temukan, apa yang sudah atau akan Anda lakukan, dan kapan" in page


def test_all_that_is_wrong_is_told_at_once(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    wrong = {"text": "Sudah.", "refund_amount": "banyak", "promise": "Ongkos kirim"}
    page = browse(cast.bima).submit(url(case), **{**FILLED, **wrong})
    told = page.find("div", class_="problems")[0]
    links = [link.get("href") for link in told.iter() if link.get("href")]
    assert sorted(links) == ["#promise_due", "#refund_amount", "#text"]


def test_courtesies_and_a_missing_amount_are_told_together(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    wrong = {"text": "Terima kasih atas surat Anda. Mohon maaf atas ketidaknyamanan ini.", "refund_amount": ""}
    page = browse(cast.bima).submit(url(case), **{**FILLED, **wrong})
    assert page.find("div", id="text-error")
    assert page.find("div", id="refund_amount-error")


def test_what_a_remedy_needs_says_so_before_it_is_sent(cast, browse) -> None:
    page = browse(cast.bima).open(url(case_of(cast.letter(), cast.bima)))
    for name in ("refund_amount", "goods", "offer", "ground", "ground_words"):
        assert "wajib" in "".join(page.find("label", **{"for": name})[0].itertext()), name


@pytest.mark.parametrize("wrong", [{"text": "Terima kasih, sudah kami tindak lanjuti."}, {"remedy": "refusal"}, {"text": f"{TEXT} TM-778899"}])
def test_what_was_stopped_is_still_there_when_the_form_is_opened_again(cast, browse, wrong: dict[str, str]) -> None:
    case = case_of(cast.letter(details={"order": "TM-778899"}), cast.bima)
    typed = {**FILLED, **wrong}
    bima = browse(cast.bima)
    page = bima.submit(f"/cases/{case.id}/respond", **typed)
    assert page.find("div", class_="problems")
    page = bima.open(f"/cases/{case.id}/respond")
    assert typed["text"] in page.find("textarea", name="text")[0].text
    assert page.find("input", name="remedy", value=typed["remedy"], checked="checked")
