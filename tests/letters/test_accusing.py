"""How well accusations of crimes and names of private persons are seen, on sentences of their own; and that no text makes it slow."""

from time import perf_counter

import pytest

from forum.letters.hints import accusations
from tools import hints as tool

pytestmark = pytest.mark.pure

FLOORS = {"crime": (0.90, 0.93), "name": (0.85, 0.90)}  # precision and recall, a little under what was measured


def test_there_are_enough_sentences_and_many_harmless_ones() -> None:
    sentences = [*tool.labelled("tuned", tool.ACCUSING), *tool.labelled("held out", tool.ACCUSING)]
    assert len(sentences) == len(set(sentences)) >= 150
    assert sum("{" not in sentence for sentence in sentences) >= 60


@pytest.mark.parametrize("half", tool.HALVES)
@pytest.mark.parametrize("kind", FLOORS)
def test_precision_and_recall(half: str, kind: str) -> None:
    score, (precision, recall) = tool.measure(half, tool.ACCUSING), FLOORS[kind]
    assert score.precision(kind) >= precision, "\n".join(score.wrong)
    assert score.recall(kind) >= recall, "\n".join(score.wrong)


def test_the_table_names_both_kinds() -> None:
    assert all(f"| {kind} |" in tool.table(tool.ACCUSING) for kind in FLOORS)


def test_a_verdict_in_the_same_sentence_is_no_accusation() -> None:
    assert not accusations("Pak Gunadi divonis karena penipuan.")
    assert [one.found for one in accusations("Ia divonis tahun lalu. Tetapi toko ini penipu.")] == ["penipu"]


@pytest.mark.parametrize("text", ["penipu " * 2_800, "a" * 20_000, "bukan " * 3_300, ". " * 10_000, "tidak terhadap " * 1_300 + "penipu"])
def test_no_text_makes_it_slow(text: str) -> None:
    began = perf_counter()
    assert len(accusations(text)) <= 20
    assert perf_counter() - began < 1
