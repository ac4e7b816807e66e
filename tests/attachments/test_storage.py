import hashlib
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from forum.core.storage import BadKey, LocalStorage


@pytest.fixture
def storage(tmp_path):
    return LocalStorage(tmp_path / "files")


def all_files(storage):
    return sorted(path.name for path in storage.root.rglob("*") if path.is_file() and path.name != ".lock")


def test_what_is_put_can_be_read_under_its_hash(storage):
    key = storage.put(b"bukti")
    assert key == hashlib.sha256(b"bukti").hexdigest()
    assert storage.path(key) == storage.root / key[:2] / key[2:4] / key
    with storage.open(key) as file:
        assert file.read() == b"bukti"
    assert storage.size(key) == 5
    assert storage.exists(key)
    assert all_files(storage) == [key]


@pytest.mark.parametrize("umask", [0, 0o077])
def test_a_file_is_readable_by_owner_and_group_only(storage, umask):
    old = os.umask(umask)
    try:
        key = storage.put(b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE(storage.path(key).stat().st_mode) == 0o640
    assert stat.S_IMODE(storage.path(key).parent.stat().st_mode) == 0o750 & ~umask


def test_the_same_bytes_twice_are_one_file_that_is_not_written_again(storage):
    key = storage.put(b"x")
    inode = storage.path(key).stat().st_ino
    assert storage.put(b"x") == key
    assert storage.path(key).stat().st_ino == inode


def test_a_torn_file_is_made_whole_when_it_is_put_again(storage):
    key = storage.put(b"whole")
    storage.path(key).write_bytes(b"wh")
    storage.put(b"whole")
    assert storage.path(key).read_bytes() == b"whole"


def test_many_at_once_leave_whole_files_and_no_scraps(storage):
    threads = [threading.Thread(target=storage.put, args=(bytes([n % 3]) * 9000,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(all_files(storage)) == 3
    assert all(hashlib.sha256(storage.path(key).read_bytes()).hexdigest() == key for key in all_files(storage))


@pytest.mark.parametrize(
    "key",
    [
        "",
        "a",
        "../../etc/passwd",
        "A" * 64,
        "g" * 64,
        "a" * 63,
        "a" * 65,
        "a" * 64 + "\n",
        "a" * 62 + "/.",
        None,
        b"a" * 64,
    ],
)
def test_a_key_is_64_hex_digits(storage, key):
    for ask in (storage.path, storage.open, storage.size, storage.exists, storage.delete):
        with pytest.raises(BadKey):
            ask(key)


def test_a_link_in_place_of_a_file_is_refused(storage, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    key = storage.put(b"x")
    path = storage.path(key)
    path.unlink()
    path.symlink_to(secret)
    for ask in (storage.open, storage.size, storage.exists, storage.delete):
        with pytest.raises(BadKey):
            ask(key)
    assert secret.exists()


def test_a_folder_that_leads_out_is_refused(storage, tmp_path):
    key = hashlib.sha256(b"x").hexdigest()
    (tmp_path / "elsewhere" / key[2:4]).mkdir(parents=True)
    (storage.root / key[:2]).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadKey):
        storage.put(b"x")
    assert not list((tmp_path / "elsewhere" / key[2:4]).iterdir())


def test_links_and_other_names_are_not_listed(storage, tmp_path):
    key = storage.put(b"x")
    beside = storage.path(key).parent
    (beside / "note").write_bytes(b"")
    (beside / ("0" * 64)).symlink_to(storage.path(key))
    (tmp_path / "elsewhere" / "bb" / "cc").mkdir(parents=True)
    (tmp_path / "elsewhere" / "bb" / "cc" / ("b" * 64)).write_bytes(b"")
    (storage.root / "zz").mkdir()
    (storage.root / "aa").symlink_to(tmp_path / "elsewhere" / "bb")
    assert [one.key for one in storage.listed()] == [key]


def test_a_pipe_in_place_of_a_file_neither_hangs_nor_opens(storage):
    key = storage.put(b"x")
    storage.path(key).unlink()
    os.mkfifo(storage.path(key))
    with pytest.raises(BadKey):
        storage.open(key)
    assert not storage.exists(key)


FILL = """
import resource, sys
from forum.core.storage import LocalStorage, StorageFull
storage = LocalStorage(sys.argv[1])
storage.put(b"small")
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    storage.put(b"x" * 5000)
except StorageFull as full:
    print(full.code)
storage.put(b"again")
"""


def test_a_full_disk_leaves_nothing_half_visible_and_recovers(tmp_path):
    program = [sys.executable, "-c", FILL, str(tmp_path)]
    ended = subprocess.run(program, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert (ended.stdout, ended.stderr) == ("storage_full\n", "")
    expected = sorted(hashlib.sha256(data).hexdigest() for data in (b"small", b"again"))
    assert all_files(LocalStorage(tmp_path)) == expected


def test_bytes_are_synced_before_the_name_and_the_folder_after(tmp_path, monkeypatch):
    """The order of facts 6.3, seen at the system's door: what a power cut can undo is never named."""
    seen = []
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(descriptor):
        seen.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_fsync(descriptor)

    def replace(path, target):
        seen.append("rename")
        return real_replace(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    LocalStorage(tmp_path).put(b"x")
    assert seen == ["folder", "folder", "file", "rename", "folder"]
