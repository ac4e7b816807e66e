"""WTForms' own sentences are all listed and all in the catalogue, also after it is upgraded."""

import io
from pathlib import Path

import wtforms
from babel.messages.extract import extract

from forum.core.wtforms_messages import WTFORMS_MESSAGES, WTFORMS_PLURALS
from tools import catalogue


def test_the_list_is_what_wtforms_says() -> None:
    found: set[str | tuple[str, ...]] = set()
    for path in Path(wtforms.__file__).parent.rglob("*.py"):
        keywords = {"gettext": None, "ngettext": (1, 2)}
        found |= {message for _line, message, *_ in extract("python", io.BytesIO(path.read_bytes()), keywords=keywords)}
    assert found == {*WTFORMS_MESSAGES, *WTFORMS_PLURALS}


def test_each_has_an_indonesian_translation() -> None:
    known = catalogue.load(catalogue.po_path())
    for msgid in WTFORMS_MESSAGES:
        assert known[msgid].string, msgid
    for singular, _plural in WTFORMS_PLURALS:
        assert known[singular].string[0], singular
