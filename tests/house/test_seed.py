"""The demo and the bulk rows: written by the actions, in every state, readable, repeatable."""

import json
import stat
from collections import Counter
from datetime import timedelta

import click
import pytest
from sqlalchemy import func, select

from forum import demo
from forum.accounts.models import User
from forum.accounts.passwords import matches
from forum.accounts.queries import authenticator_of
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.config import settings
from forum.contests.lifecycle import ContestState
from forum.contests.models import Contest
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from forum.demo import accounts, bulk
from forum.demo.prose import RARE_WORD
from forum.legal.lifecycle import NoticeState
from forum.legal.models import LegalHold, LegalNotice
from forum.letters.lifecycle import Outcome, Publication, ResponseState
from forum.letters.models import Case, Letter, LetterDraft
from forum.merchants.models import Merchant
from forum.notifications import reminders, ticks
from forum.orders import models as orders_of_authorities
from forum.orders.lifecycle import OrderState
from forum.people.lifecycle import SanctionKind
from forum.people.models import Sanction
from forum.privacy.lifecycle import DataState
from forum.privacy.models import DataRequest
from forum.search.queries import Order, find
from tests.browser import Browser

pytestmark = pytest.mark.timeout(300)


def test_the_demo(committing_app) -> None:
    demo.seed(committing_app)
    try:
        the_demo_is_whole()
        the_moderators_rooms_are_alive(committing_app)
        its_dates_tell_a_story()
        its_pages_open_and_nobody_is_mailed(committing_app)
        its_sign_ins_are_for_the_owner_alone_and_work()
    finally:
        (settings().data_dir / accounts.FILE).unlink()


def the_demo_is_whole() -> None:
    publications = Counter(db.session.scalars(select(Letter.publication)))
    assert sum(publications.values()) >= 40
    assert set(publications) == set(Publication) - {Publication.DRAFT}
    assert set(db.session.scalars(select(Case.response).distinct())) == set(ResponseState)
    assert set(db.session.scalars(select(Case.outcome).distinct())) == set(Outcome)
    assert db.session.scalar(select(func.count(LetterDraft.id))) == 1
    assert db.session.scalar(select(func.count(Merchant.id))) >= 12
    assert max(db.session.scalars(select(func.count(Comment.id)).group_by(Comment.letter_id))) >= 120
    assert db.session.scalar(select(func.count(Comment.id)).where(Comment.state == CommentState.GONE)) == 1
    assert db.session.scalar(select(func.max(func.length(Letter.title)))) >= 140
    assert db.session.scalar(select(func.count(User.id)).where(~User.name.contains(" "))) >= 3
    assert db.session.scalar(select(func.count(Letter.id)).where(Letter.province.is_(None))) >= 3
    assert max(db.session.scalars(select(func.count(Case.id)).group_by(Case.letter_id))) >= 2


def the_moderators_rooms_are_alive(seeded) -> None:
    now = utcnow()
    orders = {one.state: one for one in db.session.scalars(select(orders_of_authorities.Order))}
    assert set(orders) == {OrderState.REFUSED, OrderState.CARRIED_OUT, OrderState.CHECKED}
    assert orders[OrderState.CHECKED].half_at < now < orders[OrderState.CHECKED].due_at
    bound = orders[OrderState.CARRIED_OUT]
    assert bound.received_at < bound.checked_at <= bound.decided_at < now - timedelta(days=8)
    notices = Counter(db.session.scalars(select(LegalNotice.state)))
    assert set(notices) == {NoticeState.RECEIVED, NoticeState.ANSWERED}
    assert db.session.scalar(select(func.count(LegalHold.id)).where(LegalHold.released_at.is_(None))) == 2
    requests = db.session.scalars(select(DataRequest)).all()
    assert {one.state for one in requests} == {DataState.WAITING, DataState.DONE}
    assert any(one.state is DataState.WAITING and now < one.due_at < now + timedelta(hours=12) for one in requests)
    assert any(one.has_copy for one in requests)
    contests = set(db.session.scalars(select(Contest.state)))
    assert contests >= {ContestState.AUTHOR_ASKED, ContestState.UPHELD, ContestState.REJECTED}
    assert set(db.session.scalars(select(Sanction.kind))) == set(SanctionKind)
    guest = Browser(seeded)
    target = select(orders_of_authorities.Target.about).where(orders_of_authorities.Target.order_id == bound.id)
    number = db.session.scalars(target).one().removeprefix("letter:")
    assert guest.open(f"/letters/{number}").status == 451
    assert bound.authority in guest.open("/ledger/figures").text


def its_dates_tell_a_story() -> None:
    now = utcnow()
    oldest, newest = db.session.execute(select(func.min(Letter.published_at), func.max(Letter.published_at))).one()
    assert oldest < now - timedelta(days=100)
    assert newest < now
    answered = db.session.execute(select(Case.started_at, Case.answered_at).where(Case.answered_at.is_not(None))).all()
    assert all(case.started_at < case.answered_at < now for case in answered)
    events = db.session.execute(select(Event.letter_id, Event.kind, Event.at).order_by(Event.letter_id, Event.id)).all()
    journeys: dict[int, list[Event]] = {}
    for event in events:
        if event.letter_id is not None and event.kind is not Kind.CASE_NOTIFIED:
            journeys.setdefault(event.letter_id, []).append(event)
    for journey in journeys.values():
        times = [event.at for event in journey if event.kind is not Kind.COMMENT_POSTED]
        assert times == sorted(times)


def its_pages_open_and_nobody_is_mailed(seeded) -> None:
    assert db.session.scalar(select(func.count(Mail.id))) == 0
    guest = Browser(seeded)
    for url in (
        "/",
        "/?tab=longest",
        "/?tab=solved",
        "/?tab=unanswered",
        "/merchants",
        "/merchants/pasar-senja",
        "/search?q=kirim",
    ):
        page = guest.open(url)
        assert page.status == 200, url
    for number in db.session.scalars(select(Letter.id).where(Letter.visibility == "public")):
        assert guest.open(f"/letters/{number}").status == 200, number


def its_sign_ins_are_for_the_owner_alone_and_work() -> None:
    path = settings().data_dir / accounts.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    people = json.loads(path.read_text(encoding="utf-8"))
    assert {one["role"] for one in people} == {"consumer", "business", "moderator", "administrator"}
    for one in people[:1] + people[-1:]:
        stored = db.session.scalar(select(User.password_hash).where(User.email == one["email"]))
        assert matches(stored, one["password"])
    voices = [one for one in people if one["role"] == "business"]
    assert voices
    for one in voices:
        user = db.session.scalars(select(User).where(User.email == one["email"])).one()
        app = authenticator_of(user.id)
        assert app is not None
        assert (app.secret, user.has_second_factor, bool(user.merchant_ids)) == (one["totp"], True, True)
    for one in (one for one in people if one["role"] in {"moderator", "administrator"}):
        user = db.session.scalars(select(User).where(User.email == one["email"])).one()
        assert (user.standing, user.is_moderator, bool(one["totp"])) == (one["role"], True, True)
    assert not any(one["totp"] for one in people if one["role"] == "consumer")


def test_it_writes_into_an_empty_database_only(cast, app) -> None:
    cast.ana  # noqa: B018 - somebody is here
    with pytest.raises(click.ClickException):
        demo.seed(app)
    with pytest.raises(click.ClickException):
        bulk.fill(10)


def test_bulk_rows_are_the_ones_that_are_measured(committing_app) -> None:
    bulk.fill(60)
    try:
        counts = dict(db.session.execute(select(Comment.letter_id, func.count()).group_by(Comment.letter_id)).all())
        assert (counts.pop(1), counts.pop(2), set(counts.values())) == (100, 5_000, {2})
        assert db.session.scalar(select(func.max(Comment.depth)).where(Comment.letter_id == 1)) == 2
        common, rare = (find(q, order=Order.NEWEST, category=None, after=None) for q in ("barang", RARE_WORD))
        assert common is not None
        assert rare is not None
        assert common.count == 30
        assert 10 <= rare.count <= 15
        assert Browser(committing_app).open("/letters/2").status == 200
        first = db.session.scalar(select(Letter.text).where(Letter.id == 7))
        assert first is not None
        assert 2_000 < len(first) < 6_000
        the_clock_asks_for_nothing_more()
    finally:
        (settings().data_dir / accounts.FILE).unlink(missing_ok=True)


def test_a_filled_desk_stands_beside_one_of_a_hundred(committing_app) -> None:
    bulk.fill(150, 10, 60)
    try:
        counts = dict(db.session.execute(select(Case.merchant_id, func.count()).group_by(Case.merchant_id)).all())
        assert (counts[1], counts[2]) == (60, 100)
        assert db.session.scalar(select(func.count()).select_from(Letter)) == 160
        assert not db.session.scalar(select(Case.id).join(Letter).where(Case.category != Letter.category).limit(1))
        for name, merchant in (("bima", 1), ("citra", 2)):
            voice = db.session.scalars(select(User).where(User.email == f"{name}@surat.example")).one()
            assert voice.reading_ids == {merchant}
            page = Browser(committing_app, voice).open("/desk")
            assert sum("data-item" in link.attrib for link in page.find("a")) == 25
    finally:
        (settings().data_dir / accounts.FILE).unlink(missing_ok=True)


def the_clock_asks_for_nothing_more() -> None:
    told = select(Event.kind, func.count()).group_by(Event.kind)
    before = dict(db.session.execute(told).all())
    assert before[Kind.OUTCOME_ASKED] > 0
    db.session.rollback()
    reminders.ask_outcomes()
    ticks.lapse()
    assert dict(db.session.execute(told).all()) == before


def test_bulk_rows_are_the_same_each_time() -> None:
    from random import Random

    from forum.demo.prose import Prose

    assert Prose(Random(1)).letter(goods=True, rare=False) == Prose(Random(1)).letter(goods=True, rare=False)
