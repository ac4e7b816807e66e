"""A file's way from the sender to what readers see: sealed, waiting, made by the worker, or refused."""

import io
import socket
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from flask import current_app
from sqlalchemy import select, update

from forum.attachments import actions, confined, jobs
from forum.attachments.actions import copies
from forum.attachments.kinds import MAX_BYTES_PER_DAY, Variant
from forum.attachments.models import Attachment, AttachmentCopy, FileKind, FileState
from forum.attachments.receive import Received, receive
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, TooMany
from forum.core.events import Event, Kind
from forum.core.secrecy import digest, unseal
from forum.letters.actions import keep_draft
from forum.letters.models import Letter
from tests.attachments import hostile
from tests.attachments.rows import copies_of, key_of, stored


@pytest.fixture
def draft(cast):
    return keep_draft(by=cast.ana, once="a-key-of-one-form-0001", fields={})


@pytest.fixture
def storage(app):
    return current_app.extensions["storage"]


def waiting(cast, draft, data=None, name="nota.jpg") -> Attachment:
    received = receive(data or hostile.jpeg(), name, current_app.extensions["storage"])
    return actions.keep(received, by=cast.ana, draft_id=draft.id)


def fresh(file: Attachment) -> Attachment:
    return db.session.get_one(Attachment, file.id, populate_existing=True)


def kinds(letter_id: int) -> list[Kind]:
    return list(db.session.scalars(select(Event.kind).where(Event.letter_id == letter_id).order_by(Event.id)))


def test_it_waits_sealed_then_is_shown_in_its_forms(cast, draft, storage):
    file = waiting(cast, draft)
    assert (file.state, copies_of(file)) == (FileState.WAITING, [])
    with storage.open(file.original_key) as sealed:
        assert unseal(sealed.read()) == hostile.jpeg()
    jobs.make_all()
    file = fresh(file)
    assert (file.state, file.leased_until, file.tries) == (FileState.READY, None, 0)
    for one in copies_of(file):
        assert storage.size(one.key) == one.size
    assert {Variant.FULL, Variant.THUMB} <= {one.variant for one in copies_of(file)}
    assert file.full_size == storage.size(key_of(file))
    assert storage.exists(file.original_key)
    assert jobs.make_next() is None


def test_a_bad_one_is_refused_with_its_reason_and_sends_no_letter(cast, browse, draft):
    ana = browse(cast.ana)
    cut = hostile.jpeg(image=hostile.noise(200, 200))[:5000]
    page = ana.submit(f"/letters/write?draft={draft.id}", button=("do", "upload"), files=[(io.BytesIO(cut), "foto.jpg")])
    jobs.make_all()
    page = ana.open(page.url)
    assert "tampaknya rusak" in page
    file = db.session.scalars(select(Attachment)).one()
    assert (file.state, file.refusal) == (FileState.REFUSED, {"code": "damaged"})
    from forum.letters.actions import submit
    from tests.letters.test_submit import content

    with pytest.raises(Invalid, match="file_refused"):
        submit(content(), by=cast.ana, once=draft.once)
    assert db.session.scalar(select(Letter.id)) is None
    actions.remove(file, by=cast.ana)
    submit(content(), by=cast.ana, once=draft.once)


def test_what_is_refused_after_the_letter_was_sent_is_told_to_its_author(cast):
    letter = cast.letter()
    file = stored(cast.ana, letter, data=hostile.jpeg(image=hostile.noise(200, 200))[:5000])
    assert file.state is FileState.REFUSED
    assert kinds(letter.id)[-1] is Kind.FILE_REFUSED
    from tests.notifications.helping import told, work

    work()
    assert ("Ana", "file_refused") in told()


def test_the_letters_page_shows_it_as_soon_as_it_is_ready(cast, browse):
    letter = cast.letter()
    received = receive(hostile.jpeg(), "nota.jpg", current_app.extensions["storage"])
    before = db.session.scalar(select(Letter.page_version).where(Letter.id == letter.id))
    file = actions.attach(received, by=cast.ana, letter_id=letter.id, case_id=letter.cases[0].id)
    assert Kind.FILE_ADDED in kinds(letter.id)
    for person in (None, cast.bima, cast.ana):
        assert browse(person).open(f"/files/{file.token}/full/nota.webp").status == 404
    jobs.make_all()
    assert db.session.scalar(select(Letter.page_version).where(Letter.id == letter.id)) > before
    assert browse(cast.bima).open(f"/files/{file.token}/full/nota.webp").status == 200
    assert browse().open(f"/files/{file.token}/full/nota.webp").status == 404


def test_the_bytes_that_were_sent_stand_in_the_events(cast, draft):
    from forum.letters.actions import submit
    from tests.letters.test_submit import content

    file = waiting(cast, draft)
    letter = submit(content(), by=cast.ana, once=draft.once)
    event = db.session.scalars(select(Event).where(Event.kind == Kind.FILE_ADDED)).one()
    assert (event.letter_id, event.about) == (letter.id, f"attachment:{file.id}")
    assert event.data["sha256"] == file.original_sha256


def test_a_day_takes_so_many_bytes_and_no_more(cast, draft):
    def big(name: str, size: int) -> Received:
        return Received(FileKind.PDF, f"{name}.pdf", size, digest(name), digest(name + "k"))

    half = MAX_BYTES_PER_DAY // 2
    actions.keep(big("a", half), by=cast.ana, draft_id=draft.id)
    gone = actions.keep(big("b", half), by=cast.ana, draft_id=draft.id)
    for _ in range(2):
        with pytest.raises(TooMany, match="too_many_bytes"):
            actions.keep(big("c", 1), by=cast.ana, draft_id=draft.id)
    assert actions.keep(big("a", half), by=cast.ana, draft_id=draft.id), "the same bytes again are the same file"
    actions.remove(gone, by=cast.ana)
    with pytest.raises(TooMany):
        actions.keep(big("c", 1), by=cast.ana, draft_id=draft.id)
    with time_machine.travel(utcnow() + timedelta(days=1, minutes=1), tick=True):
        assert actions.keep(big("c", 1), by=cast.ana, draft_id=draft.id)


def test_nobodys_many_files_hold_up_anothers_one(cast, draft):
    many = [waiting(cast, draft, hostile.jpeg(turned), name=f"{turned}.jpg").id for turned in (1, 2, 3)]
    theirs = keep_draft(by=cast.citra, once="a-key-of-one-form-0002", fields={})
    received = receive(hostile.jpeg(), "satu.jpg", current_app.extensions["storage"])
    one = actions.keep(received, by=cast.citra, draft_id=theirs.id).id
    assert [copies.claim().id for _ in range(4)] == [one, *many]


def test_a_worker_whose_lease_ended_changes_nothing(cast, draft, storage):
    file = waiting(cast, draft)
    slow = copies.claim()
    assert copies.claim() is None, "it is in somebody's hands"
    with time_machine.travel(utcnow() + copies.LEASE + timedelta(seconds=1), tick=True):
        jobs.make_all()
        known = key_of(file)
        made = confined.make(hostile.png_of(30, 30), storage.scratch())
        keys = {one.variant.value: storage.put(one.data) for one in made.copies}
        left = copies.finish(slow, made, keys, storage)
        copies.discard(left, storage)
    assert key_of(file) == known
    assert not any(storage.exists(key) for key in keys.values())
    copies.refuse(slow, jobs.Refused("damaged"))
    assert fresh(file).state is FileState.READY


def test_a_file_that_was_removed_meanwhile_leaves_nothing(cast, draft, storage):
    file = waiting(cast, draft)
    job = copies.claim()
    actions.remove(fresh(file), by=cast.ana)
    jobs._make(job)
    assert db.session.scalar(select(AttachmentCopy.key)) is None
    stays = [path.name for path in storage.root.glob("??/??/*")]
    assert file.original_key in stays, "the sweep takes it after a day"


def test_a_file_that_ends_its_worker_each_time_is_given_up(cast, draft):
    file = waiting(cast, draft)
    now = utcnow()
    for number in range(copies.MOST_TRIES):
        with time_machine.travel(now + number * (copies.LEASE + timedelta(seconds=1)), tick=False):
            assert copies.claim() is not None
    with time_machine.travel(now + (copies.MOST_TRIES + 1) * copies.LEASE * 2, tick=False):
        assert copies.claim() is None
    assert fresh(file).refusal == {"code": "took_too_long"}


def test_equal_copies_are_shared_and_dropped_with_the_last(cast, draft, storage):
    one, two = stored(cast.ana, draft=draft), stored(cast.citra, cast.letter())
    key = key_of(one)
    assert key == key_of(two)
    actions.remove(one, by=cast.ana)
    actions.discard([key], storage)
    assert storage.exists(key)
    drop(two)
    actions.discard([key], storage)
    assert not storage.exists(key)


@unit_of_work
def drop(file: Attachment) -> None:
    db.session.delete(db.session.get_one(Attachment, file.id))


def test_the_sealed_original_goes_when_its_time_is_over(cast, storage):
    letter = cast.letter()
    old, young = stored(cast.ana, letter), stored(cast.ana, letter, data=hostile.png_of(20, 20))
    age(old, timedelta(days=731))
    age(young, timedelta(days=729))
    keys = [old.original_key, young.original_key]
    assert actions.forget_originals(storage) == 1
    assert [storage.exists(key) for key in keys] == [False, True]
    old = fresh(old)
    assert old.original_gone_at is not None
    assert old.original_key is None
    assert old.original_sha256
    assert storage.exists(key_of(old)), "what is shown stays"
    assert kinds(letter.id)[-1] is Kind.ORIGINAL_DELETED
    assert actions.forget_originals(storage) == 0


@unit_of_work
def age(file: Attachment, by: timedelta) -> None:
    db.session.execute(update(Attachment).where(Attachment.id == file.id).values(created_at=utcnow() - by))


# --- the virus scanner ----------------------------------------------------------------------------------------------


@contextmanager
def clamd(verdict: bytes | None):
    """A peer that speaks INSTREAM: reads what is sent and gives its verdict; None: it hangs up without one."""
    server = socket.create_server(("127.0.0.1", 0))
    seen: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                line, _peer = server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as sent:
                assert sent.read(10) == b"zINSTREAM\0"
                data = b""
                while size := int.from_bytes(sent.read(4), "big"):
                    data += sent.read(size)
                seen.append(data)
                if verdict is not None:
                    line.sendall(verdict)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}", seen
    finally:
        server.close()


@pytest.fixture
def scanned_by(monkeypatch):
    import dataclasses

    from forum import config

    def use(address: str) -> None:
        config.activate(dataclasses.replace(config.settings(), clamav=address))

    before = config.settings()
    yield use
    config.activate(before)


def test_what_the_scanner_passes_is_shown(cast, draft, scanned_by):
    data = hostile.png_of(600, 600)
    with clamd(b"stream: OK\0") as (address, seen):
        scanned_by(address)
        file = waiting(cast, draft, data, "a.png")
        jobs.make_all()
    assert fresh(file).state is FileState.READY
    assert seen == [data]


def test_what_it_finds_is_refused(cast, draft, scanned_by):
    with clamd(b"stream: Eicar-Signature FOUND\0") as (address, _seen):
        scanned_by(address)
        file = waiting(cast, draft)
        jobs.make_all()
    assert fresh(file).refusal == {"code": "infected"}


@pytest.mark.parametrize("verdict", [None, b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK", b"stream: OKAY\0"])
def test_without_a_verdict_nothing_is_shown(cast, draft, scanned_by, verdict):
    with clamd(verdict) as (address, _seen):
        scanned_by(address)
        file = waiting(cast, draft)
        jobs.make_all()
    assert (fresh(file).state, copies_of(file)) == (FileState.WAITING, [])
    scanned_by("")
    with time_machine.travel(utcnow() + timedelta(minutes=2), tick=True):
        jobs.make_all()
    assert fresh(file).state is FileState.READY


def test_a_scanner_that_is_away_lets_files_wait(cast, draft, scanned_by, tmp_path):
    for address in ("127.0.0.1:1", str(tmp_path / "no-such-socket")):
        scanned_by(address)
        file = waiting(cast, draft)
        jobs.make_all()
        assert fresh(file).state is FileState.WAITING


def test_a_full_disk_lets_files_wait(cast, draft, monkeypatch):
    from forum.core.storage import StorageFull

    file = waiting(cast, draft)

    def full(*_a, **_k):
        raise StorageFull

    with monkeypatch.context() as patch:
        patch.setattr(confined, "make", full)
        jobs.make_all()
    assert fresh(file).state is FileState.WAITING
    with time_machine.travel(utcnow() + timedelta(minutes=2), tick=True):
        jobs.make_all()
    assert fresh(file).state is FileState.READY

