"""Figures from the package alone are those of the site, and what was changed in it is found."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from sqlalchemy import event, update

from forum.core.clock import utcnow
from forum.core.db import db, is_sqlite, unit_of_work
from forum.core.errors import DomainError
from forum.letters.lifecycle import Publication, ResponseState
from forum.letters.models import Case
from forum.opendata import comparing, reading, recount
from forum.receipts.actions import make_heads
from forum.receipts.models import DayHead
from forum.statistics import figures
from forum.statistics.models import WHOLE_SITE, Figures, business, filed_under
from tests.opendata.packages import changed, made, parts, rows
from tests.receipts.test_chain import happen
from tests.statistics.story import Story

BEGIN = datetime(2026, 1, 28, 2, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


def run(app, *words: str):
    return app.test_cli_runner().invoke(args=["dump", *words])


def counted(path: Path) -> dict:
    with reading.opened(path) as package:
        return recount.figures(package, recount.subjects(package))


def test_after_a_random_story_every_figure_comes_out_of_the_package(app, cast, tmp_path):
    """Another story on each database; more letters about the courier let it be compared within its category."""
    with time_machine.travel(BEGIN, tick=False) as now:
        for _ in range(14):
            cast.letter(merchants=[cast.courier], published_at=BEGIN, category="ekspedisi")
        figures.count_all()
        assert list(comparing.differences(first := counted(made(tmp_path / "first.zip")))) == []
        assert first[filed_under("ekspedisi")]["compared"]
        assert first[WHOLE_SITE]["silent"]
        story = Story(cast, 5 if is_sqlite() else 6, now)
        for verb in (
            story.publish, story.publish, story.tell, story.acknowledge, story.ask, story.pass_time, story.respond, story.respond,
            story.respond, story.conclude, story.conclude, story.report, story.decide, story.report, story.speak_of_promise,
            story.copy, story.hide_response, story.respond, story.take_down, story.withdraw, story.pass_time,
        ):  # fmt: skip
            done_once(verb)
        story.finish()
        path = made(tmp_path / "x.zip")
        found = counted(path)
        assert list(comparing.differences(found)) == []
        wanted = ("responses", "copied", "answered", "rated", "taken_down")
        assert {name: found[WHOLE_SITE]["all"][name] for name in wanted if not found[WHOLE_SITE]["all"][name]} == {}
        told = run(app, "recount", str(path), "--compare")
        assert told.exit_code == 0, told.output
        assert "0 differences" in told.output
        now.shift(timedelta(days=40))  # limits pass, promises fall due, the months move on
        assert list(comparing.differences(counted(made(tmp_path / "later.zip")))) == []


def done_once(verb) -> None:
    """Let somebody do what chance allows, at the first of many tries that holds."""
    for _ in range(30):
        try:
            verb()
        except (DomainError, LookupError):
            db.session.rollback()
            db.session.expire_all()
        else:
            return
    raise AssertionError(verb.__name__)


def test_no_database_is_asked(app, cast, tmp_path):
    cast.letter()
    path, number = made(tmp_path / "x.zip"), str(cast.shop.id)
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    told = run(app, "recount", str(path), "--business", number)
    assert told.exit_code == 0
    assert re.search(r"^cases +1 +1$", told.output, re.MULTILINE)
    assert asked == []


def test_a_letter_that_one_of_two_has_answered_waits_still(cast, tmp_path):
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    _answered(letter.id, cast.shop.id)
    found = counted(made(tmp_path / "x.zip"))
    assert found[WHOLE_SITE]["waiting_letters"] == 1
    assert list(comparing.differences(found)) == []


@unit_of_work
def _answered(letter_id: int, merchant_id: int) -> None:
    one = (Case.letter_id == letter_id, Case.merchant_id == merchant_id)
    db.session.execute(update(Case).where(*one).values(answered_at=utcnow(), response=ResponseState.ANSWERED))


def test_it_counts_where_there_is_no_site_at_all(cast, tmp_path):
    cast.letter(category="asuransi")
    path = made(tmp_path / "x.zip")
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("FORUM_")},
        "FORUM_DATA_DIR": str(tmp_path / "empty"),
        "FORUM_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none",
    }
    told = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "dump", "recount", str(path), "--category", "asuransi"],
        cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert re.search(r"^letters +1 +1$", told.stdout, re.MULTILINE)
    assert re.search(r"^share of_all +0.0000 \(0.0000 to 0.7935\), n = 1", told.stdout, re.MULTILINE)


def test_a_changed_row_is_found_by_its_fingerprint_and_by_the_figures(app, cast, tmp_path):
    cast.letter()
    path = made(tmp_path / "x.zip")
    assert run(app, "check", str(path)).exit_code == 0
    other = changed(path, "data/cases.csv", lambda text: text.replace(",none,none,none,nobody", ",solved,none,none,nobody"))
    told = run(app, "check", str(other))
    assert told.exit_code == 1
    assert "data/cases.csv is not what was written" in told.output
    told = run(app, "recount", str(other), "--compare")
    assert told.exit_code == 1
    assert "WARNING: data/cases.csv is not what was written" in told.output
    assert f"{business(cast.shop.id)} all.solved: kept 0, counted 1" in told.output
    assert "site all.solved: kept 0, counted 1" in told.output


def test_a_row_that_was_dropped_or_added_is_found(app, cast, tmp_path):
    cast.letter()
    cast.letter()
    path = made(tmp_path / "x.zip")
    for change in (
        lambda text: "\r\n".join(text.split("\r\n")[:-2]) + "\r\n",
        lambda text: text + re.sub(r"^\d+", "99999", text.split("\r\n")[-2]) + "\r\n",
    ):
        told = run(app, "check", str(changed(path, "data/letters.csv", change)))
        assert told.exit_code == 1
        assert "rows, datapackage.json says 2" in told.output


def test_a_figure_that_the_site_keeps_otherwise_is_told(app, cast, tmp_path):
    cast.letter()
    path = made(tmp_path / "x.zip")
    _spoil(WHOLE_SITE)
    told = run(app, "recount", str(path), "--compare")
    assert told.exit_code == 1
    assert "site all.solved: kept 7, counted 0" in told.output
    assert ", 1 differences" in told.output
    assert run(app, "recount", str(path), "--category", "toko-online", "--compare").exit_code == 0
    _spoil(business(cast.shop.id))
    told = run(app, "recount", str(path), "--business", str(cast.shop.id), "--compare")
    assert (told.exit_code, "all.solved: kept 7" in told.output) == (1, True)


@unit_of_work
def _spoil(subject: str) -> None:
    row = db.session.get_one(Figures, subject)
    row.data = {**row.data, "all": {**row.data["all"], "solved": 7}}


def test_figures_of_another_day_are_told_as_such(app, cast, tmp_path):
    with time_machine.travel(datetime(2026, 3, 2, 5, tzinfo=UTC), tick=False) as now:
        cast.letter(published_at=datetime(2026, 3, 1, 5, tzinfo=UTC))
        path = made(tmp_path / "x.zip")
        now.shift(timedelta(days=60))
        figures.count_all()
        told = run(app, "recount", str(path), "--compare")
    assert told.exit_code == 1
    assert "site all.overdue: kept 1, counted 0 (kept for 2026-05-01, counted for 2026-03-02)" in told.output


def test_heads_that_were_changed_here_or_there_are_found(app, cast, tmp_path):
    with time_machine.travel(datetime(2026, 3, 2, 5, tzinfo=UTC), tick=True):
        happen(cast.letter().id)
    with time_machine.travel(datetime(2026, 3, 5, 5, tzinfo=UTC), tick=False):
        make_heads()
        path = made(tmp_path / "x.zip")
        assert len(rows(path, "heads")) == 3
        kept = tmp_path / "heads.csv"
        kept.write_bytes(app.test_client().get("/ledger/heads.csv").get_data())
        assert run(app, "check", str(path)).exit_code == 0
        head = rows(path, "heads")[1]["head"]
        other = changed(path, "data/heads.csv", lambda text: text.replace(head, "0" * 64))
        told = run(app, "check", str(other)).output
        assert "2026-03-03: the head does not follow" in told
        assert f"2026-03-03: another head was published, {head}" in told
        _relink(head)
        told = run(app, "check", str(path)).output
        assert f"2026-03-03: another head was published, {'1' * 64}" in told
        assert run(app, "check", str(path), "--heads", str(kept)).exit_code == 0, "a copy that was kept bears witness"
        (tmp_path / "short.csv").write_text("".join(kept.read_text().splitlines(keepends=True)[:3]))
        told = run(app, "check", str(path), "--heads", str(tmp_path / "short.csv"))
        assert "2026-03-04: no head was published" in told.output
        short = changed(path, "data/heads.csv", lambda text: "".join(text.splitlines(keepends=True)[:3]))
        assert "2026-03-04: the published head is not in the package" in run(app, "check", str(short)).output


@unit_of_work
def _relink(head: str) -> None:
    db.session.execute(update(DayHead).where(DayHead.head == head).values(head="1" * 64))


def _damaged(path: Path) -> Path:
    target = path.with_name("damaged.zip")
    raw = bytearray(path.read_bytes())
    with ZipFile(path) as package:
        at = package.getinfo("data/cases.csv").header_offset + 60
    raw[at : at + 8] = b"\xff" * 8
    target.write_bytes(raw)
    return target


def _text(path: Path) -> Path:
    target = path.with_name("text.zip")
    target.write_text("no package")
    return target


def _no_table(path: Path) -> Path:
    target = path.with_name("short.zip")
    with ZipFile(target, "w") as package:
        for name, text in parts(path).items():
            if name != "data/cases.csv":
                package.writestr(name, text)
    return target


@pytest.mark.parametrize(
    "spoil",
    [
        _damaged,
        _text,
        _no_table,
        lambda path: changed(path, "datapackage.json", lambda text: "[]"),
        lambda path: changed(path, "datapackage.json", lambda text: "[" * 50_000),
        lambda path: changed(path, "datapackage.json", lambda text: text.replace('"working_day"', '"x"')),
        lambda path: changed(path, "data/cases.csv", lambda text: text.replace("true", "yes", 1)),
        lambda path: changed(path, "data/cases.csv", lambda text: text.replace("removal", "removed", 1)),
        lambda path: changed(path, "data/cases.csv", lambda text: text + '"open\r\n'),
        lambda path: changed(path, "data/cases.csv", lambda text: text + "1\r\n"),
        lambda path: changed(path, "data/cases.csv", lambda text: text + text.split("\r\n")[1] + "\r\n"),
        lambda path: changed(path, "data/promises.csv", lambda text: text + "9,9,9,2026-03-03,,,,\r\n"),
        lambda path: changed(path, "data/cases.csv", lambda text: re.sub(r",\d{4}-\d\d-\d\dT[^,]+", ",", text, count=1)),
    ],
)
def test_a_file_that_is_no_whole_package_is_told_in_a_sentence(app, cast, tmp_path, spoil):
    cast.letter()
    other = spoil(made(tmp_path / "x.zip"))
    for command in ("recount", "check"):
        told = run(app, command, str(other))
        assert told.exit_code == 1
        assert told.exception is None or isinstance(told.exception, SystemExit)
        assert len(told.output) < 2_000


def test_a_subject_that_is_none_is_refused(app, cast, tmp_path):
    cast.letter(publication=Publication.SUBMITTED, merchants=[cast.merchant("Kedai")])
    path = str(made(tmp_path / "x.zip"))
    for words in (["--business", "999"], ["--category", "mars"], ["--category", "asuransi", "--business", "1"], ["--business", "x"]):
        assert run(app, "recount", path, *words).exit_code == 2
    assert run(app, "recount", str(tmp_path / "none.zip")).exit_code == 2


def test_a_standard_reader_finds_what_it_needs(cast, tmp_path):
    """The parts of the Frictionless standard that a program of somebody else relies on."""
    cast.letter()
    told = json.loads(parts(made(tmp_path / "x.zip"))["datapackage.json"])
    assert told["profile"] == "data-package"
    assert re.fullmatch(r"[a-z0-9._/-]+", told["name"])
    tables = {one["name"]: one for one in told["resources"] if one["profile"] == "tabular-data-resource"}
    for one in tables.values():
        assert re.fullmatch(r"[a-z0-9._-]+", one["name"])
        names = [field["name"] for field in one["schema"]["fields"]]
        assert set(one["schema"]["primaryKey"]) <= set(names)
        for key in one["schema"].get("foreignKeys", ()):
            other = tables[key["reference"]["resource"]]
            assert set(key["reference"]["fields"]) <= {field["name"] for field in other["schema"]["fields"]}
            assert set(key["fields"]) <= set(names)
