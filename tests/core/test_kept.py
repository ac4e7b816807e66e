"""Parts of lists and searches kept in the process: made anew the moment a list changes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from forum import config
from forum.core import kept as parts
from forum.core import steering
from forum.core.db import db, unit_of_work
from forum.core.kept import MOST_KEPT, kept
from forum.letters import actions as letters
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.search import index


@pytest.fixture
def app(committing_app: Flask) -> Iterator[Flask]:
    """The site as it runs, on committed rows: parts are kept, and what is kept is looked at past the transaction."""
    before = config.settings()
    config.activate(replace(before, environment="demo"))
    parts._parts.clear()
    steering._look_at = 0.0  # the first page reads what operators set, not the one whose queries are counted
    yield committing_app
    parts._parts.clear()
    config.activate(before)


def test_a_part_is_made_once_until_a_list_changes(cast) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [kept("a", make), kept("a", make), kept("b", make), kept("a", make)] == [1, 1, 2, 1]
    letter = cast.letter()
    letters.take_down(
        letter_for(cast.dewi, letter.id), by=cast.dewi, reason="insult", message="Kata itu tidak kami muat."
    )
    assert kept("a", make) == 3


@pytest.mark.parametrize("url", ["/", "/?tab=longest", "/categories/toko-online", "/merchants/toko-melati"])
def test_a_hidden_letter_leaves_every_list_at_once(browse, cast, url: str) -> None:
    letter, _other = cast.letter(title="Rahasia yang segera diturunkan"), cast.letter(title="Surat yang tinggal")
    assert "Rahasia yang segera" in browse(cast.citra).open(url)
    assert len(browse(cast.citra).open(url).queries) <= 4
    letters.take_down(
        letter_for(cast.dewi, letter.id), by=cast.dewi, reason="insult", message="Kata itu tidak kami muat."
    )
    page = browse(cast.citra).open(url)
    assert "Rahasia yang segera" not in page
    assert "Surat yang tinggal" in page


@unit_of_work
def indexed(*letters: Letter) -> None:
    index.sync([letter.id for letter in letters])


def test_a_search_is_kept_until_a_letter_changes(browse, cast) -> None:
    letter = cast.letter(title="Kasuari di gudang", text="Pembuka. Kasuari berjalan di gudang yang gelap itu.")
    indexed(letter, cast.letter(title="Kasuari yang tinggal"))
    first, again = (browse(cast.citra).open("/search?q=kasuari") for _ in range(2))
    assert again.words == first.words
    assert len(first.queries) > len(again.queries) == 1  # whose sign-in it is
    assert browse().open("/search?q=gudang").find("mark")[0].text == "gudang"
    assert "Kasuari di gudang" not in browse().open("/search?q=kasuari&category=asuransi")
    letters.take_down(
        letter_for(cast.dewi, letter.id), by=cast.dewi, reason="personal_data", message="Ada nomor di dalamnya."
    )
    left = browse(cast.citra).open("/search?q=kasuari")
    assert "Kasuari di gudang" not in left
    assert "Kasuari yang tinggal" in left


def test_the_longest_unused_part_leaves_first(app) -> None:
    made: list[str] = []

    def make() -> str:
        made.append("home")
        return "home"

    for number in range(2 * MOST_KEPT):
        kept("home", make)
        kept(number, lambda: "x")
    assert made == ["home"]
    db.session.rollback()


def test_languages_do_not_mix(browse, cast) -> None:
    cast.letter()
    assert "Belum ada tanggapan" in browse().open("/")
    assert "No response yet" in browse(language="en").open("/")
    assert "Belum ada tanggapan" in browse().open("/")


def test_parts_are_bounded(app) -> None:
    for number in range(MOST_KEPT + 20):
        kept(number, lambda: "x")
    assert len(parts._parts) == MOST_KEPT
    db.session.rollback()
