"""Looks for private details in a text, the surest kinds first."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from forum.core.text import initials
from forum.letters import shapes
from forum.letters.hints import masks
from forum.letters.hints.checks import digits_of, is_card, is_nik
from forum.letters.hints.kinds import MAX_HINTS, Hint, Kind

NEAR: Final = 40
"""Characters before a number in which a word tells what it is."""


def find(text: str, *, known_names: Iterable[str] = ()) -> list[Hint]:
    """The hints of a text in order, none overlapping another, at most MAX_HINTS; `known_names` (businesses, the author) are no hints.

    A proposal only: prices, dates and call-centre numbers are left alone, and what is found may still be harmless.
    Shapes: facts of Dukcapil (NIK), UPU S10 (post), ISO/IEC 7812 (cards), the couriers' and shops' own forms.
    `python -m tools.hints` measures it on labelled sentences.
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


_Candidate = tuple[Kind, int, int, Callable[[str], str]]


def _candidates(text: str, lower: str, known: set[str]) -> Iterator[_Candidate]:
    for hit in shapes.EMAIL.finditer(text):
        if not shapes.DESK.fullmatch(hit["name"]):
            yield Kind.EMAIL, *hit.span(), masks.email
    for pattern, kind in ((shapes.INVOICE, Kind.ORDER), (shapes.RESI, Kind.TRACKING), (shapes.DATED_ORDER, Kind.ORDER)):
        for hit in pattern.finditer(text):
            yield kind, *hit.span(), masks.all_but_four
    yield from _numbers(text, lower)
    for hit in shapes.PLATE.finditer(text):
        if shapes.PLATE_WORD.search(_before(lower, hit.start())):
            yield Kind.PLATE, *hit.span(), masks.every_digit
    yield from _names(text, lower, known)


def _numbers(text: str, lower: str) -> Iterator[_Candidate]:
    """Phones, identity numbers and cards by their shape; accounts and codes by the words beside them."""
    yield from _accounts(text, lower, shapes.VIRTUAL_WORD)
    for hit in shapes.TAX_NUMBER.finditer(text):
        yield Kind.DOCUMENT, *hit.span(), masks.every_digit
    for hit in shapes.PHONE.finditer(text):
        if not shapes.RESI_WORD.search(_before(lower, hit.start())):
            yield Kind.PHONE, *hit.span(), masks.phone
    for hit in shapes.LANDLINE.finditer(text):
        if shapes.HOME_WORD.search(_before(lower, hit.start())):
            yield Kind.PHONE, *hit.span(), masks.all_but_four
    for hit in shapes.SIXTEEN.finditer(text):
        if is_nik(digits_of(hit[0])) and not _is_rather_card(hit[0], _before(lower, hit.start())):
            yield Kind.NIK, *hit.span(), masks.every_digit
    yield from _numbers_with_words(text, lower)
    for hit in shapes.CARD.finditer(text):
        if is_card(digits_of(hit[0])):
            yield Kind.CARD, *hit.span(), masks.all_but_four


def _is_rather_card(found: str, before: str) -> bool:
    """Whether a number that is well formed as both is called a payment card: those of 51 to 53 and 61 to 65 may be."""
    return bool(is_card(digits_of(found)) and shapes.CARD_WORD.search(before) and not shapes.NIK_WORD.search(before))


def _numbers_with_words(text: str, lower: str) -> Iterator[_Candidate]:
    """Numbers that only the words beside them make private."""
    for hit in shapes.DOCUMENT.finditer(text):
        if shapes.DOCUMENT_WORD.search(_before(lower, hit.start())):
            yield Kind.DOCUMENT, *hit.span(), masks.all_but_four
    for hit in shapes.CODE.finditer(text):
        if len(digits_of(hit[0])) < 5 or (re.fullmatch(r"[\d-]{8,10}", hit[0]) and "-" in hit[0]):
            continue
        before = _before(lower, hit.start())
        if shapes.MONEY.search(before):
            continue
        if shapes.RESI_WORD.search(before):
            yield Kind.TRACKING, *hit.span(), masks.all_but_four
        elif shapes.ORDER_WORD.search(before):
            yield Kind.ORDER, *hit.span(), masks.all_but_four
    yield from _accounts(text, lower, shapes.ACCOUNT_WORD)


def _accounts(text: str, lower: str, word: re.Pattern[str]) -> Iterator[_Candidate]:
    for hit in shapes.ACCOUNT.finditer(text):
        before = _before(lower, hit.start())
        if not 10 <= len(digits_of(hit[0])) <= 18 or shapes.MONEY.search(before):
            continue
        if word.search(before) or (word is shapes.ACCOUNT_WORD and shapes.HOLDER.match(text, hit.end())):
            yield Kind.ACCOUNT, *hit.span(), masks.all_but_four


def _names(text: str, lower: str, known: set[str]) -> Iterator[_Candidate]:
    """Names behind words that announce a private person."""
    for pattern in (
        shapes.SAID,
        shapes.SAID_SMALL,
        shapes.STAFF,
        shapes.TITLED,
        shapes.HELD,
        shapes.STAFF_FULL,
        shapes.GIVEN,
    ):
        for hit in pattern.finditer(text):
            words = hit["name"].split()
            size = next((at for at, word in enumerate(words) if word.lower() in shapes.NOT_NAMES), len(words))
            name = " ".join(words[:size])
            if (
                size < shapes.LEAST_WORDS.get(pattern, 1)
                or name.casefold() in known
                or _is_known(lower, hit.start(), known)
            ):
                continue
            if pattern is shapes.HELD or not shapes.FIRM_BEFORE.search(_before(lower, hit.start())):
                yield Kind.NAME, hit.start("name"), hit.start("name") + len(name), initials


def _is_known(lower: str, start: int, known: set[str]) -> bool:
    """Whether a known name begins at the word that would announce a person, as in "Kurir Kilat Ekspres"."""
    return any(lower.startswith(name, start) for name in known if name)


def _before(lower: str, start: int) -> str:
    return lower[max(0, start - NEAR) : start]
