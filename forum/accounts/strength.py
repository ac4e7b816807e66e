"""Which new passwords are refused: too short, too long, the address itself, or what everybody tries first."""

import re
from functools import lru_cache
from pathlib import Path

from forum.accounts.passwords import PASSWORD_CHARACTERS
from forum.core.errors import Invalid

LIST = Path(__file__).with_name("common_passwords.txt")  # from zxcvbn's list (MIT) and common Indonesian words
MOST_ADDED_CHARACTERS = 6  # "indonesia2024!" is as common as "indonesia"
RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
REPEATED = re.compile(r"(.{1,4}?)\1+.{0,3}", re.DOTALL)
TAIL = re.compile(r"[\W\d_]+$")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(LIST.read_text("utf-8").splitlines())


def is_common(password: str) -> bool:
    """Whether guessers try this password early: a listed one, a listed word with figures behind it, a pattern."""
    folded = password.casefold()
    stem = TAIL.sub("", folded)
    if folded in _common() or (stem in _common() and len(folded) - len(stem) <= MOST_ADDED_CHARACTERS):
        return True
    if REPEATED.fullmatch(folded) or any(folded in run or folded[::-1] in run for run in RUNS):
        return True
    half = folded[: len(folded) // 2]
    return folded == half * 2 and half in _common()


def refuse_weak(password: str, *, email: str, field: str = "password") -> None:
    """Raise Invalid when this cannot be a new password; the length is looked at first."""
    least, most = PASSWORD_CHARACTERS
    if len(password) < least:
        raise Invalid("password_short", field=field, least=least)
    if len(password) > most:
        raise Invalid("password_long", field=field, most=most)
    if password.casefold() in {email, email.partition("@")[0]}:
        raise Invalid("password_is_email", field=field)
    if is_common(password):
        raise Invalid("password_common", field=field)
