"""Saying that one met the same."""

import pytest

from forum.core.errors import NotAllowed
from forum.letters.actions.me_too import say_me_too
from forum.letters.lifecycle import Publication
from forum.letters.queries import letter_for


def test_one_person_counts_once_and_may_take_it_back(cast):
    letter = cast.letter()
    for _ in range(2):
        say_me_too(letter, by=cast.citra)
    say_me_too(letter, by=cast.fajar)
    assert letter.me_too_count == 2
    for _ in range(2):
        say_me_too(letter, by=cast.citra, same=False)
    assert letter.me_too_count == 1


def test_who_may_not(cast):
    letter = cast.letter()
    submitted = cast.letter(publication=Publication.SUBMITTED)
    for person, about in ((cast.ana, letter), (cast.person("Umi", confirmed=False), letter), (cast.citra, submitted)):
        with pytest.raises(NotAllowed):
            say_me_too(about, by=person)
    assert letter.me_too_count == submitted.me_too_count == 0


def test_the_button(cast, browse):
    letter = cast.letter()
    citra = browse(cast.citra)
    citra.open(f"/letters/{letter.id}")
    page = citra.submit(form="/me-too$", button=("on", "1"))
    assert "1 orang menyatakan mengalami hal yang sama." in page
    assert page.find("button", name="on")[0].get("value") == "0"
    assert "Batalkan" in page
    page = citra.submit(form="/me-too$", button=("on", "0"))
    assert "Belum ada yang menyatakan" in page


def test_the_author_has_no_button_and_a_guest_is_led_through_sign_in(cast, browse):
    letter = cast.letter()
    assert not browse(cast.ana).open(f"/letters/{letter.id}").find("form", action=f"/letters/{letter.id}/me-too")
    guest = browse()
    guest.open(f"/letters/{letter.id}")
    sent = guest.submit(form="/me-too$", button=("on", "1"), follow=False)
    assert sent.status == 302
    assert "/sign-in" in sent.response.headers["Location"]
    assert letter_for(cast.ana, letter.id).me_too_count == 0


def test_the_page_is_made_anew(cast):
    letter = cast.letter()
    before = letter.page_version
    say_me_too(letter, by=cast.citra)
    assert letter.page_version > before
