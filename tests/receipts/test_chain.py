"""Nothing that happened can be changed, dropped, added or moved without being found."""

import hashlib
import threading
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select, text

from forum.accounts.models import User
from forum.attachments.actions.keep import note_added
from forum.attachments.models import Attachment
from forum.core.chain import ChainHead, Facts, link
from forum.core.db import db, is_sqlite, lock, unit_of_work
from forum.core.events import Event, Kind, Role, record
from forum.core.relinking import relink
from forum.letters.models import Letter
from forum.receipts import queries, verifying
from forum.receipts.actions import make_heads
from forum.receipts.tree import Leaf, follow, path_of, root_of
from forum.receipts.verifying import Flaw
from tests.attachments.rows import file_row
from tests.cast import Cast
from tests.responses.test_at_once import together

FACTS = Facts(
    "letter_published",
    datetime(2026, 3, 4, 5, 6, 7, 89, UTC),
    7,
    "moderator",
    12,
    None,
    3,
    None,
    {"b": "é", "a": [1]},
    "ab" * 16,
)


@unit_of_work
def happen(letter_id: int, times: int = 1, **data) -> None:
    for _ in range(times):
        record(Kind.UPDATE_ADDED, by=None, role=Role.AUTHOR, letter_id=letter_id, **data)


@unit_of_work
def with_a_file(letter: Letter, owner: User) -> Attachment:
    file = file_row(owner.id, letter_id=letter.id)
    db.session.add(file)
    db.session.flush()
    note_added([file], by=owner, letter_id=letter.id)
    return file


@unit_of_work
def sql(statement: str, **values) -> None:
    changed = db.session.execute(text(statement), values).rowcount
    assert changed


def flaws(letter_id: int | None = None) -> list[tuple]:
    db.session.rollback()
    found = list(verifying.loose(letter_id))
    found += verifying.of_all(queries.ends(letter_id))
    found += verifying.of_days()
    return [(one.flaw, one.number or one.row or one.day) for one in found]


def test_the_same_facts_give_the_same_link_everywhere():
    facts = (
        '["surat-pembaca-event/1","letter_published","2026-03-04T05:06:07.000089+00:00",7,"moderator",12,null,3,null,'
        '{"a":[1],"b":"é"},"abababababababababababababababab"]'
    )
    digest = hashlib.sha256(facts.encode()).hexdigest()
    assert (FACTS.text, FACTS.digest) == (facts, digest)
    assert FACTS._replace(data={"a": [1], "b": "é"}, at=FACTS.at.astimezone(ZoneInfo("Asia/Jakarta"))).digest == digest
    assert (
        link("0" * 64, 7, digest)
        == hashlib.sha256(f'["surat-pembaca-chain/1","{"0" * 64}",7,"{digest}"]'.encode()).hexdigest()
    )


@pytest.mark.parametrize("name", Facts._fields)
def test_each_fact_is_covered(name):
    other = {
        "at": FACTS.at + timedelta(microseconds=1),
        "by_id": 8,
        "letter_id": 13,
        "case_id": 1,
        "merchant_id": None,
        "data": {},
    }
    assert FACTS.digest != FACTS._replace(**{name: other.get(name, "other")}).digest
    assert len({link(*said) for said in (("", 1, "a"), ("", 2, "a"), ("0", 1, "a"), ("", 1, "b"))}) == 4


def test_an_untouched_chain_is_whole(cast):
    letter, other = cast.letter(), cast.letter()
    happen(letter.id, 3, words="kata “aneh” ✂ 1.5", share=0.1, nothing=None, numbers=[1, 2.0, 10**12])
    happen(other.id)
    assert flaws() == []
    numbers = db.session.scalars(select(Event.number).where(Event.letter_id == letter.id).order_by(Event.id)).all()
    assert list(numbers) == list(range(1, len(numbers) + 1))
    head = db.session.get_one(ChainHead, letter.id)
    assert (head.number, head.hash) == db.session.execute(
        select(Event.number, Event.hash).where(Event.letter_id == letter.id).order_by(Event.number.desc()).limit(1)
    ).one()


@pytest.fixture
def letter_id(cast) -> int:
    letter = cast.letter()
    with time_machine.travel(datetime(2026, 3, 4, 5, 6, tzinfo=UTC), tick=True):
        happen(letter.id, 5, sha256="a" * 64)
    assert flaws(letter.id) == []
    return letter.id


def last(letter_id: int) -> int:
    return db.session.scalar(select(ChainHead.number).where(ChainHead.letter_id == letter_id)) or 0


@pytest.mark.parametrize(
    "change",
    [
        "at = '2026-03-04 05:06:08.000000'",
        "role = 'moderator'",
        "kind = 'letter_withdrawn'",
        "about = 'comment:1'",
        'data = \'{"sha256": "b"}\'',
    ],
)
def test_a_changed_row_is_found(letter_id, change):
    number = last(letter_id) - 2
    sql(f"UPDATE event SET {change} WHERE letter_id = :id AND number = :number", id=letter_id, number=number)
    assert flaws() == [(Flaw.CHANGED, number)]


def test_a_changed_row_with_a_new_hash_is_found_at_the_next(letter_id):
    number = last(letter_id) - 2
    row = db.session.scalars(select(Event).where(Event.letter_id == letter_id, Event.number == number)).one()
    before = db.session.scalar(select(Event.hash).where(Event.letter_id == letter_id, Event.number == number - 1))
    new = link(before, number, row.facts._replace(role="moderator").digest)
    sql("UPDATE event SET role = 'moderator', hash = :hash WHERE id = :id", hash=new, id=row.id)
    assert flaws() == [(Flaw.CHANGED, number + 1)]


def test_a_dropped_row_is_found(letter_id):
    number = last(letter_id) - 2
    sql("DELETE FROM event WHERE letter_id = :id AND number = :number", id=letter_id, number=number)
    assert flaws() == [(Flaw.MISSING, number), (Flaw.CHANGED, number + 1)]


def test_a_dropped_end_is_found(letter_id):
    sql("DELETE FROM event WHERE letter_id = :id AND number >= :number", id=letter_id, number=last(letter_id) - 1)
    assert flaws() == [(Flaw.ENDS_OTHERWISE, None)]


def test_swapped_rows_are_found(letter_id):
    one, two = last(letter_id) - 3, last(letter_id) - 2
    for number, to in ((one, 1000), (two, one), (1000, two)):
        sql(
            "UPDATE event SET number = :to WHERE letter_id = :id AND number = :number",
            id=letter_id,
            number=number,
            to=to,
        )
    assert flaws() == [(Flaw.CHANGED, one), (Flaw.MOVED, two), (Flaw.CHANGED, two + 1)]


def test_a_row_put_beside_the_chain_is_found(letter_id):
    sql(
        "INSERT INTO event (kind, at, role, letter_id, data) VALUES ('letter_withdrawn', '2026-03-04 05:06:08.000000', 'author', :id, '{}')",
        id=letter_id,
    )
    assert [flaw for flaw, _row in flaws()] == [Flaw.LOOSE]


@pytest.mark.parametrize("number", [0, -7])
def test_a_row_put_before_the_chain_is_found(letter_id, number):
    sql(
        "INSERT INTO event (kind, at, role, letter_id, data, number, salt, hash) VALUES "
        "('letter_withdrawn', '2026-03-04 05:06:08.000000', 'author', :id, '{}', :number, '', :hash)",
        id=letter_id,
        number=number,
        hash="0" * 64,
    )
    assert [flaw for flaw, _row in flaws()] == [Flaw.LOOSE]


def test_a_file_whose_hash_was_changed_is_found(cast):
    letter = cast.letter()
    file = with_a_file(letter, cast.ana)
    assert not list(verifying.of_files())
    sql("UPDATE attachment SET original_sha256 = :other WHERE id = :id", other="0" * 64, id=file.id)
    assert [(one.flaw, one.letter_id, one.file) for one in verifying.of_files(letter.id)] == [(Flaw.FILE, letter.id, file.id)]
    assert not list(verifying.of_files(letter.id + 1))


def test_a_head_that_was_dropped_is_found(letter_id):
    sql("DELETE FROM chain_head WHERE letter_id = :id", id=letter_id)
    assert {flaw for flaw, _row in flaws()} == {Flaw.LOOSE}


def test_a_whole_chain_made_anew_is_found_by_the_published_heads(letter_id):
    assert make_heads() >= 1
    assert flaws() == []
    sql(
        "UPDATE event SET role = 'moderator' WHERE letter_id = :id AND number = :number",
        id=letter_id,
        number=last(letter_id) - 1,
    )
    rewrite()
    assert flaws() == [(Flaw.DAY, date(2026, 3, 4))]


@unit_of_work
def rewrite() -> None:
    relink(db.session.connection())


def test_relinking_gives_the_same_links(letter_id):
    before = db.session.execute(select(Event.id, Event.number, Event.hash).order_by(Event.id)).all()
    rewrite()
    db.session.expire_all()
    assert db.session.execute(select(Event.id, Event.number, Event.hash).order_by(Event.id)).all() == before
    happen(letter_id)
    assert flaws() == []


def test_a_row_put_behind_the_end_is_found(letter_id):
    sql(
        "INSERT INTO event (kind, at, role, letter_id, data, number, salt, hash) VALUES "
        "('letter_withdrawn', '2026-03-04 05:06:08.000000', 'author', :id, '{}', :number, '', :hash)",
        id=letter_id,
        number=last(letter_id) + 1,
        hash="0" * 64,
    )
    assert flaws() == [(Flaw.CHANGED, last(letter_id) + 1), (Flaw.ENDS_OTHERWISE, None)]


def test_what_happens_while_chains_are_verified_is_no_flaw(letter_id):
    ends = list(queries.ends())
    happen(letter_id, 2)
    assert list(verifying.of_all(ends)) == []


def test_every_salt_is_another(letter_id):
    """Equal facts must not show equal digests, or they could be found out by trying."""
    salts = db.session.scalars(select(Event.salt).where(Event.letter_id == letter_id)).all()
    assert len(salts) == len(set(salts))
    assert all(len(salt) == 32 for salt in salts)


# --- days ---------------------------------------------------------------------------------------------------------------


def test_each_day_gets_one_head_that_covers_the_day_before(cast):
    letter = cast.letter()
    noon = datetime(2026, 3, 2, 5, tzinfo=UTC)
    for days in (0, 2):  # the day between is empty and has a head as well
        with time_machine.travel(noon + timedelta(days=days), tick=True):
            happen(letter.id, 2)
    with time_machine.travel(noon + timedelta(days=3), tick=True):
        assert make_heads() == 3
        assert make_heads() == 0
    found = [(one.day.day, one.letters, one.events) for one in queries.all_days()][-3:]
    assert [row[1:] for row in found] == [(1, 2), (0, 0), (1, 2)]
    assert len({one.head for one in queries.all_days()}) == len(list(queries.all_days()))
    assert [flaw for flaw, day in flaws() if flaw is Flaw.DAY] == []


def test_a_day_is_closed_only_when_nothing_can_be_on_its_way(cast):
    letter = cast.letter()
    midnight = datetime(2026, 3, 3, 17, tzinfo=UTC)  # in Jakarta
    with time_machine.travel(midnight - timedelta(hours=1), tick=True):
        happen(letter.id)
    with time_machine.travel(midnight + timedelta(minutes=9), tick=False):
        make_heads()
        assert queries.newest_day() is None or queries.newest_day().day < date(2026, 3, 3)
    with time_machine.travel(midnight + timedelta(minutes=11), tick=False):
        make_heads()
        assert queries.newest_day().day == date(2026, 3, 3)


def test_published_days_stay_as_they_were_when_the_time_zone_changes(letter_id, setting):
    make_heads()
    setting(time_zone=ZoneInfo("Asia/Jayapura"))
    assert flaws() == []


@pytest.mark.parametrize(
    "change", ["DELETE FROM day_head WHERE day = :day", "UPDATE day_head SET events = events + 1 WHERE day = :day"]
)
def test_a_day_that_is_gone_or_changed_is_found_at_the_next(letter_id, change):
    make_heads()
    sql(change, day="2026-03-05")
    changed = date(2026, 3, 6 if change.startswith("DELETE") else 5)
    assert flaws() == [(Flaw.DAY, changed)]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 9, 31])
def test_each_letter_is_proved_to_belong_to_the_root(count):
    leaves = [Leaf(number, number + 3, f"{number:064x}") for number in range(count)]
    root = root_of(leaves)
    for at, leaf in enumerate(leaves):
        steps = path_of(leaves, at)
        assert len(steps) <= 5
        assert follow(leaf, steps) == root
        assert follow(leaf._replace(number=99), steps) != root


# --- at once ----------------------------------------------------------------------------------------------------------------


def test_events_of_one_letter_at_once_make_one_chain(committing_app):
    """The very first ones as well, which begin the chain."""
    letter_id = Cast().letter().id
    assert last(letter_id) == 0
    db.session.rollback()
    assert together(committing_app, lambda _number: happen(letter_id, 5), 4) == ["done"] * 4
    assert last(letter_id) == 20
    assert flaws() == []


def test_who_holds_a_letter_and_who_writes_an_event_of_it_do_not_wait_for_each_other(committing_app):
    """With the chain held before the letter, this was a deadlock: a second of waiting, and the whole action again."""
    letter_id = Cast().letter().id
    happen(letter_id)
    held, tries = threading.Event(), []

    @unit_of_work
    def hold():
        lock(db.session.get(Letter, letter_id))
        held.set()
        until(lambda: tries, seconds=0.5 if is_sqlite() else 5)  # SQLite lets the other one in only afterwards
        time.sleep(0.2)  # the other one waits for the letter by now
        record(Kind.UPDATE_ADDED, by=None, role=Role.AUTHOR, letter_id=letter_id)

    @unit_of_work
    def write():
        tries.append(1)
        record(Kind.UPDATE_ADDED, by=None, role=Role.AUTHOR, letter_id=letter_id)

    def work(number: int) -> None:
        if number:
            held.wait(5)
        (write if number else hold)()

    assert together(committing_app, work, 2) == ["done", "done"]
    assert tries == [1]
    assert flaws() == []


def until(there, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not there() and time.monotonic() < ends:
        time.sleep(0.01)
