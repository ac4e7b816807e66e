"""The reply guard: no public word of a business may hold one of the author's private details."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from forum.core.errors import Invalid
from forum.letters import hints, shapes

SHORTEST_GUARDED_CHARACTERS: Final = 5
"""Letters and digits of a detail; shorter ones, and words without a digit, stand in every text."""
BETWEEN: Final = re.compile(r"[\W_]+")
"""What people put between the digits of a number, and how much of it: none of it hides the number."""
SPELT_AT: Final = r" (?:(?:at|et) )?"
SPELT_DOT: Final = r" (?:(?:dot|titik) )?"
_DASH: Final = "-"
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0]"
)
_NO_NAMES: Final = shapes.NOT_NAMES | {
    "ada", "adalah", "agar", "akan", "atas", "atau", "bagi", "barang", "bisa", "dalam", "dengan", "hari", "jika",
    "karena", "kasih", "ke", "kepada", "keluhan", "layanan", "maaf", "oleh", "pada", "para", "pesanan", "pihak", "produk",
    "sebagai", "serta", "setelah", "sudah", "surat", "telah", "tim", "toko", "uang", "belum", "the", "to", "you",
    "we", "and", "of", "for", "a", "i",
}  # fmt: skip
"""Words that stand in every answer: whoever signs up under them alone must not be able to stop each one."""
_ALWAYS_PRIVATE: Final = {hints.Kind.PHONE: "phone", hints.Kind.NIK: "nik", hints.Kind.CARD: "card"}


class GuardStopped(Invalid):
    """A public text holds a private detail; facts: `kind` (a key of DETAILS, email, name, nik or card), never the detail."""

    code = "guard_stopped"


def check(
    texts: Mapping[str, str], *, details: Mapping[str, str] | None, email: str | None, hidden_name: str | None
) -> None:
    """Raise GuardStopped at the first field of `texts` (field name: words) that holds something private.

    Private are the case's details however spaced or dotted, the author's e-mail address, the author's name when the
    letter shows initials only (`hidden_name`), and any mobile number, NIK or card number, whoever it belongs to.
    """
    for field, typed in texts.items():
        read = _read(typed)
        text = _words(read)
        for kind, detail in (details or {}).items():
            if detail and _holds(text, kind, detail):
                raise GuardStopped(field=field, kind=kind)
        if email and _address_in(text, email):
            raise GuardStopped(field=field, kind="email")
        found = hints.find(read)
        for hint in found:
            if hint.kind in _ALWAYS_PRIVATE:
                raise GuardStopped(field=field, kind=_ALWAYS_PRIVATE[hint.kind])
        if hidden_name and _names(text, hidden_name, (hint.found for hint in found if hint.kind is hints.Kind.NAME)):
            raise GuardStopped(field=field, kind="name")


def _read(text: str) -> str:
    """The text as a person reads it: nothing invisible, no marks on digits, the digits and dashes of any script as ours."""
    if text.isascii():
        return text
    shown = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return "".join(_as_ours(character) for character in shown)


def _as_ours(character: str) -> str:
    if character.isascii():
        return character
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    return _DASH if kind == "Pd" or character == "\u2212" else "" if kind in {"Mn", "Me"} else character


def _words(read: str) -> str:
    """Words and numbers alone, folded, one space between them."""
    return BETWEEN.sub(" ", read.casefold())


def _plain(text: str) -> str:
    return _words(_read(text))


def _holds(text: str, kind: str, detail: str) -> bool:
    characters = _plain(detail).replace(" ", "")
    before = r"(?<!\w)"
    if kind == "phone":
        core = characters.removeprefix("62") if characters.startswith("62") else characters.removeprefix("0")
        if core:
            characters, before = core, r"(?<!\d)(?:6 ?2|0)? ?"
    if len(characters) < SHORTEST_GUARDED_CHARACTERS or not any(map(str.isdigit, characters)):
        return False
    return re.search(before + " ?".join(re.escape(one) for one in characters) + r"(?!\w)", text) is not None


def _address_in(text: str, email: str) -> bool:
    """Whether the address stands in the text, also as "ana (at) surat titik example"; a longer one is another."""
    name, _, host = (re.escape(part).replace(r"\ ", SPELT_DOT) for part in map(_plain, email.partition("@")))
    return re.search(rf"(?<!\w){name}{SPELT_AT}{host}(?!\w)", text) is not None


def _names(text: str, hidden_name: str, announced: Iterable[str]) -> bool:
    """Whether the whole name stands in the text, or a part of it behind "Bapak", "Ibu" and the like."""
    words = (_plain(hidden_name.partition(",")[0]) or _plain(hidden_name)).split()
    if not _NO_NAMES.issuperset(words) and re.search(r"(?<!\w)" + " ".join(re.escape(word) for word in words) + r"(?!\w)", text):
        return True
    return any(part in words for name in announced for part in _plain(name).split())
