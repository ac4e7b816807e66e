import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
CASES = """
from tests.needs import chromium, need

def test_missing():
    need("redis", found=False, how="apt install redis-server")

def test_there():
    need("redis", found=True, how="nothing")
"""


def run(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_cases.py").write_text(CASES)
    (folder / "conftest.py").write_text('pytest_plugins = ["tests.needs"]\n')
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FORUM_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(folder)],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
    )


def test_at_home_a_missing_need_is_skipped_in_words(tmp_path):
    result = run(tmp_path)
    assert result.returncode == 0
    assert "1 passed, 1 skipped" in result.stdout
    assert "redis is not there: apt install redis-server" in result.stdout


def test_where_it_is_required_it_fails_in_words(tmp_path):
    result = run(tmp_path, FORUM_TEST_REQUIRE="postgresql,redis")
    assert result.returncode == 1
    assert "redis is required here and missing: apt install redis-server" in result.stdout


def test_where_anything_is_required_no_other_skip_is_let_through(tmp_path):
    result = run(tmp_path, FORUM_TEST_REQUIRE="browser")
    assert result.returncode == 1
    assert "nothing may be skipped here" in result.stdout
