"""Files on their way in: the words that come with them are read even where the disk takes no more."""

import errno
import os
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Request

from forum.core.storage import NO_SPACE

IN_MEMORY_BYTES = 500 * 1024


class Spool(SpooledTemporaryFile[bytes]):
    """A file kept in memory, then in the system's temporary folder; one that did not fit raises OSError when it is read."""

    def __init__(self, *, lost: bool = False) -> None:
        super().__init__(max_size=IN_MEMORY_BYTES, mode="w+b")
        self.lost = lost

    def write(self, data: Any) -> int:
        """Take the bytes, or drop the whole file where there is no room for them."""
        if not self.lost:
            try:
                super().write(data)
                self.flush()
            except OSError as problem:
                if problem.errno not in NO_SPACE:
                    raise
                self.lost = True
                with suppress(OSError):
                    self.close()
        return len(data)

    def seek(self, *place: int) -> int:
        """Go to a place in the file."""
        return 0 if self.lost else super().seek(*place)

    def read(self, *size: int) -> bytes:
        """Return bytes of the file; raises OSError(ENOSPC) when it did not fit."""
        if self.lost:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().read(*size)


class WholeRequest(Request):
    """A request of which the fields can be read whatever becomes of the files; `takes_files` False drops these unread."""

    takes_files = True

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return Spool(lost=not self.takes_files)
