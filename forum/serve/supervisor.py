"""The supervisor: starts programs, restarts those that fall, stops all of them, and leaves none behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

GRACE_SECONDS = 17.0
"""How long a program may take to stop before it is killed; longer than the web workers' own 15 s."""
READY_SECONDS = 60.0
"""How long the site may take from start to its first answer."""
STEADY_SECONDS = 60.0
"""A program that ran this long is restarted without delay the next time it falls."""
FIRST_DELAY_SECONDS, LONGEST_DELAY_SECONDS = 0.5, 30.0
TICK_SECONDS = 0.1


@dataclass(frozen=True)
class Program:
    """A Python module to run as a child: `name` in words for messages, then module and arguments."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in a session of its own (Ctrl-C reaches only the supervisor), tied to this process."""
        command = [sys.executable, "-m", "forum.serve.child", str(os.getpid()), self.module, *self.arguments]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)


@dataclass
class Running:
    """A program as it runs: its process, when it started, and when it may start again after a fall."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = FIRST_DELAY_SECONDS
    due: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Start the program and note the time."""
        self.process, self.started = self.program.start(), time.monotonic()

    def fallen(self) -> int | None:
        """Return the exit status of a program that has ended by itself since the last look, and plan its restart."""
        if self.process is None or (status := self.process.poll()) is None:
            return None
        self.sweep()
        self.process = None
        steady = time.monotonic() - self.started >= STEADY_SECONDS
        self.delay = FIRST_DELAY_SECONDS if steady else min(self.delay * 2, LONGEST_DELAY_SECONDS)
        self.due = time.monotonic() + (0 if steady else self.delay)
        return status

    def send(self, what: signal.Signals) -> None:
        """Send a signal to the program itself."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(what)

    def sweep(self) -> None:
        """Kill whatever is left of the program's process group."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.poll()


class Supervisor:
    """Runs programs until it is told to stop; restarts what falls, with a growing delay."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.asked = 0

    def listen(self) -> None:
        """Take SIGINT, SIGTERM and SIGHUP as the word to stop; a second one kills. Call it before any child starts."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number is signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
                continue  # nohup
            signal.signal(number, self._heard)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self.asked += 1

    def finish(self, program: Program) -> int | None:
        """Run a program to its end and return its status; None when the word to stop came in between."""
        running = Running(program)
        running.start()
        while running.process is not None and (status := running.process.poll()) is None:
            if self.asked:
                self._stop([running])
                return None
            time.sleep(TICK_SECONDS / 5)
        return status

    def run(self, programs: list[Program], *, ready: Callable[[], bool], when_ready: Callable[[], None]) -> int:
        """Run the programs until the word to stop; returns 0 then, or 1 when they never became ready.

        `ready` is asked until it says yes (READY_SECONDS at most); `when_ready` is called once.
        """
        running = [Running(program) for program in programs]
        try:
            return self._run(running, ready, when_ready)
        finally:
            self._stop(running)

    def _run(self, running: list[Running], ready: Callable[[], bool], when_ready: Callable[[], None]) -> int:
        for one in running:
            one.start()
        served, deadline = False, time.monotonic() + READY_SECONDS
        while not self.asked:
            for one in running:
                status = one.fallen()
                if status is not None and not served:
                    self.say(f"The {one.program.name} ended before the site was ready (status {status}); see above.")
                    return 1
                if status is not None:
                    self.say(f"The {one.program.name} ended (status {status}); starting it again.")
                if one.process is None and time.monotonic() >= one.due:
                    one.start()
            if not served:
                served = ready()
                if served:
                    when_ready()
                elif time.monotonic() > deadline:
                    self.say(f"The site did not answer within {READY_SECONDS:.0f} seconds; stopping.")
                    return 1
            time.sleep(TICK_SECONDS)
        return 0

    def _stop(self, running: list[Running]) -> None:
        before = self.asked
        for one in running:
            one.send(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while any(one.process is not None and one.process.poll() is None for one in running):
            if time.monotonic() > deadline or self.asked > max(before, 1):
                break
            time.sleep(TICK_SECONDS / 2)
        for one in running:
            one.sweep()
            if one.process is not None:
                one.process.wait()
