"""The public ledger in the package: its chain and the ends of its days come out of the file alone."""

import hashlib
import json
from datetime import timedelta

import pytest
import time_machine

from forum.core.clock import utcnow
from forum.ledger.actions import make_days
from forum.opendata import comparing, making, reading
from tests.cast import make_comment
from tests.ledger.stage import hide, restore, tamper
from tests.opendata.packages import changed, made, parts, rows, today
from tests.opendata.test_recount import run


@pytest.fixture
def path(cast, tmp_path):
    """A package of three rows, made two days after them."""
    now = utcnow()
    with time_machine.travel(now - timedelta(days=2), tick=True):
        comment = make_comment(cast.letter(), cast.citra)
        hide(cast, "comment", comment)
        restore(cast, "comment", comment)
    with time_machine.travel(now - timedelta(days=1), tick=True):
        hide(cast, "comment", comment)
    make_days()
    return made(tmp_path / "x.zip")


def test_the_chain_is_counted_again_with_sha256_alone(path) -> None:
    before, found = "", rows(path, "ledger")
    for row in found:
        plain = [
            "surat-pembaca-ledger/1", row["at"].replace("Z", "+00:00"), row["month"], row["act"], row["about"],
            int(row["letter_id"]), row["asked_by"], row["reason"] or None, row["detail"] or None, row["outcome"], int(row["count"]),
            int(row["took_seconds"]) if row["took_seconds"] else None, json.loads(row["merchants"]), None, None,
            int(row["event_id"]), row["written_at"].replace("Z", "+00:00"),
        ]  # fmt: skip
        digest = hashlib.sha256(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
        link = json.dumps(["surat-pembaca-chain/1", before, int(row["number"]), digest], separators=(",", ":"))
        before = hashlib.sha256(link.encode()).hexdigest()
        assert row["hash"] == before
    assert [row["act"] for row in found] == ["comment_hidden", "comment_restored", "comment_hidden"]
    with reading.opened(path) as package:
        assert list(comparing.ledger_flaws(package)) == []
        assert list(comparing.ledger_days_flaws(package)) == []


def test_what_was_changed_dropped_or_cut_off_is_found(app, path) -> None:
    assert run(app, "check", str(path)).exit_code == 0
    lines = parts(path)["data/ledger.csv"].splitlines(keepends=True)
    for change, told in (
        (lambda whole: whole.replace(",insult,", ",hate,", 1), "ledger, row 1: it does not follow"),
        (lambda _whole: lines[0] + "".join(lines[2:]), "ledger, row 2: it does not follow"),
        (lambda _whole: "".join(lines[:-1]), "the rows end otherwise than was published"),
    ):
        found = run(app, "check", str(changed(path, "data/ledger.csv", change)))
        assert found.exit_code == 1
        assert told in found.output


def test_an_end_of_a_day_that_the_site_changed_is_found(app, path) -> None:
    tamper("UPDATE ledger_day SET hash = :other", other="1" * 64)
    assert "another end was published" in run(app, "check", str(path)).output


def test_the_package_of_the_worker_holds_the_end_of_yesterday(cast, setting, tmp_path) -> None:
    setting(open_dir=tmp_path)
    with time_machine.travel(utcnow() - timedelta(days=1), tick=True):
        hide(cast, "comment", make_comment(cast.letter(), cast.citra))
    making.make()
    assert len(rows(today(), "ledger_days")) == 1
