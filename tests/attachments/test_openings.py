"""Every view of a file that is not for everybody is written down before a byte goes out, and its owner reads of it."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from forum.attachments import actions
from forum.attachments.models import Attachment, AttachmentOpening, FileAudience
from forum.attachments.queries.openings import openings_of
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Role
from forum.letters.lifecycle import Publication
from forum.letters.models import Case
from tests.attachments.rows import key_of, stored
from tests.house import scene as scenes


def rows() -> list[AttachmentOpening]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(AttachmentOpening).order_by(AttachmentOpening.id)))


def ask(browse, person, file, variant="full", method="GET", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return browse(person).request(method, f"/files/{file.token}/{variant}/x.webp", headers=named)


def test_who_opened_it_as_whom_in_which_case_and_form(cast, browse):
    letter = cast.letter(merchants=[cast.courier, cast.shop])
    file = stored(cast.ana, letter, audience=FileAudience.BUSINESS)
    shop = db.session.scalar(db.select(Case).where(Case.letter_id == letter.id, Case.merchant_id == cast.shop.id))
    assert ask(browse, cast.bima, file).status == 200
    assert ask(browse, cast.dewi, file, "thumb").status == 200
    found = [(row.by_id, row.role, row.merchant_id, row.case_id, row.variant) for row in rows()]
    assert found == [
        (cast.bima.id, Role.BUSINESS, cast.shop.id, shop.id, "full"),
        (cast.dewi.id, Role.MODERATOR, None, None, "thumb"),
    ]


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-3"}, {"Range": "bytes=9999999-"}])
def test_a_part_is_a_view_as_well(cast, browse, headers):
    file = stored(cast.ana, cast.letter(), audience=FileAudience.BUSINESS)
    ask(browse, cast.bima, file, **headers)
    assert len(rows()) == 1


def test_many_parts_at_once_are_one_view_and_a_later_one_is_another(cast, browse):
    file = stored(cast.ana, cast.letter(), audience=FileAudience.BUSINESS)
    for part in range(5):
        ask(browse, cast.bima, file, Range=f"bytes={part}-{part}")
    ask(browse, cast.dewi, file)
    assert [row.by_id for row in rows()] == [cast.bima.id, cast.dewi.id]
    rows()[0].at -= actions.openings.AGAIN
    db.session.flush()
    ask(browse, cast.bima, file)
    assert [row.by_id for row in rows()] == [cast.bima.id, cast.dewi.id, cast.bima.id]


def test_not_changed_is_a_view_and_head_is_none(cast, browse):
    file = stored(cast.ana, cast.letter(), audience=FileAudience.BUSINESS)
    assert ask(browse, cast.bima, file, method="HEAD").status == 200
    assert not rows()
    assert ask(browse, cast.bima, file, If_None_Match=f'"{key_of(file)}"').status == 304
    assert len(rows()) == 1


def test_nothing_is_written_for_everybody_for_its_owner_and_for_the_refused(cast, browse):
    letter = cast.letter()
    public, closed = stored(cast.ana, letter), stored(cast.ana, letter, name="b.jpg", audience=FileAudience.BUSINESS)
    for person in (None, cast.citra, cast.bima, cast.dewi):
        page = ask(browse, person, public)
        assert page.status == 200
        assert not [one for one in page.queries if one.lstrip().startswith(("INSERT", "UPDATE"))]
    assert ask(browse, cast.ana, closed).status == 200
    assert [ask(browse, one, closed).status for one in (None, cast.citra, cast.fajar)] == [404, 404, 404]
    assert not rows()


@pytest.mark.parametrize("state", [Publication.SUBMITTED, Publication.TAKEN_DOWN])
def test_what_is_not_in_print_is_written_down(cast, browse, state):
    file = stored(cast.ana, cast.letter(publication=state))
    assert ask(browse, cast.dewi, file).status == 200
    assert [row.role for row in rows()] == [Role.MODERATOR]


def test_a_hidden_file_is_written_down(cast, browse):
    file = stored(cast.ana, cast.letter(), hidden_at=utcnow())
    assert ask(browse, cast.dewi, file).status == 200
    assert len(rows()) == 1


def test_files_of_a_hidden_response_are_written_down_for_its_team(app, cast, browse):
    scene = scenes.build(cast)
    number, token, name = scene.hung[1]
    eka = cast.representative("Eka", cast.shop)
    assert browse(eka).request("GET", f"/files/{token}/full/{name}").status == 200
    assert [(row.attachment_id, row.role, row.merchant_id) for row in rows()] == [(number, Role.BUSINESS, cast.shop.id)]


def test_a_mailed_link_is_written_down_without_a_person(app, cast, browse):
    scene = scenes.build(cast)
    url = f"/answer/{scene.links[1]}"
    public, business = scene.files[0][0], scene.files[1][0]
    assert browse().request("GET", f"{url}/files/{public}/full").status == 200
    assert browse().request("HEAD", f"{url}/files/{business}/full").status == 200
    assert not rows()
    assert browse().request("GET", f"{url}/files/{business}/full").status == 200
    (row,) = rows()
    assert (row.by_id, row.role, row.merchant_id, row.attachment_id) == (None, Role.BUSINESS, cast.shop.id, business)
    page = browse(cast.ana).open(f"/files/{scene.files[1][1]}")
    assert "Toko Melati, lewat tautan dalam email" in page.words


def test_what_cannot_be_written_down_is_not_sent(cast, browse, monkeypatch):
    file = stored(cast.ana, cast.letter(), audience=FileAudience.BUSINESS)

    def refuse(*_args, **_more):
        raise OperationalError("insert", {}, Exception("the disk is full"))

    monkeypatch.setattr(actions, "note_opening", refuse)
    page = ask(browse, cast.bima, file)
    assert page.status == 503
    assert page.response.data[:4] != b"RIFF"
    assert ask(browse, cast.ana, file).status == 200


def test_the_owner_reads_offices_and_no_names(cast, browse):
    file = stored(cast.ana, cast.letter(), audience=FileAudience.BUSINESS)
    for person in (cast.bima, cast.dewi):
        ask(browse, person, file)
    page = browse(cast.ana).open(f"/files/{file.token}")
    assert "Toko Melati, Humas" in page.words
    log = page.text.split('class="room__log"')[1].split("</ol>")[0]
    assert "Redaksi" in log
    for name in ("Bima", "Dewi", "Lestari", "Santoso"):
        assert name not in log
    assert "Dewi Lestari" in browse(cast.eko).open(f"/moderation/files/{file.id}").text


START = utcnow() - timedelta(hours=1)


@unit_of_work
def put(file: Attachment, *seconds: int, by=None, role=Role.MODERATOR, variant="full") -> None:
    for one in seconds:
        db.session.add(
            AttachmentOpening(
                attachment_id=file.id, at=START + timedelta(seconds=one), by_id=by.id, role=role, variant=variant
            )
        )
        db.session.flush()


def test_views_within_a_minute_are_one_line(cast):
    file = stored(cast.ana, cast.letter(), audience=FileAudience.MODERATORS)
    put(file, 0, 30, 60, by=cast.dewi)
    put(file, 61, by=cast.eko)
    put(file, 90, by=cast.dewi, variant="original")
    put(file, 121, by=cast.dewi)
    lines = openings_of(file.id).items
    assert [(one.person.split()[0], one.original) for one in lines] == [
        ("Dewi", False),
        ("Dewi", True),
        ("Eko", False),
        ("Dewi", False),
    ]
    assert lines[0].at - lines[-1].at == timedelta(seconds=121)


def test_the_log_is_paged_by_key(cast, browse):
    file = stored(cast.ana, cast.letter(), audience=FileAudience.MODERATORS)
    put(file, *(number * 100 for number in range(7)), by=cast.dewi)
    found, after = [], None
    while True:
        page = openings_of(file.id, after, size=3)
        found += [one.at for one in page.items]
        after = page.next
        if after is None:
            break
    assert len(found) == 7
    assert found == sorted(found, reverse=True)
    assert browse(cast.ana).open(f"/files/{file.token}?after=nonsense").status == 400
