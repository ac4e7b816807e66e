"""The servers under measure: the floor, and the site with and without its page cache, on data filled for it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import wanted_seconds

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
DATABASE = "FORUM_DATABASE_URL"
IDLE_SHARE = 0.5
"""Of one core, waiting for it counted: below it a site is at rest; its worker looks for work twice a second."""


@dataclass(frozen=True)
class Served:
    """A server that answers: its port and the process whose tree does the work."""

    port: int
    pid: int

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the settings of a site under measure: limits out of the way, of the caller's own only the database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_") or name == DATABASE}
    limits = dict.fromkeys(("FORUM_COMMENTS_PER_HOUR", "FORUM_ADDRESS_COMMENTS_PER_HOUR"), "100000")
    return {**kept, "HOST": "127.0.0.1", "FORUM_DATA_DIR": str(data), "FORUM_ENV": "demo", **limits, **more}


def fill(data: Path, letters: int, desk: int = 0) -> None:
    """Make the database in an empty folder and fill it with bulk rows; a folder filled before is taken as it is.

    `desk` of the letters are to one business, as many as SMALL_DESK_CASES to another.
    """
    done = data / f"filled-{letters}-{desk}"
    if done.exists():
        return
    data.mkdir(parents=True, exist_ok=True)
    for words in (("db", "upgrade"), ("fill", "--letters", str(letters), "--desk", str(desk))):
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words], cwd=ROOT, env=environment(data), check=True
        )
    done.touch()


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def web(target: str, environ: Mapping[str, str], *options: str) -> Iterator[Served]:
    """Serve a WSGI target on the project's own server with two workers, alone."""
    port = free_port()
    module = ("forum.serve.web", target, "127.0.0.1", str(port), str(WORKERS), *options)
    with _running([sys.executable, "-m", "forum.serve.child", str(os.getpid()), *module], port, environ) as served:
        yield served


@contextmanager
def whole_site(data: Path) -> Iterator[Served]:
    """Serve the site as `make run` does: supervisor, web server and background worker, once it has come to rest."""
    port = free_port()
    environ = environment(data, PORT=str(port), FORUM_WEB_WORKERS=str(WORKERS))
    with _running([sys.executable, "-m", "forum", "--with-parent"], port, environ) as served:
        rest(served.pid)
        yield served


def rest(root: int, *, step: float = 2, patience: float = 600) -> None:
    """Wait until a tree of processes has nothing to do: a worker first catches up with what the clock asks for."""
    deadline, before = time.monotonic() + patience, wanted_seconds(root)
    while time.monotonic() < deadline:
        time.sleep(step)
        now = wanted_seconds(root)
        if now - before < IDLE_SHARE * step:
            return
        before = now
    raise RuntimeError("a site under measure does not come to rest")


@contextmanager
def _running(command: list[str], port: int, environ: Mapping[str, str]) -> Iterator[Served]:
    process = subprocess.Popen(command, cwd=ROOT, env=dict(environ), stdout=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], port: int, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise RuntimeError("a server under measure did not come up; its own lines say why")
