import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
PROMISED = {"help", "run", "test", "check", "bench", "setup", "clean"}


def load_setup():
    spec = importlib.util.spec_from_file_location("setup_under_test", ROOT / "tools" / "setup.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make(*words: str, cwd: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PORT", "FORUM_"))}
    return subprocess.run(["make", *words], cwd=cwd, env={**kept, **environ}, capture_output=True, text=True)


@pytest.fixture
def checkout(tmp_path):
    """A checkout with the real set-up script, small lock files, and stand-ins on PATH that note how they are called."""
    root, tools = tmp_path / "checkout", tmp_path / "bin"
    for folder in (root / "tools", tools):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "setup.py", root / "tools")
    shutil.copy(ROOT / "tools" / "uv.txt", root / "tools")
    for name in ("requirements.txt", "requirements-dev.txt"):
        (root / name).write_text(f"# {name}\n")
    return root


def uv_stand_in(folder: Path, calls: Path, *, working: bool = True) -> str:
    """Return a PATH on which uv notes its calls; it makes environments by the real venv, without pip."""
    script = folder / "uv"
    script.write_text(
        "#!/bin/sh\n"
        f'echo "$@" >> {calls}\n'
        + (
            f'[ "$1" = venv ] && exec {sys.executable} -m venv --clear --without-pip "$6"\nsleep 0.3\nexit 0\n'
            if working
            else "exit 1\n"
        )
    )
    script.chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def set_up(root: Path, kind: str, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, root / "tools" / "setup.py", kind],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )


def test_help_is_the_default_and_explains_every_promised_word():
    said = make().stdout
    assert said == make("help").stdout
    explained = dict(re.findall(r"^  make (\w+) +(\S.*)$", said, flags=re.MULTILINE))
    assert explained.keys() >= PROMISED
    assert "8000" in said


def test_port_and_data_folder_reach_the_site():
    show = ("--eval", "show: ; @echo $$PORT $$HOST $$FORUM_DATA_DIR", "show")
    assert make(*show).stdout.split() == ["8000", "127.0.0.1", "var"]
    assert make(*show, "PORT=9123", FORUM_DATA_DIR="elsewhere").stdout.split() == ["9123", "127.0.0.1", "elsewhere"]
    assert "-m forum" in make("-n", "run").stdout


def test_check_runs_lint_types_contracts_drift_words_and_tests():
    said = make("-n", "check").stdout
    for tool in ("ruff check", "mypy", "lint-imports", "tools.drift", "tools.catalogue missing", "pytest"):
        assert tool in said, tool


def test_pytest_args_reach_pytest():
    assert "pytest -k thread -x" in make("-n", "test", "PYTEST_ARGS=-k thread -x").stdout


def test_a_second_set_up_installs_nothing(checkout, tmp_path):
    calls = tmp_path / "calls"
    path = uv_stand_in(tmp_path / "bin", calls)
    assert set_up(checkout, "run", path).returncode == 0
    first = calls.read_text()
    assert "--require-hashes -r" in first
    assert "requirements.txt" in first
    assert set_up(checkout, "run", path).returncode == 0
    assert calls.read_text() == first


def test_a_changed_lock_file_is_installed(checkout, tmp_path):
    calls = tmp_path / "calls"
    path = uv_stand_in(tmp_path / "bin", calls)
    set_up(checkout, "run", path)
    before = calls.read_text().count("pip install")
    (checkout / "requirements.txt").write_text("# changed\n")
    set_up(checkout, "run", path)
    assert calls.read_text().count("pip install") == before + 1


def test_the_development_set_serves_to_run(checkout, tmp_path):
    calls = tmp_path / "calls"
    path = uv_stand_in(tmp_path / "bin", calls)
    set_up(checkout, "dev", path)
    set_up(checkout, "run", path)
    assert calls.read_text().count("pip install") == 1


def test_two_set_ups_at_once_do_the_work_once(checkout, tmp_path):
    calls = tmp_path / "calls"
    path = uv_stand_in(tmp_path / "bin", calls)
    results = []
    both = [threading.Thread(target=lambda: results.append(set_up(checkout, "run", path))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [result.returncode for result in results] == [0, 0]
    assert calls.read_text().count("pip install") == 1
    assert any("Another set-up is running" in result.stdout for result in results)


def test_a_broken_environment_is_made_again(checkout, tmp_path):
    calls = tmp_path / "calls"
    path = uv_stand_in(tmp_path / "bin", calls)
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    assert set_up(checkout, "run", path).returncode == 0
    assert subprocess.run([checkout / ".venv" / "bin" / "python", "-c", ""]).returncode == 0


def test_without_venv_it_says_what_to_type(monkeypatch):
    setup = load_setup()
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    with pytest.raises(setup.Stuck, match=r"sudo apt install python3\.\d+-venv"):
        setup.install_venv_package()


def test_when_uv_fails_pip_installs(monkeypatch, tmp_path):
    setup = load_setup()
    fallen_back = []
    monkeypatch.setattr(setup, "find_uv", lambda venv, root: "/bin/false")
    monkeypatch.setattr(setup, "works", lambda *command: True)
    monkeypatch.setattr(setup, "pip_install", lambda python, lock: fallen_back.append(lock.name) or True)
    setup.install(tmp_path / ".venv", tmp_path, "requirements.txt")
    assert fallen_back == ["requirements.txt"]


def test_when_nothing_installs_it_says_so_and_leaves_no_stamp(checkout, tmp_path):
    path = uv_stand_in(tmp_path / "bin", tmp_path / "calls", working=False)
    setup = load_setup()
    environ = {**os.environ, "PATH": path, "PIP_NO_INDEX": "1"}
    for name in ("PIP_FIND_LINKS", "PIP_CONFIG_FILE"):
        environ.pop(name, None)
    lines = "nothing-of-this-name==1.0 --hash=sha256:" + "0" * 64 + "\n"
    (checkout / "requirements.txt").write_text(lines)
    result = subprocess.run(
        [sys.executable, checkout / "tools" / "setup.py", "run"], env=environ, capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "could not be installed" in result.stderr
    assert not setup.stamped(checkout / ".venv", checkout, "run")


def test_every_pin_has_a_hash():
    for name in ("requirements.txt", "requirements-dev.txt", "tools/uv.txt"):
        text = (ROOT / name).read_text()
        pins = re.findall(
            r"^[\w.\-\[\]]+==\S+[^\n]*\n((?: {4}--hash=sha256:[0-9a-f]{64}[^\n]*\n)*)", text, re.MULTILINE
        )
        assert pins, name
        assert all(pins), name


@pytest.mark.parametrize("version", ["3.11.0", "3.11.2", "3.12.4", "3.13.1"])
@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_is_whole_on_every_python_we_promise(name, version):
    """Debian 12 has 3.11.2; a lock made on another version may lack what only that one needs (redis: async-timeout)."""
    environment = {"python_version": version.rpartition(".")[0], "python_full_version": version, "extra": ""}
    pinned = [
        Requirement(line.rstrip(" \\")) for line in (ROOT / name).read_text().splitlines() if re.match(r"\w", line)
    ]
    names = {canonicalize_name(one.name) for one in pinned if not one.marker or one.marker.evaluate(environment)}
    lacking = set()
    for one in names:
        with suppress(PackageNotFoundError):
            needs = [Requirement(text) for text in requires(one) or []]
            lacking |= {
                (one, need.name)
                for need in needs
                if (not need.marker or need.marker.evaluate(environment)) and canonicalize_name(need.name) not in names
            }
    assert not lacking
