"""Any script can be told, and the count of days is the clock's."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.case_clock import History, Terms, reading
from forum.core.clock import indonesian_holidays
from forum.handover.counting import Why, count
from forum.handover.glyphs import drawable

LATIN = frozenset(range(0x20, 0x250)) | frozenset(range(0x2000, 0x2060))
START = date(2026, 8, 3)
TERMS = Terms(5, 10, 20, zone=ZoneInfo("Asia/Jakarta"), holidays=indonesian_holidays())


def told(text: str) -> str:
    return drawable(text, LATIN, lambda number: f"{number} huruf lain")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Harga Rp105.000 – “murah”", "Harga Rp105.000 – “murah”"),
        ("Bagus 😀", "Bagus [grinning face]"),
        ("👨‍👩‍👧", "[man][woman][girl]"),
        ("👍🏽", "[thumbs up sign]"),
        ("你好世界朋友们!", "[7 huruf lain]!"),
        ("β", "[greek small letter beta]"),
        ("e\u0301", "é"),
        ("a\u202eb\u200bc\x07", "abc"),
        ("satu\tdua\ntiga", "satu dua\ntiga"),
        ("\U0010ffff", "[u+10ffff]"),
        ("", ""),
    ],
)
def test_what_the_font_cannot_draw_is_told(text, shown) -> None:
    assert told(text) == shown


@settings(max_examples=500, deadline=None)
@given(st.text())
def test_every_text_becomes_drawable(text) -> None:
    assert {ord(character) for character in told(text)} <= LATIN | {0x0A}


pairs = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=3).map(
    lambda found: tuple(
        (START + timedelta(days=since), START + timedelta(days=since + length)) for since, length in found
    )
)


@settings(max_examples=500, deadline=None)
@given(pairs, pairs, st.integers(0, 300), st.none() | st.integers(0, 200))
def test_the_days_listed_are_the_days_used(questions, away, until, ended) -> None:
    history = History(
        START, ended=None if ended is None else START + timedelta(days=ended), questions=questions, away=away
    )
    end = START + timedelta(days=until)
    counted, found = count(history, end, TERMS), reading(history, end, TERMS)
    assert sum(day.why is Why.COUNTS for day in counted.days) + counted.more_working == found.used
    assert counted.days[0].why is Why.START


def test_each_day_has_its_reason() -> None:
    asked = ((START + timedelta(days=1), START + timedelta(days=3)),)
    days = count(History(START, questions=asked), date(2026, 8, 18), TERMS).days
    reasons = {day.day.day: day.why.value for day in days}
    assert (reasons[3], reasons[4], reasons[5], reasons[6], reasons[7], reasons[8], reasons[17], reasons[18]) == (
        "start", "counts", "question", "question", "counts", "weekend", "holiday", "counts",
    )  # fmt: skip
    assert next(day.holiday for day in days if day.day.day == 17) == "Hari Kemerdekaan Republik Indonesia"
