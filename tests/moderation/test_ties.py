"""Praise that a business wrote itself: flagged to the moderators with what ties them, and nothing else happens."""

import pytest
from sqlalchemy import select, update

from forum.accounts import sessions
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind, Role, record
from forum.letters.lifecycle import LetterKind, Outcome, Visibility
from forum.letters.models import Case, Letter
from forum.moderation import actions, jobs
from forum.moderation.queries import ties as queries
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink
from tests.cast import represent
from tests.notifications.helping import work

OFFICE = "198.51.100.7"
OFFICE_NET = "2001:db8:1:2::/64"


@pytest.fixture
def praise(cast):
    mail_of(cast.ana, "ana@rumah.example")
    mail_of(cast.bima, "bima@tokomelati.example")
    return cast.letter(kind=LetterKind.PRAISE, title="Terima kasih Toko Melati, cepat sekali")


def sign_in(person, address, device="Chrome · Windows"):
    sessions.open_session(person, address=address, device=device)


@pytest.mark.parametrize("address", [OFFICE, OFFICE_NET])
def test_the_same_network_address_flags_the_letter_for_moderators_alone(cast, praise, browse, address):
    sign_in(cast.ana, address, "Firefox · Linux")
    sign_in(cast.bima, address)
    assert actions.flag_ties(praise.id) == 1
    assert flags() == [["address"]]
    assert actions.flag_ties(praise.id) == 0, "once"
    desk = browse(cast.dewi)
    page = desk.open(f"/moderation/letters/{praise.id}")
    assert "Mungkin ditulis pelaku usaha sendiri" in page
    assert "alamat jaringan yang sama" in page
    assert address not in page.text
    listed = desk.open("/moderation/flags")
    assert listed.link("Meja redaksi") == "/moderation"
    assert not listed.find("nav", class_="tabs")  # it is none of them
    assert praise.title in listed
    assert address not in listed.text
    for person in (None, cast.ana, cast.bima):
        assert "ditulis pelaku usaha" not in browse(person).open(f"/letters/{praise.id}")
    assert db.session.get(Letter, praise.id).visibility is Visibility.PUBLIC


def test_the_same_kind_of_device_says_something_only_at_the_same_address(cast, praise):
    sign_in(cast.ana, "203.0.113.5")
    sign_in(cast.bima, OFFICE)
    assert actions.flag_ties(praise.id) == 0
    sign_in(cast.ana, OFFICE)
    actions.flag_ties(praise.id)
    assert flags() == [["address", "device"]]


def test_a_tie_found_later_is_added(cast, praise):
    sign_in(cast.ana, OFFICE, "Firefox · Linux")
    sign_in(cast.bima, OFFICE)
    actions.flag_ties(praise.id)
    mail_of(cast.ana, "ana@tokomelati.example")
    assert actions.flag_ties(praise.id) == 1
    assert flags() == [["address"], ["address", "domain"]]
    assert [flag.ties for flag in queries.flags_of(praise.id)] == [(queries.Tie.ADDRESS, queries.Tie.DOMAIN)]


@pytest.mark.parametrize(
    ("ana", "bima", "flagged"),
    [
        ("ana@kantor.example", "bima@kantor.example", True),
        ("ana@sub.tokomelati.example", "bima@gmail.com", True),  # the proven domain of the business
        ("ana@gmail.com", "bima@gmail.com", False),
        ("ana@kantor.example", "bima@lain.example", False),
        ("ana@tokomelati.example.com", "bima@gmail.com", False),
    ],
)
def test_a_mail_domain_ties_unless_it_is_a_provider_s(cast, praise, ana, bima, flagged):
    mail_of(cast.ana, ana)
    mail_of(cast.bima, bima)
    assert (actions.flag_ties(praise.id) == 1) is flagged


def test_a_domain_of_many_people_here_is_a_provider_s(cast, praise, monkeypatch):
    monkeypatch.setattr(queries, "MOST_ACCOUNTS_OF_A_PRIVATE_DOMAIN", 2)
    mail_of(cast.ana, "ana@kampus.example")
    mail_of(cast.bima, "bima@kampus.example")
    assert actions.flag_ties(praise.id) == 1
    mail_of(cast.citra, "citra@kampus.example")
    other = cast.letter(kind=LetterKind.PRAISE, title="Pujian yang kedua untuk toko")
    assert actions.flag_ties(other.id) == 0


def test_who_answered_by_a_mailed_link_counts_as_the_team(cast, praise):
    sign_in(cast.ana, OFFICE)
    answered_from(praise, OFFICE)
    actions.flag_ties(praise.id)
    assert flags() == [["address"]]


def test_the_author_s_own_team_is_the_plainest_tie(cast, praise):
    represent(cast.ana, cast.shop)
    actions.flag_ties(praise.id)
    assert flags() == [["team"]]


def test_a_complaint_is_flagged_only_when_its_author_calls_it_solved(cast, praise):
    sign_in(cast.ana, OFFICE)
    sign_in(cast.bima, OFFICE)
    complaint = cast.letter()
    assert actions.flag_ties(complaint.id) == 0
    solve(complaint)
    work()
    assert [event.letter_id for event in db.session.scalars(select(Event).where(Event.kind == Kind.LETTER_FLAGGED))] == [
        complaint.id
    ]


def test_praise_is_looked_at_when_it_is_sent_when_somebody_joins_and_each_day(cast, praise):
    sign_in(cast.ana, OFFICE)
    happened(Kind.LETTER_SUBMITTED, letter_id=praise.id)
    work()
    assert flags() == []
    sign_in(cast.bima, OFFICE)
    jobs.look_again()
    assert flags() == [["address", "device"]]
    sign_in(cast.citra, OFFICE)
    jobs.look_at_business(cast.shop.id)
    assert len(flags()) == 1


def test_a_stranger_with_nothing_in_common_is_not_flagged(cast, praise):
    sign_in(cast.ana, "203.0.113.5")
    sign_in(cast.bima, OFFICE)
    assert actions.flag_ties(praise.id) == 0
    assert flags() == []


def test_the_list_of_flags_is_paged_by_key_and_costs_the_same(cast, praise, browse):
    for number in range(30):
        happened(
            Kind.LETTER_FLAGGED, letter_id=praise.id, merchant_id=cast.shop.id, ties=["address"], case_id=None, number=number
        )
    page = browse(cast.dewi).open("/moderation/flags")
    assert len(page.find("a", class_="queue__item")) == queries.ROWS
    assert len(page.queries) <= 8
    assert browse(cast.ana).open("/moderation/flags").status == 403


def flags():
    db.session.expire_all()
    return [
        data["ties"] for data in db.session.scalars(select(Event.data).where(Event.kind == Kind.LETTER_FLAGGED).order_by(Event.id))
    ]


@unit_of_work
def mail_of(person, address):
    person.email = address


@unit_of_work
def answered_from(letter, address):
    db.session.add(
        AnswerLink(
            case_id=db.session.scalar(select(Case.id).where(Case.letter_id == letter.id)),
            address="cs@gmail.com",
            token_hash="h" * 64,
            state=LinkState.PUBLISHED,
            fields={},
            expires_at=utcnow(),
            sent_at=utcnow(),
            sent_from=address,
        )
    )


@unit_of_work
def solve(letter):
    case_id = db.session.scalar(select(Case.id).where(Case.letter_id == letter.id))
    db.session.execute(update(Case).where(Case.id == case_id).values(outcome=Outcome.SOLVED))
    record(Kind.OUTCOME_SET, by=None, role=Role.AUTHOR, letter_id=letter.id, case_id=case_id, outcome="solved")


@unit_of_work
def happened(kind, **facts):
    record(kind, by=None, role=Role.SYSTEM, **facts)
