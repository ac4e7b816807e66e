"""Nobody buys days by declining, by addresses that bounce, by claims that come and go, by joining and parting, or by chance."""

import pytest
from sqlalchemy import select, update

from forum.core import mail
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.letters import actions as letters
from forum.letters.clocks import clock_of_facts
from forum.letters.lifecycle import ResponseState, Untold
from forum.letters.models import Case, Letter
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import ContactPurpose, NameKind, TeamRole
from forum.merchants.models import Contact, Representative
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import SPLIT_REASONS, JoinReason, Reason
from forum.notifications.choices import Choice
from forum.notifications.deliver import tellings_of, write_tellings
from forum.notifications.models import MailChoice
from forum.notifications.subjects import load
from forum.responses import actions as responses
from forum.responses.facts import facts_of
from forum.responses.models import AnswerLink
from forum.responses.queries.cases import clock_of
from forum.statistics import facts
from forum.statistics.lifecycle import Timing
from tests.cast import make_contact, represent
from tests.moderation.test_merge import OVER
from tests.notifications.helping import happen, mails, work
from tests.notifications.test_reminders import MONDAY, at
from tests.notifications.test_waiting import ADDRESS, LATER, deliver, not_told, put, vouch
from tests.responses.test_mailed import FORM, path_in
from tests.responses.words import case_of

GONE = "550 5.1.1 no such user"


@pytest.fixture
def letter(cast):
    """A letter of which nobody could be told when it was published."""
    with at():
        made = cast.letter(published_at=MONDAY)
        publish(made)
    return made


def case(business=None):
    db.session.expire_all()
    found = select(Case) if business is None else select(Case).where(Case.merchant_id == business.id)
    return db.session.scalars(found).one()


def contact():
    return db.session.scalars(select(Contact)).one()


def test_an_address_that_bounces_does_not_undo_declining(cast, letter, setting, post):
    put(untold=Untold.REFUSED)
    merchants.refuse_contact(make_contact(cast.shop, "lama@tokomelati.example"))
    setting(smtp_url=post.url)
    post.rcpt = GONE
    with at(days=91):
        vouch(cast)
        work()
        deliver()
    assert (case().notified_at, case().untold, case().waits) == (None, Untold.REFUSED, False)
    with at(days=120):
        responses.note_opened(letter.id, by=cast.bima)
    assert case().started_at == MONDAY


@pytest.mark.parametrize("way", ["declined", "removed", "declined, then registered again"])
def test_who_ended_an_address_of_its_own_declines_for_good(cast, way):
    with at():
        make_contact(cast.shop, ADDRESS)
        if way.startswith("declined"):
            merchants.refuse_contact(contact())
        if way == "removed":
            merchants.remove_contact(contact(), by=cast.bima)
        elif way == "declined":
            merchants.remove_contact(contact(), by=cast.dewi)
        else:
            merchants.register_contact(cast.shop, by=cast.bima, email=ADDRESS, purpose=ContactPurpose.ALL)
        leave()
        publish(cast.letter(published_at=MONDAY))
    assert (case().untold, case().waits) == (Untold.REFUSED, False)


def test_who_was_told_in_the_site_stays_told(cast, setting, post):
    setting(smtp_url=post.url)
    post.rcpt = "451 4.7.1 try later"
    with at():
        made = cast.letter(published_at=MONDAY)
        no_mail(cast.bima)
        make_contact(cast.shop, ADDRESS)
        publish(made)
        mail.deliver_next()
    with at(days=8):
        leave()
        post.rcpt = GONE
        deliver()
        assert db.session.scalars(select(AnswerLink)).one().bounced_at is not None
    assert case().notified_at == MONDAY


def test_two_tellings_at_once_are_one(cast, letter):
    with at(days=91):
        make_contact(cast.shop, ADDRESS)
        event = db.session.scalars(select(Event).where(Event.kind == Kind.LETTER_PUBLISHED)).one()
        subject = load([event])[event.id]
        tellings = tellings_of(subject)
        assert tellings
        db.session.commit()
        told = {"started_at": utcnow(), "notified_at": utcnow(), "untold": None}
        behind_the_session(**told, response=ResponseState.ACKNOWLEDGED, acknowledged_at=utcnow())
    with at(days=92):
        write_tellings(event, tellings, subject)
    assert (case().started_at, case().notified_at) == (MONDAY + LATER, MONDAY + LATER)


def test_who_opened_it_before_the_telling_knows_of_it(cast):
    with at():
        made = cast.letter(published_at=MONDAY)
        gita = represent(cast.person("Gita"), cast.shop, TeamRole.READER).user
        db.session.expire_all()
        happen(Kind.LETTER_PUBLISHED, letter=not_told_again(made))
        responses.note_opened(made.id, by=gita)
        work()
    with at(days=60):
        responses.acknowledge(case_of(made, cast.bima), by=cast.bima)
    assert case().started_at == MONDAY


def test_a_declined_case_joined_to_a_waiting_one_runs(cast):
    with at():
        made = cast.letter(merchants=[cast.shop, cast.courier], published_at=MONDAY)
        put(notified_at=None, untold=Untold.NO_ADDRESS)
        put_of(cast.courier, untold=Untold.REFUSED)
    with at(days=50):
        moderation.merge(cast.courier, cast.shop, by=cast.dewi, **OVER)
    assert (case().untold, case().waits, case().started_at) == (Untold.REFUSED, False, MONDAY)
    assert made


def test_what_was_done_while_two_were_one_stays_done(cast):
    with at():
        made = cast.letter(merchants=[cast.shop, cast.courier], published_at=MONDAY)
        put(notified_at=None, untold=Untold.NO_ADDRESS)
    with at(days=50):
        done = moderation.merge(cast.courier, cast.shop, by=cast.dewi, **OVER)
    with at(days=51):
        responses.acknowledge(case_of(made, cast.bima), by=cast.bima)
        begun = utcnow()
    with at(days=52):
        moderation.undo_merge(done, by=cast.dewi)
        kept = case(cast.shop)
        assert (kept.response, kept.acknowledged_at, kept.started_at) == (ResponseState.ACKNOWLEDGED, begun, begun)
        assert case(cast.courier).waits
    with at(days=80):
        responses.note_opened(made.id, by=cast.bima)
        found = case_of(made, cast.bima)
        assert found.started_at == begun
        assert clock_of(found, found.letter, utcnow()) == clock_of_facts(found.letter.category, facts_of(found), utcnow())


def test_told_while_it_was_anothers_is_not_told(cast):
    with at():
        made = cast.letter(merchants=[cast.courier], published_at=MONDAY)
        publish(made)
    with at(days=30):
        make_contact(cast.shop, ADDRESS)
        done = moderation.merge(cast.courier, cast.shop, by=cast.dewi, reason=JoinReason.SAME_BUSINESS, kind=NameKind.ALIAS)
        work()
        assert case().notified_at == utcnow()
    with at(days=31):
        moderation.undo_merge(done, by=cast.dewi)
        work()
        assert case().waits
        assert facts.derive([made.id])[0].timing(0) is Timing.UNNOTIFIED
        make_contact(cast.courier, "cs@kurirkilat.example")
    with at(days=40):
        done = moderation.merge(cast.courier, cast.shop, by=cast.dewi, **OVER)
        moderation.undo_merge(done, by=cast.dewi)
        work()
        assert case().notified_at == utcnow(), "who can be told is told when it gets its letters back"


def test_a_letter_split_off_to_nobody_that_can_be_told_waits(cast):
    with at():
        cast.letter(published_at=MONDAY)
    with at(days=20):
        moderation.split(cast.shop, by=cast.dewi, to="Warung Baru Sekali", case_ids=[case().id], reason=min(SPLIT_REASONS))
        work()
        assert (case().untold, case().waits) == (Untold.NO_ADDRESS, True)


def test_the_link_of_the_first_business_tells_the_second_nothing(cast, setting, post):
    setting(smtp_url=post.url)
    with at():
        make_contact(cast.shop, ADDRESS)
        publish(cast.letter(published_at=MONDAY))
        deliver()
    post.rcpt = GONE
    with at(days=20):
        make_contact(cast.courier, "cs@kurirkilat.example")
        moderation.split(cast.shop, by=cast.dewi, to=cast.courier.name, case_ids=[case().id], reason=min(SPLIT_REASONS))
        work()
        deliver()
    assert (case().notified_at, case().untold) == (None, Untold.FAILED)


def test_a_link_shows_nothing_private_before_its_door_was_opened(cast, browse):
    with at():
        make_contact(cast.shop, ADDRESS)
        publish(cast.letter(published_at=MONDAY, details={"order": "TM-778120"}))
        link = path_in(mails("new_letter")[0].content["text"])
        answer = browse().client.post(link, data={"do": "preview"}).get_data(as_text=True)
    assert "TM-778120" not in answer
    assert "/open" in answer
    assert db.session.scalars(select(AnswerLink)).one().opened_at is None


def test_who_answers_by_a_link_that_bounced_knows_of_the_letter(cast, browse, setting, post):
    setting(smtp_url=post.url)
    post.rcpt = GONE
    with at():
        make_contact(cast.shop, "toko@gmail.com")
        publish(cast.letter(published_at=MONDAY))
        link = path_in(mails("new_letter")[0].content["text"])
        deliver()
        assert case().waits
    with at(days=3):
        browser = browse()
        browser.open(link)
        browser.submit(form="/open")
        browser.submit(form="/answer/", **FORM)
        assert (case().waits, case().opened_at, case().started_at) == (False, utcnow(), utcnow())


def test_an_address_found_while_the_letter_was_out_of_print_is_told(cast, letter):
    with at(days=5):
        letters.take_down(db.session.get_one(Letter, letter.id), by=cast.dewi, reason=next(iter(Reason)), message="Alasan yang cukup panjang.")
    with at(days=6):
        vouch(cast)
        work()
        assert mails("new_letter") == []
    with at(days=8):
        db.session.expire_all()
        letters.reinstate(db.session.get_one(Letter, letter.id), by=cast.dewi)
        work()
        assert case().notified_at == utcnow()


def publish(made):
    happen(Kind.LETTER_PUBLISHED, letter=not_told_again(made))
    work()


def not_told_again(made):
    not_told(made)
    return made


@unit_of_work
def leave():
    db.session.execute(update(Representative).values(ended_at=utcnow()))


@unit_of_work
def no_mail(person):
    db.session.add(MailChoice(user_id=person.id, kind=Choice.NEW_LETTER.value))


@unit_of_work
def put_of(business, **values):
    db.session.execute(update(Case).where(Case.merchant_id == business.id).values(**values))


@unit_of_work
def behind_the_session(**values):
    db.session.execute(update(Case).values(**values).execution_options(synchronize_session=False))
