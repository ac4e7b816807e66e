"""What both places for files promise, asked of the folder and of a real S3 server."""

import hashlib
import os
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from forum.core.storage import BadKey, LocalStorage, S3Storage
from forum.core.storage.moving import Copied, copy_all
from forum.core.storage.walking import hash_of
from tests.attachments.places import Place, place_at

pytestmark = pytest.mark.pure


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path, s3) -> Place:
    return place_at(request.param, tmp_path, s3)


@pytest.fixture
def storage(place):
    return place.storage


def read(file) -> bytes:
    with file:
        return file.read()


def test_what_is_put_can_be_read_under_its_hash(storage):
    key = storage.put(b"bukti")
    assert key == hashlib.sha256(b"bukti").hexdigest()
    assert read(storage.open(key)) == b"bukti"
    assert storage.size(key) == 5
    assert storage.exists(key)
    assert [(one.key, one.size) for one in storage.listed()] == [(key, 5)]


def test_nothing_and_a_large_file_are_files_too(storage):
    large = os.urandom(3_000_000)
    assert [read(storage.open(storage.put(data))) == data for data in (b"", large)] == [True, True]


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [(0, None, b"0123456789"), (0, 1, b"0"), (3, 6, b"345"), (9, 10, b"9"), (4, None, b"456789"), (5, 5, b"")],
)
def test_a_part_is_read_alone(storage, start, stop, expected):
    key = storage.put(b"0123456789")
    assert read(storage.open(key, start, stop)) == expected


def test_the_same_bytes_twice_are_one_file_and_young_again(storage, place):
    key = storage.put(b"x")
    place.age(key)
    assert storage.put(b"x") == key
    (one,) = storage.listed()
    assert datetime.now(UTC) - one.changed < timedelta(hours=1)


def test_a_torn_file_is_made_whole_when_it_is_put_again(storage, place):
    key = storage.put(b"whole")
    place.swap(key, b"wh")
    storage.put(b"whole")
    assert read(storage.open(key)) == b"whole"


def test_many_at_once_leave_whole_files(storage):
    """Each its own: the server of these tests does not replace an object in one step, as S3 does; the folder is tested for it."""
    threads = [threading.Thread(target=storage.put, args=(bytes([n]) * 9000,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keys = [one.key for one in storage.listed()]
    assert len(keys) == 24
    assert [hash_of(storage, key) for key in keys] == keys


@pytest.mark.parametrize(
    "key", ["", "a", "../../etc/passwd", "A" * 64, "g" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n", "a" * 62 + "/.", None]
)
def test_a_key_is_64_hex_digits(storage, key):
    for ask in (storage.open, storage.size, storage.exists, storage.delete):
        with pytest.raises(BadKey):
            ask(key)


def test_what_is_not_there_is_missing(storage):
    key = "0" * 64
    assert not storage.exists(key)
    storage.delete(key)
    for ask in (storage.open, storage.size):
        with pytest.raises(FileNotFoundError):
            ask(key)


def test_a_deleted_file_is_gone(storage):
    key = storage.put(b"x")
    storage.delete(key)
    assert not storage.exists(key)
    assert [*storage.listed()] == []


def test_only_what_was_not_put_again_is_removed(storage, place):
    old, again, young = storage.put(b"old"), storage.put(b"again"), storage.put(b"young")
    for key in (old, again):
        place.age(key)
    storage.put(b"again")
    before = datetime.now(UTC) - timedelta(days=1)
    assert storage.delete_old([old, again, young, "0" * 64], before) == [old]
    assert [storage.exists(key) for key in (old, again, young)] == [False, True, True]


def test_keys_come_in_order_and_from_any_of_them_on(storage, place):
    keys = sorted(hashlib.sha256(bytes([number, 1])).hexdigest() for number in range(120))
    for number in range(120):
        place.lay(bytes([number, 1]))
    (place.path(keys[0]).parent / "note").write_bytes(b"not a file of ours")
    place.look_again()
    assert [one.key for one in storage.listed()] == keys
    for after in (keys[0], keys[59], keys[119], keys[30][:4] + "0" * 60, "f" * 64):
        assert [one.key for one in storage.listed(after)] == [key for key in keys if key > after]


def test_a_list_of_more_than_a_page_is_whole(storage, place):
    number = 1200
    for one in range(number):
        place.lay(str(one).encode())
    place.look_again()
    keys = [one.key for one in storage.listed()]
    assert (len(keys), keys) == (number, sorted(set(keys)))


def test_its_scratch_is_a_private_folder_of_this_machine(storage):
    assert storage.scratch().stat().st_mode & 0o777 == 0o700
    (storage.scratch() / "x").write_bytes(b"")
    assert [*storage.listed()] == []


def test_it_answers(storage):
    storage.answer()


def test_files_move_there_and_back_and_what_is_there_is_not_copied_again(tmp_path, s3):
    here, there = LocalStorage(tmp_path / "files"), S3Storage(s3.bucket(), tmp_path / "scratch")
    keys = {here.put(bytes([number]) * 1000) for number in range(100)}
    there.put(bytes([7]) * 1000)
    states = [state for part in copy_all(here, there) for _key, state in part.files]
    assert (states.count(Copied.COPIED), states.count(Copied.THERE), len(states)) == (99, 1, 100)
    assert {one.key for one in there.listed()} == {one.key for one in here.listed()} == keys
    back = LocalStorage(tmp_path / "back")
    assert {state for part in copy_all(there, back) for _key, state in part.files} == {Copied.COPIED}
    assert {hash_of(back, key) for key in keys} == keys


def test_a_damaged_file_is_not_copied_and_a_torn_copy_is_made_anew(tmp_path, s3):
    here, there = LocalStorage(tmp_path / "files"), S3Storage(s3.bucket(), tmp_path / "scratch")
    damaged, torn = here.put(b"damaged"), here.put(b"torn")
    here.path(damaged).write_bytes(b"damagee")
    there.put(b"torn")
    s3.path(there.bucket, torn).write_bytes(b"to")
    s3.look_again()
    assert {key: state for part in copy_all(here, there) for key, state in part.files} == {
        damaged: Copied.DAMAGED,
        torn: Copied.COPIED,
    }
    assert not there.exists(damaged)
    assert hash_of(there, torn) == torn


def test_both_places_have_the_same_names(tmp_path, s3):
    bucket = s3.bucket()
    key = S3Storage(bucket, tmp_path / "scratch").put(b"x")
    assert read(LocalStorage(s3.root / bucket.name / bucket.prefix).open(key)) == b"x"
    assert time.time() - s3.path(bucket, key).stat().st_mtime < 60
