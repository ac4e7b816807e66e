"""What finds words in a text: whole, whatever their case and white space; numbers however they are spaced."""

import re
from collections.abc import Iterable
from typing import Final

SHORTEST_NUMBER: Final = 5
"""Digits from which on spaces, dots and the like between them make no difference."""
_NUMBER: Final = re.compile(r"[\d\s.\-/()+]+")
_BETWEEN: Final = r"[ \u00a0.\-/()]{0,3}"


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds these words whole, whatever their case and white space; of a number, also written otherwise.

    "0812-3456-7890" is found as 081234567890 and +62 812 3456 7890 too.
    """
    parts = [_number(one) if _is_number(one) else _phrase(one) for one in sorted(words, key=len, reverse=True)]
    return re.compile("|".join(parts), re.IGNORECASE)


def _is_number(words: str) -> bool:
    return _NUMBER.fullmatch(words) is not None and sum(map(str.isdigit, words)) >= SHORTEST_NUMBER


def _number(words: str) -> str:
    digits = "".join(filter(str.isdigit, words))
    lead = ""
    for country in ("62", "0"):
        if digits.startswith(country + "8"):
            digits = digits.removeprefix(country)
            lead = rf"(?:\(?\+?\(?6{_BETWEEN}2\)?{_BETWEEN}0?{_BETWEEN}|\(?0{_BETWEEN})?"
    return rf"(?<!\d){lead}{_BETWEEN.join(digits)}(?!\d)"


def _phrase(words: str) -> str:
    spelt = r"\s+".join(re.escape(part) for part in words.split())
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return f"{before}{spelt}{after}"
