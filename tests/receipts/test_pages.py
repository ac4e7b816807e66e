"""The published heads, a file's receipt for its owner alone, and the page that compares the two."""

import csv
import io
from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import select

from forum.attachments.models import Attachment, Prepared
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters.actions import keep_draft, submit
from forum.receipts import queries
from forum.receipts.actions import make_heads
from forum.receipts.tree import Leaf, Step, follow
from tests.attachments.rows import stored
from tests.letters.test_submit import content
from tests.receipts.test_chain import happen

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def sent_file(cast, **fields) -> Attachment:
    assert cast.shop, "it is there before a letter names it"
    draft = keep_draft(by=cast.ana, once="a-key-of-one-form-0001", fields={})
    file = stored(cast.ana, draft=draft, name="faktur rahasia.jpg", **fields)
    submit(content(), by=cast.ana, once=draft.once)
    return db.session.get_one(Attachment, file.id, populate_existing=True)


def test_the_heads_are_read_by_everybody_page_by_page(cast, browse):
    assert "Belum ada sidik" in browse().open("/ledger/heads")
    letter = cast.letter()
    for days in (0, 40):
        with time_machine.travel(NOON + timedelta(days=days), tick=True):
            happen(letter.id)
    with time_machine.travel(NOON + timedelta(days=41), tick=False):
        make_heads()
    page = browse().open("/ledger/heads")
    assert len(page.queries) <= 6
    assert len(page.find("tbody")[0]) == queries.DAYS_A_PAGE
    assert queries.newest_day().head in page
    older = browse().open(next(link for link in page.links() if "after=" in link))
    assert len(older.find("tbody")[0]) == 41 - queries.DAYS_A_PAGE
    for bad in ("x", "W1sicyIsICJub3BlIl1d", "W1sicyIsIDFdXQ"):
        assert browse().open(f"/ledger/heads?after={bad}").status in {400, 404}


def test_the_heads_are_a_file_too(cast, browse):
    with time_machine.travel(NOON, tick=True):
        happen(cast.letter().id)
    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        make_heads()
    answer = browse().request("GET", "/ledger/heads.csv").response
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert [row["day"] for row in rows] == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert rows[-1]["head"] == queries.newest_day().head


def test_a_receipt_is_its_owners_alone(cast, browse):
    file = sent_file(cast)
    for path in ("", ".txt"):
        for person in (cast.bima, cast.citra, cast.dewi, cast.fajar):
            page = browse(person).open(f"/files/{file.token}/receipt{path}")
            assert page.status == 404
            assert file.original_sha256 not in page.text
        assert browse(cast.ana).open(f"/files/{'x' * 43}/receipt{path}").status == 404
    page = browse(cast.ana).open(f"/files/{file.token}/receipt")
    assert file.original_sha256 in page
    assert "dimuat setelah tengah malam" in page


def test_it_names_the_link_and_the_head_and_both_can_be_recomputed(cast, browse):
    with time_machine.travel(NOON, tick=True):
        for _ in range(3):
            happen(cast.letter().id)
        file = sent_file(cast, prepared=Prepared.SHRUNK)
    with time_machine.travel(NOON + timedelta(days=1), tick=True):
        make_heads()
        page = browse(cast.ana).open(f"/files/{file.token}/receipt")
        text = browse(cast.ana).request("GET", f"/files/{file.token}/receipt.txt").response.get_data(as_text=True)
    link = db.session.scalars(select(Event).where(Event.kind == Kind.FILE_ADDED)).one()
    day = queries.newest_day()
    for words in (link.hash, day.head, "diperkecil"):
        assert words in page
    said = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    assert (said["sha256"], said["link"], said["head"]) == (file.original_sha256, f"{link.number} {link.hash}", day.head)
    steps = [Step(*line.removeprefix("path-").split(": ")) for line in text.splitlines() if line.startswith("path-")]
    newest = db.session.scalars(select(Event).where(Event.letter_id == link.letter_id).order_by(Event.number.desc())).first()
    assert follow(Leaf(newest.letter_id, newest.number, newest.hash), steps) == said["root"]


def test_a_draft_has_a_receipt_without_a_chain(cast, browse):
    draft = keep_draft(by=cast.ana, once="a-key-of-one-form-0001", fields={})
    file = stored(cast.ana, draft=draft)
    page = browse(cast.ana).open(f"/files/{file.token}/receipt")
    assert "milik sebuah draf" in page


def test_the_tile_of_ones_own_file_leads_to_its_receipt(cast, browse):
    letter = cast.letter()
    file = stored(cast.ana, letter)
    path = f"/files/{file.token}/receipt"
    assert path in browse(cast.ana).open(f"/letters/{letter.id}").links()
    assert path not in browse().open(f"/letters/{letter.id}").links()
    assert f"/check-file#{file.original_sha256}" in browse().open(f"/letters/{letter.id}").links()


def test_checking_asks_the_site_nothing(browse):
    page = browse().open("/check-file")
    assert page.find("input", id="checked")[0].get("name") is None
    assert page.find("form", method="post") is None or all(form.get("action") != "/check-file" for form in page.find("form"))
    for words in ("sha256sum", "certutil", "shasum"):
        assert words in page


def test_the_command_says_what_was_touched(cast, app):
    from forum.cli import verify_chain

    letter = cast.letter()
    happen(letter.id, 3)
    run = app.test_cli_runner().invoke(verify_chain, [])
    assert (run.exit_code, run.output.splitlines()[-1]) == (0, "0 flaws.")
    from tests.receipts.test_chain import sql

    sql("UPDATE event SET role = 'moderator' WHERE letter_id = :id AND number = 2", id=letter.id)
    for arguments in ([], ["--letter", str(letter.id)]):
        run = app.test_cli_runner().invoke(verify_chain, arguments)
        assert run.exit_code == 1
        assert f"letter {letter.id}: link 2 is not what was written" in run.output
    assert app.test_cli_runner().invoke(verify_chain, ["--letter", str(letter.id + 1)]).exit_code == 0
