"""Which passwords guessers try first, and what a browser is called."""


import pytest

from forum.accounts.devices import device_words
from forum.accounts.strength import LIST, is_common, refuse_weak
from forum.core.errors import Invalid


def test_every_listed_password_long_enough_is_refused():
    words = [word for word in LIST.read_text("utf-8").splitlines() if len(word) >= 10]
    assert len(words) > 1000
    for word in words:
        with pytest.raises(Invalid):
            refuse_weak(word.upper(), email="ana@surat.example")


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiop",
        "zxcvbnm1234",
        "bismillah1",
        "sayangku!!!!",
        "0987654321",
        "abcdefghij",
        "xyxyxyxyxy",
        "merdeka1945",
    ],
)
def test_patterns_are_common(password):
    assert is_common(password)


@pytest.mark.parametrize(
    "password",
    [
        "kopi tubruk tanpa gula",
        "Tr0ub4dor&3x",
        "indonesia tanah air beta",
        "kucingku makan 3 ikan",
        "9f3kd02lqpz1",
        "sayang sekali hujan lagi",
    ],
)
def test_good_ones_are_not(password):
    assert not is_common(password)


@pytest.mark.timeout(20)
def test_hostile_passwords_end():
    for password in ("a" * 256, "ab" * 127 + "c", "1" * 255 + "x", "(" * 256, "aaab" * 64, " " * 256):
        assert is_common(password) in {True, False}


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox · Linux"),
        (
            "Mozilla/5.0 (Linux; Android 13; SM-A536E) AppleWebKit/537.36 SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36",
            "Samsung Internet · Android",
        ),
        ("curl/8", ""),
        ("<script>" * 500, ""),
        ("", ""),
    ],
)
def test_devices_are_called_as_their_owners_call_them(agent, words):
    assert device_words(agent) == words
