"""The inbox and the choice of mails, as pages."""

import pytest
from sqlalchemy import select, update

from forum.accounts.models import User
from forum.core.db import db, unit_of_work
from forum.core.events import Kind
from forum.letters.lifecycle import Publication, Visibility
from forum.letters.models import Letter
from forum.notifications import actions
from forum.notifications.models import CommentMail, MailChoice, Notification
from tests.cast import make_comment
from tests.notifications.helping import happen, make_claim, work


def tell(cast, times=1, *, letter=None):
    letter = letter or cast.letter()
    for _ in range(times):
        happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
    work()
    return letter


def unread(person) -> int:
    db.session.expire_all()
    return db.session.get(User, person.id).unread


def lines(person) -> list[Notification]:
    return list(db.session.scalars(select(Notification).where(Notification.user_id == person.id).order_by(Notification.id)))


def test_guests_are_led_through_sign_in(app, browse):
    for path in ("/notifications", "/notifications/settings", "/notifications/1"):
        page = browse().request("GET", path)
        assert page.status == 302
        assert "/sign-in" in page.response.headers["Location"]


def test_an_empty_inbox_says_so(cast, browse):
    page = browse(cast.ana).open("/notifications")
    assert "Belum ada apa-apa di sini" in page


def test_the_inbox_shows_what_happened_newest_first(cast, browse):
    letter = tell(cast)
    happen(Kind.LETTER_TAKEN_DOWN, by=cast.dewi, letter=letter, reason="insult", message="Kata-kata <b>kasar</b>.")
    work()
    page = browse(cast.ana).open("/notifications")
    assert page.words.index("diturunkan") < page.words.index("sudah dimuat")
    assert "Kata-kata <b>kasar</b>." in page
    assert "Kata-kata &lt;b&gt;kasar" in page.text
    assert len(page.find("li", class_="inbox__item--unread")) == 2


def test_a_long_inbox_is_paged_by_key_with_a_fixed_number_of_queries(cast, browse):
    letter = tell(cast, 45)
    for number in range(5):
        happen(Kind.COMMENT_POSTED, by=cast.citra, letter=letter, about=f"comment:{make_comment(letter, cast.citra, str(number) * 9).id}")
    work()
    browser = browse(cast.ana)
    page, seen, queries = browser.open("/notifications"), [], []
    while True:
        seen += [item.get("id") for item in page.find("li", class_="inbox__item")]
        queries.append(len(page.queries))
        following = [a for a in page.find("a") if a.get("rel") == "next"]
        if not following:
            break
        page = browser.open(following[0].get("href"))
    assert len(seen) == len(set(seen)) == 46
    assert seen == sorted(seen, key=lambda one: -int(one[1:]))
    assert max(queries) <= 9


@pytest.mark.parametrize("after", ["abc", "%00", "A" * 3000, "WzFd", "-1"])
def test_a_bad_cursor_is_a_clear_refusal(cast, browse, after):
    assert browse(cast.ana).open(f"/notifications?after={after}").status == 400


def test_following_a_line_leads_there_and_counts_as_read(cast, browse):
    letter = tell(cast, 2)
    assert unread(cast.ana) == 2
    one = lines(cast.ana)[0]
    page = browse(cast.ana).request("GET", f"/notifications/{one.id}")
    assert page.response.headers["Location"].startswith(f"/letters/{letter.id}-")
    assert unread(cast.ana) == 1
    browse(cast.ana).request("GET", f"/notifications/{one.id}")
    assert unread(cast.ana) == 1


def test_another_site_cannot_mark_as_read(cast, browse):
    tell(cast)
    one = lines(cast.ana)[0]
    browse(cast.ana).request("GET", f"/notifications/{one.id}", headers={"Sec-Fetch-Site": "cross-site"})
    assert unread(cast.ana) == 1


@pytest.mark.parametrize("path", ["/notifications/{}", "/notifications/{}/read"])
def test_nobody_opens_or_marks_another_s_line(cast, browse, path):
    tell(cast)
    one = lines(cast.ana)[0]
    for person in (cast.citra, cast.dewi):
        browser = browse(person)
        browser.open("/notifications/settings")
        token = browser.page.find("input", name="csrf_token")[0].get("value")
        method = "POST" if path.endswith("read") else "GET"
        assert browser.request(method, path.format(one.id), data={"csrf_token": token}).status == 404
    assert unread(cast.ana) == 1


@pytest.mark.parametrize("number", ["0", "999999999999", "9223372036854775807", "9223372036854775808", "abc", "-1"])
def test_lines_that_are_not_there(cast, browse, number):
    assert browse(cast.ana).open(f"/notifications/{number}").status == 404


def test_marking_one_and_all(cast, browse):
    tell(cast, 3)
    browser = browse(cast.ana)
    one = lines(cast.ana)[0]
    page = browser.submit("/notifications", form=f"/notifications/{one.id}/read")
    assert page.status == 200
    assert unread(cast.ana) == 2
    page = browser.submit("/notifications", form="/notifications/read$")
    assert "Semua ditandai sudah dibaca" in page
    assert unread(cast.ana) == 0
    assert not page.find("li", class_="inbox__item--unread")
    assert not page.find("form", action="/notifications/read")


def test_marking_twice_counts_once(cast):
    tell(cast, 2)
    one = lines(cast.ana)[0]
    actions.read(one, by=cast.ana)
    actions.read(one, by=cast.ana)
    assert unread(cast.ana) == 1
    actions.read(one, by=cast.citra)
    assert unread(cast.citra) == 0
    actions.read_all(by=cast.ana)
    actions.read_all(by=cast.ana)
    assert unread(cast.ana) == 0


def test_the_masthead_counts_the_unread(cast, browse):
    tell(cast, 2)
    page = browse(cast.ana).open("/notifications")
    assert next(e.text for e in page.find("span", class_="count")) == "2"


def test_comments_share_an_unread_line_and_a_read_one_stays(cast, browse):
    letter = cast.letter()

    def comment(person):
        made = make_comment(letter, person)
        happen(Kind.COMMENT_POSTED, by=person, letter=letter, about=f"comment:{made.id}")
        work()

    comment(cast.citra)
    comment(cast.fajar)
    assert unread(cast.ana) == 1
    page = browse(cast.ana).open("/notifications")
    assert "Ada komentar baru pada surat Anda" in page
    assert "Fajar Hidayat" in page
    actions.read_all(by=cast.ana)
    comment(cast.citra)
    assert unread(cast.ana) == 1
    assert [line.times for line in lines(cast.ana)] == [2, 1]


def test_a_letter_that_is_gone_shows_no_title(cast, browse):
    letter = cast.letter(title="Judul yang nanti rahasia sekali")
    _bima = cast.bima
    happen(Kind.UPDATE_ADDED, by=cast.ana, letter=letter, about="update:1")
    work()
    assert "rahasia" in browse(cast.bima).open("/notifications")
    hide(letter)
    page = browse(cast.bima).open("/notifications")
    assert "rahasia" not in page.text
    assert "sudah tidak dimuat lagi" in page
    one = lines(cast.bima)[0]
    assert browse(cast.bima).open(f"/notifications/{one.id}").status == 200


def test_choices_are_those_that_concern_the_person(cast, browse):
    def boxes(person):
        return {box.get("value") for box in browse(person).open("/notifications/settings").find("input", type="checkbox")}

    plain, business, moderator = boxes(cast.ana), boxes(cast.bima), boxes(cast.dewi)
    assert {"submitted", "returned", "rejected", "commented", "replied", "claim_decided", "report_decided"} <= plain
    assert business - plain == {"new_letter", "reminder", "case_news", "desk_digest"}
    assert moderator - plain == {"to_review", "claim_started", "queue_alarm"}


def test_switching_off_and_on_again(cast, browse):
    browser = browse(cast.ana)
    page = browser.open("/notifications/settings")
    assert all(box.get("checked") is not None for box in page.find("input", type="checkbox"))
    page = browser.submit("/notifications/settings", author=["submitted", "question"], talk=None, requests=None)
    assert "Pilihan email Anda disimpan" in page
    checked = {box.get("value") for box in page.find("input", type="checkbox") if box.get("checked") is not None}
    assert checked == {"submitted", "question"}
    browser.submit("/notifications/settings", author=["submitted", "published", "returned", "rejected", "response", "question", "outcome_asked", "overdue", "commented"], talk=["replied"], requests=["claim_decided", "report_decided"])
    assert db.session.scalars(select(MailChoice)).all() == []


def test_choices_of_others_groups_are_neither_shown_nor_touched(cast, browse):
    switch_off(cast.ana, "new_letter")
    browse(cast.ana).submit("/notifications/settings", author=["submitted"])
    kinds = {row.kind for row in db.session.scalars(select(MailChoice))}
    assert "new_letter" in kinds
    assert "to_review" not in kinds


@pytest.mark.parametrize("junk", ["password_changed", "", "💥", "x" * 10_000, "\x00", "queue_alarm"])
def test_junk_in_the_choices_is_left_out(cast, browse, junk):
    page = browse(cast.ana).submit("/notifications/settings", author=[junk, "submitted"])
    assert page.status == 200
    kinds = {row.kind for row in db.session.scalars(select(MailChoice))}
    assert "submitted" not in kinds
    assert "published" in kinds
    assert kinds <= {"published", "returned", "rejected", "response", "question", "outcome_asked", "overdue", "commented"}


def unsubscribe_url(cast) -> str:
    from tests.notifications.helping import mails

    tell(cast)
    return mails("published")[0].content["unsubscribe"]


def test_one_click_from_a_mail_program_needs_no_page_and_no_sign_in(cast, browse):
    url = unsubscribe_url(cast)
    browser = browse()
    for _ in range(2):
        page = browser.request(
            "POST", url, data={"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}
        )
        assert page.status == 200
    assert [(row.user_id, row.kind) for row in db.session.scalars(select(MailChoice))] == [(cast.ana.id, "published")]
    assert "Set-Cookie" not in page.response.headers


def test_opening_the_link_changes_nothing_until_the_button_is_pressed(cast, browse):
    url = unsubscribe_url(cast)
    page = browse().open(url)
    assert "Surat Anda atau versi barunya dimuat" in page
    assert db.session.scalars(select(MailChoice)).all() == []
    page = browse(cast.ana).submit(url, form="unsubscribe")
    assert "tidak akan dikirim lagi" in page
    assert len(db.session.scalars(select(MailChoice)).all()) == 1


@pytest.mark.parametrize("change", [lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"), lambda t: "x", lambda t: "u999." + t.split(".", 1)[1], lambda t: t.replace("published", "response"), lambda t: "a.b.c", lambda t: "é" + t, lambda t: t + ".x", lambda t: "." , lambda t: "u" * 5000])
def test_a_token_that_is_not_ours_is_not_found(cast, browse, change):
    url = unsubscribe_url(cast)
    head, _, token = url.rpartition("/")
    for method in ("GET", "POST"):
        assert browse().request(method, f"{head}/{change(token)}").status == 404
    assert db.session.scalars(select(MailChoice)).all() == []


def test_a_closed_account_leaves_no_inbox(cast):
    letter = tell(cast)
    made = make_comment(letter, cast.citra)
    happen(Kind.COMMENT_POSTED, by=cast.citra, letter=letter, about=f"comment:{made.id}")
    work()
    switch_off(cast.ana, "response")
    from forum.notifications.reactions import forget_the_inbox

    unit_of_work(forget_the_inbox)(happen(Kind.ACCOUNT_CLOSED, by=cast.ana))
    for model in (Notification, MailChoice, CommentMail):
        assert db.session.scalars(select(model)).all() == []
    assert unread(cast.ana) == 0


def test_a_returned_letter_leads_to_mending_until_it_is_sent_again(cast, browse):
    letter = cast.letter(publication=Publication.RETURNED)
    happen(Kind.LETTER_RETURNED, by=cast.dewi, letter=letter, reason="unclear", message="Kapan?")
    work()
    one = lines(cast.ana)[0]
    assert browse(cast.ana).request("GET", f"/notifications/{one.id}").response.headers["Location"] == f"/letters/{letter.id}/mend"
    send_again(letter)
    assert f"/letters/{letter.id}-" in browse(cast.ana).request("GET", f"/notifications/{one.id}").response.headers["Location"]


def test_the_inbox_speaks_english_too(cast, browse):
    speak_english(cast.citra)
    claim = make_claim(cast.citra, cast.shop)
    happen(Kind.CLAIM_APPROVED, by=cast.dewi, about=f"claim:{claim.id}", merchant_id=cast.shop.id)
    work()
    assert "You now speak for Toko Melati." in browse(cast.citra).open("/notifications")


@unit_of_work
def hide(letter):
    db.session.execute(update(Letter).where(Letter.id == letter.id).values(visibility=Visibility.AUTHOR_ONLY))
    db.session.expire(letter, ["visibility"])


@unit_of_work
def send_again(letter):
    db.session.execute(update(Letter).where(Letter.id == letter.id).values(publication=Publication.SUBMITTED))


@unit_of_work
def switch_off(person, kind):
    db.session.add(MailChoice(user_id=person.id, kind=kind))


@unit_of_work
def speak_english(person):
    person.language = "en"
