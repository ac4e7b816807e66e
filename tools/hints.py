"""Measures the hints on labelled sentences: `python -m tools.hints` prints precision and recall of each kind, `wrong` what went wrong.

`accusing` in front measures accusations of crimes and names of private persons on sentences of their own.
"""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from forum.letters import hints

LETTERS: Final = Path(__file__).resolve().parent.parent / "tests" / "letters"
HALVES: Final = {"tuned": 0, "held out": 1}
"""The sentences on which the code was improved have an even place, those it never saw an odd one."""
_LABEL = re.compile(r"\{(?P<kind>\w+)\|(?P<words>[^}]*)\}")

Span = tuple[str, int, int]
"""Kind, start and end in the sentence."""


def _details(text: str) -> set[Span]:
    return {(hint.kind.value, hint.start, hint.end) for hint in hints.find(text)}


def _accusing(text: str) -> set[Span]:
    """Accusations and names, whatever the other hints find."""
    crimes: set[Span] = {("crime", one.start, one.end) for one in hints.accusations(text)}
    return crimes | {span for span in _details(text) if span[0] == hints.Kind.NAME}


@dataclass(frozen=True)
class Sample:
    """Labelled sentences, the kinds in them, and what finds those."""

    file: str
    kinds: tuple[str, ...]
    find: Callable[[str], set[Span]]


DETAILS: Final = Sample("hints_labelled.toml", tuple(kind.value for kind in hints.Kind), _details)
ACCUSING: Final = Sample("accusing_labelled.toml", ("crime", hints.Kind.NAME.value), _accusing)


@dataclass
class Score:
    """How many labels of each kind were proposed just so, proposed without being one, and missed."""

    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)  # sentences, with what was false and what was missed

    def precision(self, *kinds: str) -> float:
        """Right ones among the proposals of these kinds; 1 without any."""
        return _share(sum(self.right[kind] for kind in kinds), sum(self.false[kind] for kind in kinds))

    def recall(self, *kinds: str) -> float:
        """Right ones among the labels of these kinds; 1 without any."""
        return _share(sum(self.right[kind] for kind in kinds), sum(self.missed[kind] for kind in kinds))


def labelled(half: str, of: Sample = DETAILS) -> list[str]:
    """Return the sentences of one of HALVES with their labels in them."""
    found: list[str] = tomllib.loads((LETTERS / of.file).read_text(encoding="utf-8"))["sentences"]
    return found[HALVES[half] :: 2]


def measure(half: str, of: Sample = DETAILS) -> Score:
    """Compare the hints with the labels of one half; a hint is right when its kind and both ends agree."""
    score = Score()
    for sentence in labelled(half, of):
        text, wanted = _read(sentence)
        found = of.find(text)
        for name, spans in (("right", found & wanted), ("false", found - wanted), ("missed", wanted - found)):
            getattr(score, name).update(kind for kind, _start, _end in spans)
        if found != wanted:
            said = [f"{kind} {text[start:end]!r}" for kind, start, end in sorted(found - wanted)]
            score.wrong.append(f"{sentence}\n    false: {', '.join(said) or '-'}")
    return score


def table(of: Sample = DETAILS) -> str:
    """The figures of both halves as a table in Markdown."""
    lines = ["| kind | labels | precision, tuned | recall, tuned | labels | precision, held out | recall, held out |"]
    lines.append("|---|--:|--:|--:|--:|--:|--:|")
    scores = [measure(half, of) for half in HALVES]
    for name, kinds in [*((kind, (kind,)) for kind in of.kinds), ("all", of.kinds)]:
        row = [name]
        for score in scores:
            number = sum(score.right[kind] + score.missed[kind] for kind in kinds)
            row += [str(number), f"{score.precision(*kinds):.3f}", f"{score.recall(*kinds):.3f}"]
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Print the table, or with `wrong` the tuned sentences that were not read as labelled."""
    sample = ACCUSING if arguments[:1] == ["accusing"] else DETAILS
    if arguments[-1:] == ["wrong"]:
        print("\n".join(measure("tuned", sample).wrong))
    else:
        print(table(sample))
    return 0


def _read(sentence: str) -> tuple[str, set[Span]]:
    """The sentence without its labels' signs, and the labels."""
    text, end, wanted = "", 0, set()
    for hit in _LABEL.finditer(sentence):
        text += sentence[end : hit.start()]
        wanted.add((hit["kind"], len(text), len(text) + len(hit["words"])))
        text += hit["words"]
        end = hit.end()
    return text + sentence[end:], wanted


def _share(right: int, others: int) -> float:
    return right / (right + others) if right + others else 1.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
