"""Taking the list along: typed, harmless to programs of tables, private details only when asked for and then written down."""

import csv
import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.desk.sheets import as_csv, as_xlsx, harmless
from forum.responses import actions
from tests.desk.team import change, gita, hana
from tests.responses.words import case_of, said

EVIL = ["=1+1", "+62812", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK(1)", "＝1+1", "＠x", '=cmd|"/C calc"!A0', "\u200b=1"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(data: bytes) -> list[list[tuple[str, str]]]:
    """The cells of a sheet as (type, value), row by row; raises AssertionError at any formula or link."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = book.namelist()
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared = []
        if "xl/sharedStrings.xml" in names:
            shared = ["".join(one.itertext()) for one in ET.fromstring(book.read("xl/sharedStrings.xml"))]
    assert not sheet.findall(f".//{MAIN}f"), "a formula"
    assert not sheet.findall(f".//{MAIN}hyperlink")
    found = []
    for row in sheet.iter(f"{MAIN}row"):
        line = []
        for cell in row:
            kind = cell.get("t", "n")
            value = "".join(cell.itertext())
            line.append((kind, shared[int(value)] if kind == "s" else value))
        found.append(line)
    return found


def taken(browser, form: str, **fields) -> bytes:
    address = fields.pop("address", "/desk")
    page = browser.submit(address, form="/export$", button=("format", form), **fields)
    assert page.status == 200
    return page.response.get_data()


def table(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_begins_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    line = list(csv.reader(io.StringIO(b"".join(as_csv(["a"], [[text]])).decode("utf-8-sig"), newline="")))[1]
    assert line == [f"'{text}"]


@pytest.mark.parametrize("text", ["Toko X;=HYPERLINK(A1)", "Toko X; +62 812", "x;;@SUM(A1)", "x;\u200b-1"])
def test_no_cell_of_a_program_that_parts_at_semicolons_begins_a_formula(text: str) -> None:
    line = b"".join(as_csv(["a"], [["12", text]])).decode("utf-8-sig").splitlines()[1]
    assert not any(harmless(part) != part for part in line.split(";")), line


@pytest.mark.parametrize("text", ["Kata biasa", "3 barang", "(x)", "", "'=1", "a=1", "“=”", "#12"])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_a_sheet_holds_words_as_words_numbers_as_numbers_and_days_as_days(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [[one, 5, date(2026, 11, 26), None, "http://x.example", "0812"] for one in [*EVIL, "\x01\ud800kata"[:1] + "kata"]]
    as_xlsx(path, "Surat", ["teks", "angka", "tanggal", "kosong", "alamat", "nomor"], rows)
    found = cells(path.read_bytes())
    assert len(found) == len(rows) + 1
    for line in found[1:]:
        assert line[0][0] in {"s", "inlineStr"}
        assert line[1] == ("n", "5")
        assert line[2] == ("n", "46352")  # days since 1899-12-30
        assert line[-1][0] in {"s", "inlineStr"}
    assert [line[0][1] for line in found[1:9]] == [one if one[0] not in "\t\r" else line[0][1] for one, line in zip(EVIL[:8], found[1:9], strict=True)]


def test_the_list_as_csv_and_xlsx_opens_without_a_formula(cast, browse) -> None:
    for number, title in enumerate(('=HYPERLINK("http://x.example","klik")', "+62 812 saya", 'Surat, dengan "kutip"\nbaris')):
        cast.letter(title=title, published_at=utcnow() - timedelta(days=3 + number), loss=105_000, details={"phone": "+62812555"})
    change(case_of(cast.letter(title="@ditanggapi sudah"), cast.bima), version=1)
    answered = cast.letter(title="-dijawab")
    actions.respond(case_of(answered, cast.bima), said(), by=cast.bima)
    bima = browse(cast.bima)
    rows = table(taken(bima, "csv", address="/desk?show=all"))
    assert len(rows) == 6
    heads = rows[0]
    assert not [cell for row in rows[1:] for cell in row if cell[:1] in set("=+-@\t\r")]
    by_title = {row[heads.index("Judul")]: row for row in rows[1:]}
    first = by_title["'=HYPERLINK(\"http://x.example\",\"klik\")"]
    assert first[heads.index("Kerugian dalam rupiah" if "Kerugian dalam rupiah" in heads else heads[18])] == "105000"
    assert date.fromisoformat(first[heads.index("Batas tanggapan")])
    assert "+62812555" not in "".join(map("".join, rows))
    sheet = cells(taken(bima, "xlsx", address="/desk?show=all"))
    assert len(sheet) == 6
    assert {line[2][1] for line in sheet[1:]} >= {"+62 812 saya", "-dijawab"}
    assert all(line[0][0] == line[1][0] == "n" for line in sheet[1:])


def test_the_export_is_the_list_that_is_chosen(cast, browse) -> None:
    cast.letter(title="Surat bank", category="perbankan")
    cast.letter(title="Surat toko")
    cast.letter(title="Surat kurir", merchants=[cast.courier])
    rows = table(taken(browse(cast.bima), "csv", address="/desk?category=perbankan"))
    assert [row[2] for row in rows[1:]] == ["Surat bank"]


def test_private_details_only_when_asked_and_then_it_is_written_down(cast, browse) -> None:
    cast.letter(details={"order": "TM-778899", "phone": "+62812555"})
    bima = browse(cast.bima)
    assert b"TM-778899" not in taken(bima, "csv")
    data = taken(bima, "csv", private="1")
    assert b"TM-778899" in data
    assert "'+62812555" in data.decode()
    kept = [row.data for row in db.session.scalars(select(Event).where(Event.kind == Kind.CASES_EXPORTED).order_by(Event.id))]
    assert kept == [{"form": "csv", "private": False}, {"form": "csv", "private": True}]


def test_readers_take_no_private_details_and_strangers_nothing(cast, browse) -> None:
    cast.letter(details={"order": "TM-778899"})
    reader = browse(hana(cast))
    assert b"TM-778899" not in taken(reader, "csv")
    token = reader.open("/desk").find("input", name="csrf_token")[0].get("value")
    assert reader.request("POST", "/desk/export", data={"csrf_token": token, "format": "csv", "private": "1"}).status == 403
    for person in (cast.citra, cast.dewi):
        other = browse(person)
        token = other.open("/about").find("input", name="csrf_token")[0].get("value")
        sent = {"csrf_token": token, "format": "csv", "merchant": str(cast.shop.id)}
        assert other.request("POST", "/desk/export", data=sent).status == 403
    fajar = browse(cast.fajar)
    token = fajar.open("/about").find("input", name="csrf_token")[0].get("value")
    assert fajar.request("POST", "/desk/export", data={"csrf_token": token, "merchant": str(cast.shop.id)}).status == 403


def test_more_than_a_page_comes_whole_and_the_hour_has_a_limit(cast, browse, monkeypatch, limit) -> None:
    monkeypatch.setattr("forum.desk.queries.export.BATCH", 4)
    limit("desk-export", 2)
    for number in range(11):
        cast.letter(title=f"Surat {number}")
    person = browse(gita(cast))
    assert len(table(taken(person, "csv"))) == 12
    assert len(cells(taken(person, "xlsx"))) == 12
    page = person.submit("/desk", form="/export$", button=("format", "csv"))
    assert "Terlalu sering" in page
    monkeypatch.setattr("forum.desk.queries.export.MOST_ROWS", 6)
    assert len(table(taken(browse(cast.bima), "csv"))) == 7
