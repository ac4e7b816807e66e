"""Several claims on one business, claims on one that has a team, two moderators for large ones, objections."""

import pytest
import time_machine
from sqlalchemy import func, select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow, Stale
from forum.core.events import Event, Kind
from forum.merchants import actions
from forum.merchants.actions.claims import RECORD_LIFE
from forum.merchants.lifecycle import (
    ClaimReason,
    ClaimState,
    EndReason,
    ObjectionReason,
    ObjectionState,
    Proof,
    ProofCheck,
)
from forum.merchants.models import Objection, Representative
from forum.moderation import actions as moderation
from tests.cast import represent
from tests.merchants.test_claim import mailed_token
from tests.moderation.stage import SAID, again, events, make_claim
from tests.notifications.helping import mails, told, work

WORDS = "Ia sudah pindah kerja sejak Maret lalu; silakan telepon kantor."


def by_mail(cast, who, address: str):
    return actions.claim(cast.shop, by=who, work_email=address, job_title="Humas")


def test_a_proved_address_is_not_enough_where_somebody_speaks_already(cast) -> None:
    bima = cast.bima
    made = by_mail(cast, cast.citra, "citra@tokomelati.example")
    assert actions.confirm_claim(mailed_token(), by=cast.citra) is None
    assert (made.state, made.proved_at is not None) == (ClaimState.WAITING_MODERATOR, True)
    assert cast.shop.id not in cast.citra.merchant_ids
    voice = moderation.decide_claim(made, approve=True, by=cast.dewi)
    assert (voice.proof, voice.proved_domain, voice.looked_at, voice.role) == (
        Proof.EMAIL,
        "tokomelati.example",
        ProofCheck.ONE_MODERATOR,
        "owner",
    )
    assert {one.id for one in (bima, cast.citra)} == set(
        db.session.scalars(select(Representative.user_id).where(Representative.ended_at.is_(None)))
    )


def test_two_who_claim_the_same_business_are_looked_at(cast, browse) -> None:
    ana = by_mail(cast, cast.ana, "ana@tokomelati.example")
    link = mailed_token()
    citra = by_mail(cast, cast.citra, "citra@tokomelati.example")
    assert actions.confirm_claim(link, by=cast.ana) is None
    assert actions.confirm_claim(mailed_token(), by=cast.citra) is None
    assert {ana.state, citra.state} == {ClaimState.WAITING_MODERATOR}
    page = browse(cast.dewi).open(f"/moderation/claims/{ana.id}")
    assert "Diklaim orang lain juga" in page
    assert "Citra, Humas" in page
    assert browse(cast.dewi).open("/moderation/claims").text.count("Diklaim beberapa orang") == 2


def test_a_rival_whose_time_is_over_holds_nobody_up(cast) -> None:
    with time_machine.travel(utcnow() - RECORD_LIFE, tick=True):
        actions.claim(cast.shop, by=cast.ana, job_title="Humas", way=Proof.DNS)
    by_mail(cast, cast.citra, "citra@tokomelati.example")
    assert actions.confirm_claim(mailed_token(), by=cast.citra).proof is Proof.EMAIL


def test_the_owners_are_told_once_of_a_new_claim_and_others_are_not(cast) -> None:
    _bima, ana = cast.bima, represent(cast.ana, cast.shop)

    from forum.core.db import unit_of_work

    @unit_of_work
    def is_agent() -> None:
        ana.role = "agent"

    is_agent()
    by_mail(cast, cast.citra, "citra@tokomelati.example")
    by_mail(cast, cast.citra, "citra2@tokomelati.example")
    work()
    assert {who for who, kind in told() if kind == "claim_on_yours"} == {"Bima"}
    assert len(mails("claim_on_yours")) == 1


def test_an_owner_objects_to_a_claim_and_it_is_decided_with_it(cast, browse) -> None:
    bima, made = cast.bima, make_claim(cast.citra, cast.shop)
    for who in (cast.ana, cast.fajar, cast.citra, cast.dewi):
        assert browse(who).open(f"/claims/{made.id}/object").status == 404
    page = browse(bima).submit(f"/claims/{made.id}/object", reason="not_theirs", text="Kami tidak mengenalnya sama sekali.")
    assert page.status == 200
    objection = db.session.scalars(select(Objection)).one()
    assert (objection.claim_id, objection.state) == (made.id, ObjectionState.OPEN)
    work()
    page = browse(cast.dewi).open(f"/moderation/claims/{made.id}")
    assert "Kami tidak mengenalnya sama sekali." in page
    assert "Orang ini tidak pernah mewakili" in page
    assert "Toko Melati" not in browse(cast.dewi).open("/moderation/objections")
    moderation.decide_claim(made, approve=False, by=cast.dewi, reason=ClaimReason.DENIED, message=SAID)
    assert again(objection).state is ObjectionState.UPHELD
    work()
    assert {("Bima", "objection_decided"), ("Citra", "claim_refused")} <= told()
    with pytest.raises(NotAllowed):
        actions.object_to_claim(made, by=bima, reason=ObjectionReason.LEFT, text=WORDS)


@pytest.fixture
def large(cast, setting):
    setting(two_moderators_letters=1)
    for _number in range(2):
        cast.letter()
    return cast.shop


def test_two_moderators_decide_on_a_claim_of_a_large_business(cast, large, browse) -> None:
    made = make_claim(cast.citra, large)
    dewi, eko = browse(cast.dewi), browse(cast.eko)
    page = dewi.open(f"/moderation/claims/{made.id}")
    assert "dua anggota redaksi harus menyetujui" in page
    page = dewi.submit(form="/decide", button=("decision", "approve"), message="Saya sudah menelepon.")
    assert "Anggota redaksi lain harus menyetujuinya juga" in page
    assert again(made).first_by_id == cast.dewi.id
    assert made.state is ClaimState.WAITING_MODERATOR
    assert large.id not in cast.citra.merchant_ids
    work()
    assert ("Eko", "claim_second") in told()
    assert ("Dewi", "claim_second") not in told()
    assert "Diputuskan anggota redaksi lain" in dewi.open("/moderation/claims")
    page = dewi.open(f"/moderation/claims/{made.id}")
    assert not page.find("button", value="approve")
    assert page.find("button", value="refuse")
    with pytest.raises(NotAllowed) as refused:
        moderation.decide_claim(made, approve=True, by=cast.dewi)
    assert refused.value.code == "second_moderator"
    page = eko.open("/moderation/claims")
    assert "perlu anggota redaksi kedua" in page
    page = eko.open(f"/moderation/claims/{made.id}")
    assert "Saya sudah menelepon." in page
    eko.submit(form="/decide", button=("decision", "approve"))
    voice = db.session.scalars(select(Representative).where(Representative.user_id == cast.citra.id)).one()
    assert voice.looked_at is ProofCheck.TWO_MODERATORS
    assert "Diperiksa dua anggota redaksi" in browse().open("/merchants/toko-melati/proof")
    assert "Saya sudah menelepon." not in str([row.data for row in events(Kind.CLAIM_APPROVED)])


def test_a_claim_whose_link_was_never_used_needs_both_as_well(cast, large) -> None:
    made = by_mail(cast, cast.citra, "citra@tokomelati.example")
    assert made.state is ClaimState.WAITING_EMAIL
    assert moderation.decide_claim(made, approve=True, by=cast.dewi) is None
    voice = moderation.decide_claim(made, approve=True, by=cast.eko)
    assert (voice.proof, voice.proved_domain, voice.looked_at) == (Proof.MODERATOR, None, ProofCheck.TWO_MODERATORS)


def test_one_moderator_refuses_a_claim_of_a_large_business(cast, large) -> None:
    made = make_claim(cast.citra, large)
    moderation.decide_claim(made, approve=True, by=cast.dewi)
    moderation.decide_claim(made, approve=False, by=cast.eko, reason=ClaimReason.LOOK_ALIKE, message=SAID)
    assert again(made).state is ClaimState.REFUSED
    with pytest.raises(NotNow):
        moderation.decide_claim(made, approve=True, by=cast.eko)


def test_even_a_proved_address_of_a_large_business_needs_both(cast, large) -> None:
    made = by_mail(cast, cast.citra, "citra@tokomelati.example")
    assert actions.confirm_claim(mailed_token(), by=cast.citra) is None
    assert moderation.decide_claim(made, approve=True, by=cast.dewi) is None
    assert moderation.decide_claim(made, approve=True, by=cast.eko).proof is Proof.EMAIL


def test_a_business_at_the_limit_is_not_large(cast, setting) -> None:
    setting(two_moderators_letters=1)
    cast.letter()
    assert moderation.decide_claim(make_claim(cast.citra, cast.shop), approve=True, by=cast.dewi) is not None


def test_a_claim_that_changed_after_it_was_looked_at_is_not_approved(cast, large, browse) -> None:
    """Or somebody would swap the proof between the look and the click."""
    made = actions.claim(
        large, by=cast.citra, work_email="c@gmail.com", job_title="Humas", statement="Telepon nomor di situs resmi kami."
    )
    dewi = browse(cast.dewi)
    dewi.open(f"/moderation/claims/{made.id}")
    moderation.decide_claim(made, approve=True, by=cast.eko)
    actions.claim(
        large, by=cast.citra, work_email="d@gmail.com", job_title="Direktur", statement="Telepon nomor di situs resmi kami."
    )
    assert again(made).first_by_id is None
    page = dewi.submit(form="/decide", button=("decision", "approve"))
    assert "berubah" in page
    assert again(made).first_by_id is None
    with pytest.raises(Stale):
        moderation.decide_claim(made, approve=True, by=cast.dewi, seen=1)


def test_anybody_with_an_account_objects_to_a_proof(cast, browse) -> None:
    cast.letter()
    voice = cast.bima.representations[0]
    page = browse().open("/merchants/toko-melati/proof")
    assert page.find("a", href=f"/merchants/toko-melati/proof/{voice.id}/object")
    assert "sign-in" in browse().request("GET", f"/merchants/toko-melati/proof/{voice.id}/object").response.headers["Location"]
    hana = cast.person("Hana", confirmed=False)
    for who in (hana, cast.bima):
        assert browse(who).open(f"/merchants/toko-melati/proof/{voice.id}/object").status == 403
    url = f"/merchants/toko-melati/proof/{voice.id}/object"
    assert browse(cast.ana).open(f"/merchants/kurir-kilat/proof/{voice.id}/object").status == 404
    citra = browse(cast.citra)
    page = citra.submit(url, reason="left", text="pendek")
    assert page.find("div", class_="problems")
    assert page.find("textarea", name="text")[0].text.strip() == "pendek"
    for _twice in range(2):
        citra.open(url)
        if citra.page.find("textarea", name="text"):
            citra.submit(reason="left", text=WORDS)
    assert "Keberatan Anda ada pada redaksi" in citra.open(url)
    objection = db.session.scalars(select(Objection)).one()
    assert (objection.reason, objection.text, objection.user_id) == (ObjectionReason.LEFT, WORDS, cast.citra.id)
    again_ = actions.object_to_proof(voice, by=cast.citra, reason=ObjectionReason.STOLEN, text=WORDS)
    assert again_.id == objection.id
    with pytest.raises(Invalid):
        actions.object_to_proof(voice, by=cast.ana, reason=ObjectionReason.LEFT, text="x" * 2_001)
    assert WORDS not in browse(cast.bima).open("/merchants/toko-melati/proof")


@pytest.mark.parametrize(("button", "state"), [("uphold", ObjectionState.UPHELD), ("dismiss", ObjectionState.DISMISSED)])
def test_moderators_decide_on_an_objection_and_both_sides_hear(cast, browse, button, state) -> None:
    cast.letter()
    voice = cast.bima.representations[0]
    objection = actions.object_to_proof(voice, by=cast.citra, reason=ObjectionReason.LEFT, text=WORDS)
    _eko = cast.eko
    dewi = browse(cast.dewi)
    work()
    assert ("Dewi", "objection_made") in told()
    assert dewi.open("/moderation/objections").find("a", href=f"/moderation/objections/{objection.id}")
    page = dewi.submit(f"/moderation/objections/{objection.id}", button=("decision", button), message="x")
    assert page.find("div", class_="problems")
    dewi.submit(button=("decision", button), message=SAID)
    assert again(objection).state is state
    assert (again(voice).ended_at is not None) == (button == "uphold")
    work()
    assert {("Citra", "objection_decided"), ("Bima", "proof_decided")} <= told()
    (event,) = events(Kind.OBJECTION_DECIDED)
    assert (event.data["decision"], event.data["reason"], event.data["message"]) == (state.value, "left", SAID)
    assert "citra" not in str(event.data).lower()
    page = browse().open("/merchants/toko-melati/proof")
    assert ("dicabut setelah ada keberatan" in page) == (button == "uphold")
    if button == "uphold":
        assert voice.end_reason is EndReason.OBJECTION
        db.session.expire(cast.bima)
        assert cast.shop.id not in cast.bima.merchant_ids
    with pytest.raises(NotNow):
        moderation.decide_objection(objection, uphold=True, by=cast.dewi, message=SAID)
    assert dewi.open(f"/moderation/objections/{objection.id}").status == 200


def test_who_has_a_part_in_it_does_not_decide_on_an_objection(cast, browse) -> None:
    voice = represent(cast.dewi, cast.shop)
    objection = actions.object_to_proof(voice, by=cast.eko, reason=ObjectionReason.LEFT, text=WORDS)
    gita = cast.person("Gita", standing=cast.dewi.standing)
    cast.letter(author=gita)
    for who in (cast.dewi, cast.eko, gita, cast.ana, cast.fajar):
        with pytest.raises(NotAllowed):
            moderation.decide_objection(objection, uphold=False, by=who, message=SAID)
    for who in (cast.dewi, cast.eko, gita):
        assert "tidak dapat memutuskan di sini" in browse(who).open(f"/moderation/objections/{objection.id}")
    hadi = cast.person("Hadi", standing=cast.dewi.standing)
    moderation.decide_objection(objection, uphold=False, by=hadi, message=SAID)


def test_an_ended_proof_is_objected_to_no_more(cast) -> None:
    voice = cast.bima.representations[0]
    actions.end_representation(voice, by=cast.bima)
    assert again(voice).end_reason is EndReason.LEFT
    with pytest.raises(NotAllowed):
        actions.object_to_proof(voice, by=cast.citra, reason=ObjectionReason.LEFT, text=WORDS)


def test_the_proofs_are_paged_by_key_those_at_present_first(cast, browse, monkeypatch) -> None:
    from forum.merchants import queries

    monkeypatch.setattr(queries, "PROOFS_A_PAGE", 3)
    cast.letter()
    people = [cast.person(f"Orang{letter} Toko") for letter in "ABCDEFGH"]
    voices = [represent(one, cast.shop) for one in people]
    for voice in voices[4:]:
        actions.end_representation(voice, by=cast.dewi)
    page, seen = browse().open("/merchants/toko-melati/proof"), []
    assert len(page.queries) <= 8
    while True:
        seen += [one.get("id") for one in page.find("li", class_="desk__item")]
        if not page.find("a", rel="next"):
            break
        page = browse().open(page.find("a", rel="next")[0].get("href"))
    assert seen == [f"proof-{voice.id}" for voice in [*reversed(voices[:4]), *reversed(voices[4:])]]
    assert browse().open("/merchants/toko-melati/proof?after=x").status == 400
    assert "Set-Cookie" not in page.response.headers
    assert db.session.scalar(select(func.count()).where(Event.kind == Kind.REPRESENTATIVE_ENDED)) == 4


def test_a_moderators_page_of_a_claim_costs_the_same_however_much_stands_around(cast, browse) -> None:
    made = make_claim(cast.citra, cast.shop)
    first = len(browse(cast.dewi).open(f"/moderation/claims/{made.id}").queries)
    for letter in "ABCDE":
        make_claim(cast.person(f"Orang{letter} Lain"), cast.shop)
        represent(cast.person(f"Wakil{letter} Toko"), cast.shop)
    page = browse(cast.dewi).open(f"/moderation/claims/{made.id}")
    assert len(page.queries) <= first + 2
    assert first <= 22
