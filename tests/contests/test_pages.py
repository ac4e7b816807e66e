"""Contests in pages: filed, seen, answered, decided; marked in the letter, stamped in every list; typed words are kept."""

import io
import re
from typing import Any

import pytest
from sqlalchemy import select

from forum.attachments.models import Attachment, FileAudience
from forum.contests import actions
from forum.contests.lifecycle import ContestState, Ground
from forum.contests.models import Contest
from forum.core.db import db
from forum.core.mail import Mail
from forum.letters.lifecycle import Publication
from forum.search.index import sync
from tests.api.test_api import Caller, token
from tests.attachments.hostile import jpeg
from tests.cast import answers_letters, take_second_factor
from tests.contests.stage import PHONE, TEXT, THEFT, WRONG, again, case_of, contest, decide, earlier, whole
from tests.notifications.helping import work


def only() -> Contest:
    db.session.expire_all()
    return db.session.scalars(select(Contest)).one()


def test_a_business_contests_answers_and_a_moderator_decides(cast, browse) -> None:
    letter = whole(cast)
    bima, ana, dewi = browse(cast.bima), browse(cast.ana), browse(cast.dewi)
    case_id = case_of(letter).id
    page = bima.submit(f"/letters/{letter.id}/contest", side=str(case_id), ground="false_fact", sentence=[THEFT], text=WRONG)
    made = only()
    assert page.url.endswith(f"/contests/{made.id}")
    assert (made.passages, made.state) == ([THEFT], ContestState.AUTHOR_ASKED)
    guest = browse()
    shown = guest.open(f"/letters/{letter.id}")
    assert "Disanggah oleh Toko Melati" in shown
    assert [mark.text_content() for mark in shown.find("mark", class_="contested")] == [THEFT]
    assert WRONG not in shown.text
    page = ana.submit(f"/contests/{made.id}", form="react")
    assert page.url.endswith("/answer")
    page = ana.submit(text="Saya melihatnya sendiri, rekamannya ada.", files=[(io.BytesIO(jpeg()), "bukti.jpg")])
    assert page.url.endswith(f"/contests/{made.id}")
    assert "Saya melihatnya sendiri" in bima.open(f"/contests/{made.id}")
    assert "Saya melihatnya sendiri" not in guest.open(f"/letters/{letter.id}")
    assert f"/moderation/contests/{made.id}" in dewi.open("/moderation/contests").text
    page = dewi.submit(f"/moderation/contests/{made.id}", button=("decision", "uphold"), reason="not_proved")
    assert page.status == 422
    assert "belum dibuktikan" not in page
    page = dewi.submit(button=("decision", "uphold"))
    assert page.url.endswith("/moderation")
    assert only().state is ContestState.UPHELD
    shown = guest.open(f"/letters/{letter.id}")
    assert THEFT not in shown.text
    assert "[bagian ini disamarkan]" in shown
    assert "mengabulkan sanggahan" in shown


def test_a_person_without_an_account_contests_by_a_mailed_link(cast, browse) -> None:
    letter = whole(cast)
    guest = browse()
    page = guest.submit(
        f"/letters/{letter.id}/contest", ground="personal_data", passages=PHONE, text=WRONG, name="Zulkarnain", email="zul@mail.example"
    )
    assert "zul@mail.example" in page
    (mail,) = db.session.scalars(select(Mail)).all()
    path = re.search(r"http://localhost(/contests/\S+)", mail.content["text"])[1]
    assert PHONE in browse().open(f"/letters/{letter.id}")
    page = guest.open(path)
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert only().state is ContestState.UNPROVEN, "opening the link alone does nothing"
    page = guest.submit(form="confirm")
    assert only().state is ContestState.AUTHOR_ASKED
    assert PHONE not in browse().open(f"/letters/{letter.id}")
    assert PHONE in guest.open(path), "their own words"
    guest.submit(form="withdraw")
    assert PHONE in browse().open(f"/letters/{letter.id}")
    assert guest.open(path[:-1] + "0").status == 404


def test_what_does_not_hold_is_said_at_its_field_and_every_word_is_kept(cast, browse) -> None:
    letter = whole(cast)
    browser = browse(cast.citra)
    page = browser.submit(f"/letters/{letter.id}/contest", ground="false_fact", sentence=[THEFT], passages="kata yang tidak ada", text=WRONG, name="Zul")
    assert page.status == 422
    assert "kata yang tidak ada" in page.find("textarea", id="passages")[0].text
    assert WRONG in page.find("textarea", id="text")[0].text
    assert any(box.get("checked") is not None for box in page.find("input", value=THEFT))
    assert not db.session.scalars(select(Contest)).all()


def test_who_sees_a_contest(cast, browse) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra)
    ours = contest(letter, cast.bima, Ground.DUPLICATE, case=case_of(letter))
    status = {
        name: [browse(getattr(cast, name)).open(f"/contests/{one.id}").status for one in (made, ours)]
        for name in ("ana", "bima", "citra", "dewi", "fajar")
    }
    assert status == {"ana": [200, 200], "bima": [404, 200], "citra": [200, 404], "dewi": [200, 200], "fajar": [404, 404]}
    assert "Zulkarnain Akbar" not in browse(cast.ana).open(f"/contests/{made.id}"), "who it is, moderators know"
    assert "Zulkarnain Akbar" in browse(cast.dewi).open(f"/moderation/contests/{made.id}")


def test_who_acts_for_a_business_is_led_to_the_second_factor(cast, browse) -> None:
    letter = whole(cast)
    answers_letters(cast.shop)
    take_second_factor(cast.bima)
    page = browse(cast.bima).open(f"/letters/{letter.id}/contest")
    assert "/second-factor" in page.url


def lists_of(browser: Any, letter_id: int) -> dict[str, str]:
    addresses = ["/", "/categories/toko-online", "/merchants/toko-melati", "/search?q=kipas", "/feed.atom", "/merchants/toko-melati/feed.atom", f"/letters/{letter_id}"]
    return {address: browser.open(address).text for address in addresses}


def test_every_list_feed_and_preview_says_that_it_is_contested_and_then_no_more(cast, browse) -> None:
    letter = whole(cast)
    sync([letter.id])
    db.session.commit()
    assert not any("Disanggah" in text for text in lists_of(browse(), letter.id).values())
    made = contest(letter, cast.citra)
    texts = lists_of(browse(), letter.id)
    assert {address for address, text in texts.items() if "Disanggah" not in text} == set()
    assert 'property="og:title" content="[Disanggah] ' in texts[f"/letters/{letter.id}"]
    assert '"creativeWorkStatus": "Contested"' in texts[f"/letters/{letter.id}"]
    decide(made, cast.dewi, uphold=False)
    after = lists_of(browse(), letter.id)
    assert not any("[Disanggah]" in text or "stamp--contested" in text for text in after.values())


def test_the_interface_says_it_too(cast, app) -> None:
    letter = whole(cast)
    case_id, made = case_of(letter).id, token(cast)
    assert Caller(app, made).get(f"/cases/{case_id}").json["contested"] is False
    contest(letter, cast.citra)
    assert Caller(app, made).get(f"/cases/{case_id}").json["contested"] is True


@pytest.mark.parametrize("who", [None, "citra", "bima", "fajar"])
def test_what_is_covered_at_once_stands_in_no_output(cast, browse, who) -> None:
    letter = whole(cast, title=f"Penelepon {PHONE} mengancam saya")
    sync([letter.id])
    db.session.commit()
    contest(letter, cast.person("Gita"), Ground.PERSONAL_DATA, PHONE)
    browser = browse(getattr(cast, who) if who else None)
    found = {address for address, text in lists_of(browser, letter.id).items() if PHONE in text or "0812-3456" in text}
    more = [f"/letters/{letter.id}/history", f"/desk/cases/{case_of(letter).id}", "/ledger/redactions", "/search?q=081234567890"]
    found |= {address for address in more if PHONE in browser.open(address).text}
    assert not found


def test_proof_is_for_moderators_alone_and_each_look_is_written_down(cast, browse) -> None:
    letter = whole(cast)
    browse(cast.citra).submit(f"/letters/{letter.id}/contest", ground="false_fact", sentence=[THEFT], text=WRONG, name="Zul", files=[(io.BytesIO(jpeg()), "bukti.jpg")])
    file = db.session.scalars(select(Attachment)).one()
    assert (file.contest_id, file.audience, file.letter_id) == (only().id, FileAudience.MODERATORS, None)
    address = f"/files/{file.token}/full/bukti"
    for name, status in (("ana", 404), ("bima", 404), (None, 404)):
        assert browse(getattr(cast, name) if name else None).open(address).status == status
    assert file.token not in browse().open(f"/letters/{letter.id}").text
    made = only()
    assert file.name in browse(cast.dewi).open(f"/moderation/contests/{made.id}")
    decide(made, cast.dewi, uphold=False)
    actions.prune_contests()
    assert db.session.scalars(select(Attachment)).all()
    earlier(made, days=31)
    actions.prune_contests()
    assert not db.session.scalars(select(Attachment)).all()


def test_the_desk_of_the_business_lists_what_it_contests(cast, browse) -> None:
    letter = whole(cast)
    contest(letter, cast.bima, Ground.DUPLICATE, case=case_of(letter))
    assert letter.title in browse(cast.bima).open("/desk?show=contested")
    assert "Mengulang surat lain" in browse(cast.bima).open(f"/desk/cases/{case_of(letter).id}")


def test_the_sides_and_the_moderators_are_told(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.bima, Ground.PERSONAL_DATA, PHONE, case=case_of(letter))
    work()
    mails = {(mail.to.split("@")[0], mail.kind) for mail in db.session.scalars(select(Mail))}
    assert {("ana", "contest_filed"), ("dewi", "contest_hides"), ("eko", "contest_hides")} <= mails
    assert not any(kind == "words_redacted" for _to, kind in mails), "one mail says it"
    decide(made, cast.dewi, uphold=False)
    work()
    mails = {(mail.to.split("@")[0], mail.kind) for mail in db.session.scalars(select(Mail))}
    assert {("ana", "contest_decided"), ("bima", "contest_decision")} <= mails
    texts = " ".join(mail.content["text"] for mail in db.session.scalars(select(Mail)))
    assert PHONE not in texts
    assert TEXT.split(".", maxsplit=1)[0] not in texts


def test_a_guest_is_told_the_decision_with_the_way_to_it_also_when_the_letter_is_gone(cast, browse) -> None:
    from forum.accounts.models import Guest
    from forum.contests.lifecycle import Effect

    letter = whole(cast)
    made = contest(letter, Guest(), Ground.UNLAWFUL, THEFT, email="zul@mail.example")
    actions.prove(again(made))
    decide(made, cast.dewi, uphold=True, effect=Effect.TAKE_DOWN)
    work()
    assert db.session.get(type(letter), letter.id).publication is Publication.TAKEN_DOWN
    mail = db.session.scalars(select(Mail).where(Mail.kind == "contest_decision")).one()
    assert mail.to == "zul@mail.example"
    path = re.search(r"http://localhost(/contests/\S+)", mail.content["text"])[1]
    page = browse().open(path)
    assert page.status == 200
    assert letter.title not in page
