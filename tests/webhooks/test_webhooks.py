"""What happens in a case reaches the business's own system: signed, once under one id, tried again, and nowhere else."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed
from forum.core.events import Event, Kind
from forum.merchants.lifecycle import TeamRole
from forum.notifications.words.connections import webhook_end_words
from forum.responses import actions as responses
from forum.webhooks import actions, jobs, words
from forum.webhooks.lifecycle import RETRIES, TEST, TYPES, DeliveryState, EndReason
from forum.webhooks.models import MOST_WEBHOOKS, Webhook, WebhookDelivery
from tests.responses.words import case_of, said
from tests.webhooks.listener import listening


@pytest.fixture
def private(setting):
    setting(private_webhooks=True)


def add(cast, url: str, kinds: tuple[str, ...] = ()) -> Webhook:
    return actions.add_webhook(cast.shop, by=cast.bima, url=url, kinds=[*kinds])


def deliveries() -> list[WebhookDelivery]:
    return list(db.session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id)))


def send_all() -> int:
    sent = 0
    while jobs.deliver_next() == 0:
        sent += 1
    db.session.expire_all()
    return sent


def test_an_answer_is_told_signed_and_without_a_word_of_it(app, cast, private):
    case = case_of(cast.letter(details={"order": "INV-77123"}), cast.bima)
    with listening() as server:
        webhook = add(cast, server.url("/masuk?dari=surat"))
        responses.respond(case, said(), by=cast.bima)
        assert send_all() == 1
    (heard,) = server.heard
    assert heard.path == "/masuk?dari=surat"
    message = json.loads(heard.body)
    assert message["type"] == "case.answered"
    assert message["data"] == {
        "case_id": case.id,
        "letter_id": case.letter_id,
        "business": cast.shop.slug,
        "publication": "published",
        "response": "answered",
        "outcome": "none",
        "url": f"http://localhost/letters/{case.letter_id}",
    }
    key, at = heard.headers["webhook-id"], heard.headers["webhook-timestamp"]
    raw = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(raw, f"{key}.{at}.{heard.body}".encode(), hashlib.sha256).digest()).decode()
    assert heard.headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(at) - utcnow().timestamp()) < 60
    (kept,) = deliveries()
    assert (kept.state, kept.status, kept.attempts) == (DeliveryState.DELIVERED, 204, 1)


def test_only_the_businesses_of_the_case_are_told(app, cast, private):
    case = case_of(cast.letter(merchants=[cast.shop, cast.courier]), cast.bima)
    with listening() as server:
        add(cast, server.url("/toko"))
        actions.add_webhook(cast.courier, by=cast.fajar, url=server.url("/kurir"), kinds=[])
        responses.respond(case, said(), by=cast.bima)
        send_all()
    assert [one.path for one in server.heard] == ["/toko"]


def test_a_webhook_is_told_of_the_kinds_it_chose(app, cast, private):
    case = case_of(cast.letter(), cast.bima)
    with listening() as server:
        add(cast, server.url(), kinds=("case.answered",))
        responses.acknowledge(case, by=cast.bima)
        responses.respond(case, said(), by=cast.bima)
        send_all()
    assert [json.loads(one.body)["type"] for one in server.heard] == ["case.answered"]


def test_nothing_is_told_of_what_was_rolled_back(app, cast, private):
    add(cast, "http://127.0.0.1:9/x")
    with pytest.raises(NotAllowed):
        responses.respond(case_of(cast.letter(), cast.bima), said(), by=cast.fajar)
    assert deliveries() == []


def test_a_refused_message_comes_again_later_under_the_same_id(app, cast, private):
    with listening() as server, time_machine.travel(utcnow(), tick=False) as clock:
        server.status = 500
        add(cast, server.url())
        responses.respond(case_of(cast.letter(), cast.bima), said(), by=cast.bima)
        assert send_all() == 1
        assert send_all() == 0
        (waiting,) = deliveries()
        assert (waiting.state, waiting.status, waiting.problem) == (DeliveryState.WAITING, 500, "refused")
        clock.shift(RETRIES[0] + timedelta(seconds=1))
        server.status = 200
        assert send_all() == 1
        assert deliveries()[0].state is DeliveryState.DELIVERED
    first, second = server.heard
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]


def test_a_webhook_that_fails_holds_up_no_other_and_its_own_messages_wait_with_it(app, cast, private):
    with listening() as broken, listening() as good:
        broken.status = 503
        add(cast, broken.url())
        add(cast, good.url())
        case = case_of(cast.letter(), cast.bima)
        responses.acknowledge(case, by=cast.bima)
        responses.respond(case, said(), by=cast.bima)
        send_all()
    assert (len(broken.heard), len(good.heard)) == (1, 2)


def test_a_message_is_given_up_after_three_days_and_can_be_sent_again(app, cast, private):
    with listening() as server, time_machine.travel(utcnow(), tick=False) as clock:
        server.status = 500
        add(cast, server.url())
        responses.acknowledge(case_of(cast.letter(), cast.bima), by=cast.bima)
        send_all()
        for pause in RETRIES:
            clock.shift(pause + timedelta(seconds=1))
            assert send_all() == 1
        (one,) = deliveries()
        assert (one.state, one.attempts) == (DeliveryState.GIVEN_UP, len(RETRIES) + 1)
        server.status = 200
        actions.send_again(one.id, by=cast.bima)
        assert send_all() == 1
        assert deliveries()[0].state is DeliveryState.DELIVERED
    assert len({heard.headers["webhook-id"] for heard in server.heard}) == 1


def test_a_webhook_that_takes_nothing_for_five_days_ends_and_its_owners_are_told(app, cast, private):
    with time_machine.travel(utcnow(), tick=False) as clock:
        webhook = add(cast, "http://127.0.0.1:9/x")
        actions.try_webhook(webhook, by=cast.bima)
        send_all()
        clock.shift(timedelta(days=5, hours=1))
        actions.try_webhook(webhook, by=cast.bima)
        send_all()
        assert webhook.ended_reason is EndReason.FAILING
        ended = db.session.scalars(select(Event).where(Event.kind == Kind.WEBHOOK_ENDED)).one()
        assert ended.data["reason"] == "failing"
        assert {one.state for one in deliveries()} == {DeliveryState.GIVEN_UP}


def test_a_server_that_is_gone_is_not_called_again(app, cast, private):
    with listening() as server:
        server.status = 410
        webhook = add(cast, server.url())
        actions.try_webhook(webhook, by=cast.bima)
        send_all()
        db.session.expire_all()
        assert webhook.ended_reason is EndReason.GONE


def test_while_a_secret_is_replaced_both_sign(app, cast, private):
    with listening() as server, time_machine.travel(utcnow(), tick=False) as clock:
        webhook = add(cast, server.url())
        former = webhook.secret
        actions.renew_secret(webhook, by=cast.bima)
        assert webhook.secret != former
        actions.try_webhook(webhook, by=cast.bima)
        send_all()
        assert len(server.heard[0].headers["webhook-signature"].split()) == 2
        clock.shift(timedelta(hours=25))
        actions.try_webhook(webhook, by=cast.bima)
        send_all()
        assert len(server.heard[1].headers["webhook-signature"].split()) == 1


def test_the_same_form_sent_twice_is_one_webhook(app, cast, private):
    one = actions.add_webhook(cast.shop, by=cast.bima, url="http://127.0.0.1:9/x", kinds=[], once="k" * 32)
    assert actions.add_webhook(cast.shop, by=cast.bima, url="http://127.0.0.1:9/x", kinds=[], once="k" * 32).id == one.id


def test_webhooks_of_a_business_are_few_and_different(app, cast, private):
    for number in range(MOST_WEBHOOKS):
        add(cast, f"http://127.0.0.1:9/{number}")
    with pytest.raises(Invalid, match="webhook_known"):
        add(cast, "http://127.0.0.1:9/0")
    with pytest.raises(Invalid, match="webhooks_full"):
        add(cast, "http://127.0.0.1:9/more")
    with pytest.raises(Invalid, match="bad_kind"):
        add(cast, "http://127.0.0.1:9/kind", kinds=("letter.read",))


@pytest.mark.parametrize("role", [TeamRole.AGENT, TeamRole.READER])
def test_only_owners_connect_systems(app, cast, private, role):
    cast.bima.representations[0].role = role
    db.session.flush()
    with pytest.raises(NotAllowed):
        add(cast, "http://127.0.0.1:9/x")


def test_old_deliveries_are_forgotten_and_waiting_ones_stay(app, cast, private):
    webhook = add(cast, "http://127.0.0.1:9/x")
    actions.try_webhook(webhook, by=cast.bima)
    actions.try_webhook(webhook, by=cast.bima)
    done, waits = deliveries()
    for one in (done, waits):
        one.created_at = utcnow() - timedelta(days=31)
    done.state = DeliveryState.DELIVERED
    db.session.flush()
    actions.prune_deliveries()
    assert [one.id for one in deliveries()] == [waits.id]


def test_an_owner_adds_tests_and_ends_a_webhook_on_the_pages(app, cast, browse, private):
    with listening() as server:
        bima = browse(cast.bima)
        page = bima.submit(f"/merchants/{cast.shop.slug}/webhooks", address=server.url())
        assert page.status == 200
        assert "whsec_" in page.text
        bima.submit(form="/test$")
        send_all()
        page = bima.open(bima.page.url)
        assert "webhook.test" in page
        assert "204" in page
        assert len(page.queries) <= 8
        page = bima.submit(form="/remove$")
        assert server.url() not in page
    assert len(server.heard) == 1


def test_a_wrong_address_is_told_at_its_field_with_what_was_typed(app, cast, browse):
    page = browse(cast.bima).submit(f"/merchants/{cast.shop.slug}/webhooks", address="http://toko.example/masuk")
    assert "https://" in page.words
    assert page.find("input", name="address")[0].get("value") == "http://toko.example/masuk"
    assert page.find("input", name="address")[0].get("aria-invalid") == "true"


def test_every_kind_and_every_end_has_its_words(app):
    with app.test_request_context():
        assert all(words.type_words(name) for name in [*TYPES.values(), TEST])
        assert all(webhook_end_words(reason) for reason in EndReason)
