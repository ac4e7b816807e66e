"""What is refused, and that no file, however made, costs more than its share."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from forum.attachments import confined
from forum.attachments.confined import Limits, run_child
from forum.attachments.kinds import MAX_FILE_BYTES, MAX_PAGES, MAX_PIXELS, NO_ROOM
from forum.attachments.receive import Refused, receive
from forum.core.storage import LocalStorage
from tests.attachments import hostile
from tests.attachments.making import made
from tests.processes import below

pytestmark = pytest.mark.pure

MIB = 1024**2


@pytest.fixture
def storage(tmp_path):
    return LocalStorage(tmp_path)


def refusal(data, storage, name="foto.jpg", **options):
    with pytest.raises(Refused) as caught:
        (made if isinstance(data, bytes) else receive)(data, name, storage, **options)
    left = [path for path in storage.root.rglob("*") if path.is_file() and path.name != ".lock"]
    assert left == [], "a refused file leaves nothing behind"
    return caught.value.code, caught.value.facts


def test_nothing_is_refused(storage):
    assert refusal(b"", storage) == ("empty", {})


def test_a_file_over_the_limit_is_refused_and_never_read_whole(storage):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            assert size >= 0
            self.given += size
            return b"\xff\xd8\xff" + bytes(size - 3)

    endless = Endless()
    assert refusal(endless, storage) == ("too_big", {"limit": MAX_FILE_BYTES})
    assert endless.given <= MAX_FILE_BYTES + 1


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"x",
        b"\n%PDF-1.7\n",
        hostile.zipped(),
        hostile.encoded(hostile.quarters(), "TIFF"),
        hostile.encoded(hostile.quarters(), "BMP"),
        hostile.encoded(hostile.quarters(), "ICO"),
    ],
    ids=["html", "svg", "eps", "one byte", "pdf not at the start", "zip", "tiff", "bmp", "ico"],
)  # fmt: skip
def test_the_content_decides_and_not_the_name(storage, data):
    for name in ("foto.jpg", "faktur.pdf"):
        assert refusal(data, storage, name)[0] == "unknown_type"


def cut(data, share=0.5):
    return data[: int(len(data) * share)]


@pytest.mark.parametrize(
    "data",
    [
        cut(hostile.jpeg(image=hostile.noise(200, 200))),
        cut(hostile.png_of(500, 500)),
        cut(hostile.HEIC),
        cut(hostile.animated_webp()),
        cut(hostile.pdf(20)),
        b"\xff\xd8\xff\xe0<script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        hostile.pdf() + hostile.zipped() + bytes(2000),
    ],
    ids=["jpeg", "png", "heic", "webp", "pdf", "html as jpeg", "head only", "empty pdf", "pdf in a circle", "pdf and zip"],
)  # fmt: skip
def test_broken_files_are_damaged(storage, data):
    assert refusal(data, storage)[0] == "damaged"


def test_a_small_file_of_900_million_pixels_is_refused_before_it_is_unpacked(storage):
    bomb = hostile.png_of(30_000, 30_000)
    assert len(bomb) < 300_000
    code, facts = refusal(bomb, storage, limits=Limits(memory_bytes=250 * MIB))  # its pixels would need 900 MB
    assert code == "too_many_pixels"
    assert facts["limit"] == MAX_PIXELS


def test_pixels_a_little_over_the_limit_are_too_many(storage):
    assert refusal(hostile.png_of(8_000, 5_001), storage)[0] == "too_many_pixels"


def test_a_long_pdf_is_refused(storage):
    assert refusal(hostile.pdf(200), storage) == ("too_many_pages", {"pages": 200, "limit": MAX_PAGES})


@pytest.mark.parametrize("user", ["rahasia", ""], ids=["to open", "to change"])
def test_a_pdf_with_a_password_is_refused(storage, user):
    assert refusal(hostile.encrypted_pdf(user), storage)[0] == "encrypted"


def test_a_pdf_that_unpacks_to_far_more_is_stopped_by_the_memory_limit(storage):
    bomb = hostile.pdf_bomb(260)
    assert len(bomb) < 50_000
    assert refusal(bomb, storage, limits=Limits(memory_bytes=250 * MIB))[0] in {"damaged", "took_too_long"}


def test_a_picture_that_needs_more_memory_than_allowed_is_stopped(storage):
    photo = hostile.png_of(8000, 4990)
    assert refusal(photo, storage, limits=Limits(memory_bytes=200 * MIB)) == ("took_too_long", {})


def test_a_picture_that_needs_more_time_than_allowed_is_stopped(storage):
    photo = hostile.png_of(8000, 4990)
    assert refusal(photo, storage, limits=Limits(wall_seconds=0.15)) == ("took_too_long", {})


SPIN = """
import sys
from forum.attachments.reencode import confine
confine(int(sys.argv[1]), 1)
{}
"""


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("while True: pass", -9),
        ("bytearray(400 * 1024**2)", 1),
        ("open('out-of-bounds', 'wb').write(bytes(33 * 1024**2))", 1),
        ("[open('/dev/null') for _ in range(100)][0]", 1),
        ("import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); import os; os.abort()", -6),
    ],
    ids=["time", "memory", "output", "open files", "abort"],
)
def test_the_confined_child_cannot_exceed_its_limits(tmp_path, what, expected):
    program = SPIN.format(what.replace("out-of-bounds", str(tmp_path / "big")))
    ended = run_child([sys.executable, "-c", program, str(256 * MIB)], tmp_path, 10)
    assert ended == expected, (tmp_path / "err").read_text()


def test_a_child_that_does_not_end_is_killed_with_all_it_started_and_reaped(tmp_path):
    program = """
import signal, subprocess, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(subprocess.Popen(["sleep", "60"]).pid, flush=True)
time.sleep(60)
"""
    others = set(below(os.getpid()))
    assert run_child([sys.executable, "-c", program], tmp_path, 1.0) is None
    grandchild = int((tmp_path / "out").read_text())
    deadline = time.monotonic() + 60
    while _runs(grandchild) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(grandchild)
    assert set(below(os.getpid())) <= others


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_child_sees_nothing_of_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("FORUM_SECRET_KEY", "secret")
    run_child([sys.executable, "-c", "import os; print(sorted(os.environ))"], tmp_path, 10)
    assert "FORUM" not in (tmp_path / "out").read_text()
    assert "MALLOC_ARENA_MAX" in (tmp_path / "out").read_text()


@pytest.mark.parametrize("answer", ["a link", "html", "nothing"])
def test_a_child_that_was_taken_over_cannot_smuggle_a_file_in(storage, tmp_path, monkeypatch, answer):
    """The child is replaced by one that lies: what it hands over is looked at again, and links are not followed."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"RIFF\0\0\0\0WEBPsecret")
    makes = {
        "a link": f"os.symlink({str(secret)!r}, 'full')",
        "html": "open('full', 'w').write('<script>')",
        "nothing": "",
    }
    program = f"""
import os, sys
os.chdir(sys.argv[1])
{makes[answer]}
open("thumb", "w").write("RIFF1234WEBP")
print('{{"kind": "image", "width": 8, "height": 8, "pages": 1, "outputs": {{"full": {{"width": 8, "height": 8}}}}}}')
"""
    real = confined.run_child
    monkeypatch.setattr(
        confined, "run_child", lambda _, folder, wall: real([sys.executable, "-c", program, str(folder)], folder, wall)
    )
    with pytest.raises(Refused) as caught:
        made(hostile.jpeg(), "x", storage)
    assert caught.value.code == "damaged"


NOT_SHUT_IN = """
import sys
from forum.attachments import reencode
reencode.shut_in = lambda folder: False
reencode.main(sys.argv[1:])
"""


@pytest.mark.parametrize("make", [hostile.jpeg, hostile.pdf])
@pytest.mark.parametrize("what", ["full", "thumb", "out"])
def test_the_child_says_when_the_disk_is_full(tmp_path, make, what):
    """The system's own full disk, /dev/full, stands in for one output after the other; the child must be able to reach it."""
    (tmp_path / "input").write_bytes(make())
    (tmp_path / what).symlink_to("/dev/full")
    arguments = [str(tmp_path / "input"), str(tmp_path), str(1024 * MIB), "20", "[]"]
    ended = run_child([sys.executable, "-s", "-c", NOT_SHUT_IN, *arguments], tmp_path, 20)
    assert ended == NO_ROOM, (tmp_path / "err").read_text()


FULL_DISK = """
import resource, sys
from forum.attachments.receive import Refused, receive
from forum.core.secrecy import unseal
from forum import config
from forum.core.storage import LocalStorage
environ = {"FORUM_ENV": "test", "FORUM_DATA_DIR": sys.argv[1], "FORUM_SECRET_KEY": "a key for tests only, long enough to be taken"}
config.activate(config.Settings.from_environment(environ))
storage = LocalStorage(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
try:
    receive(sys.stdin.buffer, "x", storage)
except Refused as refused:
    print(refused.code)
"""


def test_no_room_is_said_so(tmp_path):
    sent = hostile.jpeg()
    ended = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path), str(len(sent) - 1)],
        input=sent, capture_output=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert (ended.stdout, ended.stderr) == (b"storage_full\n", b"")
