"""What an author puts in the place of a private detail before sending: enough stays to recognise the own one."""

from collections.abc import Iterable
from typing import Final

from forum.letters.hints.checks import digits_of
from forum.letters.hints.kinds import Hint

DOT: Final = "•"


def mask(text: str, hint: Hint) -> str:
    """The text with the hint's mask in its place; raises ValueError when the text has changed since."""
    if text[hint.start : hint.end] != hint.found:
        raise ValueError("the text has changed")
    return text[: hint.start] + hint.mask + text[hint.end :]


def mask_all(text: str, hints: Iterable[Hint]) -> str:
    """The text with every hint masked; raises ValueError when the text has changed since."""
    for hint in sorted(hints, reverse=True):
        text = mask(text, hint)
    return text


def every_digit(found: str) -> str:
    """Return the stretch with a dot for each digit."""
    return "".join(DOT if character.isdigit() else character for character in found)


def all_but_four(found: str) -> str:
    """Return the stretch with a dot for each letter and digit but the last four characters."""
    head, tail = found[:-4], found[-4:]
    return "".join(DOT if character.isalnum() else character for character in head) + tail


def phone(found: str) -> str:
    """Return the prefix and the last four digits of a phone number."""
    digits = digits_of(found)
    lead = ("+" if found.startswith("+") else "") + digits[: 5 if digits.startswith("62") else 4]
    return f"{lead}-{DOT * 4}-{digits[-4:]}"


def email(found: str) -> str:
    """Return the first character of an address, and its host."""
    name, _, host = found.partition("@")
    return f"{name[0]}{DOT * 3}@{host}"
