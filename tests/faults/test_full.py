"""The disk is full: writing says so and keeps the words, reading goes on, and when there is room again all works."""

import io
import json
import os
from collections.abc import Iterator

import pytest
from PIL import Image
from sqlalchemy import text

from tests.databases import Shelf
from tests.faults.ground import Ground
from tests.faults.small_disk import Disk, Limited, Mounted, mounted
from tests.faults.visitor import is_told
from tests.processes import below

pytestmark = [pytest.mark.processes, pytest.mark.faults, pytest.mark.timeout(600)]

WORDS = "Kata yang tidak boleh hilang, juga bila cakram penuh."
LITTLE_BYTES = 400 * 1024


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, shelf: Shelf) -> Iterator[tuple[Ground, Disk]]:
    """A site that has its data, its database where it is SQLite, and its temporary files on a small disk."""
    folder = tmp_path_factory.mktemp("small")
    with mounted(folder) as possible:
        (folder / "tmp").mkdir()
        elsewhere = tmp_path_factory.mktemp("open")  # or the package of the day makes room in the middle
        site = Ground(shelf, folder, "full", TMPDIR=str(folder / "tmp"), FORUM_OPEN_DIR=str(elsewhere))
        try:
            yield site, Mounted(folder) if possible else Limited(folder, lambda: below(site.process.pid))
        finally:
            site.close()


@pytest.fixture
def site(ground: tuple[Ground, Disk]) -> Ground:
    return ground[0]


@pytest.fixture
def disk(ground: tuple[Ground, Disk], site: Ground) -> Iterator[Disk]:
    if site.sqlite:
        site.all("PRAGMA wal_checkpoint(TRUNCATE)")
    yield ground[1]
    ground[1].free()


def picture() -> tuple[str, bytes]:
    """A photograph that does not fit into LITTLE_BYTES."""
    made = io.BytesIO()
    Image.frombytes("RGB", (1200, 1200), os.urandom(1200 * 1200 * 3)).save(made, "JPEG", quality=95)
    return "faktur.jpg", made.getvalue()


def test_reading_goes_on_and_the_words_are_sent_again(site: Ground, disk: Disk) -> None:
    ana, citra = site.people["ana"], site.people["citra"]
    path, fields = f"/letters/{site.letter}/comments", site.comment_fields("citra", WORDS)
    letter = {**ana.open("/letters/write").form(""), "title": ["Kipas tidak datang"], "text": [WORDS], "do": ["save"]}
    disk.fill()
    assert [reader.open(page).status for reader in (site.guest, ana) for page in ("/", site.page)] == [200] * 4
    ready = site.guest.open("/health/ready")
    assert (ready.status, json.loads(ready.text)["checks"]["disk"]) == (503, False)
    if site.sqlite:
        comment, draft = citra.send(path, fields), ana.send("/letters/write", letter, [picture()])
        is_told(comment, WORDS)
        is_told(draft, "Kipas tidak datang", WORDS)
        fields, letter = comment.form("/comments"), draft.form("/write")
    disk.free()
    assert citra.send(path, fields).status == 302
    assert ana.send("/letters/write", letter, [picture()]).status == 302
    assert site.one("SELECT count(*) FROM comment WHERE text = :words", words=WORDS) == 1
    assert site.one("SELECT count(*) FROM attachment") == 1
    site.drain()
    if site.sqlite:
        assert site.all("PRAGMA integrity_check") == [("ok",)]


def test_a_file_that_finds_no_room_loses_nothing_else(site: Ground, disk: Disk) -> None:
    hasan = site.people["hasan"]
    form = {**hasan.open("/letters/write").form(""), "title": ["Kipas tidak datang"], "text": [WORDS], "do": ["save"]}
    disk.fill(left=LITTLE_BYTES)
    told = hasan.send("/letters/write", form, [picture()])
    assert told.status == 200
    assert "faktur.jpg: Saat ini tidak ada ruang untuk berkas." in told
    disk.free()
    kept = told.form("/write")
    assert (kept["title"], kept["text"]) == (["Kipas tidak datang"], [WORDS])
    assert hasan.send("/letters/write", {**kept, "do": ["save"]}, [picture()]).status == 302
    with site.engine.connect() as connection:
        names = connection.scalars(text("SELECT name FROM attachment ORDER BY id DESC")).all()
    assert names[0] == "faktur.webp"
