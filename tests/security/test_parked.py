"""A link with somebody else's parked words opens nothing and writes nothing."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from forum.accounts.queries import user_by_email
from forum.core.db import db
from forum.letters.lifecycle import Publication
from forum.letters.models import LetterDraft
from tests.accounts.post import links_in, mails_to, press
from tests.cast import PASSWORD

WORDS = "Kata-kata orang lain yang tidak pernah ditulis Ana."
EMAIL = "gita@surat.example"


def parked_by(browser, url: str, **fields: str) -> str:
    """Send this as a guest; returns the address to which the words come back."""
    sent = browser.request("POST", url, data=fields)
    assert sent.status == 302
    return parse_qs(urlsplit(sent.response.headers["Location"]).query)["next"][0]


def drafts() -> int:
    return db.session.scalar(select(func.count()).select_from(LetterDraft)) or 0


def test_another_browser_s_letter_makes_no_draft(cast, browse):
    link = parked_by(browse(), "/letters/write", title=WORDS, text=WORDS)
    for who in (cast.ana, None):
        browser = browse(who)
        page = browser.follow(browser.request("GET", link))
        assert page.status == 200
        assert WORDS not in page
        assert not page.find("input", name="title", value=WORDS)
    assert drafts() == 0
    ana = browse(cast.ana)
    assert "disimpan untuk peramban tempat isi itu diketik" in ana.follow(ana.request("GET", link))


def test_another_browser_s_mended_letter_changes_nothing(cast, browse):
    letter = cast.letter(publication=Publication.RETURNED)
    link = parked_by(browse(), f"/letters/{letter.id}/mend", title=WORDS)
    ana = browse(cast.ana)
    page = ana.follow(ana.request("GET", link))
    assert page.status == 200
    assert not page.find("input", name="title", value=WORDS)
    assert drafts() == 0


@pytest.mark.parametrize("mark", ["", "x", "0"])
def test_another_browser_s_comment_fills_no_form(cast, browse, mark):
    letter = cast.letter()
    link = parked_by(browse(), f"/letters/{letter.id}/comments", text=WORDS)
    ana = browse(cast.ana)
    ana.client.set_cookie("parked", mark)
    assert WORDS not in ana.follow(ana.request("GET", link)).text


def test_two_forms_of_one_browser_both_come_back(cast, browse):
    letter = cast.letter()
    ana = browse()
    first = parked_by(ana, f"/letters/{letter.id}/comments", text=WORDS)
    parked_by(ana, "/letters/write", title="Surat yang lain")
    ana.enter(cast.ana)
    assert WORDS in ana.follow(ana.request("GET", first)).text


def test_the_account_opened_in_that_browser_finds_its_words_in_another(browse):
    gita = browse()
    link = parked_by(gita, "/letters/write", title=WORDS, text=WORDS)
    foreign = parked_by(browse(), "/letters/write", title="Milik orang lain", text=WORDS)
    gita.open(f"/sign-up?next={link.replace('?', '%3F').replace('=', '%3D')}")
    gita.submit(name="Gita", email=EMAIL, password=PASSWORD, adult="y", consent="y")
    phone = browse()
    press(phone, links_in(mails_to(EMAIL)[0])[0])
    phone.enter(user_by_email(EMAIL))
    assert phone.follow(phone.request("GET", link)).find("input", name="title", value=WORDS)
    assert drafts() == 1
    phone.follow(phone.request("GET", foreign))
    assert drafts() == 1
