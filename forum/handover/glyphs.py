"""Words that a font can draw: what it cannot is told in brackets, so that nothing is lost in silence."""

import unicodedata
from collections.abc import Callable, Container

_JOINERS = {0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF, 0x20E3}
_TONES = range(0x1F3FB, 0x1F400)
_SILENT = {"Cc", "Cf", "Cs"}
LONGEST_NAMED = 3
"""Letters of another script in a row that are named one by one; a longer run is counted."""


def drawable(text: str, drawn: Container[int], run_words: Callable[[int], str]) -> str:
    """Return the text with what is not in `drawn` (code points) replaced: a symbol by its name, a run of letters by `run_words`."""
    shown: list[str] = []
    run: list[str] = []
    for character in [*unicodedata.normalize("NFC", text), ""]:
        if character and ord(character) not in drawn and unicodedata.category(character)[0] in "LMN":
            run.append(character)
            continue
        if run:
            shown.append(_run(run, run_words))
            run = []
        shown.append(_one(character, drawn))
    return "".join(shown)


def _one(character: str, drawn: Container[int]) -> str:
    if not character or character == "\n":
        return character
    if character == "\t":
        return " "
    if ord(character) in _JOINERS or ord(character) in _TONES or unicodedata.category(character) in _SILENT:
        return ""
    if ord(character) in drawn:
        return character
    if character.isspace():
        return " "
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


def _run(run: list[str], run_words: Callable[[int], str]) -> str:
    if len(run) <= LONGEST_NAMED:
        return "".join(f"[{unicodedata.name(one, f'U+{ord(one):04X}').lower()}]" for one in run)
    return f"[{run_words(len(run))}]"
