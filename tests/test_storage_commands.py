"""`flask storage …`: what it says, with which status it ends, and that a killed one goes on where it stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from forum.backup import BackupFailed, backup, restore
from forum.cli.bookmark import Bookmark
from forum.core.db import db, unit_of_work
from forum.core.storage import LocalStorage
from tests.attachments.places import place_at
from tests.attachments.rows import file_row, key_of, keys_of, stored
from tests.cast import Cast
from tests.test_backup import elsewhere  # noqa: F401 - a fixture

ROOT = Path(__file__).resolve().parents[1]
KILLED = """
import os, signal, sys
from forum.attachments import verifying
from forum.attachments.actions import sweeping
from forum.cli.bookmark import Bookmark
from forum.core.storage import moving
moving.BATCH = sweeping.BATCH = verifying.BATCH = 5
move, calls = Bookmark.move, []
def then_die(self, *words):
    move(self, *words)
    calls.append(words)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
Bookmark.move = then_die
from wsgi import app
print(app.test_cli_runner().invoke(args=sys.argv[1:]).output)
"""


@pytest.fixture
def place(committing_app, tmp_path):
    """The site's files in a folder of the test, and the site's own place for notes about commands."""
    found = place_at("folder", tmp_path, None)
    before, committing_app.extensions["storage"] = committing_app.extensions["storage"], found.storage
    yield found
    committing_app.extensions["storage"] = before


@pytest.fixture
def run(committing_app, setting, tmp_path):
    setting(data_dir=tmp_path)

    def call(*words: str):
        return committing_app.test_cli_runner().invoke(args=["storage", *words])

    return call


@pytest.fixture
def killed(environment, tmp_path):
    """Return `killed(*words)`: the same command in a process of its own that is killed after three batches of five."""

    def call(*words: str) -> None:
        environ = {**os.environ, **environment, "FORUM_DATA_DIR": str(tmp_path), "FORUM_STORAGE": str(tmp_path / "files")}
        ended = subprocess.run([sys.executable, "-c", KILLED, "storage", *words], cwd=ROOT, env=environ, capture_output=True, text=True)
        assert ended.returncode == -signal.SIGKILL, ended.stdout + ended.stderr

    return call


def test_a_whole_site_is_verified(place, run):
    cast = Cast()
    number = len(keys_of(stored(cast.ana, cast.letter())))
    told = run("verify")
    assert (told.exit_code, f"{number} files of {place.root} looked at, 0 wrong." in told.output) == (0, True), told.output


def test_what_is_wrong_is_listed_and_fails(place, run, tmp_path):
    cast = Cast()
    file = stored(cast.ana, cast.letter())
    orphan = place.lay(b"nobody's")
    place.age(orphan)
    key = key_of(file)
    place.storage.delete(key)
    told = run("verify")
    assert told.exit_code == 1
    lines = [f"missing {key} (attachment {file.id})", f"unnamed {orphan}"]
    assert [line in told.output.splitlines() for line in lines] == [True, True], told.output
    assert "1 missing, 1 unnamed; all of them stand in " in told.output
    assert sorted((tmp_path / "storage-verify.txt").read_text().splitlines()) == sorted(lines)
    assert "2 wrong" in run("verify").output  # begins anew: nothing was interrupted


def test_the_sweep_says_what_it_would_do_and_then_does_it(place, run, tmp_path):
    key = place.lay(b"nobody's")
    place.age(key)
    told = run("sweep", "--dry-run")
    assert "1 files of" in told.output
    assert "1 would be removed." in told.output
    assert (tmp_path / "storage-sweep.txt").read_text() == f"{key}\n"
    assert "1 removed." in run("sweep").output
    assert not place.storage.exists(key)
    assert "0 files of" in run("sweep").output
    assert not [*tmp_path.glob("storage-*")]


def test_files_move_to_a_bucket_and_back(place, run, s3, tmp_path):
    keys = {place.storage.put(bytes([number])) for number in range(20)}
    bucket = s3.bucket()
    told = run("migrate", str(place.root), str(bucket))
    assert (told.exit_code, f"20 files copied to {bucket}, 0 were there already." in told.output) == (0, True), told.output
    told = run("migrate", str(bucket), str(tmp_path / "back"))
    assert "20 files copied" in told.output
    assert {one.key for one in LocalStorage(tmp_path / "back").listed()} == keys
    assert "0 files copied" in run("migrate", str(bucket), str(tmp_path / "back")).output


def test_a_damaged_file_fails_the_move_and_is_named(place, run, tmp_path):
    key = place.storage.put(b"bukti")
    place.swap(key, b"lain!")
    told = run("migrate", str(place.root), str(tmp_path / "to"))
    assert told.exit_code == 1
    assert f"damaged {key}" in told.output
    assert [*LocalStorage(tmp_path / "to").listed()] == []


@pytest.mark.parametrize(
    ("here", "there", "words"),
    [
        ("{}/none", "{}/to", "there is no folder"),
        ("{}/files", "{}/files", "FROM and TO are the same place"),
        ("{}/files", "s3://x", "TO must be a folder, or s3://"),
        ("http://x", "{}/to", "FROM must be a folder, or s3://"),
    ],
)
def test_places_that_cannot_be_are_refused(place, run, tmp_path, here, there, words):
    told = run("migrate", here.format(tmp_path), there.format(tmp_path))
    assert (told.exit_code, words in told.output) == (2, True), told.output
    assert not (tmp_path / "none").exists()


def test_a_bucket_that_is_away_is_told_in_words_and_later_it_goes_on(place, run, s3):
    place.storage.put(b"x")
    bucket = s3.bucket()
    s3.stop()
    told = run("migrate", str(place.root), str(bucket))
    assert told.exit_code == 1
    assert "does not answer as it should (EndpointConnectionError); call this again and it goes on" in told.output
    s3.start()
    assert "1 files copied" in run("migrate", str(place.root), str(bucket)).output


def test_a_killed_sweep_goes_on_and_counts_all(place, run, killed):
    keys = [place.lay(bytes([number])) for number in range(40)]
    for key in keys:
        place.age(key)
    killed("sweep")
    assert len([*place.storage.listed()]) == 25
    place.age(again := place.lay(bytes([min(range(40), key=lambda number: keys[number])])))  # behind where it stopped
    told = run("sweep")
    assert "Going on after" in told.output
    assert "40 files of" in told.output
    assert "40 removed." in told.output
    assert [one.key for one in place.storage.listed()] == [again]


def test_a_killed_move_goes_on(place, run, killed, tmp_path):
    keys = {place.storage.put(bytes([number])) for number in range(40)}
    to = str(tmp_path / "to")
    killed("migrate", str(place.root), to)
    assert len([*LocalStorage(to).listed()]) == 15
    told = run("migrate", str(place.root), to)
    assert "Going on after" in told.output
    assert f"40 files copied to {to}, 0 were there already." in told.output
    assert {one.key for one in LocalStorage(to).listed()} == keys


def test_a_killed_look_goes_on_with_what_it_had_found(place, run, killed, tmp_path):
    cast = Cast()
    keys = sorted(place.lay(bytes([number])) for number in range(40))
    add_rows(cast.ana.id, keys)
    for key in keys:
        place.storage.delete(key)
    killed("verify")
    with (tmp_path / "storage-verify.txt").open("a") as lines:
        lines.write("written after the last mark, and cut off\n")
    told = run("verify")
    assert "Going on after" in told.output
    assert "40 missing" in told.output
    found = (tmp_path / "storage-verify.txt").read_text().splitlines()
    assert [line.split()[1] for line in found] == keys
    killed("verify")
    assert "Going on" not in run("verify", "--afresh").output


@unit_of_work
def add_rows(owner_id: int, keys: list[str]) -> None:
    db.session.add_all(file_row(owner_id, full=key, thumb=key, size=1, name=f"{key[:8]}.webp") for key in keys)


def test_a_bookmark_about_something_else_or_a_broken_one_is_not_followed(tmp_path):
    path = tmp_path / "storage-x.json"
    Bookmark.found(path, "one").move("a" * 64, ["line"])
    assert Bookmark.found(path, "one").after == "a" * 64
    assert Bookmark.found(path, "another").after == ""
    path.write_text("{")
    assert Bookmark.found(path, "one").after == ""


def test_a_copy_of_a_site_with_a_bucket_comes_back_into_a_bucket(committing_app, elsewhere, tmp_path, s3):  # noqa: F811
    first, second = (place_at("bucket", tmp_path / name, s3) for name in ("a", "b"))
    before, committing_app.extensions["storage"] = committing_app.extensions["storage"], first.storage
    elsewhere.extensions["storage"] = second.storage
    try:
        cast = Cast()
        stored(cast.ana, cast.letter())
        backup(tmp_path / "copy")
        with elsewhere.app_context():
            s3.stop()
            with pytest.raises(BackupFailed, match="the database is still empty"):
                restore(tmp_path / "copy")
            s3.start()
            restore(tmp_path / "copy")
        assert {one.key for one in second.storage.listed()} == {one.key for one in first.storage.listed()} != set()
        s3.stop()
        with pytest.raises(BackupFailed, match="refuses"):
            backup(tmp_path / "late")
    finally:
        committing_app.extensions["storage"] = before
