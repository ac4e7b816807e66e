"""Parts drawn once: what belongs to the key, what is never kept, and that a shelf stays small."""

import pytest
from flask import Flask, g, render_template_string
from flask_babel import force_locale
from markupsafe import Markup

from forum.core.ready import parts, shelf

PART = "{% ready key %}{{ draw() }} {{ _('Search letters') }}{% endready %}"


class Drawn:
    """Counts how often it is drawn."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return f"<{self.times}>"


@pytest.fixture
def page(app: Flask):
    shelf.clear()
    with app.test_request_context("/"):
        yield render_template_string
    shelf.clear()


def test_a_part_is_drawn_once_for_its_key_and_escaped(page) -> None:
    draw = Drawn()
    first, second = page(PART, key="a", draw=draw), page(PART, key="a", draw=draw)
    assert draw.times == 1
    assert first == second
    assert first.startswith("&lt;1&gt;")
    assert page(PART, key="b", draw=draw).startswith("&lt;2&gt;")


def test_several_values_make_one_key(page) -> None:
    draw, source = Drawn(), "{% ready 'a', number %}{{ draw() }}{% endready %}"
    assert [page(source, number=number, draw=draw) for number in (1, 2, 1)] == ["&lt;1&gt;", "&lt;2&gt;", "&lt;1&gt;"]


def test_without_a_key_it_is_drawn_each_time(page) -> None:
    draw = Drawn()
    page(PART, key=None, draw=draw)
    page(PART, key=None, draw=draw)
    assert draw.times == 2
    assert shelf.size == 0


def test_each_language_and_each_setting_has_its_own(page, setting) -> None:
    draw = Drawn()
    indonesian = page(PART, key="a", draw=draw)
    with force_locale("en"):
        assert page(PART, key="a", draw=draw) != indonesian
    g.pop("_flask_babel", None)
    assert page(PART, key="a", draw=draw) == indonesian
    setting(site_name="Nama lain")
    page(PART, key="a", draw=draw)
    assert draw.times == 3


def test_of_several_parts_only_the_missing_are_drawn_and_one_that_has_gone_is_left_out(page) -> None:
    made = Markup("<b>1</b>"), Markup("<b>2</b>")
    assert parts(["a"], lambda _missing: {0: made[0]}) == [made[0]]
    asked = []

    def draw(missing: list[int]) -> dict[int, Markup]:
        asked.extend(missing)
        return {1: made[1]}

    assert parts(["a", "b", "c"], draw) == [*made]
    assert asked == [1, 2]
