"""How often something may be done: in the database, in Redis, and while Redis is away."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from forum.core import limits
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, TooMany
from forum.core.limits import Counter
from tests import needs
from tests.processes import free_port

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def awake(monkeypatch):
    monkeypatch.setattr(limits, "_away_until", 0.0)


@pytest.fixture(params=["database", "redis"])
def counting(request, setting):
    if request.param == "redis":
        setting(redis_url=needs.redis_url())


@pytest.fixture
def backend(app, counting):
    """Where `allow` counts."""


@unit_of_work
def act(who, *, slip=False, most=3):
    limits.permit("claim", who, most=most, window=HOUR)
    if slip:
        raise Invalid("bad_email")


def test_more_than_allowed_is_refused_with_the_time_to_wait(backend):
    who = str(uuid4())
    for _ in range(3):
        limits.allow("letters", who, most=3, window=HOUR)
    with pytest.raises(TooMany) as refusal:
        limits.allow("letters", who, most=3, window=HOUR)
    assert 3500 < refusal.value.facts["retry_after"] <= 3600
    limits.allow("letters", str(uuid4()), most=3, window=HOUR)
    limits.allow("comments", who, most=3, window=HOUR)


def test_what_is_refused_was_not_permitted_and_does_not_count(backend):
    for _ in range(2):
        act("ana")
    for _ in range(5):
        with pytest.raises(Invalid):
            act("ana", slip=True)
    act("ana")
    for slip in (False, True):
        with pytest.raises(TooMany) as refusal:
            act("ana", slip=slip)
        assert 3500 < refusal.value.facts["retry_after"] <= 3600
    act("ana", most=4)


def test_a_try_counts_whatever_becomes_of_it(backend):
    @unit_of_work
    def slip():
        raise Invalid("wrong_password")

    who = str(uuid4())
    for _ in range(3):
        limits.allow("sign-in", who, most=3, window=HOUR)
        with pytest.raises(Invalid):
            slip()
    with pytest.raises(TooMany):
        limits.allow("sign-in", who, most=3, window=HOUR)


def test_looking_does_not_count_and_forgetting_starts_anew(backend):
    who = str(uuid4())
    assert limits.so_far("sign_in", who) == 0
    limits.count("sign_in", who, window=HOUR)
    limits.count("sign_in", who, window=HOUR)
    assert limits.so_far("sign_in", who) == 2
    limits.forget("sign_in", who)
    assert limits.so_far("sign_in", who) == 0
    assert limits.count("sign_in", who, window=HOUR)[0] == 1


def test_a_window_ends(backend):
    who = str(uuid4())
    assert limits.count("x", who, window=timedelta(seconds=1))[0] == 1
    assert limits.count("x", who, window=timedelta(seconds=1))[0] == 2
    time.sleep(1.2)
    assert limits.so_far("x", who) == 0
    assert limits.count("x", who, window=timedelta(seconds=1))[0] == 1


def test_counting_does_not_move_the_end_of_the_window(app):
    now = utcnow()
    with time_machine.travel(now, tick=False):
        limits.count("x", "ana", window=HOUR)
    with time_machine.travel(now + timedelta(minutes=50), tick=False):
        assert limits.count("x", "ana", window=HOUR) == (2, 600)
    with time_machine.travel(now + timedelta(minutes=61), tick=False):
        assert limits.count("x", "ana", window=HOUR)[0] == 1


def test_the_key_tells_nobody_s_address(app):
    limits.count("sign_in", "ana@surat.example", window=HOUR)
    key = db.session.scalars(select(Counter.key)).one()
    assert len(key) == 64
    assert "ana" not in key


@pytest.mark.parametrize("who", ["", "a" * 100_000, "\ud800", "x\x00y", "🙂"])
def test_any_name_can_be_counted(backend, who):
    limits.forget("x", who)
    assert limits.count("x", who, window=HOUR)[0] == 1


def test_old_counters_are_forgotten(app):
    limits.count("x", "ana", window=HOUR)
    limits.prune()
    assert db.session.scalar(select(Counter.key))
    with time_machine.travel(utcnow() + 2 * HOUR, tick=False):
        limits.prune()
    assert db.session.scalar(select(Counter.key)) is None


def test_while_redis_is_away_the_database_counts(app, setting):
    setting(redis_url=f"redis://127.0.0.1:{free_port()}/0")
    for _ in range(3):
        limits.allow("letters", "ana", most=3, window=HOUR)
    with pytest.raises(TooMany):
        limits.allow("letters", "ana", most=3, window=HOUR)
    assert limits.so_far("letters", "ana") == 4
    limits.forget("letters", "ana")
    assert limits.so_far("letters", "ana") == 0


def test_a_redis_that_does_not_answer_costs_one_time_out(app, setting):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        setting(redis_url=f"redis://127.0.0.1:{deaf.getsockname()[1]}/0")
        for _ in range(5):
            limits.count("x", "ana", window=HOUR)
        assert limits.so_far("x", "ana") == 5
        deaf.setblocking(False)
        deaf.accept()[0].close()
        with pytest.raises(BlockingIOError):
            deaf.accept()


def test_redis_is_asked_again_after_a_while(app, setting, monkeypatch):
    url = needs.redis_url()
    setting(redis_url=f"redis://127.0.0.1:{free_port()}/0")
    who = str(uuid4())
    limits.count("x", who, window=HOUR)
    setting(redis_url=url)
    limits.count("x", who, window=HOUR)
    assert limits._redis(url).get(limits.PREFIX + limits._key("x", who)) is None
    monkeypatch.setattr(limits, "_away_until", time.monotonic() - 1)
    limits.count("x", who, window=HOUR)
    assert limits._redis(url).get(limits.PREFIX + limits._key("x", who)) == b"1"


def at_once(app, number, act):
    """What each of so many threads hears."""

    def one(place):
        with app.app_context():
            return act(place)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def test_many_at_once_are_all_counted(committing_app):
    counts = at_once(committing_app, 8, lambda place: limits.count("x", "ana", window=HOUR)[0])
    assert sorted(counts) == list(range(1, 9))


def test_of_many_at_once_no_more_than_permitted_come_about(committing_app, counting):
    def one(place):
        try:
            act("ana", slip=place % 2 == 0)
        except (Invalid, TooMany) as problem:
            return type(problem)
        return "done"

    told = at_once(committing_app, 16, one)
    assert told.count("done") == 3
    assert TooMany in told
    with pytest.raises(TooMany):
        act("ana")
