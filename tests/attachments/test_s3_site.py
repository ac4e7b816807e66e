"""The site with its files in a bucket: what readers get, what is asked of the bucket for it, and what happens while it is away."""

import io
import logging
from dataclasses import replace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from flask import current_app
from sqlalchemy import func, select

from forum.attachments.jobs import make_all
from forum.attachments.models import Attachment, FileAudience, FileState
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.storage import StorageAway
from forum.serve.prepare import _files_away
from tests.attachments import hostile
from tests.attachments.places import Place, place_at
from tests.attachments.rows import key_of, stored

WRITE = "/letters/write"


@pytest.fixture
def place(app, tmp_path, s3):
    """The site's files in a bucket."""
    found = place_at("bucket", tmp_path, s3)
    before, app.extensions["storage"] = app.extensions["storage"], found.storage
    yield found
    app.extensions["storage"] = before


@pytest.fixture
def asked(place: Place) -> list[tuple[str, str]]:
    """What was asked of the bucket: the kind of request, and the part."""
    seen: list[tuple[str, str]] = []
    place.storage.client.meta.events.register(
        "before-call.s3", lambda model, params, **_rest: seen.append((model.name, params["headers"].get("Range", "")))
    )
    return seen


@pytest.fixture
def presign(place: Place, setting) -> None:
    setting(storage=place.storage.bucket, s3_presign=True)


def url(file, variant="full") -> str:
    return f"/files/{file.token}/{variant}/x.webp"


def get(browse, person, file, method="GET", **headers):
    return browse(person).request(method, url(file), headers=headers).response


def test_a_file_comes_through_the_site_with_its_walls(cast, browse, place, asked):
    file = stored(cast.ana, cast.letter())
    asked.clear()
    answer = get(browse, None, file)
    assert (answer.status_code, answer.get_data()[8:12]) == (200, b"WEBP")
    assert len(answer.get_data()) == answer.content_length == place.storage.size(key_of(file))
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_sent_is_not_read(cast, browse, place, asked):
    file = stored(cast.ana, cast.letter())
    whole = get(browse, None, file).get_data()
    asked.clear()
    assert get(browse, None, file, "HEAD").content_length == len(whole)
    assert [kind for kind, _part in asked] == ["HeadObject"]
    asked.clear()
    assert get(browse, None, file, **{"If-None-Match": f'"{key_of(file)}"'}).status_code == 304
    assert asked == []
    part = get(browse, None, file, Range="bytes=8-11")
    assert (part.status_code, part.get_data(), part.content_length) == (206, b"WEBP", 4)
    assert [one for one in asked if one[0] == "GetObject"] == [("GetObject", "bytes=8-11")]
    assert get(browse, None, file, Range="bytes=-4").get_data() == whole[-4:]
    assert get(browse, None, file, Range=f"bytes={len(whole)}-").status_code == 416


@pytest.mark.parametrize("longer", [0, 1])
def test_another_object_in_its_place_is_as_good_as_gone(cast, browse, place, caplog, longer):
    file = stored(cast.ana, cast.letter())
    key = key_of(file)
    place.swap(key, b"<script>".ljust(place.path(key).stat().st_size + longer))
    with caplog.at_level(logging.ERROR):
        answer = get(browse, None, file)
    assert answer.status_code == 404
    assert b"<script>  " not in answer.get_data()
    assert f"file {key} of attachment {file.id} is damaged" in caplog.text


def test_an_object_that_is_gone_is_missing_in_every_way_of_asking(cast, browse, place):
    file = stored(cast.ana, cast.letter())
    place.storage.delete(key_of(file))
    ways = [get(browse, None, file), get(browse, None, file, "HEAD"), get(browse, None, file, Range="bytes=0-1")]
    assert [way.status_code for way in ways] == [404] * 3


def test_while_the_bucket_is_away_letters_are_read_and_files_say_so(cast, browse, place, s3):
    letter = cast.letter()
    file = stored(cast.ana, letter)
    s3.stop()
    answers = [get(browse, None, file), get(browse, None, file, "HEAD"), get(browse, None, file, Range="bytes=0-1")]
    assert [answer.status_code for answer in answers] == [503] * 3
    assert answers[0].headers["Retry-After"]
    assert "127.0.0.1" not in answers[0].get_data(as_text=True)
    page = browse().open(f"/letters/{letter.id}")
    assert (page.status, letter.title in page.words) == (200, True)
    checks = browse().request("GET", "/health/ready").response.get_json()["checks"]
    assert (checks["database"], checks["storage"]) == (True, False)
    s3.start()
    assert get(browse, None, file).status_code == 200
    assert browse().request("GET", "/health/ready").response.get_json()["checks"]["storage"] is True


def test_a_file_that_cannot_be_kept_is_named_and_nothing_of_it_is_there(cast, browse, place, s3):
    s3.stop()
    browser = browse(cast.ana)
    page = browser.submit(
        WRITE, button=("do", "save"), title="Kipas tidak datang", files=(io.BytesIO(hostile.jpeg()), "nota.jpg")
    )
    assert "nota.jpg: Saat ini berkas belum dapat disimpan." in page.words
    assert db.session.scalar(select(func.count(Attachment.id))) == 0
    s3.start()
    assert [*place.storage.listed()] == []
    browser.submit(button=("do", "save"), files=(io.BytesIO(hostile.jpeg()), "nota.jpg"))
    assert db.session.scalar(select(func.count(Attachment.id))) == 1


@pytest.mark.parametrize("moment", ["open", "put", "exists"])
def test_a_file_waits_without_blame_while_the_bucket_is_away(cast, place, monkeypatch, moment):
    """At each step of the worker: reading the original, keeping the copies, looking for them before they are shown."""

    def away(*_arguments):
        raise StorageAway("away")

    received = stored(cast.ana, cast.letter(), name="lain.jpg", data=hostile.jpeg())
    again = db.session.get_one(Attachment, received.id)
    with monkeypatch.context() as patched:
        from tests.attachments.rows import _add

        row = _add(
            token="t" * 43, owner_id=again.owner_id, kind=again.kind, name="x", original_size=again.original_size,
            original_sha256=again.original_sha256, original_key=again.original_key, audience=FileAudience.PUBLIC,
        )  # fmt: skip
        patched.setattr(place.storage, moment, away)
        make_all()
    row = db.session.get_one(Attachment, row.id, populate_existing=True)
    assert (row.state, row.tries) == (FileState.WAITING, 0)
    assert row.leased_until > utcnow()


def test_removed_files_are_left_to_the_sweep_while_the_bucket_is_away(cast, place, s3):
    from forum.attachments.actions import discard

    key = place.storage.put(b"nobody's")
    s3.stop()
    discard([key], current_app.extensions["storage"])
    s3.start()
    assert place.storage.exists(key)
    discard([key], current_app.extensions["storage"])
    assert not place.storage.exists(key)


def test_public_files_may_be_fetched_from_the_bucket_for_a_minute(cast, browse, place, presign):
    file = stored(cast.ana, cast.letter(), name="nota é.jpg")
    answer = get(browse, None, file)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (302, "no-store")
    where = answer.headers["Location"]
    assert where.startswith(place.storage.bucket.address)
    assert "X-Amz-Expires=60" in where
    with urlopen(where) as fetched:
        assert fetched.read()[8:12] == b"WEBP"
        assert fetched.headers["Content-Type"] == "image/webp"
        assert fetched.headers["Content-Disposition"].startswith("inline; filename=")
    for worse in (where.partition("?")[0], where.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"), where[:-1] + "0"):
        if worse != where:
            with pytest.raises(HTTPError):
                urlopen(worse)
    head = get(browse, None, file, "HEAD")
    assert (head.status_code, head.content_length) == (200, place.storage.size(key_of(file)))


@pytest.mark.parametrize("audience", [FileAudience.BUSINESS, FileAudience.MODERATORS])
def test_other_files_go_through_the_site_even_so(cast, browse, place, presign, audience):
    file = stored(cast.ana, cast.letter(), audience=audience)
    assert get(browse, cast.dewi, file).status_code == 200
    assert get(browse, None, file).status_code == 404


@unit_of_work
def hide(file_id: int) -> None:
    db.session.get_one(Attachment, file_id).hidden_at = utcnow()


def test_a_hidden_file_has_no_address_at_all(cast, browse, place, presign):
    file = stored(cast.ana, cast.letter())
    hide(file.id)
    assert get(browse, None, file).status_code == 404
    assert get(browse, cast.ana, file).status_code == 200


def test_pages_let_pictures_come_from_the_bucket_only_where_they_do(browse, place, presign, setting):
    def allowed() -> str:
        policy = browse().open("/").response.headers["Content-Security-Policy"]
        return next(part for part in policy.split("; ") if part.startswith("img-src"))

    assert allowed() == f"img-src 'self' {place.storage.bucket.address} blob: data:"
    setting(s3_presign=False)
    assert allowed() == "img-src 'self' blob: data:"
    assert replace(settings(), s3_presign=False).files_address == ""


def test_a_start_without_the_bucket_says_what_is_wrong_and_goes_on(place, s3, capsys):
    assert _files_away(place.storage) is False
    s3.stop()
    assert _files_away(place.storage) is True
    assert "FORUM_STORAGE: " in (told := capsys.readouterr().err)
    assert place.storage.bucket.origin in told
