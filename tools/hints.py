"""Measures the hints on the labelled sentences: `python -m tools.hints` prints precision and recall of each kind, `wrong` what went wrong."""

import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from forum.letters import hints

SENTENCES: Final = Path(__file__).resolve().parent.parent / "tests" / "letters" / "hints_labelled.toml"
HALVES: Final = {"tuned": 0, "held out": 1}
"""The sentences on which the code was improved have an even place, those it never saw an odd one."""
_LABEL = re.compile(r"\{(?P<kind>\w+)\|(?P<words>[^}]*)\}")

Span = tuple[str, int, int]
"""Kind, start and end in the sentence."""


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


def labelled(half: str) -> list[str]:
    """Return the sentences of one of HALVES with their labels in them."""
    found: list[str] = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))["sentences"]
    return found[HALVES[half] :: 2]


def measure(half: str) -> Score:
    """Compare the hints with the labels of one half; a hint is right when its kind and both ends agree."""
    score = Score()
    for sentence in labelled(half):
        text, wanted = _read(sentence)
        found = {(hint.kind.value, hint.start, hint.end) for hint in hints.find(text)}
        for name, spans in (("right", found & wanted), ("false", found - wanted), ("missed", wanted - found)):
            getattr(score, name).update(kind for kind, _start, _end in spans)
        if found != wanted:
            said = [f"{kind} {text[start:end]!r}" for kind, start, end in sorted(found - wanted)]
            score.wrong.append(f"{sentence}\n    false: {', '.join(said) or '-'}")
    return score


def table() -> str:
    """The figures of both halves as a table in Markdown."""
    lines = ["| kind | labels | precision, tuned | recall, tuned | labels | precision, held out | recall, held out |"]
    lines.append("|---|--:|--:|--:|--:|--:|--:|")
    scores = [measure(half) for half in HALVES]
    kinds = [kind.value for kind in hints.Kind]
    for name, of in [*((kind, [kind]) for kind in kinds), ("all", kinds)]:
        row = [name]
        for score in scores:
            number = sum(score.right[kind] + score.missed[kind] for kind in of)
            row += [str(number), f"{score.precision(*of):.3f}", f"{score.recall(*of):.3f}"]
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Print the table, or with `wrong` the tuned sentences that were not read as labelled."""
    if arguments == ["wrong"]:
        print("\n".join(measure("tuned").wrong))
    else:
        print(table())
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
