"""Ready pages in memory: a bounded number of bytes, the least recently read leave first."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from forum.core.freshness import Version
from forum.pages import encoding

Key = tuple[str, str, str]
OVERHEAD_BYTES = 1_000
HITS_UNTIL_SMALL = 2


@dataclass
class Ready:
    """A page as it was made, compressed; `expires` is a time.monotonic()."""

    headers: list[tuple[str, str]]
    etag: str
    version: Version
    expires: float
    gzip: bytes
    br: bytes | None = None
    hits: int = 0
    small: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def size(self) -> int:
        """Bytes it takes, roughly."""
        return len(self.gzip) + len(self.br or b"") + OVERHEAD_BYTES

    def body(self, takes: tuple[str, ...]) -> tuple[str, bytes]:
        """Return the encoding and the bytes for a reader; a page that is read again is compressed better, once."""
        if not self.small:
            self.hits += 1
            if self.hits >= HITS_UNTIL_SMALL:
                self._shrink()
        if "br" in takes and self.br is not None:
            return "br", self.br
        if "gzip" in takes:
            return "gzip", self.gzip
        return "", encoding.unpacked(self.gzip)

    def _shrink(self) -> None:
        with self.lock:
            if not self.small:
                plain = encoding.unpacked(self.gzip)
                self.br = encoding.small_brotli(plain)
                self.gzip = encoding.small_gzip(plain)
                self.small = True


class Store:
    """The pages of one process."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[Key, tuple[Ready, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Ready | None:
        """Return the page under the key, however old."""
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            self._pages.move_to_end(key)
            ready, counted = found
            if ready.size != counted:
                self.bytes += ready.size - counted
                self._pages[key] = (ready, ready.size)
            return ready

    def put(self, key: Key, ready: Ready) -> None:
        """Keep a page; pages too large for an eighth of the memory are not kept."""
        if ready.size > self.most_bytes // 8:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = (ready, ready.size)
            self.bytes += ready.size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def drop(self, key: Key) -> None:
        """Forget a page."""
        with self._lock:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        found = self._pages.pop(key, None)
        if found is not None:
            self.bytes -= found[1]

    def __len__(self) -> int:
        return len(self._pages)
