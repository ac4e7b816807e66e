"""The sweep and the look over everything, in a folder and in a bucket: what nothing names goes, what is wrong is found."""

import os
import time
from datetime import timedelta

import pytest

from forum.attachments import keys as rows
from forum.attachments import verifying
from forum.attachments.actions import sweeping
from forum.attachments.keys import walk
from forum.attachments.models import Attachment
from forum.attachments.verifying import Wrong
from forum.core.db import db, unit_of_work
from tests.attachments.places import Place, place_at
from tests.attachments.rows import file_row


@pytest.fixture(params=["folder", "bucket"])
def place(request, app, tmp_path, s3) -> Place:
    return place_at(request.param, tmp_path, s3)


@unit_of_work
def attach(cast, full: str, thumb: str, size: int = 4, **fields) -> Attachment:
    file = file_row(cast.ana.id, full=full, thumb=thumb, size=size, **fields)
    db.session.add(file)
    return file


def swept(place, **options) -> list[str]:
    return [key for part in sweeping.sweep(place.storage, **options) for key in part.removed]


def wrong(place, **options) -> dict[str, Wrong]:
    return {one.key: one.wrong for part in verifying.verify(place.storage, **options) for one in part.findings}


def test_the_sweep_takes_what_nothing_names_once_it_is_a_day_old(cast, place):
    full, thumb, original = (place.storage.put(data) for data in (b"full", b"thmb", b"seal"))
    orphan, young = place.storage.put(b"orphan"), place.storage.put(b"young")
    for key in (full, thumb, original, orphan):
        place.age(key)
    attach(cast, full, thumb, original_key=original)
    assert swept(place, dry_run=True) == [orphan]
    assert place.storage.exists(orphan)
    assert swept(place) == [orphan]
    assert [place.storage.exists(key) for key in (full, thumb, original, orphan, young)] == [True, True, True, False, True]


def test_the_sweep_goes_on_from_any_key(cast, place, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 3)
    keys = sorted(place.lay(bytes([number])) for number in range(10))
    for key in keys:
        place.age(key) if key == keys[-1] else os.utime(place.path(key), (time.time() - 2 * 86_400,) * 2)
    first = next(sweeping.sweep(place.storage))
    assert (first.seen, first.removed, first.after) == (3, keys[:3], keys[2])
    assert swept(place, after=first.after) == keys[3:]


def test_what_is_named_after_it_was_listed_stays(cast, place, monkeypatch):
    """A worker finds its old copy still there and names it, between the look at the rows and the removing."""
    key = place.storage.put(b"full")
    place.age(key)
    real = sweeping.named

    def then_named(keys):
        found = real(keys)
        if not found:
            attach(cast, key, key)
        return found

    monkeypatch.setattr(sweeping, "named", then_named)
    assert swept(place) == []
    assert place.storage.exists(key)


def test_what_is_put_again_after_it_was_listed_stays(cast, place, monkeypatch):
    key = place.storage.put(b"full")
    place.age(key)
    real = sweeping.named

    def then_put(keys):
        place.storage.put(b"full")
        return real(keys)

    monkeypatch.setattr(sweeping, "named", then_put)
    assert swept(place) == []
    assert place.storage.exists(key)


def test_the_sweep_clears_what_a_crash_left_and_follows_no_link(place, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep").write_bytes(b"x")
    left, busy = place.storage.scratch() / "make-crashed", place.storage.scratch() / "make-busy"
    for folder in (left, busy):
        folder.mkdir()
    (left / "input").write_bytes(b"x")
    (left / "link").symlink_to(outside)
    then = time.time() - 2 * 86_400
    os.utime(left, (then, then))
    swept(place, dry_run=True)
    assert left.exists()
    swept(place)
    assert [left.exists(), busy.exists(), (outside / "keep").exists()] == [False, True, True]


def test_what_is_whole_is_not_wrong(cast, place):
    full, thumb, original = (place.storage.put(data) for data in (b"full", b"thmb", b"sealed, so longer"))
    attach(cast, full, thumb, original_key=original)
    place.storage.put(b"just coming in")
    assert wrong(place) == {}


def test_everything_that_is_wrong_is_found_and_whose_it_is(cast, place, monkeypatch):
    monkeypatch.setattr(verifying, "BATCH", 2)
    monkeypatch.setattr(rows, "AT_ONCE", 2)
    good, damaged, torn, lost, original = (place.storage.put(data) for data in (b"good", b"dama", b"torn", b"lost", b"seal"))
    unnamed = place.storage.put(b"nobody's")
    first = attach(cast, good, damaged)
    second = attach(cast, torn, lost, original_key=original, name="lain.webp")
    place.age(unnamed)
    place.swap(damaged, b"DAMA")
    place.swap(torn, b"to")
    place.swap(original, b"SEAL")
    place.storage.delete(lost)
    expected = {
        damaged: Wrong.DAMAGED, torn: Wrong.SIZE, lost: Wrong.MISSING, original: Wrong.DAMAGED, unnamed: Wrong.UNNAMED,
    }  # fmt: skip
    assert wrong(place) == expected
    found = {one.key: one.attachments for part in verifying.verify(place.storage) for one in part.findings}
    assert found == {
        damaged: [first.id], torn: [second.id], lost: [second.id], original: [second.id], unnamed: [],
    }  # fmt: skip
    without = wrong(place, contents=False)
    assert without == {key: state for key, state in expected.items() if state is not Wrong.DAMAGED}
    part = next(verifying.verify(place.storage))
    assert wrong(place, after=part.after) == {key: state for key, state in expected.items() if key > part.after}


def test_what_comes_and_goes_meanwhile_is_not_wrong(cast, place, monkeypatch):
    gone, late = place.storage.put(b"gone"), place.storage.put(b"late")
    place.age(late)
    file = attach(cast, gone, gone)
    real = verifying.holders

    @unit_of_work
    def go() -> None:
        db.session.delete(db.session.get_one(Attachment, file.id))

    def change(keys):
        go()
        attach(cast, late, late, name="lain.webp")
        return real(keys)

    monkeypatch.setattr(verifying, "holders", change)
    place.storage.delete(gone)
    assert wrong(place, older_than=timedelta(days=1)) == {}


def test_rows_are_walked_in_order_each_key_once(cast, app, monkeypatch):
    monkeypatch.setattr(rows, "AT_ONCE", 3)
    for number in range(5):
        attach(cast, f"{number}" * 64, "a" * 64, size=7, original_key=f"{9 - number}" * 64, name=f"{number}.webp")
    keys = [*walk()]
    expected = sorted({f"{number}" * 64 for number in range(10)} | {"a" * 64})
    assert [key for key, _size in keys] == expected
    assert dict(keys)["a" * 64] == dict(keys)["0" * 64] == 7
    assert dict(keys)["9" * 64] is None
    assert [key for key, _size in walk("4" * 64)] == expected[5:]
