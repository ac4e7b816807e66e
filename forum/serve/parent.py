"""Tied to the parent: a process that ends when the one that started it is gone, however it went."""

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.5


def end_with_parent(parent: int, *, by: signal.Signals = signal.SIGTERM, grace_seconds: float = 5.0) -> None:
    """Have the kernel send `by` to this process when `parent` dies, and end hard after `grace_seconds` more.

    `parent` is the process id expected; exits at once when it is gone already. Where the kernel offers no signal (not
    Linux), a thread that looks at the parent's id every half second does it alone. Source: prctl(2), PR_SET_PDEATHSIG;
    its signal also comes when the parent's *thread* ends, so children are started from main threads.
    """
    told = sys.platform == "linux" and ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(by), 0, 0, 0) == 0
    if os.getppid() != parent:
        os._exit(1)
    watch = threading.Thread(
        target=_watch, args=(parent, None if told else by, grace_seconds), name="parent-watch", daemon=True
    )
    watch.start()


def _watch(parent: int, by: signal.Signals | None, grace_seconds: float) -> None:
    while os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    if by is not None:
        os.kill(os.getpid(), by)
    time.sleep(grace_seconds)
    os._exit(1)
