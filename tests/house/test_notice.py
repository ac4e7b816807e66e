import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "tools/uv.txt"])
def test_every_package_we_depend_on_is_named_with_its_licence(lock):
    named = dict(re.findall(r"^([a-z0-9.-]+) {2,}(\S.*)$", (ROOT / "NOTICE").read_text(), flags=re.MULTILINE))
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(), flags=re.MULTILINE)
    assert [name for name in pinned if named.get(name, "None") == "None"] == []


def test_no_package_is_named_that_we_left():
    named = re.findall(r"^([a-z0-9.-]+) {2,}\S", (ROOT / "NOTICE").read_text(), flags=re.MULTILINE)
    locks = "\n".join(
        (ROOT / lock).read_text() for lock in ("requirements.txt", "requirements-dev.txt", "tools/uv.txt")
    )
    assert [name for name in named if f"\n{name}==" not in f"\n{locks}"] == []


def test_the_stemmers_word_list_is_accounted_for():
    notice = (ROOT / "NOTICE").read_text()
    assert "Kateglo" in notice
    assert "BY-NC-SA" in notice
