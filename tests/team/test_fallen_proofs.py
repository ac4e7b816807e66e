"""What rests on a proof falls with it: whoever was merely invited, addresses that were registered, webhooks."""

import pytest
from sqlalchemy import select

from forum.accounts.actions import close_account
from forum.core.db import db, unit_of_work
from forum.core.events import Role
from forum.merchants import actions as merchants
from forum.merchants.actions.voices import end
from forum.merchants.lifecycle import ContactPurpose, ContactState, EndReason, Proof, TeamRole
from forum.merchants.models import Contact, Representative
from forum.team import actions as team
from forum.webhooks import actions as webhooks
from forum.webhooks.lifecycle import EndReason as WebhookEnd
from forum.webhooks.models import Webhook
from tests.cast import PASSWORD, make_contact, represent
from tests.notifications.helping import told, work

BY_OTHERS = ["moderator", "objection", "lost"]


@unit_of_work
def invited(person, merchant, role=TeamRole.AGENT) -> Representative:
    voice = represent(person, merchant, role)
    voice.proof, voice.proved_domain = Proof.INVITED, None
    return voice


@unit_of_work
def falls(voice: Representative, reason: EndReason) -> None:
    end(voice, reason, by=None, role=Role.SYSTEM)


def fell(cast, how: str) -> None:
    voice = voice_of(cast.bima)
    if how == "moderator":
        merchants.end_representation(voice, by=cast.dewi)
    elif how == "self":
        merchants.end_representation(voice, by=cast.bima)
    elif how == "closed":
        close_account(cast.bima, by=cast.bima)
    else:
        falls(voice, {"objection": EndReason.OBJECTION, "lost": EndReason.PROOF_LOST}[how])


def voice_of(person) -> Representative:
    query = select(Representative).where(Representative.user_id == person.id).execution_options(populate_existing=True)
    return db.session.scalars(query).one()


def rests_on(cast, *, by) -> tuple[Webhook, Contact]:
    hook = webhooks.add_webhook(cast.shop, by=by, url=f"https://{by.id}.example/surat", kinds=[])
    contact = merchants.register_contact(cast.shop, by=by, email=f"humas{by.id}@tokomelati.example", purpose=ContactPurpose.ALL)
    return hook, contact


def state(hook: Webhook, contact: Contact):
    db.session.expire_all()
    return hook.ended_reason, contact.state


@pytest.mark.parametrize("how", BY_OTHERS)
def test_without_a_proof_nobody_who_was_invited_on_it_stays(cast, how):
    assert cast.bima
    invited(cast.citra, cast.shop, TeamRole.OWNER)
    invited(cast.ana, cast.shop)
    fell(cast, how)
    reason = voice_of(cast.bima).end_reason
    assert [voice_of(one).end_reason for one in (cast.citra, cast.ana)] == [reason, reason]
    assert not db.session.get(type(cast.ana), cast.ana.id, populate_existing=True).merchant_ids
    work()
    assert ("Ana", "membership_ended") in told()


@pytest.mark.parametrize("how", BY_OTHERS)
def test_another_proof_carries_the_team_and_what_it_added(cast, how):
    represent(cast.citra, cast.shop)
    invited(cast.ana, cast.shop)
    of_bima, of_citra = rests_on(cast, by=cast.bima), rests_on(cast, by=cast.citra)
    found = make_contact(cast.shop, "layanan@tokomelati.example", added_by_id=cast.bima.id)
    fell(cast, how)
    assert voice_of(cast.ana).ended_at is None
    assert state(*of_bima) == (WebhookEnd.UNPROVEN, ContactState.REMOVED)
    assert state(*of_citra) == (None, ContactState.WAITING)
    assert found.state is ContactState.WORKING  # a moderator's find rests on its source
    work()
    assert ("Citra", "webhook_ended") in told()


@pytest.mark.parametrize("how", ["self", "closed"])
def test_who_leaves_leaves_a_standing_team_what_they_added(cast, how):
    represent(cast.citra, cast.shop)
    invited(cast.ana, cast.shop)
    added = rests_on(cast, by=cast.bima)
    fell(cast, how)
    assert voice_of(cast.ana).ended_at is None
    assert state(*added) == (None, ContactState.WAITING)


@pytest.mark.parametrize("how", [*BY_OTHERS, "self", "closed"])
def test_nothing_is_sent_for_a_business_without_a_voice(cast, how):
    added = rests_on(cast, by=cast.bima)
    fell(cast, how)
    assert state(*added)[0] is WebhookEnd.UNPROVEN


def test_an_owner_hands_the_team_over_before_closing_the_account(cast, browse):
    invited(cast.ana, cast.shop)
    browser = browse(cast.bima)
    browser.open("/settings/close")
    page = browser.submit(current_password=PASSWORD)
    assert "Tim Toko Melati memerlukan pemilik" in page
    assert page.find("a", href=f"/merchants/{cast.shop.slug}/team")
    assert voice_of(cast.bima).ended_at is None
    team.change_role(voice_of(cast.ana), by=cast.bima, role=TeamRole.OWNER)
    close_account(cast.bima, by=cast.bima)
    assert voice_of(cast.bima).end_reason is EndReason.ACCOUNT_CLOSED
