"""How many threads of a process may write at once, so that one is left to read with while a lock is held elsewhere."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class NoTurn(Exception):
    """All turns are taken by writers who wait for something that does not come."""


class Turns:
    """`most` turns; who finds none free waits, but not for a holder who has had one for `stuck_seconds`."""

    def __init__(self, most: int, stuck_seconds: float) -> None:
        self.most, self.stuck_seconds = most, stuck_seconds
        self._since: dict[int, float] = {}  # thread → when it took its turn
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, *, patient: bool = True) -> Iterator[None]:
        """Hold a turn; raises NoTurn, at once when not `patient`."""
        me = threading.get_ident()
        with self._changed:
            while len(self._since) >= self.most:
                left = min(self._since.values()) + self.stuck_seconds - time.monotonic()
                if not patient or left <= 0:
                    raise NoTurn
                self._changed.wait(left)
            self._since[me] = time.monotonic()
        try:
            yield
        finally:
            with self._changed:
                del self._since[me]
                self._changed.notify()
