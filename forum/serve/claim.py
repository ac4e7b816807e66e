"""What a run must have for itself: the data folder and the port."""

import errno
import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "run.lock"
PATIENCE_SECONDS = 10.0
"""How long to wait for the port after a run that was killed hard: its children need a moment to go."""


class Taken(Exception):
    """The data folder or the port belongs to another process; `str()` says so in words."""


@contextmanager
def data_dir(folder: Path) -> Iterator[bool]:
    """Hold the data folder for this process; yields whether the run before it was killed hard. Raises Taken.

    The kernel frees the lock when its holder dies, however it dies.
    """
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            holder = os.pread(handle, 20, 0).decode(errors="replace").strip() or "unknown"
            raise Taken(
                f"The site is already running on {folder} (process {holder}). Stop that one first, "
                "or choose another data folder and port: make run FORUM_DATA_DIR=var2 PORT=8001"
            ) from problem
        killed = os.pread(handle, 20, 0) != b""
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield killed
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def port(host: str, number: int, *, patience_seconds: float = 0.0) -> None:
    """Check that host and port can be listened on; waits up to `patience_seconds` for it. Raises Taken."""
    deadline = time.monotonic() + patience_seconds
    while (problem := _refusal(host, number)) is not None:
        if problem.errno != errno.EADDRINUSE:
            raise Taken(f"Cannot listen on {host}, port {number}: {problem.strerror}.")
        if time.monotonic() >= deadline:
            raise Taken(
                f"Port {number} on {host} is in use by another program. Choose another one: make run PORT={number + 1}"
            )
        time.sleep(0.2)


def _refusal(host: str, number: int) -> OSError | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as problem:
        return problem
    return None
