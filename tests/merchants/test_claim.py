"""Becoming the proven voice of a business, and what waits for it."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from forum.accounts.addresses import normal_email
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Gone, Invalid, NotAllowed, NotNow
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from forum.letters.lifecycle import ResponseState
from forum.merchants import actions
from forum.merchants.domains import normal_domain, proves
from forum.merchants.lifecycle import ClaimState, Proof
from forum.merchants.models import Claim, Representative
from forum.responses import actions as responses
from forum.responses.models import Response, ResponseDraft
from tests.cast import represent
from tests.responses.words import TEXT, case_of, said

FIELDS = {
    "text": [TEXT],
    "signatory": ["Citra"],
    "job_title": ["Layanan pelanggan"],
    "remedy": ["refund"],
    "refund_amount": ["105.000"],
    "promise": [""],
    "promise_due": [""],
}


def claim(cast, email: str = "citra@tokomelati.example", statement: str = "") -> Claim:
    return actions.claim(cast.shop, by=cast.citra, work_email=email, job_title="Humas", statement=statement)


def mailed_token() -> str:
    mail = db.session.scalars(select(Mail).where(Mail.kind == "claim_link").order_by(Mail.id.desc())).first()
    return re.search(r"/claims/(\S+)", mail.content["text"])[1]


def wrote(cast, letter, ready: bool = True) -> ResponseDraft:
    return responses.save_draft(case_of(letter, cast.citra), by=cast.citra, fields=FIELDS, seen=1, ready=ready)


def test_a_link_to_the_work_address_proves_it(cast) -> None:
    made = claim(cast, "Citra@TOKOMELATI.example")
    assert (made.state, made.work_email) == (ClaimState.WAITING_EMAIL, "citra@tokomelati.example")
    mail = db.session.scalars(select(Mail)).one()
    assert mail.to == "citra@tokomelati.example"
    assert made.token_hash not in mail.content["text"]
    voice = actions.confirm_claim(mailed_token(), by=cast.citra)
    assert (voice.proof, voice.proved_domain, voice.job_title) == (Proof.EMAIL, "tokomelati.example", "Humas")
    assert cast.shop.id in cast.citra.merchant_ids
    event = db.session.scalars(select(Event).where(Event.kind == Kind.CLAIM_APPROVED)).one()
    assert "citra@" not in str(event.data)


def test_the_link_works_once_for_a_day_and_for_the_claimant(cast) -> None:
    claim(cast)
    token = mailed_token()
    with pytest.raises(NotAllowed):
        actions.confirm_claim(token, by=cast.ana)
    with time_machine.travel(utcnow() + timedelta(hours=24, seconds=5), tick=False), pytest.raises(Gone):
        actions.confirm_claim(token, by=cast.citra)
    actions.confirm_claim(token, by=cast.citra)
    with pytest.raises(Gone):
        actions.confirm_claim(token, by=cast.citra)
    for wrong in ("", "x", token + "x", "\ud800"):
        with pytest.raises(Gone):
            actions.confirm_claim(wrong, by=cast.citra)


def test_a_second_claim_replaces_the_first_and_its_link(cast) -> None:
    first = claim(cast)
    old = mailed_token()
    assert claim(cast, "c2@mail.tokomelati.example").id == first.id
    with pytest.raises(Gone):
        actions.confirm_claim(old, by=cast.citra)
    assert actions.confirm_claim(mailed_token(), by=cast.citra).proved_domain == "mail.tokomelati.example"


@pytest.mark.parametrize(
    "email",
    [
        "citra@gmail.com",
        "citra@yahoo.co.id",
        "citra@tokomelati.example.com",
        "citra@tokomelati-example.com",
        "citra@tokomelatı.com",
        "citra@xtokomelati.example",
        "citra@example",
    ],
)
def test_look_alikes_prove_nothing(cast, email: str) -> None:
    with pytest.raises(Invalid) as refused:
        claim(cast, email)
    assert refused.value.field in {"statement", "work_email"}
    assert db.session.scalar(select(func.count(Mail.id))) == 0


@pytest.mark.parametrize(
    "domain", ["gmail.com", "yahoo.co.id", "co.id", "id", "", "a b", "-x.id", "http://", "x" * 300]
)
def test_no_domain_of_one_business(domain: str) -> None:
    with pytest.raises(Invalid):
        normal_domain(domain)


@pytest.mark.parametrize("domain", ["gmail.com", "co.id", "id", "", None])
def test_what_many_owners_share_proves_nothing(domain: str | None) -> None:
    assert not proves(f"a@{domain}", domain)
    assert not proves(f"a@toko.{domain}", domain)


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("TokoMelati.co.id", "tokomelati.co.id"),
        ("https://www.tokomelati.co.id/kontak?x=1", "tokomelati.co.id"),
        ("tokomélati.id", "xn--tokomlati-f4a.id"),
    ],
)
def test_domains_are_normal(typed: str, domain: str) -> None:
    assert normal_domain(typed) == domain


@pytest.mark.parametrize("host", ["stra\u00dfe.example", "toko-mel\u00e1ti.example", "\u5e97.example", "TOKO.example"])
def test_a_domain_is_written_as_in_an_address_there(host: str) -> None:
    """Or the owner of another domain, which an older rule makes of the same letters, would prove a voice."""
    assert proves(normal_email(f"bima@{host}"), normal_domain(host))


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a@b c.id", "a\r\nBcc: x@y.id@c.id", "x" * 300 + "@c.id", "\x00@c.id"]
)
def test_a_bad_work_address_is_told_at_its_field(cast, email: str) -> None:
    with pytest.raises(Invalid) as refused:
        claim(cast, email)
    assert refused.value.field == "work_email"


def test_an_unconfirmed_account_claims_nothing(cast) -> None:
    hana = cast.person("Hana", confirmed=False)
    with pytest.raises(NotAllowed) as refused:
        actions.claim(cast.shop, by=hana, work_email="h@tokomelati.example", job_title="Humas")
    assert refused.value.code == "unconfirmed"


def test_a_moderator_approves_what_no_address_proves(cast) -> None:
    made = claim(cast, "citra@gmail.com", "Saya kepala toko; hubungi nomor di situs resmi kami.")
    assert made.state is ClaimState.WAITING_MODERATOR
    voice = actions.approve_claim(made, by=cast.dewi, message="Sudah diperiksa.")
    assert (voice.proof, voice.proved_domain) == (Proof.MODERATOR, None)
    with pytest.raises(NotNow):
        actions.approve_claim(made, by=cast.eko)
    with pytest.raises(NotNow):
        actions.refuse_claim(made, by=cast.eko)


def test_a_mailed_claim_can_be_handed_to_a_moderator(cast) -> None:
    made = claim(cast)
    token = mailed_token()
    with pytest.raises(NotAllowed):
        actions.hand_to_moderator(made, by=cast.ana, statement="Saya kepala toko di sana.")
    with pytest.raises(Invalid):
        actions.hand_to_moderator(made, by=cast.citra, statement="pendek")
    actions.hand_to_moderator(made, by=cast.citra, statement="Surel kantor saya sedang rusak.")
    assert made.state is ClaimState.WAITING_MODERATOR
    with pytest.raises(Gone):
        actions.confirm_claim(token, by=cast.citra)


@pytest.mark.parametrize("verb", ["approve_claim", "refuse_claim"])
def test_nobody_decides_on_their_own(cast, verb: str) -> None:
    decide = getattr(actions, verb)
    own = actions.claim(cast.shop, by=cast.dewi, work_email="d@tokomelati.example", job_title="Humas")
    with pytest.raises(NotAllowed):
        decide(own, by=cast.dewi)
    for person in (cast.citra, cast.bima):
        with pytest.raises(NotAllowed):
            decide(own, by=person)
    represent(cast.eko, cast.shop)
    with pytest.raises(NotAllowed):
        decide(own, by=cast.eko)


def test_what_waited_is_published_with_the_approval(cast) -> None:
    letter = cast.letter()
    wrote(cast, letter)
    made = claim(cast)
    assert db.session.scalars(select(ResponseDraft.claim_id)).one() == made.id
    actions.confirm_claim(mailed_token(), by=cast.citra)
    response = db.session.scalars(select(Response)).one()
    assert (response.text, response.author_id, response.proof) == (TEXT, cast.citra.id, Proof.EMAIL)
    assert db.session.scalar(select(func.count(ResponseDraft.id))) == 0
    assert case_of(letter, cast.citra).response is ResponseState.ANSWERED


def test_a_response_sent_while_the_claim_waits_is_bound_to_it(cast) -> None:
    letter = cast.letter()
    made = claim(cast, "c@gmail.com", "Saya kepala toko; hubungi nomor resmi.")
    wrote(cast, letter)
    actions.approve_claim(made, by=cast.dewi)
    assert db.session.scalar(select(func.count(Response.id))) == 1


def test_what_was_only_saved_is_not_published(cast) -> None:
    letter = cast.letter()
    wrote(cast, letter, ready=False)
    claim(cast)
    actions.confirm_claim(mailed_token(), by=cast.citra)
    assert db.session.scalar(select(func.count(Response.id))) == 0
    assert db.session.scalar(select(func.count(ResponseDraft.id))) == 1


def test_a_case_that_was_answered_meanwhile_keeps_the_draft(cast) -> None:
    letter = cast.letter()
    wrote(cast, letter)
    made = claim(cast)
    responses.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    assert actions.confirm_claim(mailed_token(), by=cast.citra) is None  # Bima speaks for it: moderators decide
    actions.approve_claim(made, by=cast.dewi)
    assert db.session.scalar(select(func.count(Response.id))) == 1
    kept = db.session.scalars(select(ResponseDraft)).one()
    assert (kept.claim_id, kept.fields["ready"], kept.fields["text"]) == (None, [], [TEXT])


def test_what_cannot_be_published_stays_and_the_approval_stands(cast) -> None:
    letter = cast.letter(details={"order": "TM-778899"})
    responses.save_draft(
        case_of(letter, cast.citra), by=cast.citra, fields={**FIELDS, "text": [TEXT + " TM-778899"]}, ready=True
    )
    claim(cast)
    actions.confirm_claim(mailed_token(), by=cast.citra)
    assert db.session.scalar(select(func.count(Response.id))) == 0
    assert db.session.scalar(select(func.count(ResponseDraft.id))) == 1
    assert cast.shop.id in cast.citra.merchant_ids


def test_a_refused_claim_keeps_the_words(cast) -> None:
    letter = cast.letter()
    wrote(cast, letter)
    made = claim(cast, "c@gmail.com", "Saya kepala toko; hubungi nomor resmi.")
    actions.refuse_claim(made, by=cast.dewi, message="Nomor itu tidak mengenal Anda.")
    kept = db.session.scalars(select(ResponseDraft)).one()
    assert (kept.claim_id, kept.fields["text"]) == (None, [TEXT])
    assert claim(cast).id != made.id  # may be claimed again
    assert db.session.scalars(select(ResponseDraft.claim_id)).one() is not None


def test_a_representation_ends_once(cast) -> None:
    voice = db.session.scalars(select(Representative).where(Representative.user_id == cast.bima.id)).one()
    for person in (cast.citra, cast.fajar):
        with pytest.raises(NotAllowed):
            actions.end_representation(voice, by=person)
    for _turn in range(2):
        actions.end_representation(voice, by=cast.bima)
    assert cast.shop.id not in cast.bima.merchant_ids
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.REPRESENTATIVE_ENDED)) == 1


def test_moderators_describe_a_business(cast) -> None:
    actions.describe(cast.shop, by=cast.dewi, domain="https://www.melati.co.id/")
    assert cast.shop.domain == "melati.co.id"
    actions.describe(cast.shop, by=cast.dewi, domain="")
    assert cast.shop.domain is None
    for person in (cast.bima, cast.ana):
        with pytest.raises(NotAllowed):
            actions.describe(cast.shop, by=person, domain="x.co.id")


def test_claims_that_are_refused_are_not_counted(cast, browse, setting) -> None:
    setting(mails_per_hour=1)
    citra = browse(cast.citra)
    url = f"/merchants/{cast.shop.slug}/claim"
    for _ in range(3):
        page = citra.submit(url, form="/claim$", job_title="Humas", work_email="bukan alamat")
        assert "Ini bukan alamat email" in page
    page = citra.submit(url, form="/claim$", job_title="Humas", work_email="citra@gmail.com")
    assert "Email kantor Anda tidak berada di tokomelati.example" in page
    page = citra.submit(url, form="/claim$", job_title="Humas", work_email="citra@tokomelati.example")
    assert "Buka tautan di email kantor Anda" in page
    assert "Terlalu sering" in citra.submit(url, form="/claim$", job_title="Humas", work_email="c@tokomelati.example")
