"""The reply guard: no public word of a business may hold one of the author's private details."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from forum.core.errors import Invalid
from forum.letters import hints

SHORTEST_GUARDED_CHARACTERS: Final = 3
"""Letters and digits of a detail; shorter ones stand in every text."""
GAP: Final = r"[\s./\\_()#:+*,-]{0,3}"
"""What people put between the digits of a number."""
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0]"
)
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
        text = _plain(typed)
        for kind, detail in (details or {}).items():
            if detail and _holds(text, kind, detail):
                raise GuardStopped(field=field, kind=kind)
        if email and re.search(rf"(?<![\w.+-]){re.escape(email.casefold())}(?![\w-])", text):
            raise GuardStopped(field=field, kind="email")
        found = hints.find(unicodedata.normalize("NFKC", _INVISIBLE.sub("", typed)))
        for hint in found:
            if hint.kind in _ALWAYS_PRIVATE:
                raise GuardStopped(field=field, kind=_ALWAYS_PRIVATE[hint.kind])
        if hidden_name and _names(text, hidden_name, (hint.found for hint in found if hint.kind is hints.Kind.NAME)):
            raise GuardStopped(field=field, kind="name")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()


def _holds(text: str, kind: str, detail: str) -> bool:
    characters = [one for one in _plain(detail) if one.isalnum()]
    before = r"(?<!\w)"
    if kind == "phone":
        digits = "".join(characters)
        core = digits.removeprefix("62") if digits.startswith("62") else digits.removeprefix("0")
        if core:
            characters, before = list(core), r"(?<!\d)(?:\+?62|0)?[\s().-]{0,3}"
    if len(characters) < SHORTEST_GUARDED_CHARACTERS:
        return False
    return re.search(before + GAP.join(re.escape(one) for one in characters) + r"(?!\w)", text) is not None


def _names(text: str, hidden_name: str, announced: Iterable[str]) -> bool:
    """Whether the whole name stands in the text, or a part of it behind "Bapak", "Ibu" and the like."""
    words = _plain(hidden_name).split()
    if re.search(r"(?<!\w)" + r"\W{1,3}".join(re.escape(word) for word in words) + r"(?!\w)", text):
        return True
    return any(part in words for name in announced for part in _plain(name).split())
