"""A bucket that is away, refuses, breaks off, lies, or holds something else than it says."""

import hashlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from forum.config.places import Bucket
from forum.core.storage import Damaged, LocalStorage, S3Storage, StorageAway, StorageFull
from forum.core.storage import s3 as module
from forum.core.storage.moving import copy_all
from tests.attachments.places import place_at

pytestmark = pytest.mark.pure

KEY = hashlib.sha256(b"x").hexdigest()
XML = '<?xml version="1.0"?><{0} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{1}</{0}>'


def everything(storage) -> dict[str, Callable[[], object]]:
    return {
        "put": lambda: storage.put(b"y"),
        "open": lambda: storage.open(KEY),
        "part": lambda: storage.open(KEY, 0, 1),
        "size": lambda: storage.size(KEY),
        "exists": lambda: storage.exists(KEY),
        "delete": lambda: storage.delete(KEY),
        "delete_old": lambda: storage.delete_old([KEY], datetime.now(UTC)),
        "listed": lambda: [*storage.listed()],
        "answer": storage.answer,
    }


def said(storage) -> dict[str, str]:
    """What is said of each thing that may be asked of it."""
    told = {}
    for name, ask in everything(storage).items():
        with pytest.raises(StorageAway) as away:
            ask()
        told[name] = away.value.why
        assert (away.value.code, away.value.facts) == ("storage_away", {})  # nothing of it is for readers
    return told


def test_while_nobody_listens_all_is_refused_in_words_and_afterwards_all_is_as_it_was(tmp_path, s3):
    storage = S3Storage(s3.bucket(), tmp_path)
    key = storage.put(b"x")
    s3.stop()
    words = f"{storage.bucket.origin} does not answer as it should (EndpointConnectionError)"
    assert set(said(storage).values()) == {words}
    s3.start()
    assert [one.key for one in storage.listed()] == [key]
    assert [*tmp_path.iterdir()] == []


def test_wrong_keys_are_told(tmp_path, s3, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    assert all("refuses our keys" in why for why in said(S3Storage(s3.bucket(), tmp_path)).values())


def test_no_keys_are_told(tmp_path, s3, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    assert all("set AWS_ACCESS_KEY_ID" in why for why in said(S3Storage(s3.bucket(), tmp_path)).values())


def test_a_profile_that_is_not_there_is_told(tmp_path, s3):
    bucket = s3.bucket()
    lost = Bucket(bucket.name, endpoint=bucket.endpoint, profile="other")
    assert all("there is no profile other" in why for why in said(S3Storage(lost, tmp_path)).values())


def test_a_bucket_that_is_not_there_is_told(tmp_path, s3):
    storage = S3Storage(Bucket("not-there", endpoint=s3.bucket().endpoint), tmp_path)
    for ask in (storage.answer, partial(storage.put, b"x"), lambda: [*storage.listed()], partial(storage.open, KEY)):
        with pytest.raises(StorageAway, match="there is no bucket not-there at"):
            ask()


@pytest.mark.parametrize("other", [b"lain!", b"longer than it was", b""])
def test_another_object_in_its_place_is_never_handed_out(tmp_path, s3, caplog, other):
    place = place_at("bucket", tmp_path, s3)
    key = place.storage.put(b"bukti")
    place.swap(key, other)
    with caplog.at_level(logging.ERROR), pytest.raises(Damaged):
        place.storage.open(key)
    assert key in caplog.text


def test_an_object_larger_than_any_of_ours_is_not_read(tmp_path, s3, monkeypatch):
    storage = S3Storage(s3.bucket(), tmp_path)
    key = storage.put(b"bukti")
    monkeypatch.setattr(module, "LARGEST_BYTES", 4)
    with pytest.raises(Damaged):
        storage.open(key)


@pytest.fixture
def told_by(monkeypatch, s3, tmp_path):
    """Return `told_by(status, body, **headers)`: the storage of a server that always answers so."""
    monkeypatch.setattr(module, "READ_SECONDS", 0.3)
    servers = []

    def start(status: int, body: bytes = b"", length: int | None = None, listens: bool = True) -> S3Storage:
        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = answer  # noqa: N815 - the library's names

            def log_message(self, *_words: object) -> None:
                """Be quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append((server, listens))
        if listens:
            Thread(target=server.serve_forever, daemon=True).start()
        return S3Storage(Bucket("bucket", endpoint=f"http://127.0.0.1:{server.server_port}"), tmp_path)

    yield start
    for server, listens in servers:
        if listens:
            server.shutdown()
        server.server_close()


def test_a_server_that_takes_the_call_and_keeps_silent_is_away(told_by):
    told = set(said(told_by(200, listens=False)).values())
    assert all("does not answer as it should (" in why and "TimeoutError" in why for why in told)


def test_an_answer_that_breaks_off_is_not_handed_out(told_by, tmp_path):
    storage = told_by(200, b"beginning", length=1000)
    for ask in (partial(storage.open, KEY), partial(storage.open, KEY, 0, 1000)):
        with pytest.raises(StorageAway):
            ask()
    assert [*tmp_path.iterdir()] == []


def test_a_failing_server_is_away(told_by):
    assert all("does not answer as it should (5" in why for why in said(told_by(500)).values())


def test_a_bucket_in_another_region_is_told(told_by):
    body = b"<Error><Code>AuthorizationHeaderMalformed</Code></Error>"
    with pytest.raises(StorageAway, match="does not lie in the region us-east-1"):
        told_by(400, body).put(b"x")


def test_a_full_server_is_full(told_by):
    with pytest.raises(StorageFull):
        told_by(507, b"<Error><Code>XMinioStorageFull</Code></Error>").put(b"x")


def test_what_shows_another_size_after_it_was_taken_was_not_taken(told_by):
    with pytest.raises(StorageAway, match="took 5 bytes and shows 7"):
        told_by(200, length=7).put(b"bukti")


def test_a_list_out_of_order_is_refused(told_by):
    date = "<LastModified>2026-01-01T00:00:00Z</LastModified>"
    names = [f"<Contents><Key>{key[:2]}/{key[2:4]}/{key}</Key><Size>1</Size>{date}</Contents>" for key in ("b" * 64, "a" * 64)]
    with pytest.raises(StorageAway, match="out of order"):
        [*told_by(200, XML.format("ListBucketResult", "".join(names)).encode()).listed()]


def test_what_could_not_be_removed_is_not_told_as_removed(told_by):
    body = XML.format("DeleteResult", f"<Error><Key>{KEY}</Key><Code>AccessDenied</Code></Error>").encode()
    with pytest.raises(StorageAway, match="did not remove everything: AccessDenied"):
        told_by(200, body).delete_old([KEY], datetime.now(UTC))


def test_copying_ends_when_the_server_goes_and_goes_on_from_there(tmp_path, s3, monkeypatch):
    from forum.core.storage import moving

    monkeypatch.setattr(moving, "BATCH", 10)
    here, there = LocalStorage(tmp_path / "files"), S3Storage(s3.bucket(), tmp_path / "scratch")
    keys = {here.put(bytes([number])) for number in range(40)}
    parts = copy_all(here, there)
    after = next(parts).after
    s3.stop()
    with pytest.raises(StorageAway):
        next(parts)
    s3.start()
    assert sum(len(part.files) for part in copy_all(here, there, after)) == 30
    assert {one.key for one in there.listed()} == keys
