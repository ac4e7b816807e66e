"""A row that was changed, dropped or moved is found, and the chain can be computed from what is public."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import time_machine
from sqlalchemy import text

from forum.cli import verify_chain
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.ledger import queries
from forum.ledger.actions import make_days
from forum.ledger.rebuilding import rebuild
from forum.receipts.actions import make_heads
from tests.cast import Cast, make_comment
from tests.ledger.stage import flaws, hide, restore, rows, taken_down, tamper, write_many
from tests.responses.test_at_once import together


def test_a_row_that_was_changed_is_found(cast) -> None:
    write_many(5, [cast.shop.id])
    assert flaws() == []
    for column, value in (("reason", "hate"), ("asked_by", "author"), ("took_seconds", 1), ("about", "comment:9"), ("count", 2)):
        (before,) = db.session.execute(text(f'SELECT "{column}" FROM ledger_row WHERE id = 3')).one()
        tamper(f'UPDATE ledger_row SET "{column}" = :value WHERE id = 3', value=value)
        assert flaws() == [("CHANGED", 3)], column
        tamper(f'UPDATE ledger_row SET "{column}" = :value WHERE id = 3', value=before)
    assert flaws() == []


def test_a_row_that_is_found_by_another_business_is_found(cast) -> None:
    write_many(3, [cast.shop.id])
    tamper("UPDATE ledger_business SET merchant_id = :id WHERE row_id = 2", id=cast.courier.id)
    assert flaws() == [("CHANGED", 2)]


def test_a_row_that_was_dropped_is_found(cast) -> None:
    write_many(5)
    tamper("DELETE FROM ledger_row WHERE id = 3")
    assert ("MISSING", 3) in flaws()


def test_the_last_row_dropped_is_found(cast) -> None:
    write_many(5)
    tamper("DELETE FROM ledger_row WHERE id = 5")
    assert flaws() == [("ENDS_OTHERWISE", None)]


def test_rows_in_another_order_are_found(cast) -> None:
    write_many(5)
    for number, place in ((3, 99), (4, 3), (99, 4)):
        tamper("UPDATE ledger_row SET id = :place WHERE id = :number", place=place, number=number)
    assert [found for found in flaws() if found[0] == "CHANGED"][:2] == [("CHANGED", 3), ("CHANGED", 4)]


@unit_of_work
def forge(reason: str) -> None:
    """What happened is changed, and all rows are made anew as if it had been so; the days stay as they were published."""
    connection = db.session.connection()
    connection.execute(text("UPDATE event SET data = :data WHERE kind = 'comment_hidden'"), {"data": json.dumps({"reason": reason})})
    connection.execute(text("CREATE TEMPORARY TABLE kept AS SELECT * FROM ledger_day"))
    assert rebuild(connection) == 1
    connection.execute(text("INSERT INTO ledger_day SELECT * FROM kept"))
    connection.execute(text("DROP TABLE kept"))


def test_whoever_links_everything_anew_is_found_by_a_day_that_was_published(cast) -> None:
    hide(cast, "comment", make_comment(cast.letter(), cast.citra))
    with time_machine.travel(utcnow() + timedelta(days=2)):
        assert make_days() > 0
        assert flaws() == []
    forge("hate")
    assert {flaw for flaw, _row in flaws()} == {"DAY"}


def test_ten_thousand_rows_are_verified(cast) -> None:
    write_many(10_000, [cast.shop.id])
    assert flaws() == []
    tamper("UPDATE ledger_row SET reason = 'hate' WHERE id = 9876")
    assert flaws() == [("CHANGED", 9876)]


def test_the_command_tells_of_the_ledger(app, cast) -> None:
    write_many(3)
    run = app.test_cli_runner()
    assert run.invoke(verify_chain, []).exit_code == 0
    tamper("UPDATE ledger_row SET reason = 'hate' WHERE id = 2")
    told = run.invoke(verify_chain, [])
    assert told.exit_code == 1
    assert "ledger: row 2 is not what was written" in told.output


def test_anybody_computes_the_chain_from_the_file(browse, cast) -> None:
    taken_down(cast, merchants=[cast.shop, cast.courier])
    comment = make_comment(cast.letter(), cast.citra)
    hide(cast, "comment", comment)
    restore(cast, "comment", comment)
    answer = browse().request("GET", "/ledger/ledger.csv").response.get_data(as_text=True).lstrip("\ufeff")
    before, lines = "", list(csv.DictReader(io.StringIO(answer)))
    for one in lines:
        numbers = {name: int(one[name]) if one[name] else None for name in ("letter", "count", "took_seconds", "corrects", "event")}
        facts = [
            "surat-pembaca-ledger/1", one["at"], one["month"], one["act"], one["about"], numbers["letter"], one["asked_by"],
            one["reason"] or None, one["detail"] or None, one["outcome"], numbers["count"], numbers["took_seconds"],
            [int(number) for number in one["business_numbers"].split()], numbers["corrects"], one["why"] or None, numbers["event"],
            one["written_at"],
        ]  # fmt: skip
        digest = hashlib.sha256(json.dumps(facts, separators=(",", ":")).encode()).hexdigest()
        link = json.dumps(["surat-pembaca-chain/1", before, int(one["number"]), digest], separators=(",", ":"))
        before = hashlib.sha256(link.encode()).hexdigest()
        assert before == one["hash"]
    assert len(lines) == 3


def test_the_end_of_each_day_is_published_with_the_heads(browse, cast) -> None:
    taken_down(cast)
    with time_machine.travel(utcnow() + timedelta(days=3)):
        make_heads()
        assert make_days() == 3
        assert make_days() == 0
        page = browse().open("/ledger/heads")
        file = browse().request("GET", "/ledger/heads.csv").response.get_data(as_text=True)
    (row,) = rows()
    assert row.hash in page
    assert file.splitlines()[-1].endswith(f",1,{row.hash}")
    assert flaws() == []


def test_a_day_is_not_published_before_it_is_over(cast) -> None:
    taken_down(cast)
    assert make_days() == 0
    assert queries.newest_day() is None


def test_the_rebuilt_ledger_is_the_one_that_was_written(cast) -> None:
    """The demo moves dates and writes the rows anew; they say what they said."""
    comment = make_comment(taken_down(cast), cast.citra)
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    hide(cast, "comment", comment)
    restore(cast, "comment", comment)
    before = [(row.act, row.about, row.at, row.reason, row.merchants, row.event_id) for row in rows()]

    @unit_of_work
    def again() -> int:
        return rebuild(db.session.connection())

    assert again() == 3
    assert [(row.act, row.about, row.at, row.reason, row.merchants, row.event_id) for row in rows()] == before
    assert {row.written_at - row.at for row in rows()} == {timedelta(0)}
    assert flaws() == []


def test_decisions_at_one_moment_stand_one_after_the_other(committing_app) -> None:
    cast = Cast()
    letters = [cast.letter() for _ in range(4)]
    assert cast.dewi.id

    def decide(number: int) -> None:
        hide(cast, "letter", letters[number])

    assert together(committing_app, decide, 4) == ["done"] * 4
    assert [row.id for row in rows()] == [1, 2, 3, 4]
    assert flaws() == []
