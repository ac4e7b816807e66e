"""Pages by key: each row once, in order, and no cursor but ours."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from forum.core import paging
from forum.core.errors import Invalid
from forum.letters.models import Letter
from forum.merchants.models import Merchant


def cursor_of(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        ((5,), "i"),
        ((-(2**63), 2**63 - 1), "ii"),
        (("kopi|susu",), "s"),
        (("warung é 咖啡 🙂" + "ß" * 90, 3), "si"),
        ((datetime(2026, 3, 9, 4, 5, 6, 123457, tzinfo=UTC), 7), "ti"),
        ((datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),), "t"),
    ],
)
def test_what_goes_in_comes_out(values, kinds):
    cursor = paging.encode(values)
    assert paging.decode(cursor, kinds) == values
    assert cursor.replace("-", "").replace("_", "").isalnum()


def test_every_microsecond_survives():
    at = datetime(2026, 11, 23, 7, 0, 0, tzinfo=UTC)
    for offset in range(0, 1_000_000, 997):
        moment = at + timedelta(microseconds=offset)
        assert paging.decode(paging.encode((moment,)), "t") == (moment,)


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_cursor_is_the_first_page(nothing):
    assert paging.decode(nothing, "i") is None


@pytest.mark.parametrize(
    "bad",
    [
        "abc", "!!!", "=", "A" * 5_000, "\x00", "é", "🙂", cursor_of(b"\xff\xfe"), cursor_of([]), cursor_of({}), cursor_of(5),
        cursor_of([["i", "5"]]), cursor_of([["i", True]]), cursor_of([["i", 1.5]]), cursor_of([["i", 2**63]]),
        cursor_of([["s", "x"]]), cursor_of([["i", 1], ["i", 2]]), cursor_of([["i"]]), cursor_of("i5"), cursor_of(None),
        cursor_of(b"[" * 500), cursor_of([["i", None]]), cursor_of([["i", [1]]]), cursor_of(b'[["i", 1e999]]'),
    ],
)  # fmt: skip
def test_anything_else_is_refused(bad):
    with pytest.raises(Invalid) as refusal:
        paging.decode(bad, "i")
    assert (refusal.value.code, refusal.value.field) == ("bad_cursor", "after")


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_no_database_holds_is_refused(text):
    with pytest.raises(Invalid):
        paging.decode(cursor_of([["s", text]]), "s")


@pytest.mark.parametrize("value", [2**63 - 1, -(2**63)])
def test_a_time_beyond_all_calendars_is_refused(value):
    with pytest.raises(Invalid):
        paging.decode(cursor_of([["t", value]]), "t")


@pytest.mark.parametrize("descending", [True, False])
def test_pages_hold_each_row_once_in_order(cast, descending):
    same = datetime(2026, 3, 9, 4, 5, 6, 123457, tzinfo=UTC)
    for number in range(7):
        cast.letter(published_at=same + timedelta(microseconds=number // 3))
    seen, after, pages = [], None, 0
    while True:
        page = paging.page(
            select(Letter.id, Letter.published_at),
            keys=(Letter.published_at, Letter.id),
            kinds="ti",
            after=after,
            size=2,
            descending=descending,
            key_of=lambda row: (row.published_at, row.id),
        )
        seen, pages, after = seen + [row.id for row in page.items], pages + 1, page.next
        if after is None:
            break
    assert pages == 4
    assert len(set(seen)) == len(seen) == 7
    assert seen == sorted(seen, reverse=descending)


def test_names_page_whatever_signs_they_hold(cast):
    names = ["a|b", "é kopi", "toko 🙂", "zz"]
    for name in names:
        cast.merchant(name)
    seen, after = [], None
    for _ in names:
        page = paging.page(
            select(Merchant.id, Merchant.key), keys=(Merchant.key, Merchant.id), kinds="si", after=after, size=1,
            descending=False, key_of=lambda row: (row.key, row.id),
        )  # fmt: skip
        seen, after = seen + [row.key for row in page.items], page.next
    assert sorted(seen) == sorted(names)
    assert after is None


def test_a_full_last_page_has_no_next(cast):
    cast.letter(), cast.letter()
    page = paging.page(select(Letter.id), keys=(Letter.id,), kinds="i", after=None, size=2, key_of=lambda row: (row.id,))
    assert len(page.items) == 2
    assert page.next is None
