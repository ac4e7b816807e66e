"""The page of a team: members, invitations by mail, roles; an owner stays."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from forum.accounts import sessions
from forum.accounts.models import LoginSession, User
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Gone, Invalid, NotAllowed, NotNow
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import Proof, ProofCheck, TeamRole
from forum.merchants.models import Representative
from forum.notifications.deliver import deliver
from forum.notifications.models import Notification
from forum.team import actions, queries
from forum.team.models import Invitation
from tests.cast import PASSWORD, give_second_factor, represent

TEAM = "/merchants/toko-melati/team"


def invite(cast, email="gita@tokomelati.example", role=TeamRole.AGENT):
    return actions.invite(cast.shop, by=cast.bima, email=email, role=role, job_title="Layanan Pelanggan")


def mailed_token():
    mail = db.session.scalars(select(Mail).where(Mail.kind == "team_invitation").order_by(Mail.id.desc())).first()
    return re.search(r"/invitations/([\w-]+)", mail.content["text"])[1]


def voice_of(person):
    return db.session.scalars(select(Representative).where(Representative.user_id == person.id)).one()


def told(kind):
    """Who is told of the newest event of this kind, in the site."""
    event_id = db.session.scalar(select(func.max(Event.id)).where(Event.kind == kind))
    deliver(event_id)
    rows = db.session.execute(
        select(User.name, Notification.kind)
        .join(Notification, Notification.user_id == User.id)
        .where(Notification.event_id == event_id)
    )
    return {(row.name.split()[0], row.kind) for row in rows}


def test_the_team_shows_members_with_role_since_and_last_seen(cast, browse):
    represent(cast.citra, cast.shop, TeamRole.READER)
    browse(cast.citra)  # seen now
    page = browse(cast.bima).open(TEAM)
    for words in ("Bima Santoso", "Citra", "Pemilik · Humas", "Pembaca · Humas", "Terakhir terlihat", "tokomelati.example"):
        assert words.lower() in page.words.lower(), words
    assert "Fajar" not in page


@pytest.mark.parametrize(
    ("email", "proof", "domain"),
    [
        ("gita@tokomelati.example", Proof.EMAIL, "tokomelati.example"),
        ("gita@cs.tokomelati.example", Proof.EMAIL, "cs.tokomelati.example"),
        ("gita@gmail.com", Proof.INVITED, None),
        ("gita@tokomelati.example.evil.example", Proof.INVITED, None),
        ("gita@toko-melati.example", Proof.INVITED, None),
    ],
)
def test_one_joins_by_the_mailed_link_with_a_button(cast, browse, email, proof, domain):
    page = browse(cast.bima).submit(TEAM, email=email, job_title="Layanan Pelanggan", role="agent")
    assert f"Undangan kami kirim ke {email}." in page
    assert email in page
    token = mailed_token()
    assert db.session.scalar(select(Invitation.token_hash)) != token
    citra = browse(cast.citra)
    page = citra.open(f"/invitations/{token}")
    assert cast.shop.id not in cast.citra.merchant_ids  # opening alone joins nothing
    page = citra.submit(form="/invitations")
    assert "Selamat datang di tim Toko Melati." in page
    voice = voice_of(cast.citra)
    assert (voice.role, voice.proof, voice.proved_domain) == (TeamRole.AGENT, proof, domain)
    assert voice.job_title == "Layanan Pelanggan"
    shown = browse().open("/merchants/toko-melati/proof").words
    assert ("Diundang oleh pemilik tim" in shown) is (proof is Proof.INVITED)
    assert (voice.looked_at is ProofCheck.AUTOMATIC) is (proof is Proof.EMAIL)  # who checked it stands there as well
    assert browse(cast.dewi).request("GET", f"/invitations/{token}").status == 410
    assert told(Kind.TEAM_JOINED) == {("Bima", "team_joined")}


def test_a_guest_comes_back_to_the_invitation_after_signing_in(cast, browse):
    invite(cast)
    browser = browse()
    page = browser.open(f"/invitations/{mailed_token()}")
    assert "/sign-in" in page.url
    assert cast.citra
    page = browser.submit(email=cast.citra.email, password=PASSWORD)
    assert "Bergabung dengan tim Toko Melati" in page


def test_an_unconfirmed_account_confirms_first(cast, browse):
    invite(cast)
    umar = cast.person("Umar", confirmed=False)
    token = mailed_token()
    page = browse(umar).open(f"/invitations/{token}")
    assert not page.find("form", action=f"/invitations/{token}")
    with pytest.raises(NotAllowed):
        actions.accept_invitation(token, by=umar)


def test_an_invitation_lives_seven_days(cast, browse):
    invite(cast)
    token = mailed_token()
    with time_machine.travel(utcnow() + timedelta(days=7, seconds=1), tick=False):
        page = browse(cast.citra).open(f"/invitations/{token}")
        assert page.status == 410
        assert "lebih dari 7 hari" in page
        with pytest.raises(Gone):
            actions.accept_invitation(token, by=cast.citra)


def test_an_invitation_is_used_once(cast):
    invite(cast)
    token = mailed_token()
    actions.accept_invitation(token, by=cast.citra)
    for person in (cast.ana, cast.citra):
        with pytest.raises(Gone):
            actions.accept_invitation(token, by=person)


def test_inviting_again_replaces_the_link(cast):
    first = invite(cast)
    old = mailed_token()
    assert invite(cast, role=TeamRole.READER).id == first.id
    with pytest.raises(Gone):
        actions.accept_invitation(old, by=cast.citra)
    assert actions.accept_invitation(mailed_token(), by=cast.citra).role is TeamRole.READER


def test_a_cancelled_invitation_is_worthless(cast, browse):
    invite(cast)
    token = mailed_token()
    page = browse(cast.bima).submit(TEAM, form="/cancel")
    assert "gita@tokomelati.example" not in page.words.replace("Undangan ditarik kembali", "")
    with pytest.raises(Gone):
        actions.accept_invitation(token, by=cast.citra)
    again = db.session.scalars(select(Invitation)).one()
    actions.cancel_invitation(again, by=cast.bima)
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.INVITATION_CANCELLED)) == 1


def test_an_accepted_invitation_cannot_be_cancelled(cast):
    made = invite(cast)
    actions.accept_invitation(mailed_token(), by=cast.citra)
    with pytest.raises(NotNow):
        actions.cancel_invitation(made, by=cast.bima)


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "bukan alamat"}, {"email": ""}, {"email": "x" * 400 + "@a.example"}, {"job_title": ""},
        {"job_title": "x" * 200}, {"role": "redaksi"}, {"role": ""}, {"email": "bima@surat.example"}, {"job_title": "\x00"},
    ],
)  # fmt: skip
def test_a_bad_invitation_keeps_every_word_and_sends_nothing(cast, browse, typed):
    filled = {"email": "gita@tokomelati.example", "job_title": "Layanan", "role": "reader", **typed}
    page = browse(cast.bima).submit(TEAM, **filled)
    assert page.find("div", class_="problems")
    for name in ("email", "job_title"):
        assert page.find("input", name=name)[0].get("value") == filled[name].replace("\x00", "")
    assert db.session.scalar(select(func.count(Invitation.id))) == 0


def test_invitations_are_bounded(cast, browse, monkeypatch, limit):

    limit("invite", 2)
    bima = browse(cast.bima)
    pages = [bima.submit(TEAM, email=f"p{n}@tokomelati.example", job_title="Humas", role="agent") for n in range(3)]
    assert "Terlalu sering" in pages[-1]
    assert db.session.scalar(select(func.count(Invitation.id))) == 2
    monkeypatch.setattr(actions, "MOST_OPEN", 2)
    with pytest.raises(NotNow):
        invite(cast)
    with pytest.raises(Invalid):
        actions.invite(cast.shop, by=cast.bima, email=cast.bima.email, role=TeamRole.AGENT, job_title="Humas")


def test_invitations_that_led_nowhere_are_forgotten(cast):
    invite(cast)
    with time_machine.travel(utcnow() + timedelta(days=38), tick=False):
        actions.prune_invitations()
    assert db.session.scalar(select(func.count(Invitation.id))) == 0


def test_the_owner_of_another_business_changes_nothing_here(cast, browse):
    made, voice = invite(cast), represent(cast.citra, cast.shop, TeamRole.AGENT)
    fajar = browse(cast.fajar)
    token = fajar.open("/about").find("input", name="csrf_token")[0].get("value")
    for path in (f"/team-invitations/{made.id}/cancel", f"/representations/{voice.id}/role", f"/representations/{voice.id}/end"):
        assert fajar.request("POST", path, data={"csrf_token": token, "role": "owner"}).status == 403
    assert fajar.request("GET", TEAM).status == 403


def test_a_role_changes_at_once_and_both_are_told(cast, browse):
    voice = represent(cast.citra, cast.shop, TeamRole.AGENT)
    represent(cast.person("Hadi"), cast.shop)
    page = browse(cast.bima).submit(TEAM, form=f"/representations/{voice.id}/role", role="reader")
    assert "Peran diubah." in page
    assert voice_of(cast.citra).role is TeamRole.READER
    event = db.session.scalars(select(Event).where(Event.kind == Kind.TEAM_ROLE_CHANGED)).one()
    assert (event.by_id, event.data) == (cast.bima.id, {"before": "agent", "team_role": "reader"})
    assert told(Kind.TEAM_ROLE_CHANGED) == {("Citra", "role_changed"), ("Hadi", "team_role_changed")}
    actions.change_role(voice_of(cast.citra), by=cast.bima, role=TeamRole.READER)
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.TEAM_ROLE_CHANGED)) == 1


def test_a_session_does_not_outlive_a_change_of_role(cast, browse):
    """Fixation: who knows the session of before has nothing after; the person signs in anew, or goes on under a new one."""
    represent(cast.citra, cast.shop, TeamRole.AGENT)
    citra = browse(cast.citra)
    actions.change_role(voice_of(cast.citra), by=cast.bima, role=TeamRole.OWNER)
    assert "/sign-in" in citra.request("GET", "/settings").response.headers["Location"]
    bima = browse(cast.bima)
    old = bima.client.get_cookie(sessions.cookie_name()).value
    page = bima.submit(TEAM, form=f"/representations/{voice_of(cast.bima).id}/role", role="agent")
    assert page.find("form", action="/sign-out")  # their own act: they go on
    assert bima.client.get_cookie(sessions.cookie_name()).value != old
    thief = browse()
    thief.client.set_cookie(sessions.cookie_name(), old)
    assert thief.request("GET", "/settings").status == 302
    assert db.session.scalar(select(LoginSession.second_factor_at).where(LoginSession.user_id == cast.bima.id))


def test_a_new_session_does_not_make_the_password_given_anew(cast, browse):
    citra = browse(cast.citra)
    with time_machine.travel(utcnow() + timedelta(minutes=11), tick=False):
        invite(cast)
        citra.submit(f"/invitations/{mailed_token()}", form="/invitations")
        assert "/settings/confirm" in citra.open("/settings/second-factor/app").url


def test_joining_rotates_the_session_as_well(cast, browse):
    invite(cast)
    citra, other = browse(cast.citra), browse(cast.citra)
    old = citra.client.get_cookie(sessions.cookie_name()).value
    citra.submit(f"/invitations/{mailed_token()}", form="/invitations")
    assert citra.client.get_cookie(sessions.cookie_name()).value != old
    assert other.request("GET", "/settings").status == 302


def test_the_last_owner_stays_while_there_is_a_team(cast, browse):
    represent(cast.citra, cast.shop, TeamRole.AGENT)
    bima = browse(cast.bima)
    voice = voice_of(cast.bima)
    for form, fields in ((f"/representations/{voice.id}/role", {"role": "agent"}), (f"/representations/{voice.id}/end", {})):
        page = bima.submit(TEAM, form=form, **fields)
        assert "Tim Toko Melati memerlukan pemilik" in page
    assert voice_of(cast.bima).role is TeamRole.OWNER
    actions.change_role(voice_of(cast.citra), by=cast.bima, role=TeamRole.OWNER)
    merchants.end_representation(voice_of(cast.bima), by=cast.bima)
    assert voice_of(cast.bima).ended_at is not None


def test_a_moderator_may_end_or_demote_the_last_owner(cast, browse):
    represent(cast.citra, cast.shop, TeamRole.AGENT)
    assert cast.bima
    dewi = browse(cast.dewi)
    page = dewi.open(TEAM)
    assert not page.find("input", name="email")  # a moderator invites nobody
    actions.change_role(voice_of(cast.bima), by=cast.dewi, role=TeamRole.AGENT)
    actions.change_role(voice_of(cast.bima), by=cast.dewi, role=TeamRole.OWNER)
    merchants.end_representation(voice_of(cast.bima), by=cast.dewi)
    assert voice_of(cast.bima).ended_at is not None
    with pytest.raises(NotAllowed):
        actions.invite(cast.shop, by=cast.dewi, email="a@b.example", role=TeamRole.OWNER, job_title="Humas")


def test_whoever_is_alone_may_leave(cast):
    merchants.end_representation(voice_of(cast.bima), by=cast.bima)
    assert cast.shop.id not in cast.bima.merchant_ids


def test_leaving_is_told_to_the_owners_and_being_ended_to_both(cast):
    voice = represent(cast.citra, cast.shop, TeamRole.AGENT)
    assert cast.bima
    merchants.end_representation(voice, by=cast.citra)
    assert told(Kind.REPRESENTATIVE_ENDED) == {("Bima", "team_member_ended")}
    voice = represent(cast.ana, cast.shop, TeamRole.AGENT)
    represent(cast.person("Hadi"), cast.shop)
    merchants.end_representation(voice, by=cast.bima)
    assert told(Kind.REPRESENTATIVE_ENDED) == {("Ana", "membership_ended"), ("Hadi", "team_member_ended")}


def test_a_long_team_is_paged(cast, browse, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_MEMBERS", 3)
    assert cast.bima
    for number in range(4):
        represent(cast.person(f"Orang{number} Tim"), cast.shop, TeamRole.READER)
    bima = browse(cast.bima)
    first = bima.open(TEAM)
    second = bima.open(first.find("a", rel="next")[0].get("href"))
    names = [["".join(h.itertext()) for h in page.find("h3", class_="devices__name")] for page in (first, second)]
    assert [len(page) for page in names] == [3, 2]
    assert not set(names[0]) & set(names[1])
    assert len(first.queries) <= 6


def test_somebody_of_the_team_meets_the_link_again(cast, browse):
    give_second_factor(cast.citra)
    invite(cast)
    represent(cast.citra, cast.shop, TeamRole.AGENT)
    page = browse(cast.citra).open(f"/invitations/{mailed_token()}")
    assert "Anda sudah anggota tim ini" in page
