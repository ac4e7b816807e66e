"""The days to answer of a business that nobody could tell wait until it knows of the letter; nobody can buy days with that."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from forum.core import mail
from forum.core.clock import ClockState, utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.letters.clocks import clock_of_facts
from forum.letters.lifecycle import ResponseState, Untold
from forum.letters.models import Case
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import ContactPurpose
from forum.notifications import late, overdue, reminders
from forum.notifications.told import business_was_told
from forum.responses import actions as responses
from forum.responses.facts import facts_of
from forum.responses.queries.cases import clock_of
from forum.statistics import facts
from forum.statistics.lifecycle import Timing
from tests.cast import make_contact
from tests.notifications.helping import happen, mails, work
from tests.notifications.test_reminders import MONDAY, at, days
from tests.responses.words import case_of, said

ADDRESS = "pengaduan@tokomelati.example"
LATER = timedelta(days=91)
"""From the Monday of publication to the Monday of the telling."""


@pytest.fixture
def letter(cast):
    """A letter of which nobody could be told when it was published."""
    with at():
        made = cast.letter(published_at=MONDAY)
        not_told(made)
        happen(Kind.LETTER_PUBLISHED, letter=made)
        work()
    assert case().untold is Untold.NO_ADDRESS
    return made


def test_the_days_begin_when_it_is_told(cast, letter, browse):
    with at(days=91):
        before = browse().open(f"/letters/{letter.id}")
        assert "hari kerja sejak surat dimuat" in before
        assert "waktu menanggapi mulai berjalan ketika" in before
        vouch(cast)
        work()
        assert (case().started_at, case().notified_at) == (MONDAY + LATER, MONDAY + LATER)
        assert "hari kerja untuk menanggapi, sampai 19 Oktober 2026" in mails("new_letter")[0].content["text"]
        page = browse().open(f"/letters/{letter.id}")
        assert "Waktu menanggapi mulai berjalan." in page
        assert "Batas tanggapan 10 hari kerja" in page
        assert case().due_on.isoformat() == "2026-10-19"
    with at(days=91 + 10):
        assert (read(letter).used, read(letter).state) == (8, ClockState.ACKNOWLEDGE_LATE)


def test_who_declines_to_be_told_gains_no_day(cast, letter):
    put(untold=Untold.REFUSED)
    with at(days=91):
        vouch(cast)
        work()
        assert (case().started_at, case().notified_at) == (MONDAY, MONDAY + LATER)
        assert read(letter).state is ClockState.VERY_LATE


def test_who_was_told_once_gains_nothing_by_an_address_that_refuses_mail(cast, letter, setting, post):
    setting(smtp_url=post.url)
    with at(days=91):
        vouch(cast)
        work()
        deliver()
    post.rcpt = "550 gone"
    with at(days=96):
        reminders.remind_businesses()
        work()
        deliver()
    with at(days=100):
        merchants.vouch_for_contact(cast.shop, by=cast.dewi, email="baru@tokomelati.example", source="situs resmi")
        work()
    assert (case().started_at, case().untold) == (MONDAY + LATER, None)


def test_the_days_begin_with_the_mail_that_arrives(cast, letter, setting, post):
    told_in_vain(cast, setting, post, "550 5.1.1 no such user")
    assert (case().notified_at, case().untold) == (None, Untold.FAILED)
    post.rcpt = None
    with at(days=98):
        merchants.vouch_for_contact(cast.shop, by=cast.dewi, email="baru@tokomelati.example", source="situs resmi")
        work()
        deliver()
    assert (case().started_at, case().notified_at) == (MONDAY + timedelta(days=98),) * 2


def test_an_address_found_again_after_it_refused_mail_gets_the_mail_again(cast, letter, setting, post):
    told_in_vain(cast, setting, post, "554 5.7.1 relay access denied")
    assert case().notified_at is None
    post.rcpt = None
    with at(days=92):
        late.tell_late(cast.shop.id)
        assert case().notified_at == MONDAY + timedelta(days=92)
        assert len(mails("new_letter")) == 2, "it is told only by a mail that goes out"
        late.tell_late(cast.shop.id)
        assert len(mails("new_letter")) == 2


@pytest.mark.parametrize("act", ["open", "acknowledge", "ask", "respond"])
def test_who_finds_the_letter_without_being_told_begins_then(cast, letter, act):
    with at(days=91):
        bima, found = cast.bima, case_of(letter, cast.bima)
        if act == "open":
            responses.note_opened(letter.id, by=bima)
        elif act == "acknowledge":
            responses.acknowledge(found, by=bima)
        elif act == "ask":
            responses.ask(found, by=bima, text="Bisakah Anda menyebut nomor pesanan dan kota tujuan kiriman?")
        else:
            responses.respond(found, said(), by=bima)
        assert case().started_at == MONDAY + LATER
        assert (case().due_on is not None, case().untold) == (True, None)
    begun = [data for data in db.session.scalars(select(Event.data)) if data.get("begins")]
    assert len(begun) == (act in {"open", "acknowledge"})
    with at(days=94):
        business_was_told(case().id)
    assert case().started_at == MONDAY + LATER
    fact = facts.derive([letter.id])[0]
    assert (fact.answered, fact.days or 0) == (act == "respond", 0)


def test_an_answer_in_time_after_a_late_telling_counts_as_in_time(cast, letter):
    assert fact_of(letter).timing(0) is Timing.UNNOTIFIED
    with at(days=91):
        vouch(cast)
        work()
    with at(days=96):
        responses.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    fact = fact_of(letter)
    assert (fact.days, fact.timing(0), fact.started_at) == (4, Timing.IN_TIME, MONDAY + LATER)


def test_the_clock_of_the_columns_and_of_the_events_is_one(app, cast, letter):
    with at(days=40):
        take_out_of_print(letter, until=MONDAY + timedelta(days=60))
    with at(days=91):
        vouch(cast)
        work()
    with at(days=100), app.test_request_context():
        found = case_of(letter, cast.ana)
        columns = clock_of(found, found.letter, utcnow())
        events = clock_of_facts(found.letter.category, facts_of(found), utcnow())
        assert columns == events
        assert (columns.used, columns.stops) == (7, ())


def test_the_author_is_told_what_is_true_and_again_when_the_business_is_late(cast, letter, browse):
    with at(days=16):
        overdue.tell_authors()
        work()
        assert "tidak ada orang di Toko Melati yang bisa diberi tahu" in mails("overdue")[0].content["text"]
        journey = browse().open(f"/letters/{letter.id}")
        assert "tidak ada yang bisa diberi tahu" in journey
        assert "Lewat batas" not in journey
        pack = browse(cast.ana).open(f"/cases/{case().id}/hand-over")
        assert "waktu menanggapi mulai berjalan ketika ada yang bisa" in pack
    with at(days=91):
        vouch(cast)
        work()
    with at(days=91 + 15):
        overdue.tell_authors()
        work()
        assert len(mails("overdue")) == 2
        assert "belum menanggapi" in mails("overdue")[1].content["text"]


def test_it_is_reminded_from_the_day_on_which_it_was_told(cast, letter):
    for day in range(91, 91 + 15):
        with at(days=day):
            if day == 91:
                vouch(cast)
                work()
            reminders.remind_businesses()
    assert days(Kind.BUSINESS_REMINDED) == [3, 7, 10]


def test_a_reminder_that_is_the_first_mail_to_arrive_tells_of_a_letter(cast, letter):
    make_contact(cast.shop, ADDRESS, purpose=ContactPurpose.REMINDERS)
    with at(days=4):
        reminders.remind_businesses()
        work()
        assert "sampai sekarang kami tidak punya alamat" in mails("reminder")[0].content["text"]
        assert case().started_at == utcnow()


def test_who_is_told_in_the_hour_of_a_reminder_is_not_reminded_of_days_before(cast, letter):
    with at(days=4):
        vouch(cast)
        reminders.remind_businesses()
        work()
    assert (len(mails("new_letter")), len(mails("reminder"))) == (1, 0)


class Steps:
    """What can happen to a case before its business knows of it, as the verbs write it."""

    def __init__(self):
        self.case = Case(response=ResponseState.AWAITING, started_at=MONDAY)
        self.knows = False

    def fail(self, why, _at):
        if self.case.notified_at is None:
            self.case.untold = why

    def tell(self, _why, moment):
        self.case.heard(moment)
        self.case.notified_at, self.case.untold = self.case.notified_at or moment, None
        self.knows = True

    def act(self, _why, moment):
        self.case.heard(moment)
        self.case.response = ResponseState.ACKNOWLEDGED
        self.knows = True


@pytest.mark.pure
@settings(max_examples=2_000, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["fail", "tell", "act"]), st.sampled_from(Untold)), max_size=12))
def test_day_0_moves_at_most_once_and_only_to_the_moment_of_knowing(steps):
    life = Steps()
    for number, (verb, why) in enumerate(steps, start=1):
        moment, before, knew = MONDAY + timedelta(days=number), life.case.started_at, life.knows
        waited = life.case.untold
        getattr(life, verb)(why, moment)
        if life.case.started_at != before:
            assert not knew
            assert waited in {Untold.NO_ADDRESS, Untold.FAILED}
            assert (verb != "fail", life.case.started_at) == (True, moment)
        elif verb != "fail":
            assert knew or waited in {None, Untold.REFUSED}


def told_in_vain(cast, setting, post, answer):
    """An address is found on day 91, and its server refuses the mail."""
    setting(smtp_url=post.url)
    post.rcpt = answer
    with at(days=91):
        vouch(cast)
        work()
        deliver()


def vouch(cast):
    merchants.vouch_for_contact(cast.shop, by=cast.dewi, email=ADDRESS, source="situs resmi")


def deliver():
    while mail.waiting():
        mail.deliver_next()


def case():
    db.session.expire_all()
    return db.session.scalars(select(Case)).one()


def read(letter):
    found = case_of(letter, letter.author)
    return clock_of(found, found.letter, utcnow())


def fact_of(letter):
    db.session.expire_all()
    return facts.derive([letter.id])[0]


@unit_of_work
def not_told(letter):
    db.session.execute(update(Case).where(Case.letter_id == letter.id).values(notified_at=None))


@unit_of_work
def put(**values):
    db.session.execute(update(Case).values(**values))


@unit_of_work
def take_out_of_print(letter, until):
    letter = db.session.merge(letter)
    letter.absences = [[utcnow().isoformat(), until.isoformat()]]
    for kind, moment in ((Kind.LETTER_TAKEN_DOWN, utcnow()), (Kind.LETTER_REINSTATED, until)):
        happen(kind, letter=letter)
        db.session.execute(update(Event).where(Event.kind == kind).values(at=moment))
