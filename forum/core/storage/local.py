"""Files on this machine's disk."""

import fcntl
import hashlib
import io
import os
import re
import secrets
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from forum.core.storage.port import KEY, NO_SPACE, BadKey, StorageAway, StorageFull, Stored, place_of

FILE_MODE = 0o640
FOLDER_MODE = 0o750
LOCK = ".lock"
LEVELS = 2  # of folders, each named by two digits of the key
FOLDER = re.compile(r"[0-9a-f]{2}")


class LocalStorage:
    """Files under `root/ab/cd/<sha256>`, mode 0640."""

    def __init__(self, root: Path | str) -> None:
        folder = Path(root)
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        self.root = folder.resolve(strict=True)
        (self.root / "tmp").mkdir(mode=0o700, exist_ok=True)

    def __str__(self) -> str:
        return str(self.root)

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
        path = self.root / place_of(key)
        if Path(os.path.realpath(path)) != path:
            raise BadKey(key)
        return path

    def open(self, key: str, start: int = 0, stop: int | None = None) -> BinaryIO:
        """Open for reading, or only this part; raises FileNotFoundError or BadKey (also for anything but a plain file)."""
        descriptor = os.open(self.path(key), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise BadKey(key)
        file = os.fdopen(descriptor, "rb")
        return file if not start and stop is None else cast("BinaryIO", _Part(file, start, stop))

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

    def delete_old(self, keys: Collection[str], before: datetime) -> list[str]:
        """Remove those of these files that were not put again since `before`; returns which."""
        removed = []
        for key in keys:
            path = self.path(key)
            with self._lock(fcntl.LOCK_EX):
                found = _look(path)
                if found is not None and found.st_mtime < before.timestamp():
                    path.unlink(missing_ok=True)
                    removed.append(key)
        return removed

    def listed(self, after: str = "") -> Iterator[Stored]:
        """List the files in the order of their keys, one small folder at a time."""
        for path in self._paths(self.root, after, LEVELS):
            found = _look(path)
            if path.name > after and found is not None and stat.S_ISREG(found.st_mode):
                yield Stored(path.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def _paths(self, folder: Path, after: str, level: int) -> Iterator[Path]:
        depth = 2 * (LEVELS - level)
        if folder.is_symlink() or not folder.is_dir():
            return
        for path in sorted(folder.iterdir()):
            if not level:
                if KEY.fullmatch(path.name):
                    yield path
            elif FOLDER.fullmatch(path.name) and path.name >= after[depth : depth + 2]:
                yield from self._paths(path, after if path.name == after[depth : depth + 2] else "", level - 1)

    def url(self, key: str, *, disposition: str, mime: str, seconds: int) -> str | None:
        """Return None: files of this machine are reached through the site alone."""

    def scratch(self) -> Path:
        """Return the private folder for work in progress; the sweep clears what a crash leaves in it."""
        return self.root / "tmp"

    def answer(self) -> None:
        """Return when the folder is there; raises StorageAway."""
        if not self.scratch().is_dir():
            raise StorageAway(f"the folder {self.root} is gone")

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
        descriptor = os.open(self.scratch() / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, kind)
            yield
        finally:
            os.close(descriptor)


class _Part(io.RawIOBase):
    """The bytes of a file from `start` to before `stop`."""

    def __init__(self, file: BinaryIO, start: int, stop: int | None) -> None:
        self.file = file
        end = os.fstat(file.fileno()).st_size
        self.left = max(0, (end if stop is None else min(stop, end)) - start)
        file.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.file.read(min(self.left, len(buffer)))
        buffer[: len(data)] = data
        self.left -= len(data)
        return len(data)

    def close(self) -> None:
        self.file.close()
        super().close()


def _look(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
