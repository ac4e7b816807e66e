"""A claim by a record in the DNS: looked up for real, on a server that answers well, badly or not at all."""

import socket
import time

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from sqlalchemy import func, select

from forum import config
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from forum.merchants import actions, lookups
from forum.merchants.lifecycle import ClaimState, Proof, ProofCheck
from forum.merchants.lookups import Look, look_for_domain, look_for_record, record_names, record_value
from forum.merchants.models import Claim, Representative

DOMAIN = "tokomelati.example"
WORDS = "Domain ini ada di kop surat dan situs resmi kami."


def claim(cast, merchant=None, by=None, **fields) -> Claim:
    return actions.claim(merchant or cast.shop, by=by or cast.citra, job_title="Humas", way=Proof.DNS, **fields)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a silent server as long as a test may."""
    monkeypatch.setattr(lookups, "LONGEST_LOOK_SECONDS", 0.6)


@pytest.mark.parametrize("place", [0, 1])
def test_the_record_at_either_name_proves_the_registered_domain(cast, dns_server, place: int) -> None:
    made = claim(cast)
    assert (made.state, made.domain, made.work_email) == (ClaimState.WAITING_DNS, DOMAIN, "")
    dns_server.put(DOMAIN, "TXT", '"v=spf1 -all"')
    dns_server.put(record_names(DOMAIN)[place], "TXT", '"lain"', f'"{record_value(made.record_token)}"')
    voice = actions.check_record(made, by=cast.citra)
    assert (voice.proof, voice.proved_domain, voice.looked_at) == (Proof.DNS, DOMAIN, ProofCheck.AUTOMATIC)
    assert voice.record_token == made.record_token
    assert cast.shop.id in cast.citra.answering_ids
    assert {name for _how, name, _kind in dns_server.asked} <= set(record_names(DOMAIN))
    with pytest.raises(NotNow):
        actions.check_record(made, by=cast.citra)


def test_a_record_behind_an_alias_counts(cast, dns_server) -> None:
    made = claim(cast)
    dns_server.put(f"_surat-pembaca.{DOMAIN}", "CNAME", "bukti.penyedia.example.")
    dns_server.put("bukti.penyedia.example", "TXT", f'"{record_value(made.record_token)}"')
    assert actions.check_record(made, by=cast.citra).proof is Proof.DNS


def test_what_is_found_instead_is_said(cast, dns_server) -> None:
    made = claim(cast)
    for records, code in (
        ({}, "record_no_domain"),
        ({(DOMAIN, "MX"): ["10 mail.tokomelati.example."]}, "record_none"),
        ({(DOMAIN, "TXT"): ['"surat-pembaca=lain"']}, "record_wrong"),
        ({(DOMAIN, "TXT"): [f'"{made.record_token}"']}, "record_none"),
        ({(DOMAIN, "TXT"): [f'"x{record_value(made.record_token)}"']}, "record_none"),
        ({(DOMAIN, "TXT"): [f'"{record_value(made.record_token)}x"']}, "record_wrong"),
        ({(f"lain.{DOMAIN}", "TXT"): [f'"{record_value(made.record_token)}"']}, "record_none"),
        ({(f"{DOMAIN}.jahat.example", "TXT"): [f'"{record_value(made.record_token)}"']}, "record_no_domain"),
    ):
        dns_server.zone = dict(records)
        with pytest.raises(Invalid) as refused:
            actions.check_record(made, by=cast.citra)
        assert refused.value.code == code, records
    assert db.session.scalar(select(func.count(Representative.id)).where(Representative.user_id == cast.citra.id)) == 0


def test_the_record_of_one_claim_proves_no_other(cast, dns_server) -> None:
    mine = claim(cast)
    ana = claim(cast, by=cast.ana)
    assert mine.record_token != ana.record_token
    dns_server.put(DOMAIN, "TXT", f'"{record_value(mine.record_token)}"')
    with pytest.raises(Invalid):
        actions.check_record(ana, by=cast.ana)
    with pytest.raises(NotAllowed):
        actions.check_record(mine, by=cast.ana)


def test_a_claim_that_was_made_anew_wants_the_new_record(cast, dns_server) -> None:
    old = claim(cast).record_token
    dns_server.put(DOMAIN, "TXT", f'"{record_value(old)}"')
    again = claim(cast)
    assert again.record_token != old
    with pytest.raises(Invalid) as refused:
        actions.check_record(again, by=cast.citra)
    assert refused.value.code == "record_wrong"


def test_a_silent_server_is_waited_for_a_bounded_time_and_is_no_answer(cast, setting, hasty) -> None:
    made = claim(cast)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        setting(dns_servers=(("127.0.0.1", deaf.getsockname()[1]),))
        begun = time.monotonic()
        with pytest.raises(Invalid) as refused:
            actions.check_record(made, by=cast.citra)
        assert refused.value.code == "record_silent"
        assert time.monotonic() - begun < 5 * lookups.LONGEST_LOOK_SECONDS
        assert look_for_domain(DOMAIN) is Look.SILENT
    assert made.state is ClaimState.WAITING_DNS


def _refusal(query: dns.message.Message) -> bytes:
    response = dns.message.make_response(query)
    response.set_rcode(dns.rcode.SERVFAIL)
    return response.to_wire()


def _another_question(query: dns.message.Message) -> bytes:
    other = dns.message.make_query("jahat.example", "TXT", id=query.id)
    response = dns.message.make_response(other)
    response.answer.append(dns.rrset.from_text("jahat.example.", 60, "IN", "TXT", f'"{TOKEN}"'))
    return response.to_wire()


def _another_name(query: dns.message.Message) -> bytes:
    response = dns.message.make_response(query)
    response.answer.append(dns.rrset.from_text("jahat.example.", 60, "IN", "TXT", f'"{TOKEN}"'))
    return response.to_wire()


def _another_number(query: dns.message.Message) -> bytes:
    response = dns.message.make_response(query)
    response.answer.append(dns.rrset.from_text(query.question[0].name, 60, "IN", "TXT", f'"{TOKEN}"'))
    response.id = (query.id + 1) % 65_536
    return response.to_wire()


def _a_ring(query: dns.message.Message) -> bytes:
    name = query.question[0].name
    response = dns.message.make_response(query)
    response.answer.append(dns.rrset.from_text(name, 60, "IN", "CNAME", f"x.{DOMAIN}."))
    response.answer.append(dns.rrset.from_text(f"x.{DOMAIN}.", 60, "IN", "CNAME", name.to_text()))
    return response.to_wire()


TOKEN = record_value("t" * 43)


@pytest.mark.parametrize(
    "lie",
    [
        _refusal,
        _another_question,
        _another_name,
        _another_number,
        _a_ring,
        lambda query: b"",
        lambda query: b"\x00" * 11,
        lambda query: query.to_wire(),
        lambda query: b"\xff" * 512,
        lambda query: query.to_wire()[:2] + b"\x84\x00\x00\x01\xff\xff\x00\x00\x00\x00" + b"\xc0\x0c" * 200,
    ],
)
def test_a_lying_server_proves_nothing_and_breaks_nothing(app, dns_server, hasty, lie) -> None:
    dns_server.behaviour = lie
    assert look_for_record(DOMAIN, "t" * 43) in {Look.SILENT, Look.NONE}
    assert look_for_domain(DOMAIN) in {Look.SILENT, Look.FOUND}


def test_a_huge_answer_comes_by_tcp_and_is_read_soon(app, dns_server) -> None:
    filler = [f'"{"x" * 200}{number:04}"' for number in range(250)]
    dns_server.put(DOMAIN, "TXT", f'"{TOKEN}"', *filler)
    begun = time.monotonic()
    assert look_for_record(DOMAIN, "t" * 43) is Look.FOUND
    assert ("tcp", DOMAIN, "TXT") in dns_server.asked
    assert time.monotonic() - begun < lookups.LONGEST_LOOK_SECONDS


def test_what_no_public_dns_knows_is_asked_of_named_servers_only(app) -> None:
    assert config.settings().dns_servers == ()
    assert look_for_record(DOMAIN, "t" * 43) is Look.SILENT
    assert look_for_domain("tokomelati.test") is Look.SILENT


def test_without_a_registered_domain_the_claimant_proposes_one_and_a_moderator_pairs_it(cast, dns_server) -> None:
    warung = cast.merchant("Warung Sari")
    for domain in ("", "gmail.com", "co.id", "github.io", "localhost", "a b", "x" * 300, "\u202ewarung.id"):
        with pytest.raises(Invalid) as refused:
            claim(cast, warung, domain=domain, statement=WORDS)
        assert refused.value.field == "domain", domain
    with pytest.raises(Invalid) as refused:
        claim(cast, warung, domain="warungsari.example")
    assert refused.value.field == "statement"
    made = claim(cast, warung, domain="https://www.WarungSari.example/kontak", statement=WORDS)
    assert made.domain == "warungsari.example"
    dns_server.put("warungsari.example", "TXT", f'"{record_value(made.record_token)}"')
    assert actions.check_record(made, by=cast.citra) is None
    assert (made.state, warung.domain, warung.id in cast.citra.merchant_ids) == (ClaimState.WAITING_MODERATOR, None, False)
    voice = actions.approve_claim(made, by=cast.dewi)
    assert (voice.proof, voice.proved_domain, voice.looked_at) == (Proof.DNS, "warungsari.example", ProofCheck.ONE_MODERATOR)
    assert warung.domain == "warungsari.example"


def test_a_domain_that_was_registered_meanwhile_is_not_overwritten(cast, dns_server) -> None:
    warung = cast.merchant("Warung Sari")
    made = claim(cast, warung, domain="warung-sari.example", statement=WORDS)
    dns_server.put("warung-sari.example", "TXT", f'"{record_value(made.record_token)}"')
    assert actions.check_record(made, by=cast.citra) is None
    actions.describe(warung, by=cast.eko, domain="warungsari.example")
    with pytest.raises(NotNow) as refused:
        actions.approve_claim(made, by=cast.dewi)
    assert refused.value.code == "claim_changed"
    db.session.refresh(warung)
    assert warung.domain == "warungsari.example"


def test_a_claim_without_its_proof_rests_on_the_moderator_alone(cast) -> None:
    made = claim(cast)
    actions.hand_to_moderator(made, by=cast.citra, statement="DNS kami dikelola pihak lain.")
    voice = actions.approve_claim(made, by=cast.dewi)
    assert (voice.proof, voice.proved_domain, voice.record_token) == (Proof.MODERATOR, None, None)


def test_the_page_says_what_to_publish_and_what_was_found(cast, browse, dns_server) -> None:
    cast.letter()
    citra = browse(cast.citra)
    page = citra.submit("/merchants/toko-melati/claim", job_title="Humas", way="dns")
    made = db.session.scalars(select(Claim)).one()
    for words in (f"_surat-pembaca.{DOMAIN}", record_value(made.record_token), "TXT"):
        assert words in page
    dns_server.put(DOMAIN, "MX", "10 mail.tokomelati.example.")
    page = citra.submit(form="/look-up")
    assert page.find("div", class_="problems")
    assert "tidak menemukan catatan itu" in page
    dns_server.put(DOMAIN, "TXT", f'"{record_value(made.record_token)}"')
    page = citra.submit(form="/look-up")
    assert "Anda mewakili Toko Melati sekarang" in page or "Terbukti" in page
    assert db.session.scalar(select(func.count()).where(Event.kind == Kind.CLAIM_APPROVED)) == 1
    assert db.session.scalar(select(func.count(Mail.id))) == 0
    assert citra.request("POST", f"/claims/{made.id}/look-up").status in {409, 403}


def test_looks_are_counted(cast, browse, dns_server, monkeypatch, limit) -> None:

    limit("look-up", 2)
    cast.letter()
    citra = browse(cast.citra)
    citra.submit("/merchants/toko-melati/claim", job_title="Humas", way="dns")
    for _turn in range(3):
        page = citra.submit(form="/look-up")
    assert "Terlalu sering" in page
    assert len(dns_server.asked) == 4
