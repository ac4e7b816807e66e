"""Whether a letter or comment says nearly the same as another one."""

from typing import Final

from forum.responses import boilerplate
from forum.responses.boilerplate import ALGORITHM, Sketch, keys_of, likeness

LEAST_WORDS: Final = 6
"""With fewer, equal words mean nothing: "Saya juga mengalami hal ini"."""

CLOSE: Final = 0.75
"""From this likeness on two texts are near-equal here: of 17 words one or two may be others. Those share a band in 97 of 100
cases, the equal ones always; nothing is hidden or refused by it, so it may be wider than what calls an answer boilerplate."""

__all__ = ["ALGORITHM", "CLOSE", "LEAST_WORDS", "Sketch", "keys_of", "likeness", "sketch"]


def sketch(text: str) -> Sketch | None:
    """Return the sketch of a text, None for one too short to be compared; hashing, for which no transaction should wait."""
    words = boilerplate.own_words(text)
    return boilerplate.of_words(words) if len(words) >= LEAST_WORDS else None
