"""The author says who sees a file, at any time: fewer at once, more only after it was said in words who they are."""

import pytest

from forum.attachments import actions
from forum.attachments.models import Attachment, FileAudience
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, Stale
from forum.core.events import Event, Kind
from forum.letters import actions as letters
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.moderation.queries.queue import counts, waiting_files
from tests.attachments.rows import stored

PUBLIC, BUSINESS, MODERATORS = FileAudience


def fresh(file) -> Attachment:
    db.session.expire_all()
    return db.session.get_one(Attachment, file.id)


def changes() -> list[Event]:
    return list(db.session.scalars(db.select(Event).where(Event.kind == Kind.FILE_AUDIENCE_CHANGED).order_by(Event.id)))


def opens(browse, person, file) -> int:
    return browse(person).request("GET", f"/files/{file.token}/full/x.webp").status


def choose(browser, file, audience: FileAudience, **more):
    return browser.submit(f"/files/{file.token}", form="/audience", audience=audience.value, **more)


def test_narrower_holds_at_once_and_is_told_to_the_parties(cast, browse):
    letter = cast.letter()
    file = stored(cast.ana, letter)
    before = letter.page_version
    assert opens(browse, None, file) == 200
    choose(browse(cast.ana), file, MODERATORS)
    assert fresh(file).audience is MODERATORS
    assert [opens(browse, one, file) for one in (None, cast.bima, cast.ana, cast.dewi)] == [404, 404, 200, 200]
    (event,) = changes()
    assert (event.data["before"], event.data["to"], event.letter_id) == ("public", "moderators", letter.id)
    assert db.session.get_one(Letter, letter.id).page_version > before
    words = {
        name: browse(person).open(f"/letters/{letter.id}").text for name, person in (("guest", None), ("ana", cast.ana))
    }
    assert "mengubah siapa yang boleh melihat" in words["ana"]
    assert "mengubah siapa yang boleh melihat" not in words["guest"]
    assert not counts().files


@pytest.mark.parametrize(("state", "when"), [(Publication.PUBLISHED, "Mulai sekarang"), (Publication.SUBMITTED, "Begitu surat dimuat,")])
@pytest.mark.parametrize(("wider", "said"), [(PUBLIC, "semua orang dapat membuka"), (BUSINESS, "wakil Toko Melati")])
def test_wider_is_asked_in_words_first(cast, browse, wider, said, state, when):
    file = stored(cast.ana, cast.letter(publication=state), audience=MODERATORS)
    browser = browse(cast.ana)
    page = choose(browser, file, wider)
    assert f"{when} {said}" in page.text
    assert ("Sebelum itu hanya Anda" in page.text) is (state is Publication.SUBMITTED)
    assert fresh(file).audience is MODERATORS
    assert not changes()
    sent = {name: page.find("input", name=name)[0].get("value") for name in ("csrf_token", "audience", "sure", "seen")}
    assert browser.request("POST", f"/files/{file.token}/audience", data=sent).status == 302
    assert fresh(file).audience is wider
    assert changes()[0].data["wider"] is True


def test_a_confirmation_is_of_what_was_asked(cast, browse):
    file = stored(cast.ana, cast.letter(), audience=MODERATORS)
    browser = browse(cast.ana)
    token = browser.open(f"/files/{file.token}").find("input", name="csrf_token")[0].get("value")
    sent = {"csrf_token": token, "audience": "public", "sure": "business", "seen": "moderators"}
    assert browser.request("POST", f"/files/{file.token}/audience", data=sent).status == 200
    assert browser.request("POST", f"/files/{file.token}/audience", data={**sent, "audience": "all"}).status == 422
    assert fresh(file).audience is MODERATORS
    with pytest.raises(Invalid):
        actions.change_audience(fresh(file), PUBLIC, by=cast.ana)
    with pytest.raises(Stale):
        actions.change_audience(fresh(file), PUBLIC, by=cast.ana, seen=BUSINESS, sure=True)


def test_twice_is_once(cast):
    file = stored(cast.ana, cast.letter())
    for _ in range(2):
        actions.change_audience(fresh(file), BUSINESS, by=cast.ana)
    assert len(changes()) == 1


def test_only_its_owner_chooses(cast, browse):
    file = stored(cast.ana, cast.letter())
    for who in (cast.bima, cast.citra, cast.dewi):
        with pytest.raises(NotAllowed):
            actions.change_audience(fresh(file), MODERATORS, by=who)
        assert browse(who).request("POST", f"/files/{file.token}/audience", data={}).status in {
            404,
            409,
        }  # 409: no token
    assert browse(cast.citra).open(f"/files/{file.token}").status == 404
    assert browse(cast.dewi).request("GET", f"/files/{file.token}").response.location == f"/moderation/files/{file.id}"


def test_what_became_wider_in_print_waits_for_a_look_until_it_is_checked(cast, browse):
    letter = cast.letter()
    file = stored(cast.ana, letter, audience=MODERATORS)
    actions.change_audience(file, PUBLIC, by=cast.ana, sure=True)
    assert counts().files == 1
    assert [row.id for row in waiting_files().items] == [file.id]
    assert browse(cast.dewi).open("/moderation/files").status == 200
    browse(cast.dewi).submit(f"/moderation/files/{file.id}", form="/check", shows="invoice")
    assert not counts().files
    actions.change_audience(fresh(file), BUSINESS, by=cast.ana)
    actions.change_audience(fresh(file), PUBLIC, by=cast.ana, sure=True)
    actions.change_audience(fresh(file), MODERATORS, by=cast.ana)
    assert not counts().files


def test_who_read_it_before_it_became_wider_looks_again_before_printing(cast):
    letter = cast.letter(publication=Publication.SUBMITTED)
    file, seen = stored(cast.ana, letter, audience=MODERATORS), letter.version
    actions.change_audience(fresh(file), PUBLIC, by=cast.ana, sure=True)
    with pytest.raises(Stale):
        letters.publish(letter_for(cast.dewi, letter.id), by=cast.dewi, seen=seen)
    seen = letter_for(cast.dewi, letter.id).version
    actions.change_audience(fresh(file), BUSINESS, by=cast.ana)
    letters.publish(letter_for(cast.dewi, letter.id), by=cast.dewi, seen=seen)


def test_a_file_of_a_draft_changes_in_silence(cast, browse):
    from forum.letters import actions as letters

    draft = letters.keep_draft(by=cast.ana, once="a-key-of-one-form-0001", fields={})
    file = stored(cast.ana, draft=draft, audience=MODERATORS)
    actions.change_audience(file, PUBLIC, by=cast.ana, sure=True)
    assert not changes()
    assert browse(cast.ana).open(f"/files/{file.token}").status == 200
    assert browse(cast.dewi).request("GET", f"/files/{file.token}").status == 404
