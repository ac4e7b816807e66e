"""Whatever is sent: it ends within its limits in clean copies or in a refusal, and reaches nothing outside its folder."""

import socket

import pytest

from forum.attachments import confined
from forum.attachments.confined import CODE_FOLDER, Limits
from forum.attachments.receive import Refused, look
from forum.core.storage import LocalStorage
from tests.attachments import hostile, hostile_law
from tests.attachments.hostile_case import MADE, MARK, Case
from tests.attachments.hostile_mixed import BENT, CUT, MAKERS, POLYGLOTS, REFUSED_AT_ONCE, sound
from tests.attachments.hostile_pdfs import ACTING, COUNTED, LOCKED, TWISTED, outside
from tests.attachments.hostile_pictures import ASKING, TELLING
from tests.attachments.hostile_run import WarmChild
from tests.attachments.making import made

pytestmark = pytest.mark.pure

CASES = [*TELLING, *ASKING, *REFUSED_AT_ONCE, *POLYGLOTS, *CUT, *BENT, *ACTING, *LOCKED, *COUNTED, *TWISTED]


@pytest.fixture(scope="module")
def warm():
    child = WarmChild()
    yield child
    child.stop()


@pytest.fixture
def scratch(tmp_path):
    made = tmp_path / "scratch"
    made.mkdir()
    return made


def beside(folder):
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def ending(data: bytes, scratch, **options) -> str:
    """Send one file in; returns how it ended after looking at all that was made and at what was left behind."""
    before = beside(CODE_FOLDER)
    try:
        look(data)
        copies = confined.make(data, scratch, **options)
    except Refused as refusal:
        ended = refusal.code
    else:
        hostile_law.obey(copies)
        ended = MADE
    assert list(scratch.parent.rglob("*")) == [scratch]
    assert beside(CODE_FOLDER) == before
    return ended


def test_there_are_more_than_three_hundred_and_no_two_are_the_same():
    names = [one.name for one in CASES]
    assert len(names) == len(set(names))
    assert len(names) > 300


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_a_hostile_file(one: Case, scratch, warm, monkeypatch):
    if not one.alone:
        monkeypatch.setattr(confined, "run_child", warm.run)
    assert ending(one.make(), scratch, limits=Limits(cpu_seconds=one.cpu_seconds)) in one.ends


@pytest.fixture
def listener():
    """A server of ours that counts who comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def test_no_document_fetches_anything(scratch, warm, monkeypatch, listener):
    monkeypatch.setattr(confined, "run_child", warm.run)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/{MARK.decode()}"
    for make in outside(address):
        assert ending(make(), scratch) == MADE
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.fixture
def storage_of(tmp_path):
    return lambda data, name: made(data, name, LocalStorage(tmp_path / "store"))


@pytest.mark.parametrize("name", ["foto.svg", "foto.html", "foto.php", "foto.exe", "foto.pdf", "foto.jpg", "foto", ""])
@pytest.mark.parametrize("kind", ["jpeg", "png", "pdf"])
def test_no_name_changes_what_a_file_is(warm, monkeypatch, storage_of, kind, name):
    monkeypatch.setattr(confined, "run_child", warm.run)
    received = storage_of(sound(kind), name)
    assert received.name.endswith(".pdf" if kind == "pdf" else ".webp")
    assert received.kind == ("pdf" if kind == "pdf" else "image")


def test_the_law_sees_what_it_is_to_see():
    """The checks themselves can fail: each is shown a file that breaks it."""
    for kind, mime in (("JPEG", "image/jpeg"), ("WEBP", "image/webp")):
        clean = hostile.encoded(hostile.quarters(), kind)
        hostile_law.picture(clean, mime)
        for spoilt in (clean + b"x", hostile.encoded(hostile.quarters(), kind, exif=hostile.exif().tobytes())):
            with pytest.raises(AssertionError):
                hostile_law.picture(spoilt, mime)
    for spoilt in (hostile.hostile_pdf(), hostile.pdf(2)):
        with pytest.raises(AssertionError):
            hostile_law.document(spoilt, 1)
    with pytest.raises(AssertionError):
        hostile_law.assert_without_mark(b"x" + MARK.decode().encode("utf-16-le"))


def test_every_sound_file_is_taken(scratch, warm, monkeypatch):
    monkeypatch.setattr(confined, "run_child", warm.run)
    assert {name: ending(sound(name), scratch) for name in MAKERS} == dict.fromkeys(MAKERS, MADE)
