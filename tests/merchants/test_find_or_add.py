"""A business is found by its folded name or added once."""

import threading

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Publication
from forum.merchants.actions import find_or_add
from forum.merchants.models import Merchant


def test_one_business_has_one_row(cast) -> None:
    first = find_or_add("Toko  Lautan Biru", by=cast.ana)
    assert first.name == "Toko Lautan Biru"
    assert find_or_add(" toko lautan BIRU ", by=cast.citra).id == first.id
    assert find_or_add("Ｔｏｋｏ Lautan Biru", by=None).id == first.id
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.MERCHANT_ADDED)) == 1


def test_slugs_never_collide(cast) -> None:
    slugs = [find_or_add(name, by=cast.ana).slug for name in ("A&B", "A B", "A-B", "Suggest", "店", "商店", "Café Rasa")]
    assert slugs == ["a-b", "a-b-2", "a-b-3", "suggest-2", "surat", "surat-2", "cafe-rasa"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty"),
        ("\u200b\u202e", "empty"),
        ("...", "empty"),
        ("a\nb", "several_lines"),
        ("x" * 101, "too_long"),
        ("Toko M\u0435lati", "two_alphabets"),  # a Cyrillic е
        ("\u0422oko Melati", "two_alphabets"),
        ("Toko Melat\u03b9", "two_alphabets"),  # a Greek iota
    ],
)
def test_a_name_that_is_none_is_refused(cast, name: str, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        find_or_add(name, by=cast.ana)
    assert (refused.value.code, refused.value.field, refused.value.facts["why"]) == (
        "bad_merchant_name",
        "merchants",
        why,
    )


@pytest.mark.parametrize("name", ["ﷺ" * 20, "ß" * 100, "İ" * 100, "\ud800 Toko", "{{7*7}} <script>", "Toko\x00Nul"])
def test_hostile_names_are_stored_or_refused_never_broken(cast, name: str) -> None:
    merchant = find_or_add(name, by=cast.ana)
    assert find_or_add(name, by=cast.ana).id == merchant.id


def test_two_at_once_get_the_same_row(committing_app) -> None:
    ids: list[int] = []

    def add() -> None:
        with committing_app.app_context():
            ids.append(find_or_add("Kedai Serentak", by=None).id)
            db.session.remove()

    threads = [threading.Thread(target=add) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(ids) == 6
    assert len(set(ids)) == 1


def test_suggestions_begin_with_what_was_typed(cast, browse) -> None:
    cast.letter(merchants=[cast.shop, cast.merchant("Kedai Melati Jaya"), cast.merchant("Meja Kayu")])
    found = browse().open("/merchants/suggest?q=MEL").response.json
    assert [one["name"] for one in found] == ["Toko Melati", "Kedai Melati Jaya"]
    assert browse().open("/merchants/suggest?q=me").response.json[0] == {"name": "Meja Kayu", "slug": "meja-kayu"}


@pytest.mark.parametrize("typed", ["", "%", "_", "%25%25", "\\", "x" * 5000, "%00", "'"])
def test_suggestions_bear_any_input(cast, browse, typed: str) -> None:
    cast.letter()
    page = browse().open(f"/merchants/suggest?q={typed}")
    assert page.status in {200, 400}
    assert page.status == 400 or page.response.json == []


def test_a_name_in_hidden_letters_is_suggested_to_nobody_else(cast, browse) -> None:
    hidden = find_or_add("Rahasia Abadi", by=cast.ana)
    cast.letter(merchants=[hidden], publication=Publication.SUBMITTED)
    assert browse(cast.citra).open("/merchants/suggest?q=rahasia").response.json == []
    assert browse(cast.ana).open("/merchants/suggest?q=rahasia").response.json != []


def test_at_most_eight_in_one_query(cast, browse) -> None:
    for number in range(4):
        cast.letter(merchants=[cast.merchant(f"Warung Nomor {number}{letter}") for letter in "abcde"])
    page = browse().open("/merchants/suggest?q=warung")
    assert len(page.response.json) == 8
    assert len(page.queries) == 1


def test_merchant_key_is_unique(cast) -> None:
    assert Merchant.__table__.c.key.unique
