"""Whatever takes a right away holds for the next request, in whichever form it asks, and no cache keeps the file."""

import pytest
from flask import current_app

from forum.attachments import actions as attachments
from forum.attachments.models import Attachment, FileAudience
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.letters import actions as letters
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import NameKind
from forum.merchants.models import Representative
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import JoinReason, Reason, ThingKind
from forum.moderation.queries.things import thing_for
from tests.attachments.rows import key_of, stored
from tests.moderation.stage import SAID


def thing(who, kind, row):
    return thing_for(who, kind, row.id)


def hide(cast, file, letter) -> None:
    moderation.hide(
        thing(cast.dewi, ThingKind.ATTACHMENT, file), by=cast.dewi, reason=Reason.PERSONAL_DATA, message=SAID
    )


def take_down(cast, file, letter) -> None:
    moderation.hide(thing(cast.dewi, ThingKind.LETTER, letter), by=cast.dewi, reason=Reason.UNLAWFUL, message=SAID)


def withdraw(cast, file, letter) -> None:
    letters.withdraw(db.session.get_one(Letter, letter.id), by=cast.ana)


def narrow(cast, file, letter) -> None:
    attachments.change_audience(file, FileAudience.MODERATORS, by=cast.ana)


def cover(cast, file, letter) -> None:
    attachments.cover(file, [[1, 0, 0, 1, 0.5]], by=cast.ana, storage=current_app.extensions["storage"])


@unit_of_work
def end_role(cast, file, letter) -> None:
    voice = db.session.scalars(db.select(Representative).where(Representative.user_id == cast.bima.id)).one()
    voice.ended_at = utcnow()


def split(cast, file, letter) -> None:
    case = db.session.scalars(db.select(Case).where(Case.letter_id == letter.id)).one()
    moderation.split(
        cast.shop, to=cast.courier.name, case_ids=[case.id], by=cast.dewi, reason=JoinReason.WRONG_BUSINESS
    )


WAYS = {
    "split": split,
    "hide": hide,
    "take_down": take_down,
    "withdraw": withdraw,
    "narrow": narrow,
    "cover": cover,
    "end_role": end_role,
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_the_next_request_of_the_business_fails(cast, browse, way):
    letter = cast.letter()
    file = stored(cast.ana, letter, audience=FileAudience.BUSINESS)
    address, tag, bima = f"/files/{file.token}/full/x.webp", f'"{key_of(file)}"', browse(cast.bima)
    answer = bima.request("GET", address).response
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    WAYS[way](cast, db.session.get_one(Attachment, file.id), letter)
    db.session.expire_all()
    for method in ("GET", "HEAD"):
        for headers in ({}, {"Range": "bytes=0-3"}, {"If-None-Match": tag}):
            page = bima.request(method, address, headers=headers)
            assert page.status in {404, 410}, (method, headers)
            assert "ETag" not in page.response.headers


@pytest.mark.parametrize("way", ["hide", "take_down", "withdraw", "narrow", "cover"])
def test_the_next_request_of_a_guest_fails_though_a_cache_may_ask_whether_it_changed(cast, browse, way):
    letter = cast.letter()
    file = stored(cast.ana, letter)
    address, tag = f"/files/{file.token}/full/x.webp", f'"{key_of(file)}"'
    answer = browse().request("GET", address).response
    assert answer.headers["Cache-Control"] == "public, no-cache"  # asks each time
    assert browse().request("GET", address, headers={"If-None-Match": tag}).status == 304
    WAYS[way](cast, db.session.get_one(Attachment, file.id), letter)
    db.session.expire_all()
    for headers in ({}, {"Range": "bytes=0-3"}, {"If-None-Match": tag}):
        assert browse().request("GET", address, headers=headers).status in {404, 410}


def test_an_ended_session_opens_nothing(cast, browse):
    file = stored(cast.ana, cast.letter(), audience=FileAudience.BUSINESS)
    bima = browse(cast.bima)
    assert bima.request("GET", f"/files/{file.token}/full/x.webp").status == 200
    bima.submit("/settings", form="/sign-out")
    assert bima.request("GET", f"/files/{file.token}/full/x.webp").status == 404


def test_a_merged_business_reads_what_its_new_one_may_and_the_log_stays(cast, browse):
    from forum.attachments.models import AttachmentOpening

    letter = cast.letter(merchants=[cast.courier, cast.shop])
    file = stored(cast.ana, letter, audience=FileAudience.BUSINESS)
    address = f"/files/{file.token}/full/x.webp"
    assert [browse(one).request("GET", address).status for one in (cast.bima, cast.fajar)] == [200, 200]
    moderation.merge(cast.courier, cast.shop, by=cast.dewi, reason=JoinReason.TAKEOVER, kind=NameKind.FORMER)
    db.session.expire_all()
    rows = db.session.query(AttachmentOpening).all()
    assert len(rows) == 2
    assert len({row.case_id for row in rows}) == 1  # both hang on the case that is left
    assert [browse(one).request("GET", address).status for one in (cast.bima, cast.fajar)] == [200, 404]
    assert browse(cast.ana).open(f"/files/{file.token}").status == 200
