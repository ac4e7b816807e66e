"""The response as it will look: shown before it is published, which it cannot be undone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.letters.models import Case
from forum.responses.models import Response, ResponseDraft
from tests.browser import Page, fields_of
from tests.cast import make_contact
from tests.responses.test_mailed import AT_DOMAIN, FORM, opened, told, untold
from tests.responses.test_pages import FILLED, url
from tests.responses.words import TEXT, case_of

PREVIEW = ("do", "preview")


def button(page: Page, words: str) -> bool:
    return any("".join(one.itertext()) == words for one in page.find("button") if one.get("aria-hidden") is None)


def test_it_shows_what_will_be_published_and_publishes_nothing(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    bima = browse(cast.bima)
    page = bima.open(url(case))
    assert not button(page, "Muat tanggapan")
    page = bima.submit(**FILLED, button=PREVIEW)
    [shown] = page.find("section", id="preview")
    words = " ".join("".join(shown.itertext()).split())
    for part in (cast.shop.name, "Bima Santoso, Humas", "Uang sudah dikembalikan", "Rp105.000", TEXT):
        assert part in words, part
    assert db.session.scalar(select(func.count(Response.id))) == 0
    assert db.session.scalars(select(ResponseDraft)).one().fields["text"] == [TEXT], "the words are kept meanwhile"
    assert button(page, "Muat tanggapan")
    assert bima.submit(text=TEXT, follow=False).status == 302
    assert db.session.scalars(select(Response.text)).one() == TEXT


def test_pressing_enter_shows_the_preview(cast, browse) -> None:
    page = browse(cast.bima).open(url(case_of(cast.letter(), cast.bima)))
    [form] = [one for one in page.find("form") if (one.get("action") or "").endswith("/respond")]
    first = next(form.iter("button"))
    assert (first.get("name"), first.get("value")) == PREVIEW


def test_what_cannot_be_published_has_no_preview(cast, browse) -> None:
    case = case_of(cast.letter(details={"order": "TM-778899"}), cast.bima)
    page = browse(cast.bima).submit(url(case), **{**FILLED, "text": TEXT + " tm 778 899"}, button=PREVIEW)
    assert not page.find("section", id="preview")
    assert not button(page, "Muat tanggapan")
    assert page.words.count("Belum dimuat: di sini ada data pribadi") == 1
    [summary] = page.find("div", class_="problems")
    assert "Tanggapan resmi: ada data pribadi yang harus dikeluarkan" in "".join(summary.itertext())


@pytest.mark.parametrize(("amount", "asked"), [("105.000", True), ("52.500", False), ("", False)])
def test_the_same_amount_returned_and_promised_is_asked_about(cast, browse, amount: str, asked: bool) -> None:
    due = (utcnow() + timedelta(days=9)).date().isoformat()
    page = browse(cast.bima).submit(
        url(case_of(cast.letter(), cast.bima)),
        **FILLED,
        promise="Uang kembali",
        promise_due=due,
        promise_amount=amount,
        button=PREVIEW,
    )
    assert page.find("section", id="preview")
    assert ("Apakah uangnya sudah dikembalikan?" in page) is asked


def test_who_has_not_proved_to_speak_sees_it_and_is_led_nowhere_yet(cast, browse) -> None:
    case = case_of(cast.letter(), cast.citra)
    page = browse(cast.citra).submit(url(case), **{**FILLED, "signatory": "Citra"}, button=PREVIEW)
    assert page.find("section", id="preview")
    assert button(page, "Kirim dan buktikan diri")
    assert not any(db.session.scalars(select(ResponseDraft)).one().fields.get("ready", []))


def test_the_letter_and_its_private_details_stand_before_the_form(cast, browse) -> None:
    case = case_of(cast.letter(details={"order": "TM-778899"}), cast.bima)
    for what in ("respond", "ask"):
        page = browse(cast.bima).open(url(case, what))
        assert page.text.index("TM-778899") < page.text.index("<textarea"), what
        assert page.text.index('<details class="said"') < page.text.index("<textarea"), what


def test_the_mailed_form_shows_it_too(cast, browse) -> None:
    make_contact(cast.shop, AT_DOMAIN)
    browser = browse()
    opened(browser, told(untold(cast.letter()), AT_DOMAIN))
    assert not button(browser.page, "Muat tanggapan")
    page = browser.submit(form="/answer/", **FORM, button=PREVIEW)
    assert page.find("section", id="preview")
    assert db.session.scalar(select(func.count(Response.id))) == 0
    assert button(page, "Muat tanggapan")
    browser.submit(form="/answer/", **FORM)
    assert db.session.scalar(select(func.count(Response.id))) == 1


def test_large_numbers_are_written_as_elsewhere_on_the_site(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    page = browse(cast.bima).submit(url(case), **{**FILLED, "text": "a" * 10_001})
    assert "Terlalu panjang: 10.001 karakter. Paling banyak 10.000" in page


def test_other_words_sent_from_the_same_form_are_another_response(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    bima = browse(cast.bima)
    form = bima.submit(url(case), **FILLED, button=PREVIEW)
    sent = {name: values for chosen in form.find("form") if chosen.get("action", "").endswith("/respond") for name, values in fields_of(chosen).items()}
    other = "Ralat: yang kami kembalikan kemarin kurang lima puluh ribu rupiah, dan selisihnya kami transfer hari ini lewat bank."
    for text in (TEXT, TEXT, other):
        bima.client.post(url(case), data={**sent, "text": text, "seen": str(version(case.id))}, headers={"Sec-Fetch-Site": "same-origin"})
    assert list(db.session.scalars(select(Response.text).order_by(Response.id))) == [TEXT, other]


def version(case_id: int) -> int:
    db.session.rollback()
    return db.session.scalar(select(Case.version).where(Case.id == case_id)) or 0
