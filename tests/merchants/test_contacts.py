"""The addresses that are told of letters: registered and confirmed by the business, or vouched for with a source."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from forum.core import mail
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Gone, Invalid, NotAllowed
from forum.core.mail import Mail
from forum.merchants import actions
from forum.merchants.lifecycle import ContactPurpose, ContactState, TeamRole
from forum.merchants.models import Contact, Representative
from tests.cast import make_contact

ADDRESS = "keluhan@tokomelati.example"
SOURCE = "situs resmi, halaman Hubungi Kami"


def register(cast, email=ADDRESS, purpose=ContactPurpose.ALL):
    return actions.register_contact(cast.shop, by=cast.bima, email=email, purpose=purpose)


def token():
    found = db.session.scalars(select(Mail).where(Mail.kind == "contact_link").order_by(Mail.id.desc())).first()
    return found.content["text"].split("/contact-addresses/")[1].split()[0]


def test_an_owner_registers_an_address_and_a_link_confirms_it(cast, browse, setting, post):
    setting(smtp_url=post.url)
    owner = browse(cast.bima)
    page = owner.submit(f"/merchants/{cast.shop.slug}/contacts", email="Keluhan@TokoMelati.example", purpose="reminders")
    assert ADDRESS in page
    assert "menunggu tautannya dibuka" in page
    assert one().state is ContactState.WAITING
    mail.deliver_next()
    (received,) = post.received
    assert received.recipients == [ADDRESS]
    link = "/contact-addresses/" + received.text.split("/contact-addresses/")[1].split()[0]
    browser = browse()
    for _time in range(2):
        assert browser.open(link).status == 200
    assert one().state is ContactState.WAITING, "looking confirms nothing"
    assert "diberi tahu mulai sekarang" in browser.submit(link, form="/contact-addresses/")
    assert (one().state, one().purpose, one().token_hash) == (ContactState.WORKING, ContactPurpose.REMINDERS, None)
    assert browser.open(link).status == 410
    owner.submit(f"/merchants/{cast.shop.slug}/contacts", form="/remove$")
    assert one().state is ContactState.REMOVED


def test_addresses_that_are_refused_are_not_counted(cast, browse, setting):
    setting(mails_per_hour=1)
    owner, url = browse(cast.bima), f"/merchants/{cast.shop.slug}/contacts"
    for _time in range(3):
        assert "Ini bukan alamat email" in owner.submit(url, form="/contacts$", email="salah", purpose="all")
    assert ADDRESS in owner.submit(url, form="/contacts$", email=ADDRESS, purpose="all")
    assert "Terlalu sering" in owner.submit(url, form="/contacts$", email="lain@tokomelati.example", purpose="all")


def test_only_owners_register_and_only_for_their_own_business(cast):
    bima = cast.bima
    for role in (TeamRole.AGENT, TeamRole.READER):
        set_role(bima, role)
        with pytest.raises(NotAllowed):
            register(cast)
    for person in (cast.fajar, cast.citra, cast.dewi):
        with pytest.raises(NotAllowed):
            actions.register_contact(cast.shop, by=person, email=ADDRESS, purpose=ContactPurpose.ALL)


def test_the_link_works_once_and_for_seven_days(cast):
    register(cast)
    with time_machine.travel(utcnow() + timedelta(days=7, minutes=1), tick=False), pytest.raises(Gone):
        actions.confirm_contact(token())
    actions.confirm_contact(token())
    with pytest.raises(Gone):
        actions.confirm_contact(token())
    with pytest.raises(Gone):
        actions.confirm_contact("x" * 43)


def test_registering_again_sends_a_new_link_and_the_old_one_dies(cast):
    register(cast)
    old = token()
    register(cast)
    with pytest.raises(Gone):
        actions.confirm_contact(old)
    actions.confirm_contact(token())
    again = register(cast, purpose=ContactPurpose.REMINDERS)
    assert (again.state, again.purpose) == (ContactState.WORKING, ContactPurpose.REMINDERS)
    assert len(db.session.scalars(select(Contact)).all()) == 1


def test_a_moderator_names_the_source_and_readers_see_it_without_the_address(cast, browse):
    url = f"/moderation/businesses/{cast.shop.id}"
    desk = browse(cast.dewi)
    page = desk.submit(url, form="/contacts$", email=ADDRESS, source="ya")
    assert page.find("div", id="source-error")
    assert page.find("input", name="email")[0].get("value") == ADDRESS
    page = desk.submit(form="/contacts$", email=ADDRESS, source=SOURCE)
    assert SOURCE in page
    assert one().state is ContactState.WORKING
    proof = browse().open(f"/merchants/{cast.shop.slug}/proof")
    assert f"Alamat dari: {SOURCE}" in proof
    assert ADDRESS not in proof.text
    desk.submit(url, form="/remove$")
    assert SOURCE not in browse().open(f"/merchants/{cast.shop.slug}/proof")


def test_an_address_that_declined_is_not_added_by_a_moderator_again(cast):
    address = make_contact(cast.shop, ADDRESS)
    actions.refuse_contact(address)
    with pytest.raises(Invalid) as refused:
        actions.vouch_for_contact(cast.shop, by=cast.dewi, email=ADDRESS, source=SOURCE)
    assert (refused.value.code, refused.value.field) == ("contact_refused", "email")
    register(cast)
    assert one().state is ContactState.WAITING, "the business itself may ask, and the address must confirm"


def test_an_address_that_failed_works_again_when_a_moderator_finds_it_anew(cast):
    address = make_contact(cast.shop, ADDRESS)
    assert actions.fail_contact(address, said="550 no such user")
    assert not actions.fail_contact(address, said="550 no such user")
    actions.vouch_for_contact(cast.shop, by=cast.dewi, email=ADDRESS, source=SOURCE)
    assert (one().state, one().failure) == (ContactState.WORKING, "")


@pytest.mark.parametrize("email", ["halo", "a@b@c.example", "x" * 300 + "@a.example", "<b>@a.example", ""])
def test_what_is_no_address_is_refused_at_its_field(cast, email):
    with pytest.raises(Invalid) as refused:
        actions.vouch_for_contact(cast.shop, by=cast.dewi, email=email, source=SOURCE)
    assert refused.value.field == "email"
    with pytest.raises(Invalid) as refused:
        register(cast, email)
    assert refused.value.field == "email"


def test_a_business_has_ten_addresses_at_most(cast):
    for number in range(10):
        make_contact(cast.shop, f"a{number}@tokomelati.example")
    with pytest.raises(Invalid) as refused:
        register(cast)
    assert refused.value.code == "many_contacts"
    actions.remove_contact(db.session.scalars(select(Contact).limit(1)).one(), by=cast.bima)
    register(cast)


def test_another_business_cannot_remove_an_address(cast, browse):
    address = make_contact(cast.shop, ADDRESS)
    for person in (cast.fajar, cast.citra):
        with pytest.raises(NotAllowed):
            actions.remove_contact(address, by=person)
    assert one().state is ContactState.WORKING


def one():
    db.session.expire_all()
    return db.session.scalars(select(Contact)).one()


@unit_of_work
def set_role(person, role):
    db.session.execute(update(Representative).where(Representative.user_id == person.id).values(role=role))
    db.session.expire(person, ["representations"])
