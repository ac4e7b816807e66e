"""The published heads, a file's receipt for its owner alone, and the page that compares the two."""

import csv
import hashlib
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.attachments.models import Attachment, Prepared
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters.actions import keep_draft, submit, withdraw
from forum.letters.models import Letter
from forum.receipts import queries
from forum.receipts.actions import make_heads
from tests.attachments import hostile
from tests.attachments.rows import stored
from tests.letters.test_submit import content
from tests.receipts.test_chain import happen

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
PHOTO = hostile.jpeg()


def sent_file(cast, **fields) -> Attachment:
    assert cast.shop, "it is there before a letter names it"
    draft = keep_draft(by=cast.ana, once="a-key-of-one-form-0001", fields={})
    file = stored(cast.ana, draft=draft, name="faktur rahasia.jpg", data=PHOTO, **fields)
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


def sha256(*parts: str | bytes) -> str:
    return hashlib.sha256(b"".join(part if isinstance(part, bytes) else part.encode() for part in parts)).hexdigest()


def recomputed(text: str, bytes_of_file: bytes) -> str:
    """The head that a receipt leads to, by what the receipt itself says and SHA-256 alone."""
    lines = [line.split(": ", 1) for line in text.splitlines() if ": " in line and not line.startswith(" ")]
    said = dict(lines)
    assert sha256(bytes_of_file) == said["sha256"]
    assert said["sha256"] in said["facts"]
    number, link = said["link"].split()
    assert link == sha256(f'["surat-pembaca-chain/1","{said["before"]}",{number},"{sha256(said["facts"])}"]')
    for digest in (value for name, value in lines if name == "then"):
        number, digest = digest.split()
        link = sha256(f'["surat-pembaca-chain/1","{link}",{number},"{digest}"]')
    here = sha256(b"\0", f"{said['letter']}:{number}:{link}")
    for side, other in (value.split() for name, value in lines if name == "path"):
        pair = (other, here) if side == "left" else (here, other)
        here = sha256(b"\1", *map(bytes.fromhex, pair))
    assert here == said["root"]
    names = ("head-before", "day", "until", "letters", "events", "root")
    return sha256("\n".join(["surat-pembaca-day/1", *(said[name] for name in names)]))


def test_a_receipt_leads_from_the_bytes_to_the_published_head_by_itself(cast, browse):
    """Also when more happened to the letter on that day, and when another day was published before."""
    with time_machine.travel(NOON - timedelta(days=1), tick=True):
        happen(cast.letter().id)
    with time_machine.travel(NOON, tick=True):
        for _ in range(2):
            happen(cast.letter().id)
        file = sent_file(cast, prepared=Prepared.SHRUNK)
        happen(file.letter_id, 3)
        happen(cast.letter().id)
    with time_machine.travel(NOON + timedelta(days=1), tick=True):
        make_heads()
        happen(file.letter_id)
        page = browse(cast.ana).open(f"/files/{file.token}/receipt")
        text = browse(cast.ana).request("GET", f"/files/{file.token}/receipt.txt").response.get_data(as_text=True)
        heads = browse().request("GET", "/ledger/heads.csv").response.get_data(as_text=True)
    link = db.session.scalars(select(Event).where(Event.kind == Kind.FILE_ADDED)).one()
    newest = queries.end_of_chain(file.letter_id)
    for words in (link.hash, queries.newest_day().head, newest.hash, "diperkecil"):
        assert words in page
    bytes_of_file = PHOTO
    head = recomputed(text, bytes_of_file)
    assert head == queries.newest_day().head
    assert head in heads
    with pytest.raises(AssertionError):
        recomputed(text, bytes_of_file + b"!")
    for name in ("facts", "before", "then", "path"):
        assert f"\n{name}: " in text
        changed = re.sub(
            rf"(?m)^({name}: .*)([0-9a-f])(\D*)$",
            lambda m: m[1] + "0123456789abcdef"[int(m[2], 16) - 1] + m[3],
            text,
            count=1,
        )
        assert changed != text
        with pytest.raises(AssertionError):
            recomputed(changed, bytes_of_file)


def test_a_receipt_stays_its_owners_when_the_letter_is_gone(cast, browse):
    file = sent_file(cast)
    letter = db.session.get_one(Letter, file.letter_id)
    withdraw(letter, by=cast.ana)
    page = browse(cast.ana).open(f"/files/{file.token}/receipt")
    assert (page.status, file.original_sha256 in page) == (200, True)
    assert browse(cast.citra).open(f"/files/{file.token}/receipt").status == 404


def test_a_file_from_before_the_chains_has_a_receipt_that_says_so(cast, browse):
    file = stored(cast.ana, cast.letter())
    page = browse(cast.ana).open(f"/files/{file.token}/receipt")
    assert "sebelum rantai dicatat" in page
    assert file.original_sha256 in browse(cast.ana).request("GET", f"/files/{file.token}/receipt.txt").text


def test_a_head_made_late_says_so(cast, browse):
    with time_machine.travel(NOON, tick=True):
        happen(cast.letter().id)
    with time_machine.travel(NOON + timedelta(days=4), tick=True):
        make_heads()
    page = browse().open("/ledger/heads")
    assert "dibuat 6 Maret 2026" in page
    assert page.words.count("dibuat ") == 3  # not the one of the day before


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
    assert "memerlukan JavaScript" in page  # the script takes that away
    assert page.find("input", id="checked")[0].get("name") is None
    assert page.find("form", method="post") is None or all(
        form.get("action") != "/check-file" for form in page.find("form")
    )
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
