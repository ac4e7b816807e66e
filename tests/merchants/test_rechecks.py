"""Each month a proof is looked up anew; lost for a week it ends, and whoever it concerns is told before and then."""

import socket
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.merchants import actions, lookups
from forum.merchants.actions.rechecks import Verdict, judge
from forum.merchants.lifecycle import EndReason, Proof
from forum.merchants.lookups import Look
from forum.merchants.models import Merchant, Representative
from forum.notifications import ticks
from tests.cast import represent
from tests.merchants.test_claim import mailed_token
from tests.notifications.helping import mailed, told, work

DOMAIN, TOKEN = "tokomelati.example", "t" * 43
RECORD = f'"{lookups.record_value(TOKEN)}"'


@pytest.fixture
def voice(cast, dns_server) -> Representative:
    """Citra, proved by a record that is there."""
    found = represent(cast.citra, cast.shop)
    _by_record(found)
    dns_server.put(DOMAIN, "TXT", RECORD)
    dns_server.put(DOMAIN, "NS", "ns.penyedia.example.")
    return found


@unit_of_work
def _by_record(found: Representative) -> None:
    found.proof, found.record_token, found.proved_domain = Proof.DNS, TOKEN, DOMAIN


def after(**later):
    return time_machine.travel(utcnow() + timedelta(**later), tick=True)


def events(kind: Kind) -> int:
    return db.session.scalar(select(func.count()).select_from(Event).where(Event.kind == kind)) or 0


def again(row):
    db.session.refresh(row)
    return row


def test_nothing_is_asked_before_the_month_is_over(voice, dns_server) -> None:
    assert actions.recheck() == 0
    assert not dns_server.asked


def test_a_proof_that_stands_is_renewed_for_a_month(voice, dns_server) -> None:
    with after(days=31):
        assert actions.recheck() == 2  # the voice and the domain of the business
        assert actions.recheck() == 0
        assert again(voice).checked_at is not None
        assert voice.next_check_at > utcnow() + timedelta(days=29)
    assert (voice.ended_at, events(Kind.PROOF_FAILING)) == (None, 0)


@pytest.mark.parametrize("records", [(), ('"v=spf1 -all"',), ('"surat-pembaca=lain"',)])
def test_a_lost_record_warns_then_ends_the_badge_and_tells_the_owner(cast, voice, dns_server, records) -> None:
    dns_server.put(DOMAIN, "TXT", *records)
    start = utcnow() + timedelta(days=31)
    with time_machine.travel(start, tick=True):
        actions.recheck()
        work()
        assert again(voice).ended_at is None
        assert voice.failing_since is not None
        assert ("Citra", "proof_failing") in told()
        assert ("citra", "proof_failing") in mailed()
    for days in (1, 3.6, 6.9):
        with time_machine.travel(start + timedelta(days=days), tick=True):
            actions.recheck()
            assert again(voice).ended_at is None, days
    with time_machine.travel(start + timedelta(days=7.2), tick=True):
        actions.recheck()
        work()
        assert again(voice).end_reason is EndReason.PROOF_LOST
        assert voice.ended_at is not None
        db.session.expire(cast.citra)
        assert cast.shop.id not in cast.citra.merchant_ids
        assert ("citra", "proof_lost") in mailed()
        assert (events(Kind.PROOF_FAILING), events(Kind.PROOF_LOST), events(Kind.REPRESENTATIVE_ENDED)) == (1, 1, 1)
        actions.recheck()
        assert events(Kind.PROOF_LOST) == 1
    assert ("Bima", "proof_lost") not in told()


def test_the_other_owners_hear_of_it_as_well(cast, voice, dns_server) -> None:
    represent(cast.ana, cast.shop)
    dns_server.put(DOMAIN, "TXT")
    with after(days=31):
        actions.recheck()
        work()
    assert {("Citra", "proof_failing"), ("Ana", "proof_failing")} <= told()


def test_a_record_that_comes_back_in_time_keeps_the_badge(voice, dns_server) -> None:
    dns_server.put(DOMAIN, "TXT")
    start = utcnow() + timedelta(days=31)
    for days, there in ((0, False), (3.6, True), (40, False), (43.6, True)):
        dns_server.put(DOMAIN, "TXT", *((RECORD,) if there else ()))
        with time_machine.travel(start + timedelta(days=days), tick=True):
            actions.recheck()
            assert (again(voice).failing_since is None) == there, days
    assert voice.ended_at is None


def test_a_server_that_fails_is_no_loss_however_long(voice, setting, monkeypatch) -> None:
    monkeypatch.setattr(lookups, "LONGEST_LOOK_SECONDS", 0.2)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        setting(dns_servers=(("127.0.0.1", deaf.getsockname()[1]),))
        for days in (31, 33, 40, 60):
            with after(days=days):
                assert actions.recheck() == 2
    assert (again(voice).ended_at, voice.failed_checks, events(Kind.PROOF_FAILING)) == (None, 0, 0)


def test_an_address_at_a_domain_that_expired_proves_nothing_any_more(cast, dns_server) -> None:
    """And whoever registers the domain next gets no voice by itself: it is not the domain of the business any more."""
    bima, shop = cast.bima, cast.shop
    dns_server.put("kurirkilat.example", "MX", "10 mail.kurirkilat.example.")
    _fajar = cast.fajar
    start = utcnow() + timedelta(days=31)
    for days in (0, 3.6, 7.2):
        with time_machine.travel(start + timedelta(days=days), tick=True):
            actions.recheck()
    voice = db.session.scalars(select(Representative).where(Representative.user_id == bima.id)).one()
    assert again(voice).end_reason is EndReason.PROOF_LOST
    assert again(shop).domain is None
    assert events(Kind.DOMAIN_LOST) == 1
    assert db.session.scalar(select(Merchant.domain).where(Merchant.id == cast.courier.id)) == "kurirkilat.example"
    _dewi = cast.dewi
    with time_machine.travel(start + timedelta(days=8), tick=True):
        claim = actions.claim(
            shop, by=cast.citra, work_email=f"citra@{DOMAIN}", job_title="Humas", statement="Domain ini milik kami sekarang."
        )
        assert actions.confirm_claim(mailed_token(), by=cast.citra) is None
        assert claim.decided_at is None
        assert shop.id not in cast.citra.merchant_ids
        work()
    assert ("Dewi", "claim_started") in told()


def test_a_domain_that_is_failing_proves_nobody_new_by_itself(cast, dns_server) -> None:
    shop = cast.shop
    with after(days=31):
        actions.recheck()
        assert again(shop).failing_since is not None
        actions.claim(shop, by=cast.citra, work_email=f"citra@{DOMAIN}", job_title="Humas")
        assert actions.confirm_claim(mailed_token(), by=cast.citra) is None


def test_proofs_by_moderators_are_not_looked_up(cast, dns_server) -> None:
    found = represent(cast.citra, cast.merchant("Warung Sari"))

    @unit_of_work
    def by_moderator() -> None:
        found.proof = Proof.MODERATOR

    by_moderator()
    with after(days=31):
        assert actions.recheck() == 0


def test_a_run_ends_in_time_and_the_next_goes_on(voice, dns_server, monkeypatch) -> None:
    from forum.merchants.actions import rechecks

    with after(days=31):
        monkeypatch.setattr(rechecks, "LONGEST_RUN_SECONDS", -1.0)
        assert actions.recheck() == 0
        monkeypatch.setattr(rechecks, "LONGEST_RUN_SECONDS", 60.0)
        assert actions.recheck() == 2


def test_the_tick_looks_up_what_is_due(voice, dns_server) -> None:
    with after(days=31):
        ticks.TICKS["rechecks"][1]()
    assert again(voice).checked_at is not None


def test_lost_is_three_times_over_seven_days() -> None:
    """Each sequence of looks, in days, with what the last one means."""
    for looks, meaning in (
        ([(0, Look.FOUND)], Verdict.STANDS),
        ([(0, Look.NONE)], Verdict.WARN),
        ([(0, Look.NONE), (8, Look.NONE)], Verdict.FAILING),
        ([(0, Look.NONE), (3, Look.NONE), (6, Look.NONE)], Verdict.FAILING),
        ([(0, Look.NONE), (3, Look.NONE), (7, Look.NONE)], Verdict.LOST),
        ([(0, Look.NONE), (3, Look.SILENT), (7, Look.NO_DOMAIN)], Verdict.FAILING),
        ([(0, Look.NONE), (3, Look.FOUND), (7, Look.NONE)], Verdict.WARN),
        ([(0, Look.WRONG), (3, Look.WRONG), (9, Look.SILENT)], Verdict.UNKNOWN),
    ):
        thing, start = Representative(failed_checks=0), utcnow()
        for day, look in looks:
            verdict = judge(thing, look, start + timedelta(days=day))
        assert verdict is meaning, looks
