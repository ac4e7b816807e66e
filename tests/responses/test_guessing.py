"""Who is not proven to be of a business learns nothing of an author by trying words; who is proven is stopped as before."""

import pytest

from forum.core.db import db, unit_of_work
from forum.letters.lifecycle import NameShown
from forum.letters.models import Letter
from tests.responses.test_pages import FILLED, url
from tests.responses.words import TEXT, case_of

GUESSES = f"{TEXT} Bapak Bambang, nomor 81255550001, pesanan TM-778120, surel bambang.wijaya@surat.example."
PREVIEW, MASK = ("do", "preview"), ("do", "mask")


@pytest.fixture
def letter(cast):
    made = cast.letter(author=cast.person("Bambang Wijaya"), details={"order": "TM-778120", "phone": "0812-5555-0001"})
    initials(made.id)
    return made


@unit_of_work
def initials(letter_id):
    letter = db.session.get_one(Letter, letter_id)
    letter.name_shown, letter.byline = NameShown.INITIALS, "B. W."


def marked(page):
    return ["".join(one.itertext()) for one in page.find("mark")]


@pytest.mark.parametrize("words", ["Bapak Bambang", "pesanan TM-778120"])
def test_a_stranger_is_not_told_whether_a_guess_is_right(cast, browse, letter, words):
    case = case_of(letter, cast.citra)
    page = browse(cast.citra).submit(url(case), **{**FILLED, "text": f"{TEXT} {words}."}, button=PREVIEW)
    assert page.find("section", id="preview"), page.words
    page = browse(cast.citra).submit(url(case), **{**FILLED, "text": f"{TEXT} {words}."}, button=MASK)
    assert words in page.find("textarea", name="text")[0].text


def test_what_is_private_in_itself_stops_a_stranger_too(cast, browse, letter):
    case = case_of(letter, cast.citra)
    page = browse(cast.citra).submit(url(case), **{**FILLED, "text": f"{TEXT} Hubungi 0813-1111-2222."}, button=PREVIEW)
    assert not page.find("section", id="preview")
    assert "nomor telepon" in page


def test_the_business_itself_is_stopped_at_all_of_it(cast, browse, letter):
    page = browse(cast.bima).submit(url(case_of(letter, cast.bima)), **{**FILLED, "text": GUESSES}, button=PREVIEW)
    assert not page.find("section", id="preview")
    found = " ".join(marked(page))
    assert "Bambang" in found
    assert "TM-778120" in found
