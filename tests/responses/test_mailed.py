"""Answering without an account: from the mail to the published response, and everything that must not work."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from forum.attachments.models import AttachmentCopy, FileAudience
from forum.core import mail
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Publication, ResponseState, Visibility
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import ContactState, Proof
from forum.merchants.models import Contact, Merchant, Representative
from forum.responses import actions
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink, Response
from tests.cast import make_contact
from tests.moderation.stage import make_file
from tests.notifications.helping import happen, mails, work
from tests.responses.words import TEXT

AT_DOMAIN = "pengaduan@tokomelati.example"
STRANGER = "toko.melati@gmail.com"
FORM = {"text": TEXT, "remedy": "refund", "refund_amount": "105000", "signatory": "Sari Dewanti", "job_title": "Layanan pelanggan"}
RAW = {**FORM, "seen": "1"}  # as the form sends it, on the first version of the case


@pytest.fixture
def letter(cast):
    return untold(cast.letter(details={"order": "TM-778120", "phone": "0812-5555-0001"}))


@pytest.fixture
def link(cast, letter):
    """The path in the mail to the address at the proven domain."""
    make_contact(cast.shop, AT_DOMAIN)
    return told(letter, AT_DOMAIN)


@pytest.fixture
def stranger_link(cast, letter):
    make_contact(cast.shop, STRANGER)
    return told(letter, STRANGER)


def told(letter, address):
    happen(Kind.LETTER_PUBLISHED, letter=letter)
    work()
    written = next(one for one in mails("new_letter") if one.to == address)
    return path_in(written.content["text"])


def path_in(text):
    return re.search(r"http://localhost(/answer/[\w-]{43})\s", text)[1]


def opened(browser, link):
    browser.open(link)
    return browser.submit(form="/open$")


def test_a_shop_answers_its_first_letter_from_a_mail_without_an_account(cast, browse, setting, post, letter):
    setting(smtp_url=post.url)
    make_contact(cast.shop, AT_DOMAIN)
    happen(Kind.LETTER_PUBLISHED, letter=letter)
    work()
    while mail.deliver_next() is mail.Delivery.DONE:
        pass
    (received,) = [one for one in post.received if one.recipients == [AT_DOMAIN]]
    assert received.message["List-Unsubscribe"]
    link = path_in(received.text)
    assert link in received.html
    browser = browse()
    door = browser.open(link)
    assert letter.title in door
    assert case().opened_at is None
    form = opened(browser, link)
    assert case().opened_at is not None
    assert "Rp105.000" in form  # the letter stands beside the form
    assert "TM-778120" in form  # and the private details: the address is at the proven domain
    assert "tokomelati.example" in form
    page = browser.submit(form="/answer/", **FORM)
    assert page.status == 200
    assert "gudang salah mencatat stok" in page
    response = db.session.scalars(select(Response)).one()
    assert (response.author_id, response.proof, response.proved_domain) == (None, Proof.EMAIL, "tokomelati.example")
    assert case().response is ResponseState.ANSWERED
    assert AT_DOMAIN not in page.text
    proof = browse().open(f"/merchants/{cast.shop.slug}/proof")  # where the badge leads
    assert "tautan sekali pakai" in proof
    assert "tokomelati.example" in proof
    assert AT_DOMAIN not in proof.text
    event = db.session.scalars(select(Event).where(Event.kind == Kind.CASE_ANSWERED)).one()
    assert (event.by_id, event.role, event.merchant_id) == (None, "business", cast.shop.id)
    work()
    assert [one.to for one in mails("response")] == [cast.ana.email]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", [{}, {"Purpose": "prefetch", "Sec-Purpose": "prefetch"}, {"User-Agent": "scanner"}])
def test_looking_at_the_link_marks_nothing_opened(browse, link, method, headers):
    for _time in range(3):
        assert browse().request(method, link, headers=headers).status == 200
    assert case().opened_at is None
    assert the_link().opened_at is None
    assert not happened(Kind.CASE_OPENED)


def test_before_the_button_the_page_holds_nothing_that_is_not_public(browse, link):
    page = browse().open(link)
    assert "TM-778120" not in page.text
    assert browse().open(link + "/files/1/full").status == 404


def test_the_page_tells_nobody_its_address(browse, link):
    for url in (link, link + "/files/1/full", "/answer/" + "x" * 43):
        headers = browse().request("GET", url).response.headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]
        assert headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in headers
    page = browse().open(link)
    outside = [one.get("src") or one.get("href") or "" for tag in ("script", "img", "link", "iframe") for one in page.find(tag)]
    assert not [url for url in outside if url.startswith(("http", "//"))]


def test_only_the_hash_of_the_token_is_kept(link):
    token = link.rsplit("/", 1)[-1]
    rows = db.session.execute(select(AnswerLink.__table__)).all()
    assert rows
    assert token not in repr(rows)
    assert AT_DOMAIN not in repr([row.token_hash for row in rows])


def test_several_tries_keep_every_word_and_the_link_is_used_up_by_the_response(browse, link):
    browser = browse()
    opened(browser, link)
    stopped = browser.submit(form=link + "$", **{**FORM, "text": TEXT + " Pesanan TM-778120 sudah kami cek."})
    assert "Belum dimuat" in stopped or "TM-778120" in stopped
    assert db.session.scalar(select(Response)) is None
    again = browse().open(link)  # another browser, or a tab that was closed
    assert "TM-778120 sudah kami cek" in again.text
    assert "Sari Dewanti" in again.text
    page = browser.submit(link, form=link + "$", text=TEXT)
    assert "gudang salah mencatat stok" in page
    over = browse().request("POST", link, data=RAW)
    assert over.status == 410
    assert browse().open(link).status == 410
    assert len(db.session.scalars(select(Response)).all()) == 1


def test_typing_is_kept_sealed_under_the_link(browse, link):
    browser = browse()
    opened(browser, link)
    saved = browser.request("POST", link + "/draft", data={"text": "Kami sedang memeriksa gudang"})
    assert saved.response.json["saved"]
    assert "Kami sedang memeriksa gudang" in browse().open(link).text
    raw = db.session.execute(select(AnswerLink.__table__.c.fields.cast(db.Text))).scalar_one()
    assert "gudang" not in str(raw)
    assert happened(Kind.CASE_ANSWERED) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", "Sudah selesai dengan baik." * 3), ("text", "x" * 200_000), ("signatory", ""), ("remedy", "gift"), ("promise", "Uang kembali")],
)
def test_the_same_minimum_holds_as_with_an_account(browse, link, field, value):
    browser = browse()
    opened(browser, link)
    page = browser.request("POST", link, data={**RAW, field: value})
    assert page.status == 200
    assert page.find("div", id=f"{field}-error") or page.find("div", id="promise_due-error")
    assert db.session.scalar(select(Response)) is None


def test_an_address_that_proves_nothing_waits_for_a_moderator(cast, browse, stranger_link):
    dewi = cast.dewi
    assert case().response is ResponseState.AWAITING
    browser = browse()
    form = opened(browser, stranger_link)
    assert "TM-778120" not in form.text
    assert "redaksi memeriksa" in form
    page = browser.submit(form="/answer/", **FORM)
    assert page.status == 200
    assert "menunggu redaksi" in page
    assert case().response is ResponseState.AWAITING
    work()
    assert [one.to for one in mails("answer_waiting")] == [dewi.email]
    desk = browse(dewi)
    assert "Barang belum dikirim" in desk.open("/moderation/answers")
    shown = desk.open(f"/moderation/answers/{the_link().id}")
    assert STRANGER in shown
    assert "gudang salah mencatat stok" in shown
    desk.submit(form="/decide$", button=("decision", "approve"), check_made="called", message="")
    response = db.session.scalars(select(Response)).one()
    assert (response.proof, response.proved_domain, response.author_id) == (Proof.MODERATOR, None, None)
    assert case().response is ResponseState.ANSWERED
    work()
    told_writer = [one for one in mails("answer_decided") if one.to == STRANGER]
    assert "dimuat" in told_writer[0].content["subject"]
    assert browse().open(stranger_link).status == 410


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, "check_made-error"),
        ({"check_made": "guessed"}, "check_made-error"),
        ({"check_made": "other"}, "checked-error"),
        ({"check_made": "called", "checked": "x" * 501}, "checked-error"),
    ],
)
def test_publishing_needs_a_check_that_is_said(cast, browse, stranger_link, fields, problem):
    opened(browse(), stranger_link)
    browse().request("POST", stranger_link, data=RAW)
    dewi, url = browse(cast.dewi), f"/moderation/answers/{the_link().id}"
    dewi.open(url)
    said = {"decision": "approve", "message": "Terima kasih atas tanggapannya.", "checked": "singkat", **fields, **token(dewi)}
    page = dewi.request("POST", f"{url}/decide", data=said)
    assert page.find("div", id=problem)
    assert said["message"] in page.text
    assert said["checked"] in page.text
    assert db.session.scalar(select(Response)) is None
    assert the_link().state is LinkState.WAITING


def test_pressing_enter_publishes_nothing(cast, browse, stranger_link):
    opened(browse(), stranger_link)
    browse().request("POST", stranger_link, data=RAW)
    dewi = browse(cast.dewi)
    page = dewi.submit(f"/moderation/answers/{the_link().id}", check_made="called", checked="Nomor di situs resminya")
    assert next(page.find("form", action=f"/moderation/answers/{the_link().id}/decide")[0].iter("button")).get("name") is None
    assert "Nomor di situs resminya" in page.text
    assert the_link().state is LinkState.WAITING


def test_what_a_moderator_checked_is_kept_for_moderators_alone(cast, browse, stranger_link, letter):
    writer = browse()
    opened(writer, stranger_link)
    writer.submit(form="/answer/", **FORM)
    dewi, url = browse(cast.dewi), f"/moderation/answers/{the_link().id}"
    checked = "Telepon 021-5550-77 di situsnya, Ibu Sri membenarkan"
    dewi.submit(url, form="/decide$", button=("decision", "approve"), check_made="called", checked=checked)
    event = db.session.scalars(select(Event).where(Event.kind == Kind.ANSWER_DECIDED)).one()
    assert (event.data["check"], event.data["checked"], event.by_id) == ("called", checked, cast.dewi.id)
    page = browse(cast.eko).open(url)
    assert f"Menelepon nomor dari situs pelaku usaha sendiri: {checked}" in page
    work()
    assert not [one for one in db.session.scalars(select(mail.Mail)) if checked in str(one.content)]
    for who in (None, cast.ana, cast.bima):
        for place in (f"/letters/{letter.id}", f"/merchants/{cast.shop.slug}/proof", url):
            assert checked not in browse(who).request("GET", place).text


def test_a_refusal_goes_by_mail_with_words_and_publishes_nothing(cast, browse, stranger_link):
    browser = browse()
    opened(browser, stranger_link)
    browser.submit(form="/answer/", **FORM)
    desk = browse(cast.dewi)
    url = f"/moderation/answers/{the_link().id}"
    page = desk.submit(url, form="/decide$", button=("decision", "refuse"), message="")
    assert the_link().state is LinkState.WAITING, "a refusal needs words"
    said = "Nomor di situs resmi tidak mengenal alamat ini."
    page = desk.submit(url, form="/decide$", button=("decision", "refuse"), message=said)
    assert page.status == 200
    work()
    (refusal,) = mails("answer_decided")
    assert (refusal.to, said in refusal.content["text"]) == (STRANGER, True)
    over = browse().open(stranger_link)
    assert over.status == 410
    assert said in over
    assert "gudang salah mencatat stok" in over  # the words are not lost
    assert "Yang sudah dilakukan" in over
    assert FORM["remedy"] not in over.words.split()  # in words, not as the form sends it
    assert db.session.scalar(select(Response)) is None


@pytest.mark.parametrize(("name", "status"), [("ana", 403), ("bima", 403), ("citra", 403), (None, 302)])
def test_nobody_but_moderators_sees_what_waits(cast, browse, stranger_link, name, status):
    opened(browse(), stranger_link)
    browse().request("POST", stranger_link, data=RAW)
    person = getattr(cast, name) if name else None
    assert browse(person).request("GET", f"/moderation/answers/{the_link().id}").status == status


def test_a_moderator_of_the_business_does_not_let_its_own_answer_through(cast, browse, stranger_link):
    opened(browse(), stranger_link)
    browse().request("POST", stranger_link, data=RAW)
    represent_shop(cast)
    page = browse(cast.eko).request(
        "POST", f"/moderation/answers/{the_link().id}/decide", data={"decision": "approve", **token(browse(cast.eko))}
    )
    assert page.status in {403, 409}
    assert db.session.scalar(select(Response)) is None


@pytest.mark.parametrize("state", [Publication.WITHDRAWN, Publication.TAKEN_DOWN])
def test_a_letter_that_went_in_between_takes_no_response_and_the_words_stay(browse, link, letter, state):
    browser = browse()
    opened(browser, link)
    print_state(letter.id, state)
    page = browser.request("POST", link, data=RAW)
    assert page.status == 410
    assert "tidak dimuat lagi" in page
    assert "gudang salah mencatat stok" in page
    assert "Barang belum dikirim" not in page  # nothing of the letter
    assert browse().open(link).status == 410
    assert db.session.scalar(select(Response)) is None


def test_what_waits_when_its_letter_is_withdrawn_is_never_published(cast, browse, stranger_link, letter):
    opened(browse(), stranger_link)
    browse().request("POST", stranger_link, data=RAW)
    print_state(letter.id, Publication.WITHDRAWN)
    page = browse(cast.dewi).open(f"/moderation/answers/{the_link().id}")
    assert "tidak dimuat lagi" in page
    assert not page.find("button", value="approve")
    sent = browse(cast.dewi)
    sent.open("/about")
    page = sent.request(
        "POST", f"/moderation/answers/{the_link().id}/decide", data={"decision": "approve", "message": "", **token(sent)}
    )
    assert "tidak dimuat lagi" in page
    assert db.session.scalar(select(Response)) is None


def test_two_agents_with_two_links_do_not_answer_without_knowing(cast, browse, letter):
    make_contact(cast.shop, AT_DOMAIN)
    make_contact(cast.shop, "cs@tokomelati.example")
    first, second = told(letter, AT_DOMAIN), told(letter, "cs@tokomelati.example")
    one, two = browse(), browse()
    opened(one, first)
    opened(two, second)
    one.submit(form="/answer/", **FORM)
    other = TEXT.replace("gudang", "bagian pengiriman")
    page = two.submit(form="/answer/", **{**FORM, "text": other})
    assert page.status == 200
    assert "bagian pengiriman salah mencatat" in page.text
    assert "sudah menanggapi" in page
    assert len(db.session.scalars(select(Response)).all()) == 1
    page = two.submit(form="/answer/")  # now on the state that the page shows
    assert len(db.session.scalars(select(Response)).all()) == 2


def test_a_response_that_waits_was_also_written_on_the_state_its_writer_saw(cast, browse, letter, stranger_link):
    make_contact(cast.shop, AT_DOMAIN)
    browser = browse()
    opened(browser, stranger_link)
    first, quick = told(letter, AT_DOMAIN), browse()
    opened(quick, first)
    quick.request("POST", first, data=RAW)
    page = browser.submit(form="/answer/", **FORM)
    assert "sudah menanggapi" in page
    assert the_link().state is LinkState.OPEN


def test_after_a_merge_the_address_must_be_at_the_domain_of_the_business_that_is_left(cast, browse, link):
    browser = browse()
    assert "TM-778120" in opened(browser, link).text
    of_business(cast.courier)
    page = browser.open(link)
    assert "TM-778120" not in page.text
    assert "Kurir Kilat" in page
    assert "menunggu redaksi" in browser.submit(form="/answer/", **FORM)
    assert db.session.scalar(select(Response)) is None


def test_sent_twice_it_is_one_response(browse, link):
    browser = browse()
    opened(browser, link)
    seen = browser.page.find("input", name="seen")[0].get("value")
    data = {**FORM, "seen": seen, "once": "k" * 32}
    assert browse().request("POST", link, data=data).status == 302
    assert browse().request("POST", link, data=data).status == 410
    assert len(db.session.scalars(select(Response)).all()) == 1


def sent_in_two_tabs(browse, link):
    """What the second tab shows, which sends more words after the first one has sent."""
    first, second = browse(), browse()
    opened(first, link)
    second.open(link)
    first.submit(form="/answer/", **FORM)
    return second.submit(form="/answer/", **{**FORM, "text": FORM["text"] + " Tambahan kedua."})


def test_other_words_that_come_after_the_response_are_shown_as_not_sent(browse, link):
    page = sent_in_two_tabs(browse, link)
    assert "Tidak terkirim" in page
    assert "Tambahan kedua." in page
    assert [one.text for one in db.session.scalars(select(Response))] == [FORM["text"]]


def test_other_words_than_those_that_wait_are_shown_as_not_sent(browse, stranger_link):
    page = sent_in_two_tabs(browse, stranger_link)
    assert page.words.index("Tidak terkirim") < page.words.index("Tambahan kedua.") < page.words.rindex(FORM["text"][:40])


def test_who_is_not_proven_has_no_guess_masked(browse, stranger_link):
    browser = browse()
    opened(browser, stranger_link)
    page = browser.submit(form="/answer/", **{**FORM, "text": FORM["text"] + " Pesanan TM-778120."}, button=("do", "mask"))
    assert "TM-778120" in page.find("textarea", name="text")[0].text


def test_after_fourteen_days_the_link_is_over_and_shows_the_ordinary_way(browse, link):
    with time_machine.travel(utcnow() + timedelta(days=13, hours=23), tick=False):
        assert browse().open(link).status == 200
    with time_machine.travel(utcnow() + timedelta(days=14, minutes=1), tick=False):
        page = browse().open(link)
        assert page.status == 410
        assert "Kirimkan Tanggapan Resmi" in page
        page = browse().request("POST", link, data=RAW)
        assert page.status == 410
        assert "gudang salah mencatat stok" in page
    assert db.session.scalar(select(Response)) is None


def test_guessing_is_stopped_and_costs_the_owner_of_a_link_nothing(browse, link):
    for number in range(30):
        assert browse().request("GET", f"/answer/{'a' * 40}{number:03}").status == 410
    assert browse().request("GET", "/answer/" + "b" * 43).status == 429
    assert browse().request("POST", "/answer/" + "b" * 43, data=RAW).status == 429
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert browse().request("GET", link, environ_overrides=elsewhere).status == 200


@pytest.mark.parametrize("wrong", ["x" * 5_000, "%00" * 20, "..%2F..", "ümläut" * 8, "0"])
def test_what_is_no_token_is_over(browse, wrong):
    assert browse().request("GET", f"/answer/{wrong}").status in {400, 404, 410}


def test_a_link_opens_its_own_case_alone(cast, browse, letter):
    other = untold(cast.letter(merchants=[cast.courier], title="Paket hilang di gudang", details={"order": "KK-1"}))
    foreign_case = other.cases[0].id
    make_contact(cast.shop, AT_DOMAIN)
    link = told(letter, AT_DOMAIN)
    foreign = make_file(other, FileAudience.BUSINESS)
    browser = browse()
    page = opened(browser, link)
    assert "KK-1" not in page.text
    assert browse().request("GET", f"{link}/files/{foreign.id}/full").status == 404
    browse().request("POST", link, data={**RAW, "case_id": str(foreign_case)})
    assert db.session.scalars(select(Response.case_id)).all() == [case().id]


@pytest.mark.parametrize(
    ("audience", "address", "status"),
    [
        (FileAudience.BUSINESS, AT_DOMAIN, 200),
        (FileAudience.PUBLIC, AT_DOMAIN, 200),
        (FileAudience.MODERATORS, AT_DOMAIN, 404),
        (FileAudience.BUSINESS, STRANGER, 404),
    ],
)
def test_files_open_for_a_proved_address_alone_and_never_those_of_the_moderators(
    cast, app, browse, letter, audience, address, status
):
    file = stored(app, make_file(letter, audience))
    make_contact(cast.shop, address)
    link = told(letter, address)
    browser = browse()
    page = opened(browser, link)
    answer = browser.request("GET", f"{link}/files/{file.id}/full")
    assert answer.status == status
    if audience is FileAudience.MODERATORS:
        assert file.name not in page.text


def test_the_business_must_still_have_the_domain_when_the_response_is_sent(cast, browse, link):
    browser = browse()
    opened(browser, link)
    domain(cast.shop, None)
    page = browser.submit(form="/answer/", **FORM)
    assert "menunggu redaksi" in page
    assert db.session.scalar(select(Response)) is None


def test_a_domain_that_is_about_to_be_lost_proves_nothing(cast, browse, link):
    browser = browse()
    opened(browser, link)
    about_to_be_lost(cast.shop)
    assert "TM-778120" not in browser.open(link).text
    page = browser.submit(form="/answer/", **FORM)
    assert "menunggu redaksi" in page  # whoever registered it meanwhile must convince a moderator
    assert db.session.scalar(select(Response)) is None


@pytest.mark.parametrize("address", ["x@tokomelati.example.com", "x@tokome1ati.example", "tokomelati.example@gmail.com", "x@melati.example"])
def test_a_look_alike_domain_proves_nothing(cast, browse, letter, address):
    make_contact(cast.shop, address)
    link = told(letter, address)
    browser = browse()
    opened(browser, link)
    browser.submit(form="/answer/", **FORM)
    assert db.session.scalar(select(Response)) is None
    assert the_link().state is LinkState.WAITING


def test_an_agent_whose_place_ended_does_not_answer_by_an_old_mail(cast, browse, letter):
    bima = cast.bima
    happen(Kind.LETTER_PUBLISHED, letter=letter)
    work()
    link = path_in(next(one for one in mails("new_letter") if one.user_id == bima.id).content["text"])
    browser = browse()
    page = opened(browser, link)
    assert "TM-778120" in page.text  # a representative's own address
    end_voices()
    page = browser.request("POST", link, data=RAW)
    assert page.status == 410
    assert "TM-778120" not in page.text
    assert db.session.scalar(select(Response)) is None


def test_a_removed_address_answers_nothing_and_one_that_declined_mail_still_may(cast, browse, letter):
    address = make_contact(cast.shop, AT_DOMAIN)
    link = told(letter, AT_DOMAIN)
    contact_state(address.id, ContactState.REFUSED)
    assert browse().open(link).status == 200
    contact_state(address.id, ContactState.REMOVED)
    assert browse().open(link).status == 410


def test_the_author_gets_no_link_to_answer_the_own_letter(cast, letter):
    make_contact(cast.shop, cast.ana.email)
    happen(Kind.LETTER_PUBLISHED, letter=letter)
    work()
    assert mails("new_letter") == []
    assert case().notified_at is None


def test_it_needs_no_session_and_uses_none(cast, browse, link):
    """A page elsewhere that does not know the address can do nothing; who knows it needs no account."""
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://jahat.example"}
    assert browse().request("POST", link + "/open", headers={"Sec-Fetch-Site": "none", "Origin": "null"}).status == 302
    browser = browse(cast.citra)
    page = browser.request("POST", link, data=RAW, headers=elsewhere)
    assert page.status == 302
    event = db.session.scalars(select(Event).where(Event.kind == Kind.CASE_ANSWERED)).one()
    assert event.by_id is None


def test_a_correction_by_link_cannot_pose_as_one_of_another_response(browse, link, cast):
    browser = browse()
    opened(browser, link)
    browser.request("POST", link, data={**RAW, "corrects": "1"})
    assert db.session.scalars(select(Response.corrects_id)).all() == [None]


def test_a_hidden_response_is_told_to_the_address_it_came_from(cast, browse, link):
    opened(browse(), link)
    browse().request("POST", link, data=RAW)
    response = db.session.scalars(select(Response)).one()
    desk = browse(cast.dewi)
    page = desk.submit(
        f"/moderation/responses/{response.id}/reports", form="/decide$", button=("decision", "hide"),
        reason="personal_data", message="Menyebut nama pribadi penulis.",
    )  # fmt: skip
    assert page.status == 200
    work()
    assert [one.to for one in mails("response_hidden")] == [AT_DOMAIN]


def test_responses_by_mail_go_over_to_the_account_that_proves_the_address_later(cast, browse, link):
    opened(browse(), link)
    browse().request("POST", link, data=RAW)
    assert actions.take_over(cast.citra, cast.shop.id, "lain@tokomelati.example") == 0
    assert actions.take_over(cast.citra, cast.shop.id, AT_DOMAIN) == 1
    assert db.session.scalars(select(Response.author_id)).all() == [cast.citra.id]


def test_words_of_an_earlier_link_come_along_to_the_next_mail(cast, browse, link, letter):
    opened(browse(), link)
    browse().request("POST", link + "/draft", data={"text": "Gudang kami sedang menghitung ulang"})
    happen(Kind.BUSINESS_REMINDED, letter=letter, case=case(), day=3)
    work()
    newer = path_in(mails("reminder")[0].content["text"])
    assert newer != link
    assert "Gudang kami sedang menghitung ulang" in opened(browse(), newer).text
    browse().request("POST", newer, data=RAW)
    assert browse().open(link).status == 410, "the response uses up the other links of the address"


def test_links_that_led_to_nothing_are_forgotten(browse, link):
    opened(browse(), link)
    with time_machine.travel(utcnow() + timedelta(days=40), tick=False):
        actions.prune_links()
        assert db.session.scalar(select(AnswerLink)) is not None
    with time_machine.travel(utcnow() + timedelta(days=45), tick=False):
        actions.prune_links()
        assert db.session.scalar(select(AnswerLink)) is None


def test_what_the_pages_cost(browse, link):
    browser = browse()
    assert len(browser.open(link).queries) <= 12
    opened(browser, link)
    assert len(browser.open(link).queries) <= 12


@unit_of_work
def untold(letter):
    db.session.execute(update(Case).where(Case.letter_id == letter.id).values(notified_at=None))
    return letter


def case():
    db.session.expire_all()
    return db.session.scalars(select(Case).order_by(Case.id)).first()


def the_link():
    db.session.expire_all()
    return db.session.scalars(select(AnswerLink).order_by(AnswerLink.id)).first()


def happened(kind):
    return len(db.session.scalars(select(Event.id).where(Event.kind == kind)).all())


def token(browser):
    fields = browser.open("/about").find("input", name="csrf_token")
    return {"csrf_token": fields[0].get("value")}


@unit_of_work
def print_state(letter_id, state):
    db.session.execute(
        update(Letter).where(Letter.id == letter_id).values(publication=state, visibility=Visibility.TOMBSTONE)
    )


@unit_of_work
def domain(merchant, name):
    db.session.execute(update(Merchant).where(Merchant.id == merchant.id).values(domain=name))


@unit_of_work
def about_to_be_lost(merchant):
    db.session.execute(update(Merchant).where(Merchant.id == merchant.id).values(failing_since=utcnow(), failed_checks=1))


@unit_of_work
def of_business(merchant):
    db.session.execute(update(Case).values(merchant_id=merchant.id))


@unit_of_work
def end_voices():
    db.session.execute(update(Representative).values(ended_at=utcnow()))


@unit_of_work
def contact_state(contact_id, state):
    db.session.execute(update(Contact).where(Contact.id == contact_id).values(state=state))


@unit_of_work
def stored(app, file):
    data = b"bytes of a picture"
    values = {"key": app.extensions["storage"].put(data), "size": len(data)}
    db.session.execute(update(AttachmentCopy).where(AttachmentCopy.attachment_id == file.id).values(values))
    return file


def represent_shop(cast):
    from tests.cast import represent

    represent(cast.eko, cast.shop)

