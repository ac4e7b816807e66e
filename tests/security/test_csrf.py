"""The token of a signed-in person's forms: new in every answer, good for one session alone, and the way on when it is not."""

from difflib import SequenceMatcher
from typing import Any

import pytest

from tests.browser import Browser

LONGEST_ALIKE = 8
"""Characters that two random tokens may share by chance (base64 and hex: 1 in 10^8 for more)."""


def token(browser: Browser, url: str = "/settings") -> str:
    found: str = browser.open(url).find("input", name="csrf_token")[0].get("value")
    return found


def saves(browser: Browser, sent: str, **headers: str) -> int:
    return browser.request("POST", "/notifications/read", data={"csrf_token": sent}, headers=headers).status


def test_no_two_answers_hold_the_same_token(cast: Any, browse: Any) -> None:
    """Or the size of a compressed page that also repeats an address tells it, letter by letter (BREACH)."""
    browser = browse(cast.ana)
    first, second = token(browser), token(browser)
    alike = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    assert alike.size <= LONGEST_ALIKE, first[alike.a : alike.a + alike.size]


def test_every_token_of_the_session_holds(cast: Any, browse: Any) -> None:
    browser = browse(cast.ana)
    tokens = [token(browser), token(browser, "/about")]
    assert [saves(browser, one) for one in [*tokens, *tokens]] == [302] * 4
    answer = browser.request("POST", "/notifications/read", headers={"X-CSRF-Token": tokens[0]})
    assert answer.status == 302


def test_a_token_of_another_session_does_not_hold(cast: Any, browse: Any) -> None:
    ana, another = browse(cast.ana), browse(cast.ana)
    assert saves(another, token(ana)) == 409
    assert saves(ana, token(browse(cast.citra))) == 409


@pytest.mark.parametrize("spoil", ["", ".", "a", "{0}a", "a{0}", ".{1}", "{2}.", "{1}.{2}", "{0}.{0}", "\u00e4.{1}", "x.{1}"])
def test_a_spoilt_token_does_not_hold(cast: Any, browse: Any, spoil: str) -> None:
    browser = browse(cast.ana)
    whole = token(browser)
    pad, _, signature = whole.partition(".")
    assert saves(browser, spoil.format(whole, signature, pad)) == 409


def test_what_was_sent_with_a_stale_token_comes_back_with_a_good_one(cast: Any, browse: Any) -> None:
    letter, browser = cast.letter(), browse(cast.citra)
    page = browser.request(
        "POST", f"/letters/{letter.id}/comments", data={"csrf_token": "stale", "text": "Kata yang tidak boleh hilang. " * 3}
    )
    assert page.status == 409
    assert "Kata yang tidak boleh hilang." in page.words
    sent = browser.submit(form=f"/letters/{letter.id}/comments$")
    assert sent.status == 200
    assert "Kata yang tidak boleh hilang." in sent.words
