"""What moderators do with a file: say what it shows, cover parts of it, open its sealed original for a reason."""

import json

import pytest
from flask import current_app

from forum.attachments import jobs
from forum.attachments.models import Attachment, AttachmentOpening, FileAudience, FileState, Matches, Shows
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, NotAllowed, NotNow, SecondFactorNeeded
from forum.core.events import Event, Kind, Role
from forum.letters.models import Letter
from forum.moderation import actions
from forum.moderation.lifecycle import OriginalReason, Reason, ThingKind
from forum.moderation.queries.things import thing_for
from tests.attachments import hostile
from tests.attachments.rows import copies_of, stored
from tests.cast import give_second_factor, represent, take_second_factor
from tests.moderation.stage import SAID

BOX, OTHER = [1, 0.1, 0.2, 0.3, 0.4], [1, 0.5, 0.5, 0.25, 0.25]
ALL = (Matches.NAME, Matches.DATE)


def store():
    return current_app.extensions["storage"]


def thing(who, file):
    db.session.expire_all()
    return thing_for(who, ThingKind.ATTACHMENT, file.id)


def fresh(file) -> Attachment:
    db.session.expire_all()
    return db.session.get_one(Attachment, file.id)


def events(kind: Kind) -> list[Event]:
    return list(db.session.scalars(db.select(Event).where(Event.kind == kind).order_by(Event.id)))


def check(cast, file, by=None, shows=Shows.INVOICE, matches=ALL) -> None:
    who = by or cast.dewi
    actions.check_file(thing(cast.dewi, file), by=who, shows=shows, matches=matches)


def cover(cast, file, *boxes, by=None, **more) -> None:
    said = {"reason": Reason.PERSONAL_DATA, "message": SAID, **more}
    actions.cover_file(thing(cast.dewi, file), list(boxes), by=by or cast.dewi, storage=store(), **said)


@pytest.mark.parametrize("audience", list(FileAudience))
def test_everybody_reads_what_a_moderator_saw_also_where_the_file_is_closed(cast, browse, audience):
    letter = cast.letter()
    file = stored(cast.ana, letter, audience=audience)
    version = letter.page_version
    page = browse(cast.dewi).submit(
        f"/moderation/letters/{letter.id}", form=f"/files/{file.id}/check", shows="invoice", agrees=["name", "date"]
    )
    assert page.url.endswith(f"/moderation/letters/{letter.id}#file-{file.id}")
    assert fresh(file).checked == {"shows": "invoice", "matches": ["name", "date"]}
    assert db.session.get_one(Letter, letter.id).page_version > version
    words = browse().open(f"/letters/{letter.id}").words
    assert "Faktur ada, diperiksa moderator" in words
    assert "nama cocok, tanggal cocok" in words
    (event,) = events(Kind.FILE_CHECKED)
    assert (event.data["shows"], event.data["matches"], event.by_id) == ("invoice", ["name", "date"], cast.dewi.id)


def test_the_newest_check_holds_and_a_cover_does_not_void_it(cast):
    file = stored(cast.ana, cast.letter())
    check(cast, file)
    check(cast, file, by=cast.eko, shows=Shows.CHAT, matches=())
    cover(cast, file, BOX)
    assert fresh(file).checked == {"shows": "chat", "matches": []}
    assert len(events(Kind.FILE_CHECKED)) == 2
    with pytest.raises(NotNow):
        check(cast, file)  # it waits to be made anew


def test_hiding_voids_a_check_for_good(cast, browse):
    letter = cast.letter()
    file = stored(cast.ana, letter)
    check(cast, file)
    actions.hide(thing(cast.dewi, file), by=cast.dewi, reason=Reason.PERSONAL_DATA, message=SAID)
    assert (fresh(file).checked, fresh(file).checked_at) == (None, None)
    assert [event.data.get("void") for event in events(Kind.FILE_CHECKED)] == [None, True]
    with pytest.raises(NotNow):
        check(cast, file)
    assert "diperiksa moderator" not in browse().open(f"/letters/{letter.id}").words
    actions.restore(thing(cast.dewi, file), by=cast.dewi)
    assert fresh(file).checked is None


def test_nobody_but_a_moderator_without_a_part_in_it(cast, browse):
    file = stored(cast.ana, cast.letter())
    represent(cast.eko, cast.shop)
    own = stored(cast.dewi, cast.letter(author=cast.dewi), name="milik.jpg")
    for who in (cast.ana, cast.bima, cast.citra, cast.eko):
        for act in (
            lambda who=who: check(cast, file, by=who),
            lambda who=who: cover(cast, file, BOX, by=who),
            lambda who=who: actions.uncover_file(
                thing(cast.dewi, file), {tuple(BOX)}, by=who, message="", storage=store()
            ),
            lambda who=who: actions.open_original(thing(cast.dewi, file), by=who, reason=OriginalReason.CHECK),
        ):
            with pytest.raises(NotAllowed):
                act()
    with pytest.raises(NotAllowed):
        check(cast, own)
    assert browse(cast.eko).request("POST", f"/moderation/files/{file.id}/check", data={}).status in {403, 409}
    assert "Tampilkan hasil pemeriksaan" not in browse(cast.eko).open(f"/moderation/files/{file.id}").text


@pytest.mark.parametrize("shows", ["", "everything", "invoice\x00"])
def test_a_check_outside_the_list_is_said_so(cast, browse, shows):
    file = stored(cast.ana, cast.letter())
    page = browse(cast.dewi).submit(f"/moderation/files/{file.id}", form="/check", shows=shows, agrees=["all"])
    assert page.status in {200, 422}
    assert (fresh(file).checked is None) == (shows != "invoice\x00")  # NUL is dropped from every text


def test_a_cover_needs_a_reason_and_words_which_its_owner_gets(cast, browse):
    from tests.notifications.helping import mails, work

    letter = cast.letter()
    file = stored(cast.ana, letter)
    dewi = browse(cast.dewi)
    page = dewi.submit(
        f"/moderation/files/{file.id}", form="/cover", areas=json.dumps([BOX]), reason="personal_data", message=""
    )
    assert "Ini usulan pesannya" in page.words
    assert json.dumps([BOX]) in page.find("input", name="areas")[0].get("value")
    with pytest.raises(Invalid):
        cover(cast, file, BOX, reason=None)
    with pytest.raises(Invalid):
        cover(cast, file, BOX, message="ya")
    assert not events(Kind.FILE_COVERED)
    dewi.submit(
        f"/moderation/files/{file.id}", form="/cover", areas=json.dumps([BOX]), reason="personal_data", message=SAID
    )
    (event,) = events(Kind.FILE_COVERED)
    assert (event.role, event.data["reason"], event.data["message"]) == (Role.MODERATOR, "personal_data", SAID)
    work()
    (mail,) = mails("file_covered")
    assert mail.to == "ana@surat.example"
    assert SAID in str(mail.content)
    words = browse().open(f"/letters/{letter.id}").words
    assert "Redaksi menutup bagian dari satu berkas" in words
    assert SAID not in words
    jobs.make_all()
    assert fresh(file).state is FileState.READY


def uncover(cast, file, *boxes) -> None:
    actions.uncover_file(
        thing(cast.dewi, file), {tuple(one) for one in boxes}, by=cast.dewi, message="", storage=store()
    )


def test_moderators_take_off_their_own_covers_and_never_the_authors(cast, browse):
    from forum.attachments import actions as attachments

    file = stored(cast.ana, cast.letter())
    attachments.cover(file, [OTHER], by=cast.ana, storage=store())
    cover(cast, file, BOX)
    jobs.make_all()
    with pytest.raises(Invalid):
        uncover(cast, file, OTHER)
    browse(cast.dewi).submit(f"/moderation/files/{file.id}", form="/uncover", area=json.dumps(BOX))
    assert fresh(file).areas == [OTHER]
    assert not copies_of(file)
    assert events(Kind.FILE_COVERED)[-1].data["off"] is True
    with pytest.raises(Invalid):
        uncover(cast, file, BOX)


def test_what_both_covered_stays(cast):
    from forum.attachments import actions as attachments

    file = stored(cast.ana, cast.letter())
    attachments.cover(file, [BOX], by=cast.ana, storage=store())
    cover(cast, file, BOX, OTHER)
    with pytest.raises(Invalid):
        uncover(cast, file, BOX)


@unit_of_work
def forget_original(file) -> None:
    file.original_key, file.original_gone_at = None, utcnow()


def test_without_the_original_no_cover_is_taken_off(cast, browse):
    file = stored(cast.ana, cast.letter())
    cover(cast, file, BOX)
    jobs.make_all()
    forget_original(fresh(file))
    with pytest.raises(NotNow):
        uncover(cast, file, BOX)
    assert "Ditutup moderator" not in browse(cast.dewi).open(f"/moderation/files/{file.id}").text


def test_the_original_is_opened_for_a_reason_and_with_a_second_factor(cast, browse):
    data = hostile.jpeg()
    letter = cast.letter()
    file = stored(cast.ana, letter, data=data)
    found = thing(cast.dewi, file)
    take_second_factor(cast.dewi)
    with pytest.raises(SecondFactorNeeded):
        actions.open_original(found, by=cast.dewi, reason=OriginalReason.CHECK)
    give_second_factor(cast.dewi)
    page = browse(cast.dewi).submit(f"/moderation/files/{file.id}", form="/original", why="")
    assert page.status == 422
    assert not db.session.query(AttachmentOpening).filter_by(variant="original").count()
    answer = (
        browse(cast.dewi).submit(f"/moderation/files/{file.id}", form="/original", why="report", follow=False).response
    )
    assert answer.data == data
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    (event,) = events(Kind.ORIGINAL_OPENED)
    assert (event.data["why"], event.by_id, event.letter_id) == ("report", cast.dewi.id, letter.id)
    assert "berkas asli yang tersegel" in browse(cast.ana).open(f"/files/{file.token}").words
    assert "Untuk memutuskan laporan" in browse(cast.eko).open(f"/moderation/letters/{letter.id}").words
    assert "membuka berkas asli" not in browse(cast.ana).open(f"/letters/{letter.id}").words


def test_an_original_that_is_gone_is_said_so(cast, browse):
    file = stored(cast.ana, cast.letter())
    forget_original(file)
    with pytest.raises(NotNow):
        actions.open_original(thing(cast.dewi, file), by=cast.dewi, reason=OriginalReason.CHECK)
    page = browse(cast.dewi).open(f"/moderation/files/{file.id}")
    assert "Berkas asli sudah dihapus" in page.words
    assert not page.find("form", action=f"/moderation/files/{file.id}/original")
    assert not events(Kind.ORIGINAL_OPENED)


def test_a_copy_made_without_its_original_is_no_original(cast):
    """What is sealed to be painted on is never handed out as what was sent."""
    file = stored(cast.ana, cast.letter())
    forget_original(file)
    cover(cast, file, BOX)
    assert fresh(file).original_key is not None
    with pytest.raises(NotNow):
        actions.open_original(thing(cast.dewi, file), by=cast.dewi, reason=OriginalReason.CHECK)
