"""Private details that seem to stand in a text: proposals with a mask, which the author may take or leave."""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from forum.core.text import initials
from forum.letters import shapes
from forum.letters.places import PROVINCE_CODES

MAX_HINTS: Final = 100
NEAR: Final = 40
"""Characters before a number in which a word tells what it is."""
DOT: Final = "•"


class Kind(StrEnum):
    """What a hint seems to be."""

    EMAIL = "email"
    ORDER = "order"
    TRACKING = "tracking"
    PHONE = "phone"
    NIK = "nik"
    CARD = "card"
    ACCOUNT = "account"
    PLATE = "plate"
    NAME = "name"


class Hint(NamedTuple):
    """A stretch of the text, `text[start:end] == found`, and what to put in its place."""

    start: int
    end: int
    kind: Kind
    found: str
    mask: str


def find(text: str, *, known_names: Iterable[str] = ()) -> list[Hint]:
    """The hints of a text in order, none overlapping another, at most MAX_HINTS; `known_names` (businesses, the author) are no hints.

    A proposal only: prices, dates and call-centre numbers are left alone, and what is found may still be harmless.
    Shapes: facts of Dukcapil (NIK), UPU S10 (post), ISO/IEC 7812 (cards), the couriers' and shops' own forms.
    """
    taken = bytearray(len(text))
    hints: list[Hint] = []
    known = {" ".join(name.casefold().split()) for name in known_names}
    lower = text.lower() if len(text.lower()) == len(text) else text
    for kind, start, end, mask_of in _candidates(text, lower, known):
        if len(hints) < MAX_HINTS and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found = text[start:end]
            hints.append(Hint(start, end, kind, found, mask_of(found)))
    return sorted(hints)


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


_Candidate = tuple[Kind, int, int, Callable[[str], str]]


def _candidates(text: str, lower: str, known: set[str]) -> Iterator[_Candidate]:
    """Everything that looks private, the surest kinds first."""
    for hit in shapes.EMAIL.finditer(text):
        if not shapes.DESK.fullmatch(hit["name"]):
            yield Kind.EMAIL, *hit.span(), _mask_email
    for pattern, kind in ((shapes.INVOICE, Kind.ORDER), (shapes.RESI, Kind.TRACKING), (shapes.DATED_ORDER, Kind.ORDER)):
        for hit in pattern.finditer(text):
            yield kind, *hit.span(), _mask_all_but_four
    yield from _numbers(text, lower)
    for hit in shapes.PLATE.finditer(text):
        if shapes.PLATE_WORD.search(_before(lower, hit.start())):
            yield Kind.PLATE, *hit.span(), _mask_every_digit
    yield from _names(text, lower, known)


def _numbers(text: str, lower: str) -> Iterator[_Candidate]:
    """Phones, identity numbers and cards by their shape; accounts and codes by the words beside them."""
    for hit in shapes.PHONE.finditer(text):
        if not shapes.RESI_WORD.search(_before(lower, hit.start())):
            yield Kind.PHONE, *hit.span(), _mask_phone
    for hit in shapes.SIXTEEN.finditer(text):
        if is_nik(_digits(hit[0])):
            yield Kind.NIK, *hit.span(), _mask_every_digit
    yield from _numbers_with_words(text, lower)
    for hit in shapes.CARD.finditer(text):
        if is_card(_digits(hit[0])):
            yield Kind.CARD, *hit.span(), _mask_all_but_four


def _numbers_with_words(text: str, lower: str) -> Iterator[_Candidate]:
    """Numbers that only the words beside them make private."""
    for hit in shapes.CODE.finditer(text):
        if sum(character.isdigit() for character in hit[0]) < 5 or (
            re.fullmatch(r"[\d-]{8,10}", hit[0]) and "-" in hit[0]
        ):
            continue
        before = _before(lower, hit.start())
        if shapes.MONEY.search(before):
            continue
        if shapes.RESI_WORD.search(before):
            yield Kind.TRACKING, *hit.span(), _mask_all_but_four
        elif shapes.ORDER_WORD.search(before):
            yield Kind.ORDER, *hit.span(), _mask_all_but_four
    for hit in shapes.ACCOUNT.finditer(text):
        before = _before(lower, hit.start())
        if not 10 <= len(_digits(hit[0])) <= 18 or shapes.MONEY.search(before):
            continue
        if shapes.ACCOUNT_WORD.search(before) or shapes.HOLDER.match(text, hit.end()):
            yield Kind.ACCOUNT, *hit.span(), _mask_all_but_four


def _names(text: str, lower: str, known: set[str]) -> Iterator[_Candidate]:
    """Names behind words that announce a private person."""
    for pattern in (shapes.SAID, shapes.SAID_SMALL, shapes.HELD, shapes.STAFF, shapes.TITLED):
        for hit in pattern.finditer(text):
            words = hit["name"].split()
            size = next((at for at, word in enumerate(words) if word.lower() in shapes.NOT_NAMES), len(words))
            name = " ".join(words[:size])
            if name and name.casefold() not in known and not shapes.FIRM_BEFORE.search(_before(lower, hit.start())):
                yield Kind.NAME, hit.start("name"), hit.start("name") + len(name), initials


def _before(lower: str, start: int) -> str:
    return lower[max(0, start - NEAR) : start]


def _digits(found: str) -> str:
    return "".join(character for character in found if character.isdigit())


def is_nik(digits: str) -> bool:
    """16 digits with a province, a date of birth (women: day + 40) and a serial, as on an identity or family card."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        len(digits) == 16
        and digits[:2] in PROVINCE_CODES
        and digits[2:4] != "00"
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
        and digits[12:] != "0000"
    )


def is_card(digits: str) -> bool:
    """A payment card's number: a known first digit and length, and the check digit of Luhn (ISO/IEC 7812-1)."""
    if not re.fullmatch(r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|35\d{14}|6\d{15}", digits):
        return False
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _mask_every_digit(found: str) -> str:
    return "".join(DOT if character.isdigit() else character for character in found)


def _mask_all_but_four(found: str) -> str:
    head, tail = found[:-4], found[-4:]
    return "".join(DOT if character.isalnum() else character for character in head) + tail


def _mask_phone(found: str) -> str:
    digits = _digits(found)
    lead = ("+" if found.startswith("+") else "") + digits[: 5 if digits.startswith("62") else 4]
    return f"{lead}-{DOT * 4}-{digits[-4:]}"


def _mask_email(found: str) -> str:
    name, _, host = found.partition("@")
    return f"{name[0]}{DOT * 3}@{host}"
