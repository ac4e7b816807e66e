"""The right of reply: without an account, proved by a mailed link, reviewed, never changed; private until it is published."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.models import Guest
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Gone, Invalid, NotAllowed, NotNow, TooMany
from forum.core.events import Kind
from forum.core.mail import Mail
from forum.core.rates import LIMITS
from forum.letters.lifecycle import NameShown, Publication
from forum.redactions.lifecycle import Label, Reason
from forum.reply import actions, queries
from forum.reply.lifecycle import Refusal, ReplyState
from forum.reply.models import Reply
from tests.moderation.stage import events
from tests.notifications.helping import work
from tests.redactions.stage import cover

NAME, PLACE = "Zulkarnain Akbar", "Saya kurir dalam paragraf pertama."
TEXT = "Hari itu saya tidak bertugas. Paket diterima tetangga pada pukul 10.00, dan tanda terimanya ada pada saya."
WHY = "Surat ini tidak menyebut Anda; mohon tunjukkan bagiannya."


def write(letter, **fields) -> Reply:
    values = {
        "by": Guest(), "name": NAME, "name_shown": NameShown.FULL, "place": PLACE, "text": TEXT,
        "email": "zul@mail.example", "address": "192.0.2.9", **fields,
    }  # fmt: skip
    return actions.write(letter, **values)


def again(reply: Reply) -> Reply:
    db.session.expire_all()
    return queries.reply_with_letter(reply.id)


def waits(letter, **fields) -> Reply:
    made = write(letter, **fields)
    actions.prove(again(made))
    return again(made)


def published(cast, letter, **fields) -> Reply:
    made = waits(letter, **fields)
    actions.publish(made, by=cast.dewi)
    return again(made)


def test_the_whole_way_without_an_account(cast, browse) -> None:
    letter = cast.letter(text="Kurir Zulkarnain mencuri paket saya pada 3 Maret, kata tetangga saya yang melihatnya.")
    cast.dewi  # noqa: B018 - makes her
    guest = browse()
    page = guest.open(f"/letters/{letter.id}")
    page = guest.submit(
        page.link("Hak jawab: surat ini menyebut saya"), name=NAME, name_shown="initials", place=PLACE, text=TEXT, email="zul@mail.example"
    )
    assert "zul@mail.example" in page
    assert not guest.client.get_cookie("session")
    (mail,) = db.session.scalars(select(Mail)).all()
    path = re.search(r"http://localhost(/right-of-reply/\S+)", mail.content["text"])[1]
    assert guest.open(path).response.headers["Referrer-Policy"] == "no-referrer"
    assert db.session.scalars(select(Reply)).one().state is ReplyState.UNPROVEN, "opening the link alone does nothing"
    guest.submit(form="confirm")
    assert TEXT not in browse().open(f"/letters/{letter.id}")
    work()
    dewi = browse(cast.dewi)
    reply = db.session.scalars(select(Reply)).one()
    assert f"/moderation/right-of-reply/{reply.id}" in dewi.open("/moderation/right-of-reply").text
    dewi.submit(f"/moderation/right-of-reply/{reply.id}", button=("decision", "publish"))
    page = browse().open(f"/letters/{letter.id}")
    assert "Hak jawab dari orang yang disebut dalam surat ini" in page
    assert TEXT in page
    assert "Z. A." in page
    assert NAME not in page.text
    assert PLACE not in page.text
    work()
    told = {(one.to.split("@")[0], one.kind) for one in db.session.scalars(select(Mail))}
    assert told >= {("dewi", "reply_waiting"), ("ana", "reply_published"), ("zul", "reply_accepted")}


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"text": "x" * 49}, "text"), ({"text": "x" * 5001}, "text"), ({"place": "saya"}, "place"), ({"email": "bukan"}, "email"), ({"name": "..."}, "name")],
)  # fmt: skip
def test_what_does_not_hold_is_said_at_its_field(cast, fields, field) -> None:
    with pytest.raises(Invalid) as caught:
        write(cast.letter(), **fields)
    assert caught.value.field == field
    assert not db.session.scalars(select(Mail)).all()


def test_the_form_keeps_every_word(cast, browse) -> None:
    letter = cast.letter()
    page = browse().submit(f"/letters/{letter.id}/right-of-reply", name=NAME, place=PLACE, text="Terlalu pendek.", email="bukan alamat")
    assert page.status == 422
    assert "Terlalu pendek." in page.find("textarea", id="text")[0].text
    assert page.find("input", id="email")[0].get("value") == "bukan alamat"


def test_not_the_author_and_not_of_a_letter_out_of_print(cast) -> None:
    for letter, who in ((cast.letter(), cast.ana), (cast.letter(title="Sudah diturunkan", publication=Publication.TAKEN_DOWN), Guest())):
        with pytest.raises(NotAllowed):
            write(letter, by=who)


def test_sent_twice_it_is_one_and_mails_to_an_address_have_an_end(cast) -> None:
    letter = cast.letter()
    first = write(letter, once="k" * 20)
    assert write(letter, once="k" * 20).id == first.id
    for number in range(LIMITS["reply-mail"].number - 1):
        write(letter, text=f"{TEXT} {number}")
    with pytest.raises(TooMany):
        write(letter, text=f"{TEXT} lagi")


def test_one_person_has_one_reply_and_a_later_one_corrects_it(cast) -> None:
    letter = cast.letter()
    first = waits(letter)
    second = write(letter, text=f"{TEXT} Koreksi.", email="ZUL@mail.example")
    with pytest.raises(NotNow) as caught:
        actions.prove(again(second))
    assert caught.value.code == "reply_waits"
    actions.publish(again(first), by=cast.dewi)
    actions.prove(again(second))
    assert again(second).corrects_id == first.id
    actions.publish(again(second), by=cast.dewi)
    assert [one.id for one in queries.published_on(letter)] == [first.id, second.id]
    other = waits(letter, email="lain@mail.example")
    assert other.corrects_id is None


def test_a_refusal_takes_a_reason_and_words_and_the_next_one_is_no_correction(cast) -> None:
    letter = cast.letter()
    made = waits(letter)
    for refusal, message, field in ((None, WHY, "reason"), (Refusal.NOT_NAMED, "Tidak", "message")):
        with pytest.raises(Invalid) as caught:
            actions.refuse(again(made), by=cast.dewi, refusal=refusal, message=message)
        assert caught.value.field == field
    actions.refuse(again(made), by=cast.dewi, refusal=Refusal.NOT_NAMED, message=WHY)
    work()
    mail = db.session.scalars(select(Mail).where(Mail.kind == "reply_refused")).one()
    assert WHY in mail.content["text"]
    assert not queries.published_on(letter)
    assert waits(letter).corrects_id is None


def test_two_moderators_decide_once_and_nobody_of_the_business(cast) -> None:
    made = waits(cast.letter())
    for who in (cast.citra, cast.bima, cast.ana):
        with pytest.raises(NotAllowed):
            actions.publish(again(made), by=who)
    actions.publish(again(made), by=cast.dewi)
    with pytest.raises(NotNow):
        actions.refuse(again(made), by=cast.eko, refusal=Refusal.INSULT, message=WHY)
    assert len(events(Kind.REPLY_PUBLISHED)) == 1


def test_an_old_link_proves_nothing_and_is_forgotten(cast) -> None:
    made = write(cast.letter())
    unit_of_work(lambda: setattr(again(made), "created_at", utcnow() - timedelta(days=8)))()
    with pytest.raises(Gone):
        actions.prove(again(made))
    actions.prune_replies()
    assert not db.session.scalars(select(Reply)).all()


def test_taken_back_its_words_are_gone(cast) -> None:
    made = waits(cast.letter())
    actions.withdraw(made)
    assert (again(made).text, again(made).state) == ("", ReplyState.WITHDRAWN)
    with pytest.raises(NotNow):
        actions.publish(again(made), by=cast.dewi)


def test_it_is_reported_hidden_and_shown_again_like_other_texts(cast, browse) -> None:
    letter = cast.letter()
    reply = published(cast, letter)
    page = browse().submit(f"/report/reply/{reply.id}", reason="insult", text="Ada hinaan di sini.")
    assert page.status == 200
    dewi = browse(cast.dewi)
    dewi.submit(
        f"/moderation/replies/{reply.id}/reports", button=("decision", "uphold"), reason="insult",
        message="Ada hinaan di dalamnya.", answer="Terima kasih, sudah disembunyikan.",
    )  # fmt: skip
    page = browse().open(f"/letters/{letter.id}")
    assert TEXT not in page
    assert "disembunyikan redaksi" in page
    assert browse().open(f"/report/reply/{reply.id}").status == 404
    dewi.submit(f"/moderation/replies/{reply.id}/reports", button=("decision", "restore"))
    assert TEXT in browse().open(f"/letters/{letter.id}")


def test_its_words_are_covered_with_the_others_and_stay_covered(cast) -> None:
    phone = "0812-3456-7890"
    letter = cast.letter(text=f"Penelepon dengan nomor {phone} mengancam saya sepanjang hari kemarin.")
    reply = published(cast, letter, text=f"{TEXT} Nomor {phone} milik saya.")
    cover(cast.dewi, letter, phone, label=Label.PHONE, reason=Reason.OTHERS_DATA)
    assert phone not in again(reply).text + again(reply).html
    later = waits(letter, text=f"{TEXT} Telepon {phone}.", email="lain@mail.example")
    assert phone not in again(later).text


def test_what_waits_or_was_refused_is_read_by_nobody_else(cast, browse) -> None:
    letter = cast.letter()
    made = waits(letter)
    for who in (None, cast.ana, cast.bima, cast.citra):
        browser = browse(who)
        assert TEXT not in browser.open(f"/letters/{letter.id}")
        assert browser.open(f"/report/reply/{made.id}").status == 404
        assert browser.open(f"/moderation/right-of-reply/{made.id}").status in {403, 200}
        assert TEXT not in browser.page
    assert browse().open(f"/right-of-reply/{made.id}/{'0' * 64}").status == 404
