"""What a file's name gives away: private numbers in it, and words that tell what kind of paper it is."""

import re
from typing import Final

from forum.letters import shapes
from forum.letters.hints import masks
from forum.letters.hints.checks import digits_of
from forum.letters.hints.finding import find
from forum.letters.hints.kinds import MAX_HINTS, Hint, Kind

LONGEST_READ: Final = 1_000
"""Characters of a name that are looked at; no file system keeps longer ones."""
_PAPER: Final = re.compile(
    r"(?<![^\W_\d])(?:e-?ktp|ktp|kk|sim|paspor|passport|npwp|kitas|stnk|bpkb|akta|ijazah|kartu[ _-]?keluarga|buku[ _-]?nikah"
    r"|slip[ _-]?gaji|rekening[ _-]?koran|mutasi)(?![^\W_\d])",
    re.IGNORECASE,
)
_TAKEN_AT: Final = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[ -]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?\d{0,3})?"
)
"""When a camera or a phone made it: `20251103_101522`."""
_MOMENT: Final = re.compile(r"1[5-9]\d{8}(?:\d{3})?")
"""The same in seconds or milliseconds since 1970, as apps write it."""
_PAID: Final = re.compile(r"\b(?:transfer|tf|trf|bayar|pembayaran|rekening|norek|rek|va|setor|kirim)\b")
_LONG_NUMBER: Final = re.compile(r"(?<!\d)\d(?:[ -]?\d){9,17}(?!\d)")


def hints_of_name(name: str) -> list[Hint]:
    """The hints of a file's name in order, none overlapping another; places are those of `name`, so `mask_all` covers them.

    A word such as KTP is a hint of Kind.DOCUMENT whose mask is the word itself: it tells nothing by itself, but such a file is
    rarely meant for everybody. Dates and times that cameras and apps put into names are no hints.
    """
    shown = re.sub(r"[_]", " ", name[:LONGEST_READ])
    shown = re.sub(r"(?i)\.[a-z][a-z0-9]{1,4}$", lambda ending: " " * len(ending[0]), shown)
    found = [hint for hint in find(shown) if not _is_moment(hint.found)]
    found += _paid_to(shown)
    for paper in _PAPER.finditer(shown):
        found.append(Hint(*paper.span(), Kind.DOCUMENT, paper[0], paper[0]))
    taken = bytearray(len(shown))
    kept: list[Hint] = []
    for hint in found:
        if not any(taken[hint.start : hint.end]) and len(kept) < MAX_HINTS:
            taken[hint.start : hint.end] = b"\1" * (hint.end - hint.start)
            own = name[hint.start : hint.end]
            kept.append(hint._replace(found=own, mask=own if hint.mask == hint.found else hint.mask))
    return sorted(kept)


def _paid_to(shown: str) -> list[Hint]:
    """Long numbers in the name of a proof of payment: most often an account."""
    if not _PAID.search(shown.lower()):
        return []
    return [
        Hint(*hit.span(), Kind.ACCOUNT, hit[0], masks.all_but_four(hit[0]))
        for hit in _LONG_NUMBER.finditer(shown)
        if not _is_moment(hit[0]) and not shapes.MONEY.search(shown[: hit.start()].lower())
    ]


def _is_moment(found: str) -> bool:
    return bool(_TAKEN_AT.fullmatch(found) or _MOMENT.fullmatch(digits_of(found)))
