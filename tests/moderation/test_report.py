"""Reporting: everybody who sees a thing may, gets a number, and hides nothing by it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.attachments.models import FileAudience
from forum.comments import actions as comments
from forum.config import settings
from forum.core.db import db
from forum.core.errors import Invalid, Missing, TooMany
from forum.core.events import Kind
from forum.letters.lifecycle import Publication, Visibility
from forum.letters.queries import letter_for
from forum.moderation import actions
from forum.moderation.lifecycle import Reason, ReportReason, ReportState
from forum.moderation.models import Report
from tests.cast import make_comment, make_letter
from tests.moderation.stage import SAID, again, events, make_file, make_response, thing


def number_of_reports() -> int:
    return db.session.scalar(select(func.count(Report.id)))


def only() -> Report:
    return db.session.scalars(select(Report)).one()


def report(who, what, **fields) -> Report:
    fields = {"reason": ReportReason.INSULT, "text": "Ada hinaan.", "address": "192.0.2.1", **fields}
    return actions.report(what, by=who, **fields)


@pytest.mark.parametrize("who", ["guest", "ana", "bima", "citra", "dewi", "fajar"])
@pytest.mark.parametrize("kind", ["letter", "comment", "response", "attachment"])
def test_whoever_sees_it_may_report_it(cast, browse, who: str, kind: str) -> None:
    letter = cast.letter()
    row = {
        "letter": lambda: letter,
        "comment": lambda: make_comment(letter, cast.citra),
        "response": lambda: make_response(letter, cast.bima),
        "attachment": lambda: make_file(letter),
    }[kind]()
    person = None if who == "guest" else getattr(cast, who)
    page = browse(person).submit(f"/report/{kind}/{row.id}", reason="insult", text="Kata-kata di baris kedua.")
    made = only()
    assert page.url.endswith(f"/reports/{made.number}")
    assert made.number in page
    assert (made.about, made.letter_id, made.text) == (f"{kind}:{row.id}", letter.id, "Kata-kata di baris kedua.")
    assert made.reporter_id == (person.id if person else None)
    assert made.snapshot
    (event,) = events(Kind.REPORT_MADE)
    assert event.data == {"report_id": made.id, "reason": "insult"}


def test_what_a_guest_cannot_see_cannot_be_reported(cast, browse) -> None:
    waiting = cast.letter(publication=Publication.SUBMITTED)
    removed = cast.letter(publication=Publication.TAKEN_DOWN)
    letter = cast.letter()
    hidden = make_comment(letter, cast.citra)
    comments.hide(thing(cast.dewi, "comment", hidden).row, by=cast.dewi, reason="insult", message=SAID)
    response = make_response(letter, cast.bima)
    actions.hide(thing(cast.dewi, "response", response), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    file = make_file(letter, FileAudience.MODERATORS)
    taken = make_file(letter)
    actions.hide(thing(cast.dewi, "attachment", taken), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    things = [
        ("letter", waiting),
        ("letter", removed),
        ("comment", make_comment(removed, cast.citra)),
        ("comment", hidden),
        ("response", response),
        ("response", make_response(waiting, cast.bima)),
        ("attachment", file),
        ("attachment", taken),
        ("attachment", make_file(waiting)),
    ]
    for who in (None, cast.citra, cast.fajar):
        for kind, row in things:
            page = browse(who).open(f"/report/{kind}/{row.id}")
            assert page.status == 404, (kind, row.id)
            assert "Barang belum dikirim" not in page
    for kind in ("letter", "comment", "response", "attachment"):
        assert browse().open(f"/report/{kind}/987654").status == 404
    assert browse().open("/report/user/1").status == 404
    assert number_of_reports() == 0


def test_sent_to_the_address_of_a_hidden_thing_nothing_is_kept(cast) -> None:
    hidden = cast.letter()
    seen = thing(cast.citra, "letter", hidden)
    with pytest.raises(Missing):
        hide_then_report(cast, seen)
    assert number_of_reports() == 0


def hide_then_report(cast, seen) -> None:
    actions.hide(thing(cast.dewi, "letter", seen.letter), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    report(cast.citra, seen)


def test_a_business_file_may_be_reported_by_the_business_only(cast, browse) -> None:
    file = make_file(cast.letter(), FileAudience.BUSINESS)
    assert browse(cast.bima).open(f"/report/attachment/{file.id}").status == 200
    assert browse(cast.citra).open(f"/report/attachment/{file.id}").status == 404


def test_a_double_click_is_one_report(cast, browse) -> None:
    letter = cast.letter()
    guest = browse()
    form = guest.open(f"/report/letter/{letter.id}")
    one = guest.submit(reason="false", text="Tidak benar.")
    guest.page = form
    two = guest.submit(reason="false", text="Tidak benar.")
    assert one.url == two.url
    assert number_of_reports() == 1


def test_the_same_page_sent_with_other_words_is_another_report(cast, browse) -> None:
    letter = cast.letter()
    guest = browse()
    form = guest.open(f"/report/letter/{letter.id}")
    guest.submit(reason="false", text="Tidak benar.")
    guest.page = form
    guest.submit(reason="about_me", text="Nama saya disebut.")
    assert number_of_reports() == 2


@pytest.mark.timeout(400)
def test_a_thousand_reports_hide_nothing(cast, browse) -> None:
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    for kind, row in (("letter", letter), ("comment", comment)):
        found = thing(cast.fajar, kind, row)
        for number in range(500):
            report(cast.fajar, found, address=f"2001:db8:{number:x}::/64", once=f"{kind}-{number:030}")
    assert number_of_reports() == 1000
    assert again(letter).visibility is Visibility.PUBLIC
    page = browse().open(f"/letters/{letter.id}")
    assert page.status == 200
    assert comment.text in page


def test_one_address_cannot_send_without_end(cast, browse) -> None:
    letter = cast.letter()
    most = settings().reports_per_hour
    found = thing(cast.citra, "letter", letter)
    for _ in range(most):
        report(cast.citra, found)
    with pytest.raises(TooMany):
        report(cast.citra, found)
    assert number_of_reports() == most
    report(cast.citra, found, address="192.0.2.2")
    guest = browse()
    for _ in range(most):
        guest.submit(f"/report/letter/{letter.id}", reason="insult", text="Ada hinaan.")
    page = guest.submit(f"/report/letter/{letter.id}", reason="insult", text="Kata yang tidak boleh hilang.")
    assert page.status == 429
    assert "Kata yang tidak boleh hilang." in page
    assert "Terlalu sering" in page


def test_a_double_click_is_not_counted(cast) -> None:
    found = thing(cast.citra, "letter", cast.letter())
    for _ in range(settings().reports_per_hour + 5):
        report(cast.citra, found, once="a key of one form, thirty-two")
    assert number_of_reports() == 1


def test_the_mail_address_of_a_guest_is_kept_sealed(cast, browse) -> None:
    letter = cast.letter()
    browse().submit(f"/report/letter/{letter.id}", reason="about_me", text="Nama saya.", email="Warga@Surat.Example")
    made = only()
    assert made.email == "warga@surat.example"
    stored = db.session.connection().exec_driver_sql("SELECT email FROM report").scalar_one()
    assert "surat.example" not in stored
    assert made.language == "id"


def test_a_member_is_answered_in_the_site(cast) -> None:
    found = thing(cast.citra, "letter", cast.letter())
    assert report(cast.citra, found, email="lain@surat.example").email is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reason": ReportReason.OTHER, "text": "  "}, "text"),
        ({"text": "x" * 2001}, "text"),
    ],
)
def test_what_cannot_be_taken_is_named(cast, fields, field: str) -> None:
    found = thing(cast.citra, "letter", cast.letter())
    with pytest.raises(Invalid) as problem:
        report(cast.citra, found, **fields)
    assert problem.value.field == field


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": None},
        {"reason": "no such"},
        {"reason": "other", "text": ""},
        {"reason": "insult", "text": "x" * 2001},
        {"reason": "insult", "text": "x", "email": "bukan alamat"},
        {"reason": "insult", "text": "x", "email": "a" * 300 + "@surat.example"},
        {"reason": "insult", "text": "x", "email": "satu@surat.example\r\nBcc: dua@surat.example"},
    ],
)
def test_a_guest_is_told_what_is_wrong_and_keeps_every_word(cast, browse, fields) -> None:
    letter = cast.letter()
    page = browse().submit(f"/report/letter/{letter.id}", **fields)
    assert page.status == 200
    assert page.find("div", class_="problems")
    if fields.get("text"):
        assert fields["text"] in page.text
    assert number_of_reports() == 0


def test_hostile_words_stay_words(cast, browse) -> None:
    letter = cast.letter()
    text = "<script>alert(1)</script> {{7*7}} \u202eabc\x00 😀"
    browse().submit(f"/report/letter/{letter.id}", reason="insult", text=text)
    page = browse(cast.dewi).open(f"/moderation/letters/{letter.id}/reports")
    assert "<script>alert(1)</script> {{7*7}}" in page
    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text


def test_the_number_opens_the_answer_and_nothing_else(cast, browse) -> None:
    letter = cast.letter(title="Judul yang tidak boleh tampil di sini")
    made = report(cast.citra, thing(cast.citra, "letter", letter), text="Kata pelapor.")
    page = browse().open(f"/reports/{made.number}")
    assert "Menunggu keputusan redaksi" in page
    assert "Hinaan atau ancaman" in page
    for secret in (letter.title, "Kata pelapor", "Citra", str(letter.text[:30])):
        assert secret not in page
    assert page.find("meta", name="robots", content="noindex")
    assert page.response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.TOMBSTONE])
def test_the_answer_s_page_leads_back_to_the_letter_while_its_reader_may_read_it(cast, browse, visibility) -> None:
    letter = cast.letter(visibility=visibility)
    made = report(cast.dewi, thing(cast.dewi, "letter", letter))
    back = f"/letters/{letter.id}"
    assert back in browse(cast.dewi).open(f"/reports/{made.number}").links()
    page = browse().open(f"/reports/{made.number}")
    assert (back in page.links()) == (visibility is Visibility.PUBLIC)
    assert "Apa selanjutnya" in page
    assert f"dalam {settings().report_hours} jam" in page


def test_a_number_is_found_however_it_is_typed(cast, browse) -> None:
    made = report(cast.citra, thing(cast.citra, "letter", cast.letter()))
    assert len(made.number) == 10
    assert set(made.number[2:]) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    typed = made.number.lower().replace("0", "o").replace("1", "i")
    assert browse().open(f"/reports/{typed}").status == 200
    for wrong in ("L-00000000", "x", "L-", "%00", "' OR 1=1 --", "L" * 3000):
        assert browse().open(f"/reports/{wrong}").status in {400, 404}


def test_the_form_is_not_kept_by_any_cache(cast, browse) -> None:
    letter = cast.letter()
    one, two = (browse().open(f"/report/letter/{letter.id}") for _ in range(2))
    assert one.response.headers["Cache-Control"] == "no-store"
    assert one.find("input", name="once")[0].get("value") != two.find("input", name="once")[0].get("value")


def test_the_words_are_kept_as_they_were(cast) -> None:
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, "Kata-kata semula.")
    made = report(cast.fajar, thing(cast.fajar, "comment", comment))
    comments.edit(
        thing(cast.citra, "comment", comment).row, by=cast.citra, text="Kata-kata baru.", seen=comment.version
    )
    assert again(made).snapshot == "Kata-kata semula."
    assert again(made).state is ReportState.OPEN


def test_an_author_may_report_what_stands_under_an_own_letter(cast) -> None:
    letter = make_letter(cast.ana, [cast.shop])
    comment = make_comment(letter, cast.citra)
    assert report(cast.ana, thing(cast.ana, "comment", comment)).id
    assert letter_for(cast.ana, letter.id).publication is Publication.PUBLISHED


def test_a_file_is_reported_from_where_it_stands(cast, browse) -> None:
    letter = cast.letter()
    shown, closed = make_file(letter), make_file(letter, FileAudience.BUSINESS)
    guest = browse()
    page = guest.open(f"/letters/{letter.id}")
    assert not page.find("a", href=f"/report/attachment/{closed.id}")
    assert page.find("a", href=f"/report/attachment/{shown.id}")
    assert "L-" in guest.submit(f"/report/attachment/{shown.id}", reason="about_me", text="Foto saya.").url


def test_the_reporter_is_told_until_when(cast, browse, setting) -> None:
    setting(report_hours=31)
    letter = cast.letter()
    guest = browse(language="en")
    assert "answers it within 31 hours" in guest.open(f"/report/letter/{letter.id}")
    page = guest.submit(f"/report/letter/{letter.id}", reason="false", text="Bukan begitu.")
    due = only().created_at + timedelta(hours=31)
    assert page.find("time", datetime=due.isoformat(timespec="minutes"))
    only_thing = thing(cast.dewi, "letter", letter)
    actions.dismiss(only_thing, by=cast.dewi, answer="Terima kasih, surat itu tetap seperti adanya.")
    assert "Answer due by" not in guest.open(page.url)
