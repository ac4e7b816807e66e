"""A disk that can be filled and emptied: a small tmpfs where one may be mounted, else a limit on how long files may get."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

SIZE_MEGABYTES = 64
BLOCK = b"\0" * 65_536


class Disk(Protocol):
    """`fill` leaves this many bytes free; `free` gives all back."""

    def fill(self, *, left: int = 0) -> None: ...

    def free(self) -> None: ...


class Mounted:
    """A file system of its own, filled by a file."""

    def __init__(self, folder: Path) -> None:
        self.ballast = folder / "ballast"

    def fill(self, *, left: int = 0) -> None:
        with self.ballast.open("wb", buffering=0) as file:
            try:
                while file.write(BLOCK):
                    pass
            except OSError:
                file.truncate(file.tell() - left)

    def free(self) -> None:
        self.ballast.unlink(missing_ok=True)


class Limited:
    """The processes of a site may not make any file longer than `left` bytes beyond its longest one."""

    def __init__(self, folder: Path, processes: Callable[[], list[int]]) -> None:
        self.folder, self.processes = folder, processes

    def fill(self, *, left: int = 0) -> None:
        longest = max(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        self._limit(longest + left if left else 0)

    def free(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        for pid in self.processes():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@contextmanager
def mounted(folder: Path) -> Iterator[bool]:
    """Mount a small disk on the folder and say whether that is possible here."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MEGABYTES}m", "tmpfs", str(folder)]
    possible = os.geteuid() == 0 and subprocess.run(command, capture_output=True).returncode == 0
    try:
        yield possible
    finally:
        if possible:
            subprocess.run(["umount", "-l", str(folder)], check=True)
