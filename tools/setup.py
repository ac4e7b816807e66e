"""Makes .venv ready: `python3 tools/setup.py run|dev`. Runs on the bare system Python, standard library only."""

import argparse
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
OLDEST_PYTHON = (3, 11)


class Stuck(Exception):
    """Set-up cannot go on; `str()` tells the person at the keyboard what to type."""


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the set-up lock of this checkout; a second caller waits until the first is done."""
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is running here; waiting for it …", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def works(*command: str | Path) -> bool:
    """Say whether a command runs and returns 0."""
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return False
    return done.returncode == 0


def make_environment(venv: Path) -> None:
    """Make .venv unless a working one is there; a broken one is made again.

    Raises Stuck, with the words to type, where Debian's python3-venv is missing and we may not install it.
    """
    python = venv / "bin" / "python"
    if works(python, "-c", "import sys; sys.exit(sys.version_info[:2] < (3, 11))"):
        return
    print("Making the virtual environment .venv …", flush=True)
    uv = shutil.which("uv")
    made = uv and works(uv, "venv", "--clear", "--quiet", "--python", sys.executable, venv)
    if made and works(python, "--version"):
        return
    if importlib.util.find_spec("ensurepip") is None:
        install_venv_package()
    if subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=False).returncode != 0:
        raise Stuck(f"Could not make {venv}: is the disk full, or the folder not yours?")


def install_venv_package() -> None:
    """Install Debian's venv package as root; raises Stuck with the words to type for anybody else."""
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    advice = (
        f"Python's venv is not complete on this machine. Type:\n\n    sudo apt install {package}\n\nthen try again."
    )
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Stuck(advice)
    print(f"Installing {package} by apt …", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    if not run_quietly(install, environ):
        run_quietly(["apt-get", "update", "-qq"], environ)
        if not run_quietly(install, environ):
            raise Stuck(advice)


def run_quietly(command: list[str], environ: dict[str, str]) -> bool:
    return subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, check=False).returncode == 0


def find_uv(venv: Path, root: Path) -> str | None:
    """Return uv from PATH or from .venv, brought there by pip; None where it cannot be had."""
    inside = venv / "bin" / "uv"
    on_path = shutil.which("uv")
    if on_path or works(inside, "--version"):
        return on_path or str(inside)
    got = pip_install(venv / "bin" / "python", root / "tools" / "uv.txt")
    return str(inside) if got and works(inside, "--version") else None


def pip_install(python: Path, lock: Path) -> bool:
    """Install a lock file by pip, hashes checked; says whether it worked."""
    command = [str(python), "-m", "pip", "install", "-qq", "--require-hashes", "-r", str(lock)]
    return subprocess.run(command, check=False).returncode == 0


def install(venv: Path, root: Path, lock: str) -> None:
    """Install the pinned packages, each checked against its hash, by uv or else by pip; raises Stuck."""
    python = venv / "bin" / "python"
    print(f"Installing the packages of {lock} …", flush=True)
    uv = find_uv(venv, root)
    if uv:
        options = ["--quiet", "--compile-bytecode", "--python", str(python), "--require-hashes"]
        command = [uv, "pip", "install", *options, "-r", str(root / lock)]
        if subprocess.run(command, check=False).returncode == 0:
            return
        print("uv did not manage it; trying pip …", flush=True)
    if not works(python, "-m", "pip", "--version") and not works(python, "-m", "ensurepip"):
        raise Stuck("Neither uv nor pip could install the packages; remove .venv and try again.")
    if not pip_install(python, root / lock):
        raise Stuck("The packages could not be installed: is the network there? Then try again.")


def fingerprint(root: Path, lock: str) -> str:
    """Return what a stamp must say: the lock file's SHA-256 and the Python it was installed for."""
    return hashlib.sha256((root / lock).read_bytes()).hexdigest() + " " + sys.version.split()[0]


def stamped(venv: Path, root: Path, kind: str) -> bool:
    """Say whether these packages are in place; the development set holds the running set."""
    for name in {kind, "dev"}:
        stamp = venv / f"installed-{name}"
        if stamp.exists() and stamp.read_text() == fingerprint(root, LOCKS[name]):
            return (venv / "bin" / "python").exists()
    return False


def compile_translations(venv: Path, root: Path) -> None:
    """Compile the catalogues whose .mo is missing or older than its .po; raises Stuck."""
    catalogues = list((root / "forum" / "translations").glob("*/LC_MESSAGES/*.po"))
    stale = [po for po in catalogues if not fresh(po.with_suffix(".mo"), po)]
    if not stale:
        return
    done = subprocess.run([venv / "bin" / "python", "-m", "tools.catalogue", "compile"], cwd=root, check=False)
    if done.returncode != 0:
        raise Stuck("The translations could not be compiled; the lines above say why.")


def fresh(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def prepare(root: Path, kind: str) -> None:
    """Make environment, packages and translations ready; returns at once when they are."""
    venv = root / ".venv"
    with alone(root):
        if not stamped(venv, root, kind):
            make_environment(venv)
            install(venv, root, LOCKS[kind])
            (venv / f"installed-{kind}").write_text(fingerprint(root, LOCKS[kind]))
        compile_translations(venv, root)


def main() -> int:
    """Prepare what was asked for; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(LOCKS))
    kind = parser.parse_args().kind
    if sys.version_info < OLDEST_PYTHON:
        print("Python 3.11 or later is needed, this is " + sys.version.split()[0], file=sys.stderr)
        return 1
    try:
        prepare(ROOT, kind)
    except Stuck as problem:
        print(f"\n{problem}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
