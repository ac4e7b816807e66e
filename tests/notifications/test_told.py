"""Who was told of a letter, who was not and why: never told is not silence."""

from datetime import timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import select, update

from forum.core import jobs, mail
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind, Role, record
from forum.letters.lifecycle import Outcome, Publication, ResponseState, Untold
from forum.letters.models import Case
from forum.letters.queries import silent_condition
from forum.letters.stamps import Notes, case_stamp
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import ContactPurpose, ContactState
from forum.merchants.models import Contact
from forum.notifications import late, reminders
from forum.responses.models import AnswerLink
from forum.statistics import figures
from forum.statistics.models import WHOLE_SITE
from tests.cast import make_contact
from tests.notifications.helping import happen, mails, work
from tests.notifications.test_reminders import MONDAY, at, days

ADDRESS = "pengaduan@tokomelati.example"


@pytest.fixture
def letter(cast):
    return untold(cast.letter())


def publish(letter):
    happen(Kind.LETTER_PUBLISHED, letter=letter)
    work()


def hand_over():
    while mail.waiting():
        mail.deliver_next()


def test_a_business_of_which_no_address_is_known_is_shown_as_never_told(letter, browse):
    publish(letter)
    assert (case().notified_at, case().untold) == (None, Untold.NO_ADDRESS)
    assert reasons() == ["no_address"]
    page = browse().open(f"/letters/{letter.id}")
    assert "belum pernah dihubungi: kami tidak punya alamatnya" in page
    assert "Belum ada tanggapan" in page
    assert "tidak bisa diberi tahu tentang surat ini: alamatnya tidak diketahui" in page  # the journey
    english = browse(language="en").open(f"/letters/{letter.id}")
    assert "never told: we have no address" in english
    work()
    assert reasons() == ["no_address"], "once"


def test_told_then_opened_are_two_dates_on_the_page(cast, letter, browse):
    make_contact(cast.shop, ADDRESS)
    publish(letter)
    assert (case().untold, case().notified_at is None) == (None, False)
    page = browse().open(f"/letters/{letter.id}")
    assert "dan belum membukanya" in page or "belum dibuka" in page or "belum membuka" in page
    opened()
    assert "dan membuka surat ini" in browse().open(f"/letters/{letter.id}")


def test_an_address_that_its_server_refuses_works_no_more_and_nobody_was_told(cast, letter, browse, setting, post):
    setting(smtp_url=post.url)
    post.rcpt = "550 5.1.1 no such user"
    address = make_contact(cast.shop, ADDRESS)
    publish(letter)
    assert case().notified_at is not None
    hand_over()
    db.session.expire_all()
    assert (address.state, "550 5.1.1" in address.failure) == (ContactState.FAILED, True)
    assert (case().notified_at, case().untold) == (None, Untold.FAILED)
    assert reasons() == ["failed"]
    assert db.session.scalars(select(AnswerLink)).one().bounced_at is not None
    assert "server emailnya menolak alamat" in browse().open(f"/letters/{letter.id}")
    desk = browse(cast.dewi)
    assert "server emailnya menolak alamat" in desk.open("/moderation/addresses")
    assert "550 5.1.1" in desk.open(f"/moderation/businesses/{cast.shop.id}")
    assert "550 5.1.1" not in browse().open(f"/merchants/{cast.shop.slug}/proof")


@pytest.mark.parametrize("answer", ["450 4.2.1 busy", "451 greylisted"])
def test_a_server_that_says_later_fails_nothing(cast, letter, setting, post, answer):
    setting(smtp_url=post.url)
    post.rcpt = answer
    address = make_contact(cast.shop, ADDRESS)
    publish(letter)
    mail.deliver_next()
    db.session.expire_all()
    assert address.state is ContactState.WORKING
    assert case().notified_at is not None


def test_a_server_that_refuses_us_says_nothing_about_the_address_but_nobody_was_told(cast, letter, setting, post):
    setting(smtp_url=post.url)
    post.rcpt = "554 5.7.1 relay access denied"
    address = make_contact(cast.shop, ADDRESS)
    publish(letter)
    hand_over()
    db.session.expire_all()
    assert address.state is ContactState.WORKING
    assert (case().notified_at, case().untold) == (None, Untold.FAILED)


def test_a_refused_reminder_does_not_undo_that_the_first_mail_arrived(cast, letter, setting, post):
    setting(smtp_url=post.url)
    make_contact(cast.shop, ADDRESS)
    publish(letter)
    hand_over()
    post.rcpt = "550 gone"
    happen(Kind.BUSINESS_REMINDED, letter=letter, case=case(), day=3)
    work()
    hand_over()
    assert case().notified_at is not None
    assert reasons() == []
    assert contact().state is ContactState.FAILED


def test_a_second_address_that_took_the_mail_has_told_the_business(cast, letter, setting, post):
    setting(smtp_url=post.url)
    make_contact(cast.shop, ADDRESS)
    make_contact(cast.shop, "cs@tokomelati.example")
    publish(letter)
    mail.deliver_next()
    post.rcpt = "550 gone"
    hand_over()
    assert case().notified_at is not None


def test_who_declines_mail_is_shown_as_declining_not_as_silent(cast, letter, browse):
    make_contact(cast.shop, ADDRESS)
    publish(letter)
    browse().submit(mails("new_letter")[0].content["unsubscribe"], form="unsubscribe")
    assert contact().state is ContactState.REFUSED
    second = untold(cast.letter(title="Barang kedua tidak datang"))
    publish(second)
    assert case(1).untold is Untold.REFUSED
    assert len(mails("new_letter")) == 1
    page = browse().open(f"/letters/{second.id}")
    assert "menolak pemberitahuan" in page
    assert "menolak pemberitahuan" in browse().open(f"/merchants/{cast.shop.slug}/proof")
    assert silent() == [case(0).id], "what it was told of before stays silence"


def test_silence_needs_to_be_told(cast):
    told, never = cast.letter(), untold(cast.letter(title="Belum pernah dihubungi"))
    assert silent() == [told.cases[0].id]
    change(told.cases[0].id, response=ResponseState.ACKNOWLEDGED)
    assert silent() == []
    change(told.cases[0].id, response=ResponseState.AWAITING)
    assert [one.slug for one in figures.of(WHOLE_SITE).silent] == ["toko-melati"]
    untold(told)
    assert figures.of(WHOLE_SITE).silent == ()
    assert never


@pytest.mark.parametrize(
    ("untold_for", "words"), [(Untold.NO_ADDRESS, "belum pernah dihubungi"), (Untold.REFUSED, "menolak pemberitahuan")]
)
def test_a_stamp_calls_nobody_late_who_was_never_told(app, untold_for, words):
    from forum.letters.clocks import clock

    with app.test_request_context(), force_locale("id"):
        late_clock = clock("toko-online", MONDAY, MONDAY + timedelta(days=90))
        told_stamp = case_stamp(ResponseState.AWAITING, Outcome.NONE, late_clock)
        stamp = case_stamp(ResponseState.AWAITING, Outcome.NONE, late_clock, Notes(untold=untold_for))
    assert told_stamp.state == "late"
    assert (stamp.state, stamp.words) == ("waiting", "Belum ada tanggapan")
    assert words in stamp.detail


def test_lists_say_that_a_business_was_never_told(letter, browse):
    publish(letter)
    assert "belum pernah dihubungi" in browse().open("/")


def test_who_was_told_is_never_shown_as_never_told(letter, browse):
    publish(letter)
    change(case().id, notified_at=utcnow())  # as when the case of another business is joined to this one
    assert "belum pernah dihubungi" not in browse().open("/")
    assert "belum pernah dihubungi" not in browse(language="id").open(f"/letters/{letter.id}")


def test_a_business_that_can_be_reached_now_is_told_of_its_open_letters(cast, letter):
    publish(letter)
    answered = untold(cast.letter(title="Sudah dijawab tanpa diberi tahu"))
    gone = untold(cast.letter(title="Sudah ditarik", publication=Publication.WITHDRAWN))
    for one in (answered, gone):
        happen(Kind.LETTER_PUBLISHED, letter=one)
    change(answered.cases[0].id, response=ResponseState.ANSWERED)
    work()
    merchants.vouch_for_contact(cast.shop, by=cast.dewi, email=ADDRESS, source="situs resmi, 3 Mei 2026")
    work()
    assert [(one.to, letter.title in one.content["subject"]) for one in mails("new_letter")] == [(ADDRESS, True)]
    assert (case().notified_at is None, case().untold) == (False, None)
    work()
    late.tell_late(cast.shop.id)
    assert len(mails("new_letter")) == 1, "safe to run twice"


def test_telling_late_goes_on_in_batches(cast, monkeypatch):
    monkeypatch.setattr(late, "BATCH", 2)
    for number in range(5):
        happen(Kind.LETTER_PUBLISHED, letter=untold(cast.letter(title=f"Surat nomor {number} tentang kipas")))
    work()
    make_contact(cast.shop, ADDRESS)
    late.order(cast.shop.id)
    work()
    assert len(mails("new_letter")) == 5


def test_who_declined_at_first_is_not_reminded_of_days_before(cast):
    with at():
        letter = untold(cast.letter(published_at=MONDAY))
        happen(Kind.LETTER_PUBLISHED, letter=letter)
        work()
        change(letter.cases[0].id, untold=Untold.REFUSED)
    with at(days=9):  # working day 7
        merchants.vouch_for_contact(cast.shop, by=cast.dewi, email=ADDRESS, source="situs resmi")
        work()
        assert "sampai sekarang kami tidak punya alamat" in mails("new_letter")[0].content["text"]
        reminders.remind_businesses()
        assert days(Kind.BUSINESS_REMINDED) == []
    with at(days=14):  # working day 10
        reminders.remind_businesses()
        assert days(Kind.BUSINESS_REMINDED) == [10]


def test_an_address_for_reminders_only_is_not_told_of_each_letter(cast, letter):
    make_contact(cast.shop, ADDRESS, purpose=ContactPurpose.REMINDERS)
    publish(letter)
    assert mails("new_letter") == []
    happen(Kind.BUSINESS_REMINDED, letter=letter, case=case(), day=3)
    work()
    assert [one.to for one in mails("reminder")] == [ADDRESS]


def test_one_address_of_two_businesses_gets_a_link_for_each(cast):
    letter = untold(cast.letter(merchants=[cast.shop, cast.courier]))
    make_contact(cast.shop, "grup@usaha.example")
    make_contact(cast.courier, "grup@usaha.example")
    publish(letter)
    assert len(mails("new_letter")) == 2
    assert {link.case_id for link in db.session.scalars(select(AnswerLink))} == {case(0).id, case(1).id}
    assert None not in db.session.scalars(select(Case.notified_at)).all()


def test_the_delivery_twice_makes_one_mail_and_one_link(cast, letter):
    make_contact(cast.shop, ADDRESS)
    event = happen(Kind.LETTER_PUBLISHED, letter=letter)
    work()
    jobs.HANDLERS["deliver_event"](event_id=event.id)
    assert len(mails("new_letter")) == 1
    assert len(db.session.scalars(select(AnswerLink)).all()) == 1


def test_moderators_see_whom_nobody_can_tell(cast, browse):
    for number in range(3):
        untold(cast.letter(title=f"Surat nomor {number} tentang kipas"))
    cast.letter(merchants=[cast.courier])
    make_contact(cast.courier, "halo@kurirkilat.example")
    page = browse(cast.dewi).open("/moderation/addresses")
    assert "Toko Melati" in page
    assert "3 surat menunggu" in page
    assert "Kurir Kilat" not in page
    assert len(page.queries) <= 12
    cast.bima  # noqa: B018 - somebody of the team is here now
    assert "Toko Melati" not in browse(cast.dewi).open("/moderation/addresses")


@unit_of_work
def untold(letter):
    db.session.execute(update(Case).where(Case.letter_id == letter.id).values(notified_at=None))
    return letter


def case(number=0):
    db.session.expire_all()
    return db.session.scalars(select(Case).order_by(Case.id)).all()[number]


def contact():
    db.session.expire_all()
    return db.session.scalars(select(Contact)).one()


def reasons():
    db.session.expire_all()
    return [data["reason"] for data in db.session.scalars(select(Event.data).where(Event.kind == Kind.CASE_NOT_TOLD))]


def silent():
    return list(db.session.scalars(select(Case.id).where(silent_condition())))


@unit_of_work
def change(case_id, **values):
    db.session.execute(update(Case).where(Case.id == case_id).values(**values))


@unit_of_work
def opened():
    found = case()
    found.opened_at = utcnow()
    record(Kind.CASE_OPENED, by=None, role=Role.BUSINESS, letter_id=found.letter_id, case_id=found.id)
