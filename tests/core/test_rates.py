"""The one table of limits: what the code counts stands in it, and a refusal tells whose patience is asked for and until when."""

import re
from pathlib import Path

import pytest

from forum.core import limits
from forum.core.db import unit_of_work
from forum.core.errors import TooMany
from forum.core.rates import LIMITS, Who
from forum.core.sentences import sentence
from forum.letters.actions import submit
from tests.letters.test_submit import ONCE, content

FORUM = Path(limits.__file__).parent.parent
CALL = re.compile(r"limits\.(?:allow|permit|count|so_far|forget|refuse_reached)\)?,?\s*\(?\s*(f?\"[^\"]+\")", re.DOTALL)


def _sources() -> dict[Path, str]:
    return {path: path.read_text() for path in FORUM.rglob("*.py") if path.name not in {"limits.py", "rates.py"}}


@pytest.mark.pure
def test_whatever_is_counted_stands_in_the_table_and_the_other_way_round() -> None:
    quoted = {name for text in _sources().values() if "limits" in text or "LIMITS" in text for name in re.findall(r'"([a-z-]+)"', text)}
    called = {name.strip('"') for text in _sources().values() for name in CALL.findall(text) if not name.startswith("f")}
    assert called
    assert called <= set(LIMITS)
    made_of_parts = {name for name in LIMITS if name.startswith("mail-") or name in {"files-address", "documents-address"}}
    assert set(LIMITS) - quoted - made_of_parts == set()


@pytest.mark.pure
def test_no_number_stands_beside_the_table() -> None:
    for path, text in _sources().items():
        for call in re.findall(r"limits\.(?:allow|permit|count)\([^\n]*", text):
            assert "window=" not in call, path
            assert "most=" not in call or "TRIES_UNDER_ATTACK" in call, path


@unit_of_work
def both() -> None:
    limits.permit_each(("comment-address", "192.0.2.1"), ("comment-site", ""))


def test_several_are_counted_together_and_none_when_one_refuses(app, limit) -> None:
    limit("comment-site", 3)
    limit("comment-address", 2)
    both()
    both()
    for _ in range(3):
        with pytest.raises(TooMany) as refused:
            both()
        assert refused.value.code == "too_many_from_here"
    limit("comment-address", 100)
    both()
    with pytest.raises(TooMany) as refused:
        both()
    assert refused.value.code == "too_many_at_all"
    assert 3500 < refused.value.facts["retry_after"] <= 3600


@pytest.mark.parametrize(("who", "words"), [(Who.ADDRESS, "alamat jaringan"), (Who.SITE, "situs"), (Who.BUSINESS, "pelaku usaha"), (Who.ACCOUNT, "sering")])
def test_a_refusal_says_whose_patience_is_asked_for_and_when_it_goes_on(whole_app, who: Who, words: str) -> None:
    code = next(limit.code for limit in LIMITS.values() if limit.who is who)
    with whole_app.test_request_context():
        told = sentence(TooMany(code, retry_after=600))
        assert words in told.casefold()
        assert "10 menit" in told
        assert "3 jam" in sentence(TooMany(code, retry_after=3 * 3600 - 5))


def test_letters_about_one_business_have_a_limit_of_their_own(cast, limit) -> None:
    limit("letter-business", 1)
    submit(content(), by=cast.ana, once=ONCE, address="192.0.2.1")
    with pytest.raises(TooMany) as refused:
        submit(content(), by=cast.citra, once=f"{ONCE}2", address="192.0.2.2")
    assert refused.value.code == "too_many_of_business"
    submit(content(merchants=("Kurir Lain",)), by=cast.citra, once=f"{ONCE}2", address="192.0.2.2")


def test_a_form_beyond_a_limit_is_shown_again_with_words_status_and_header(cast, browse, limit) -> None:
    limit("comment", 0)
    letter = cast.letter()
    page = browse(cast.citra).submit(f"/letters/{letter.id}", form=f"/letters/{letter.id}/comments", text="Kata yang tidak boleh hilang.")
    assert page.status == 429
    assert 3500 < int(page.response.headers["Retry-After"]) <= 3600
    assert "Kata yang tidak boleh hilang." in page
    assert "Terlalu sering" in page
