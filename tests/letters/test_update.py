"""Dated additions by the author: they overwrite nothing and change no axis."""

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed
from forum.letters import actions
from forum.letters.actions.update import MOST_UPDATES
from forum.letters.lifecycle import Publication, ResponseState
from forum.letters.models import Case, Update
from tests.letters.test_submit import ONCE


def test_a_thank_you_does_not_make_a_letter_answered(cast, browse):
    letter = cast.letter()
    text, version = letter.text, letter.version
    page = browse(cast.ana).submit(f"/letters/{letter.id}/updates", text="Terima kasih, <b>barang</b> sudah sampai.")
    assert "Pembaruan Anda" in page
    update = db.session.scalars(select(Update)).one()
    assert "&lt;b&gt;barang&lt;/b&gt;" in update.html
    db.session.expire_all()
    assert (letter.text, letter.version) == (text, version)
    assert db.session.scalars(select(Case)).one().response is ResponseState.AWAITING


def test_a_double_click_is_one(cast):
    letter = cast.letter()
    first = actions.add_update(letter, by=cast.ana, text="Kabar baru", once=ONCE)
    assert actions.add_update(letter, by=cast.ana, text="Kabar baru", once=ONCE).id == first.id
    actions.add_update(letter, by=cast.ana, text="Kabar baru", once=ONCE + "2")
    assert db.session.scalar(select(func.count()).select_from(Update)) == 2


def test_who_may_and_when(cast, browse):
    letter = cast.letter()
    for person in (cast.bima, cast.citra, cast.dewi):
        with pytest.raises(NotAllowed):
            actions.add_update(letter, by=person, text="Bukan saya", once=ONCE)
        assert browse(person).request("GET", f"/letters/{letter.id}/updates").status == 403
    with pytest.raises(NotAllowed):
        actions.add_update(cast.letter(publication=Publication.SUBMITTED), by=cast.ana, text="Belum dimuat")


@pytest.mark.parametrize("text", ["", "abcd", "x" * 5_001])
def test_limits(cast, browse, text):
    letter = cast.letter()
    with pytest.raises(Invalid):
        actions.add_update(letter, by=cast.ana, text=text)
    page = browse(cast.ana).submit(f"/letters/{letter.id}/updates", text=text)
    assert ("Terlalu" if text else "perlu diisi") in page
    assert text in "".join(page.find("textarea", name="text")[0].itertext())


def test_there_is_an_end(cast):
    letter = cast.letter()
    for number in range(MOST_UPDATES):
        actions.add_update(letter, by=cast.ana, text=f"Kabar {number}")
    with pytest.raises(Invalid, match="too_many_updates"):
        actions.add_update(letter, by=cast.ana, text="Satu lagi")


def test_words_of_a_guest_come_back(cast, browse):
    from urllib.parse import parse_qs, urlsplit

    letter = cast.letter()
    browser = browse()
    sent = browser.request("POST", f"/letters/{letter.id}/updates", data={"text": "Kata yang tidak hilang"})
    back = parse_qs(urlsplit(sent.response.headers["Location"]).query)["next"][0]
    browser.enter(cast.ana)
    page = browser.open(back)
    assert "Kata yang tidak hilang" in "".join(page.find("textarea", name="text")[0].itertext())
