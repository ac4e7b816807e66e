"""The web server: `python -m forum.serve.web TARGET HOST PORT WORKERS`, granian with workers that end with it."""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from forum.serve.parent import end_with_parent

BLOCKING_THREADS = 4
"""Threads of each worker that run the application."""
BACKPRESSURE = 64
"""Requests a worker takes on at once; the others wait in the kernel's queue."""
RESPAWN_SECONDS = 10
"""Longer than an import of the application, else granian sees a crash loop and stops (measured)."""
KILL_SECONDS = 15
"""How long a worker may finish its requests when it is asked to stop."""
ORPHAN_SECONDS = 3.0
"""The same, when the server itself was killed."""


def load(server: int, target: str) -> Callable[..., Any]:
    """Tie this worker to the server process and return the WSGI application; runs in the worker."""
    end_with_parent(server, grace_seconds=ORPHAN_SECONDS)
    module, _, name = target.partition(":")
    application: Callable[..., Any] = getattr(importlib.import_module(module), name or "app")
    return application


def main() -> None:
    """Serve until SIGTERM; exits with granian's status.

    `--preload` names a module imported before the workers are forked: they share its memory, and a new worker is ready
    at once. It must open no connection and start no thread.
    """
    parser = argparse.ArgumentParser(prog="python -m forum.serve.web")
    parser.add_argument("target")
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("workers", type=int)
    parser.add_argument("--preload", default="")
    chosen = parser.parse_args()
    sys.path.insert(0, os.getcwd())  # noqa: PTH109
    if chosen.preload:
        importlib.import_module(chosen.preload)
        gc.freeze()
    server = Server(
        chosen.target,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=chosen.workers,
        blocking_threads=BLOCKING_THREADS,
        backpressure=BACKPRESSURE,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        workers_kill_timeout=KILL_SECONDS,
        log_level=LogLevels.warning,
        log_access=False,
    )
    server.serve(target_loader=partial(load, os.getpid()))


if __name__ == "__main__":
    main()
