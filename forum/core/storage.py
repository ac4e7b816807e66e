"""Where files live: content-addressed, written whole before any row names them."""

import errno
import fcntl
import hashlib
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

from forum.core.errors import DomainError

FILE_MODE = 0o640
FOLDER_MODE = 0o750
ORPHAN_AGE = timedelta(days=1)
KEY = re.compile(r"[0-9a-f]{64}")
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StorageFull(DomainError):
    """There is no room for the file; nothing of it is visible (507)."""

    code = "storage_full"


class BadKey(ValueError):
    """The key is not 64 lower-case hex digits, or what lies under it is not a plain file of this storage."""


class Storage(Protocol):
    """What features may ask of a place for files; keys are the SHA-256 of the content in hex."""

    def put(self, data: bytes) -> str:
        """Store the bytes durably and return their key; raises StorageFull."""
        ...

    def open(self, key: str) -> BinaryIO:
        """Open for reading; raises FileNotFoundError or BadKey."""
        ...

    def size(self, key: str) -> int:
        """Return the bytes stored under the key; raises FileNotFoundError or BadKey."""
        ...

    def exists(self, key: str) -> bool:
        """Say whether the key is stored; raises BadKey."""
        ...

    def delete(self, key: str) -> None:
        """Remove the file if it is there; only once no row names the key, since equal files share one."""
        ...

    def scratch(self) -> Path:
        """Return a private local folder for work in progress; what a crash leaves in it is swept."""
        ...


class LocalStorage:
    """Files on this machine's disk under `root/ab/cd/<sha256>`, mode 0640."""

    def __init__(self, root: Path | str) -> None:
        folder = Path(root)
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        self.root = folder.resolve(strict=True)
        (self.root / "tmp").mkdir(mode=0o700, exist_ok=True)

    def put(self, data: bytes) -> str:
        """Store the bytes durably and return their key; a second time only renews the file's age. Raises StorageFull."""
        key = hashlib.sha256(data).hexdigest()
        try:
            self._write(key, data)
        except OSError as problem:
            if problem.errno in NO_SPACE:
                raise StorageFull from problem
            raise
        return key

    def path(self, key: str) -> Path:
        """Return where the key lies, there or not; raises BadKey for a key or a folder that leads elsewhere."""
        if not isinstance(key, str) or not KEY.fullmatch(key):
            raise BadKey(key)
        path = self.root / key[:2] / key[2:4] / key
        if Path(os.path.realpath(path)) != path:
            raise BadKey(key)
        return path

    def open(self, key: str) -> BinaryIO:
        """Open for reading; raises FileNotFoundError or BadKey (also for anything but a plain file)."""
        descriptor = os.open(self.path(key), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise BadKey(key)
        return os.fdopen(descriptor, "rb")

    def size(self, key: str) -> int:
        """Return the bytes stored under the key; raises FileNotFoundError or BadKey."""
        return self.path(key).stat().st_size

    def exists(self, key: str) -> bool:
        """Say whether the key is stored; raises BadKey."""
        return self.path(key).is_file()

    def delete(self, key: str) -> None:
        """Remove the file if it is there; only once no row names the key, since equal files share one."""
        path = self.path(key)
        with self._lock(fcntl.LOCK_EX):
            path.unlink(missing_ok=True)

    def scratch(self) -> Path:
        """Return the private folder for work in progress; `sweep` clears what a crash leaves in it."""
        return self.root / "tmp"

    def sweep(
        self, referenced: Collection[str] | Callable[[str], bool], older_than: timedelta = ORPHAN_AGE
    ) -> list[str]:
        """Remove files that nothing refers to and that are older than `older_than`; return their keys.

        `referenced` is the set of keys in use or a question asked per key. A file put again while the sweep runs stays.
        """
        is_used = referenced if callable(referenced) else frozenset(referenced).__contains__
        before = time.time() - older_than.total_seconds()
        removed = []
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if not KEY.fullmatch(path.name) or _changed(path) >= before or is_used(path.name):
                continue
            with self._lock(fcntl.LOCK_EX):
                if _changed(path) < before:
                    path.unlink(missing_ok=True)
                    removed.append(path.name)
        self._sweep_scratch(before)
        return removed

    def _sweep_scratch(self, before: float) -> None:
        for left in self.scratch().iterdir():
            if left.name == ".lock" or _changed(left) >= before:
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)

    def _write(self, key: str, data: bytes) -> None:
        target = self.path(key)
        with self._lock(fcntl.LOCK_SH):
            if target.is_file() and target.stat().st_size == len(data):
                os.utime(target)
                return
            self._make_folders(target.parent)
            temporary = self.scratch() / secrets.token_hex(16)
            try:
                descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
                with os.fdopen(descriptor, "wb") as file:
                    os.fchmod(descriptor, FILE_MODE)
                    file.write(data)
                    file.flush()
                    os.fsync(descriptor)
                temporary.replace(target)
            finally:
                temporary.unlink(missing_ok=True)
            _fsync_folder(target.parent)

    def _make_folders(self, folder: Path) -> None:
        for level in (folder.parent, folder):
            if not level.is_dir():
                level.mkdir(mode=FOLDER_MODE, exist_ok=True)
                _fsync_folder(level.parent)

    @contextmanager
    def _lock(self, kind: int) -> Iterator[None]:
        """Keep a sweep from removing an old orphan in the moment in which it is put again."""
        descriptor = os.open(self.scratch() / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, kind)
            yield
        finally:
            os.close(descriptor)


def _changed(path: Path) -> float:
    """Return the time of the last change in seconds; a file that is gone counts as new."""
    try:
        return path.lstat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
