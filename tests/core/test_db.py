"""The unit of work: all or nothing, the only commit, and writers that queue."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError

from forum.core import db as database
from forum.core.db import db, insert_once, lock, unit_of_work
from forum.core.limits import Counter
from forum.core.mail import Mail
from forum.merchants.models import Merchant
from tests.cast import make_merchant

AT = datetime(2026, 3, 9, 4, 5, 6, 123457, tzinfo=UTC)


@unit_of_work
def put(key, count=0):
    db.session.add(Counter(key=key, count=count, ends_at=AT))


def counts() -> dict[str, int]:
    found = {row.key: row.count for row in db.session.execute(select(Counter.key, Counter.count))}
    db.session.rollback()
    return found


def test_a_failure_leaves_nothing(app):
    @unit_of_work
    def fails():
        db.session.add(Counter(key="a", count=1, ends_at=AT))
        db.session.flush()
        raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert counts() == {}


def test_actions_inside_an_action_are_one_transaction(app):
    @unit_of_work
    def outer():
        put("a")
        put("b")
        raise LookupError

    with pytest.raises(LookupError):
        outer()
    assert counts() == {}
    put("c")
    assert counts() == {"c": 0}


def test_a_change_outside_a_unit_is_refused(app):
    db.session.add(Counter(key="a", count=1, ends_at=AT))
    with pytest.raises(RuntimeError, match="outside a unit of work"):
        put("b")
    db.session.rollback()
    assert counts() == {}


def test_what_an_action_returns_can_be_read_afterwards(app):
    @unit_of_work
    def make():
        row = Counter(key="a", count=1, ends_at=AT)
        db.session.add(row)
        return row

    assert make().count == 1


def test_the_next_unit_works_after_a_failed_one(app):
    put("a")
    with pytest.raises(IntegrityError):
        put("a")
    put("b")
    assert counts() == {"a": 0, "b": 0}


@pytest.mark.parametrize("offset", [0, 7, -11])
def test_times_are_kept_in_utc_to_the_microsecond(app, offset):
    local = AT.astimezone(timezone(timedelta(hours=offset)))

    @unit_of_work
    def make():
        db.session.add(Counter(key="a", count=1, ends_at=local))

    make()
    db.session.expire_all()
    kept = db.session.scalars(select(Counter.ends_at)).one()
    assert kept == AT
    assert kept.utcoffset() == timedelta(0)


def test_a_naive_time_is_refused(app):
    @unit_of_work
    def make():
        db.session.add(Counter(key="a", count=1, ends_at=datetime(2026, 1, 1)))

    with pytest.raises(StatementError, match="naive"):
        make()


def test_enum_columns_take_only_their_words(app):
    @unit_of_work
    def spoil():
        db.session.execute(update(Mail).values(state="new"))
        db.session.execute(
            text('INSERT INTO mail (kind, "to", content, state, attempts, uncertain, next_at, created_at)'
                 " VALUES ('k', 't', 'c', 'nonsense', 0, 0, :at, :at)"),
            {"at": "2026-01-01 00:00:00+00:00"},
        )  # fmt: skip

    with pytest.raises(IntegrityError):
        spoil()


def test_insert_once_says_whether_it_was(app):
    @unit_of_work
    def twice():
        return [insert_once(Counter, index_elements=["key"], key="a", count=n, ends_at=AT) for n in (1, 2)]

    assert twice() == [True, False]
    assert counts() == {"a": 1}


def test_lock_reads_the_row_anew(app):
    shop = make_merchant("Toko Melati")

    @unit_of_work
    def rename_behind():
        db.session.execute(
            update(Merchant).values(name="Toko Mawar"), execution_options={"synchronize_session": False}
        )

    rename_behind()
    assert shop.name == "Toko Melati"

    @unit_of_work
    def look():
        return lock(shop).name

    assert look() == "Toko Mawar"


def test_many_writers_at_once_lose_no_change(committing_app):
    put("a")
    errors = []

    @unit_of_work
    def increase():
        row = db.session.get(Counter, "a")
        lock(row)
        row.count += 1

    def worker():
        try:
            for _ in range(10):
                with committing_app.app_context():
                    increase()
        except BaseException as problem:
            errors.append(problem)
            raise

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert counts() == {"a": 40}


class Failure(Exception):
    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(("sqlstate", "tries"), [("40001", 3), ("40P01", 3), ("57014", 1), (None, 1)])
def test_only_what_may_pass_is_tried_again(app, sqlstate, tries):
    calls = []

    @unit_of_work
    def fails():
        calls.append(1)
        raise OperationalError("SELECT 1", {}, Failure(sqlstate))

    with pytest.raises(DBAPIError):
        fails()
    assert len(calls) == tries


def test_a_second_try_that_succeeds_is_no_failure(app):
    calls = []

    @unit_of_work
    def second_time_lucky():
        calls.append(1)
        put(f"try {len(calls)}")
        if len(calls) < 2:
            raise OperationalError("SELECT 1", {}, Failure("40001"))

    second_time_lucky()
    assert counts() == {"try 2": 0}


def test_how_each_database_is_opened(app):
    if database.is_sqlite():
        pragma = {
            name: db.session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    else:
        names = ("synchronous_commit", "statement_timeout", "lock_timeout", "TimeZone")
        shown = {name: db.session.execute(text(f"SHOW {name}")).scalar() for name in names}
        assert shown.pop("synchronous_commit") != "off"
        assert shown == {"statement_timeout": "15s", "lock_timeout": "4s", "TimeZone": "UTC"}
