"""Documents say what the code does."""

import pytest

from tools import papers


@pytest.mark.parametrize("name", papers.DOCUMENTS)
def test_the_generated_parts_are_those_of_the_code(name: str) -> None:
    text = (papers.ROOT / name).read_text()
    assert "<!-- generated: " in text
    assert papers.written(text) == text, f"{name} is behind the code: run python -m tools.papers"


def test_every_setting_is_in_the_operators_paper() -> None:
    text = (papers.ROOT / "docs/operations.md").read_text()
    for spec in papers.fields(papers.Settings):
        assert f"| `{spec.metadata['variable']}` |" in text
