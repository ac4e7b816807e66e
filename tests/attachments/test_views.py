"""The one address of files: who may see what, with which headers, in whole and in parts."""

import io

import pytest
from flask import current_app

from forum.attachments.jobs import make_all
from forum.attachments.kinds import Variant
from forum.attachments.models import FileAudience
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.letters.lifecycle import Publication, Visibility
from forum.merchants.models import Representative
from tests.attachments import hostile
from tests.attachments.rows import key_of, stored
from tests.cast import represent
from tests.moderation.stage import make_response


def url(file, variant="full", name="x.webp") -> str:
    return f"/files/{file.token}/{variant}/{name}"


def status(browse, person, address, method="GET", **options) -> int:
    return browse(person).request(method, address, **options).status


PEOPLE = ("guest", "citra", "fajar", "bima", "ana", "dewi")
TABLE = [
    (
        FileAudience.PUBLIC,
        Publication.PUBLISHED,
        {"guest": 200, "citra": 200, "fajar": 200, "bima": 200, "ana": 200, "dewi": 200},
    ),
    (
        FileAudience.BUSINESS,
        Publication.PUBLISHED,
        {"guest": 404, "citra": 404, "fajar": 404, "bima": 200, "ana": 200, "dewi": 200},
    ),
    (
        FileAudience.MODERATORS,
        Publication.PUBLISHED,
        {"guest": 404, "citra": 404, "fajar": 404, "bima": 404, "ana": 200, "dewi": 200},
    ),
    (
        FileAudience.PUBLIC,
        Publication.SUBMITTED,
        {"guest": 404, "citra": 404, "fajar": 404, "bima": 404, "ana": 200, "dewi": 200},
    ),
    (
        FileAudience.PUBLIC,
        Publication.TAKEN_DOWN,
        {"guest": 410, "citra": 410, "fajar": 410, "bima": 410, "ana": 200, "dewi": 200},
    ),
]


@pytest.mark.parametrize(("audience", "state", "expected"), TABLE)
def test_who_may_see_it(cast, browse, audience, state, expected):
    letter = cast.letter(publication=state)
    file = stored(cast.ana, letter, audience=audience)
    for name in PEOPLE:
        person = None if name == "guest" else getattr(cast, name)
        for variant in ("full", "thumb"):
            assert status(browse, person, url(file, variant)) == expected[name], (name, variant)
            assert status(browse, person, url(file, variant), "HEAD") == expected[name], (name, variant)
        if expected[name] != 200:
            page = browse(person).request(
                "GET", url(file), headers={"Range": "bytes=0-3", "If-None-Match": f'"{key_of(file)}"'}
            )
            assert page.status == expected[name]
            assert "ETag" not in page.response.headers
            assert "nota" not in page.text


@pytest.mark.parametrize(("audience", "expected"), [("public", 200), ("business", 200), ("moderators", 403)])
def test_a_moderator_who_speaks_for_the_business_opens_no_more_than_it_may(cast, browse, audience, expected):
    file = stored(cast.ana, cast.letter(), audience=FileAudience(audience))
    represent(cast.eko, cast.shop)
    assert status(browse, cast.eko, url(file)) == (200 if expected == 200 else 404)
    assert status(browse, cast.eko, f"/moderation/files/{file.id}") == expected
    assert status(browse, cast.dewi, url(file)) == status(browse, cast.dewi, f"/moderation/files/{file.id}") == 200


def test_a_file_of_a_response_leaves_its_sender_with_the_role(cast, browse):
    letter = cast.letter()
    response = make_response(letter, cast.bima)
    file = stored(cast.bima, response_id=response.id, case_id=response.case_id, hidden_at=utcnow())
    assert status(browse, cast.bima, url(file)) == 200
    leave(cast.bima)
    assert status(browse, cast.bima, url(file)) == 404


@unit_of_work
def leave(person):
    for one in db.session.scalars(db.select(Representative).where(Representative.user_id == person.id)):
        one.ended_at = utcnow()


def test_files_of_a_draft_are_their_owners(cast, browse):
    from forum.letters import actions

    draft = actions.keep_draft(by=cast.ana, once="a-key-of-one-form-0001", fields={})
    file = stored(cast.ana, draft=draft)
    assert status(browse, cast.ana, url(file)) == 200
    for person in (None, cast.citra, cast.dewi):
        assert status(browse, person, url(file)) == 404


def test_a_hidden_file_is_seen_by_its_owner_and_moderators(cast, browse):
    file = stored(cast.ana, cast.letter(), hidden_at=utcnow())
    assert [status(browse, person, url(file)) for person in (None, cast.bima, cast.ana, cast.dewi)] == [
        404,
        404,
        200,
        200,
    ]
    assert browse(cast.ana).request("GET", url(file)).response.headers["Cache-Control"] == "private, no-store"


def test_headers(cast, browse):
    file = stored(cast.ana, cast.letter(), name="bukti “transfer” ke toko.jpg")
    answer = browse().request("GET", url(file, name="evil.html")).response
    assert answer.mimetype == "image/webp"
    assert answer.data[:4] == b"RIFF"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    assert "evil" not in answer.headers["Content-Disposition"]
    assert answer.headers["ETag"] == f'"{key_of(file)}"'
    assert "Set-Cookie" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(answer.data) == file.full_size


def test_a_pdf_is_downloaded(cast, browse):
    file = stored(cast.ana, cast.letter(), data=hostile.pdf(), name="surat.pdf")
    answer = browse().request("GET", url(file)).response
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="surat.pdf"'
    assert browse().request("GET", url(file, "thumb")).response.mimetype == "image/webp"


def test_what_is_not_public_is_not_cached(cast, browse):
    file = stored(cast.ana, cast.letter(), audience=FileAudience.BUSINESS)
    assert browse(cast.bima).request("GET", url(file)).response.headers["Cache-Control"] == "private, no-store"
    letter = cast.letter(publication=Publication.SUBMITTED)
    waiting = stored(cast.ana, letter)
    assert browse(cast.dewi).request("GET", url(waiting)).response.headers["Cache-Control"] == "private, no-store"
    unlisted = cast.letter(visibility=Visibility.UNLISTED)
    assert (
        browse().request("GET", url(stored(cast.ana, unlisted))).response.headers["Cache-Control"]
        == "public, no-cache"
    )


def test_parts_and_unchanged(cast, browse):
    file = stored(cast.ana, cast.letter())
    whole = browse().request("GET", url(file)).response.data
    part = browse().request("GET", url(file), headers={"Range": "bytes=4-9"}).response
    assert (part.status_code, part.data) == (206, whole[4:10])
    assert part.headers["Content-Range"] == f"bytes 4-9/{len(whole)}"
    assert browse().request("GET", url(file), headers={"Range": f"bytes={len(whole)}-"}).status == 416
    same = browse().request("GET", url(file), headers={"If-None-Match": f'"{key_of(file)}"'}).response
    assert (same.status_code, same.data) == (304, b"")
    head = browse().request("HEAD", url(file)).response
    assert (head.data, int(head.headers["Content-Length"])) == (b"", len(whole))


@pytest.mark.parametrize(
    "address",
    [
        "/files/x/full/a.webp",
        "/files/%00/full/a",
        "/files/%F0%9F%98%80/full/a",
        f"/files/{'a' * 5000}/thumb/a",
        "/files/../../etc/passwd",
    ],
)
def test_addresses_of_nothing(browse, address):
    assert browse().request("GET", address).status in {400, 404}


def test_a_variant_that_is_none_and_a_post(cast, browse):
    file = stored(cast.ana, cast.letter())
    assert browse().request("GET", url(file, "original")).status == 404
    assert browse().request("POST", url(file)).status == 405


def test_the_reader_sees_what_is_there_but_not_its_name(cast, browse):
    from forum.letters.files import tiles
    from forum.letters.queries import letter_for

    letter = cast.letter()
    stored(cast.ana, letter, name="KTP Ana.jpg", audience=FileAudience.MODERATORS)
    stored(
        cast.ana, letter, data=hostile.png() if hasattr(hostile, "png") else hostile.pdf(), name="nota.pdf", position=1
    )
    with current_app.test_request_context():
        from forum.accounts.models import Guest

        closed, opened = tiles(Guest(), letter_for(Guest(), letter.id))
        assert (closed["url"], closed["thumb_url"]) == (None, None)
        assert closed["name"] == "Lampiran 1"
        assert "KTP" not in str(closed)
        assert opened["url"].startswith("/files/")
        own = tiles(cast.ana, letter_for(cast.ana, letter.id))
        assert own[0]["name"] == "KTP Ana.webp"


def test_upload_through_the_form_and_back(cast, browse):
    ana = browse(cast.ana)
    page = ana.submit("/letters/write", button=("do", "upload"), files=[(io.BytesIO(hostile.jpeg()), "nota.jpg")])
    assert "Sedang diproses" in page
    assert not [link for link in page.links() if "/full/" in link]
    make_all()
    links = [link for link in ana.open(page.url).links() if link.startswith("/files/") and "/full/" in link]
    assert links
    answer = ana.request("GET", links[0]).response
    assert answer.status_code == 200
    assert hostile.CANARY not in answer.data


def test_a_file_lost_from_the_disk_is_not_found(cast, browse) -> None:
    """The row names bytes that are gone: a page says so, not a failure."""
    file = stored(cast.ana, cast.letter())
    storage = current_app.extensions["storage"]
    storage.delete(key_of(file))
    storage.delete(key_of(file, Variant.THUMB))
    assert browse().open(f"/files/{file.token}/full/nota.webp").status == 404
