"""Ready parts of a letter's page: the same for all plain readers, new with every change, never those of an insider."""

import pytest

from forum.core.db import db
from forum.core.text import slug
from forum.letters import actions
from forum.letters.queries import letter_for
from forum.letters.queries.headline import headline_for, is_insider
from tests.cast import Cast

SECRET = "PESANAN-RAHASIA-77"


def address(letter) -> str:
    return f"/letters/{letter.id}-{slug(letter.title)}"


@pytest.mark.parametrize("first", ["ana", "bima"])
def test_what_an_insider_saw_is_never_shown_to_a_reader(cast: Cast, browse, first: str) -> None:
    letter = cast.letter(merchants=[cast.shop])
    letter.cases[0].details = {"order": SECRET}
    db.session.commit()
    assert SECRET in browse(getattr(cast, first)).open(address(letter)).text
    for reader in (None, cast.citra, cast.fajar, None):
        page = browse(reader).open(address(letter))
        assert SECRET not in page.text
        assert "/withdraw" not in page.text
    assert SECRET in browse(getattr(cast, first)).open(address(letter)).text


def test_a_guest_after_a_member_carries_no_token_and_a_member_after_a_guest_does(cast: Cast, browse) -> None:
    letter = cast.letter()
    for reader in (cast.citra, None, cast.citra, None):
        page = browse(reader).open(address(letter))
        tokens = page.text.count("csrf_token")
        assert tokens == page.text.count('method="post"') if reader else tokens == 0


def test_the_second_reader_costs_two_queries(cast: Cast, browse) -> None:
    letter = cast.letter()
    browse().open(address(letter))
    assert len(browse().open(address(letter)).queries) == 2


def test_each_change_shows_at_once(cast: Cast, browse) -> None:
    letter = cast.letter()
    browse().open(address(letter))
    actions.add_update(letter_for(cast.ana, letter.id), by=cast.ana, text="Kabar baru dari saya tentang barang itu.")
    assert "Kabar baru dari saya" in browse().open(address(letter))
    actions.take_down(
        letter_for(cast.dewi, letter.id), by=cast.dewi, reason="personal_data", message="Ada nomor telepon."
    )
    page = browse().open(address(letter))
    assert page.status == 410
    assert "Kabar baru dari saya" not in page.text


def test_a_letter_that_is_taken_down_leaves_the_related_letters_of_others(cast: Cast, browse) -> None:
    letter, other = cast.letter(), cast.letter(title="Surat tetangga yang segera hilang")
    assert other.title in browse().open(address(letter))
    actions.take_down(
        letter_for(cast.dewi, other.id), by=cast.dewi, reason="personal_data", message="Ada nomor telepon."
    )
    assert other.title not in browse().open(address(letter)).text


def test_who_has_a_part_in_a_letter_is_an_insider(cast: Cast) -> None:
    letter = cast.letter(merchants=[cast.shop])
    inside = {
        name
        for name in ("ana", "bima", "citra", "dewi", "eko", "fajar")
        if is_insider(getattr(cast, name), headline_for(getattr(cast, name), letter.id))
    }
    assert inside == {"ana", "bima", "dewi", "eko", "fajar"}
