"""The reply guard: no public word of a business may hold one of the author's private details."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from forum.core.errors import Invalid
from forum.letters import hints, shapes
from forum.responses import numerals
from forum.responses.numerals import Folded, Run

SHORTEST_GUARDED_CHARACTERS: Final = 5
"""Letters and digits of a detail; shorter ones, and words without a digit, stand in every text."""
NOT_GUARDED: Final = frozenset({"date"})
"""Details that are no secret: the day of a purchase stands in every answer."""
SPELT_AT: Final = r" (?:(?:at|et) )?"
SPELT_DOT: Final = r" (?:(?:dot|titik) )?"
NEAR: Final = 60
"""Characters before a number in which a word tells what it is."""
MOBILE: Final = re.compile(
    r"(?P<lead>62 ?0?|0)?(?P<core>8(?:1[1-9]|2[1-38]|3[1-38]|5[1-35-9]|7[5-9]|8[1-9]|9[4-9])\d{6,9})"
)
"""Mobile numbers by the prefixes that are given out (Kominfo's numbering plan); `core` has no 0 or 62 before it."""
_PHONE_WORD = re.compile(
    r"\b(?:wa|whats ?app|hp|telp?|telepon|telpon|ponsel|kontak|(?:meng)?hubungi|phone|call|sms)\b[^\d]{0,30}$"
)
_ACCOUNT_WORD = re.compile(
    r"\b(?:rekening(?:nya)?|norek|no\.? ?rek|rek|bca|bri|bni|btn|bsi|mandiri|cimb|niaga|danamon|permata|ocbc|jago|seabank"
    r"|maybank|bank|virtual account|va|transfer|ditransfer|gopay|ovo|shopeepay|linkaja)\b[^\d]{0,40}$"
)
_NO_NUMBER = (
    re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:20\d\d|19\d\d|\d\d)(?!\d)"),  # a date
    re.compile(r"(?<!\d)20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<![\d.:])(?:[01]?\d|2[0-3])[.:][0-5]\d(?![\d.:]\d)"),  # a time
    re.compile(r"(?:\brp\.?|\bidr|\$) ?[1-9]\d{0,2}(?:[., ]\d{3})*(?:,\d\d)?(?!\d)"),  # money
)
_NO_NAMES: Final = shapes.NOT_NAMES | {
    "ada", "adalah", "agar", "akan", "atas", "atau", "bagi", "barang", "bisa", "dalam", "dengan", "hari", "jika",
    "karena", "kasih", "ke", "kepada", "keluhan", "layanan", "maaf", "oleh", "pada", "para", "pesanan", "pihak", "produk",
    "sebagai", "serta", "setelah", "sudah", "surat", "telah", "tim", "toko", "uang", "belum", "the", "to", "you",
    "we", "and", "of", "for", "a", "i",
}  # fmt: skip
"""Words that stand in every answer: whoever signs up under them alone must not be able to stop each one."""
_ALWAYS_PRIVATE: Final = {
    hints.Kind.PHONE: "phone",
    hints.Kind.NIK: "nik",
    hints.Kind.CARD: "card",
    hints.Kind.ACCOUNT: "account",
}
SHORTEST_NAME: Final = 3
_CALLS: Final = (
    "bapak|ibu|pak|bu|mbak|mba|mas|kakak|kak|bang|sdri|sdr|saudara|saudari|tuan|nyonya|tn|ny|atas nama|bernama"
)
_ALIKE: Final = {"0": "[0o]", "o": "[0o]", "1": "[1li]", "l": "[1li]", "i": "[1li]"}


class GuardStopped(Invalid):
    """A public text holds a private detail; facts: `kind` (a key of DETAILS, email, name, nik, card or account) and `found`.

    `found` holds a Found for every place, so that the writer is shown it; never the detail.
    """

    code = "guard_stopped"


@dataclass(frozen=True)
class Found:
    """A stretch `text[start:end]` of a field that must not be published."""

    field: str
    start: int
    end: int
    kind: str


def check(
    texts: Mapping[str, str],
    *,
    details: Mapping[str, str] | None,
    email: str | None,
    hidden_name: str | None,
    allowed: Iterable[str] = (),
) -> None:
    """Raise GuardStopped at the first field of `texts` (field name: words) that holds something private."""
    found = find(texts, details=details, email=email, hidden_name=hidden_name, allowed=allowed)
    if found:
        raise GuardStopped(field=found[0].field, kind=found[0].kind, found=tuple(found))


def find(
    texts: Mapping[str, str],
    *,
    details: Mapping[str, str] | None,
    email: str | None,
    hidden_name: str | None,
    allowed: Iterable[str] = (),
) -> list[Found]:
    """Return every private place of these texts in their order, the surest kinds of a field first.

    Private are the case's details however spaced, spelt or dotted, the author's e-mail address, the author's name when the
    letter shows initials only (`hidden_name`), and any mobile number, NIK, card or bank account, whoever it belongs to, but for
    the business's own public numbers (`allowed`: digits without 0 or 62) that are not the author's.
    """
    public = frozenset(allowed)
    found: list[Found] = []
    for field, typed in texts.items():
        text = numerals.fold(typed)
        taken = bytearray(len(typed))
        for kind, start, end in _places(text, details or {}, email, hidden_name, public):
            begin, stop = text.span(start, end)
            if not any(taken[begin:stop]):
                taken[begin:stop] = b"\1" * (stop - begin)
                found.append(Found(field, begin, stop, kind))
    return found


_Place = tuple[str, int, int]


def _places(
    text: Folded, details: Mapping[str, str], email: str | None, hidden_name: str | None, public: frozenset[str]
) -> Iterator[_Place]:
    if not text.shown:
        return
    lower = text.lower
    words = _Words(lower)
    runs = numerals.runs(lower)
    for kind, detail in details.items():
        if detail and kind not in NOT_GUARDED:
            yield from ((kind, *span) for span in _holds(words, runs, kind, detail))
    if email:
        yield from (("email", *span) for span in words.search(_address(email)))
    hinted = hints.find(text.shown)
    yield from _numbers(lower, public)
    for hint in hinted:
        if hint.kind in _ALWAYS_PRIVATE and not _is_public(hint, public):
            yield _ALWAYS_PRIVATE[hint.kind], hint.start, hint.end
    if hidden_name:
        named = (hint for hint in hinted if hint.kind is hints.Kind.NAME)
        yield from (("name", *span) for span in _names(words, hidden_name, named))


class _Words:
    """Words and numbers alone, one space between them, each character with its place."""

    def __init__(self, lower: str) -> None:
        kept: list[str] = []
        self.at: list[int] = []
        for place, one in enumerate(lower):
            if one.isalnum():
                kept.append(one)
                self.at.append(place)
            elif not kept or kept[-1] != " ":
                kept.append(" ")
                self.at.append(place)
        self.text = "".join(kept)

    def search(self, pattern: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
        """Yield where the pattern stands, in the places of the text it was made of."""
        for hit in pattern.finditer(self.text) if pattern is not None else ():
            size = len(hit[0]) - len(hit[0].lstrip())
            start, end = hit.start() + size, hit.start() + len(hit[0].rstrip())
            if end > start:
                yield self.at[start], self.at[end - 1] + 1


def _plain(text: str) -> str:
    return _Words(numerals.fold(text).lower).text.strip()


def _holds(words: _Words, runs: list[Run], kind: str, detail: str) -> Iterator[tuple[int, int]]:
    characters = _plain(detail).replace(" ", "")
    before = r"(?<!\w)"
    if kind == "phone":
        characters, before = core_of(characters) or characters, r"(?<!\d)(?:6 ?2 ?0?|[0o])? ?"
    if len(characters) < SHORTEST_GUARDED_CHARACTERS or not any(map(str.isdigit, characters)):
        return
    spelt = " ?".join(_ALIKE.get(one) or re.escape(one) for one in characters)
    yield from words.search(re.compile(before + spelt + r"(?!\w)"))
    if characters.isdigit():
        for run in runs:
            yield from _in_run(run, characters, with_lead=kind == "phone")


def _in_run(run: Run, digits: str, *, with_lead: bool) -> Iterator[tuple[int, int]]:
    start = run.digits.find(digits)
    while start >= 0:
        end = start + len(digits)
        begins = start in run.cuts or (with_lead and run.digits[:start].endswith(("0", "62")))
        if begins and end in run.cuts:
            yield run.span(start, end)
        start = run.digits.find(digits, start + 1)


def core_of(digits: str) -> str:
    """Return a phone number without the 0 or 62 before it."""
    if digits.startswith("62"):
        return digits.removeprefix("62").removeprefix("0")
    return digits.removeprefix("0")


def _numbers(lower: str, public: frozenset[str]) -> Iterator[_Place]:
    """Phones, identity numbers, cards and accounts by their digits; prices, dates and times are none."""
    covered = lower
    for pattern in _NO_NUMBER:
        covered = pattern.sub(lambda hit: "x" * len(hit[0]), covered)
    for run in numerals.runs(covered):
        if len(run.digits) < 9:
            continue
        for start, end in run.windows(9, 15):
            hit = MOBILE.fullmatch(run.digits[start:end])
            if hit and hit["core"] not in public and _is_phone(lower, run, start, bool(hit["lead"])):
                yield "phone", *run.span(start, end)
        for start, end in run.windows(13, 19):
            if end - start == 16 and hints.is_nik(run.digits[start:end]):
                yield "nik", *run.span(start, end)
            elif hints.is_card(run.digits[start:end]):
                yield "card", *run.span(start, end)
        for start, end in run.windows(10, 16):
            first, last = run.span(start, end)
            told = _ACCOUNT_WORD.search(lower[max(0, first - NEAR) : first]) or shapes.HOLDER.match(lower, last)
            if told and core_of(run.digits[start:end]) not in public:
                yield "account", first, last


def _is_phone(lower: str, run: Run, start: int, led: bool) -> bool:
    first = run.starts[start]
    before = lower[max(0, first - NEAR) : first]
    if shapes.RESI_WORD.search(before) and not run.spelt:
        return False
    return led or before.endswith("+") or _PHONE_WORD.search(before) is not None


def _is_public(hint: hints.Hint, public: frozenset[str]) -> bool:
    return core_of("".join(filter(str.isdigit, hint.found))) in public


def _address(email: str) -> re.Pattern[str]:
    """The address as written, also as "ana (at) surat titik example"; a longer one is another."""
    name, _, host = (re.escape(part).replace(r"\ ", SPELT_DOT) for part in map(_plain, email.partition("@")))
    return re.compile(rf"(?<!\w){name}{SPELT_AT}{host}(?!\w)")


def _names(words: _Words, hidden_name: str, announced: Iterable[hints.Hint]) -> Iterator[tuple[int, int]]:
    """The whole name, also in one word or with its last part first, and a part of it behind "Bapak", "Ibu" and the like."""
    parts = (_plain(hidden_name.partition(",")[0]) or _plain(hidden_name)).split()
    if parts and not _NO_NAMES.issuperset(parts):
        for order in (parts, [*parts[-1:], *parts[:-1]])[: len(parts)]:
            yield from words.search(re.compile(r"(?<!\w)" + " ?".join(map(re.escape, "".join(order))) + r"(?!\w)"))
    called = [re.escape(part) for part in parts if len(part) >= SHORTEST_NAME and part not in _NO_NAMES]
    if called:
        yield from words.search(re.compile(rf"(?<!\w)(?:{_CALLS}) (?:{'|'.join(called)})(?!\w)"))
    for hint in announced:
        if any(part in parts for part in _plain(hint.found).split()):
            yield hint.start, hint.end
