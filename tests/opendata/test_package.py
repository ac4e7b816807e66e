"""What stands in a package, and what never does."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

import pytest
import time_machine
from sqlalchemy import insert

from forum.config import parsers
from forum.core.db import db, unit_of_work
from forum.letters.actions import withdraw
from forum.letters.lifecycle import NameShown, OutcomeMove, Publication, Visibility
from forum.letters.places import official
from forum.letters.queries import case_for, letter_for
from forum.merchants.models import Merchant
from forum.opendata import bundle, queries
from forum.opendata.cells import BadValue, written
from forum.opendata.package import LICENCES
from forum.opendata.schema import BUSINESSES, CASES, LETTERS, TABLES
from forum.receipts.actions import make_heads
from forum.responses.actions import conclude, respond
from forum.statistics.measures import Day
from tests.cast import Cast, make_comment
from tests.house import scene as scenes
from tests.house.test_leaks import MAY_READ
from tests.opendata.packages import made, parts, rows
from tests.responses.words import said

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def test_no_word_of_anybody_is_in_it(cast, tmp_path):
    scene = scenes.build(cast)
    path = made(tmp_path / "x.zip")
    people = [person.name for person in cast._people.values()]
    people += [person.email for person in cast._people.values()]
    titles = [title for _number, title in scene.unseen]
    never = [*MAY_READ, *people, *titles, "kipas angin", "0812-5555-0001", "samaran", "bukti.webp", "Humas"]
    raw = path.read_bytes()
    found = [(word, name) for name, text in parts(path).items() for word in never if word.lower() in text.lower()]
    assert not found
    assert not [word for word in never if word.encode() in raw]
    letters = {row["id"] for row in rows(path, "letters")}
    gone, waiting, returned = (str(number) for number, _title in scene.unseen)
    assert gone in letters
    assert not {waiting, returned} & letters
    assert len(rows(path, "responses")) == 1, "the hidden one is not there"
    assert len(rows(path, "promises")) == 1


@pytest.mark.parametrize("visibility", [Visibility.UNLISTED, Visibility.AUTHOR_ONLY])
def test_what_is_in_no_list_is_in_no_package(cast, tmp_path, visibility):
    cast.letter()
    hidden = cast.letter(visibility=visibility, merchants=[cast.merchant("Budi Hartono")])
    path = made(tmp_path / "x.zip")
    for table in ("letters", "cases"):
        assert len(rows(path, table)) == 1
    assert str(hidden.id) not in {row["id"] for row in rows(path, "letters")}
    assert "Budi" not in parts(path)["data/businesses.csv"]


def test_a_letter_that_left_is_a_number_a_date_and_a_reason(cast, tmp_path):
    private = cast.merchant("Budi Hartono")
    at = NOON + timedelta(days=1)
    taken = cast.letter(
        merchants=[private], publication=Publication.TAKEN_DOWN, reason="named_person", removed_at=at, loss=105_000
    )
    back = cast.letter()
    withdraw(letter_for(cast.ana, back.id), by=cast.ana)
    path = made(tmp_path / "x.zip")
    first, second = rows(path, "letters")
    assert {name: value for name, value in first.items() if value} == {
        "id": str(taken.id),
        "visibility": "tombstone",
        "publication": "taken_down",
        "removed_at": "2026-03-03T05:00:00.000000Z",
        "reason": "named_person",
    }
    assert {name for name, value in second.items() if value} == {"id", "visibility", "publication", "removed_at"}
    cases = rows(path, "cases")
    assert {name for name, value in cases[0].items() if value} == {
        "id", "letter_id", "business_id", "category", "month", "listed", "contest", "removal", "removed_by",
    }  # fmt: skip
    named = {row["id"]: row["name"] for row in rows(path, "businesses")}
    assert named[str(private.id)] == "", "a name that only such letters hold is not told"


def test_initials_and_a_place_of_ones_own_tell_nobody(cast, tmp_path):
    cast.letter(byline="A.W.", name_shown=NameShown.INITIALS, place="Jl. Mawar 5 RT 3, rumah Pak Budi", province="35")
    cast.letter(place="kota malang", province="35")
    cast.letter(place="Leiden", province=None)
    path = made(tmp_path / "x.zip")
    assert [(row["place"], row["province"]) for row in rows(path, "letters")] == [("", "35"), ("Kota Malang", "35"), ("", "")]
    assert "A.W." not in "".join(parts(path).values())


@pytest.mark.parametrize(
    ("typed", "province", "found"),
    [
        ("Surabaya", "35", "Kota Surabaya"),
        ("malang", "35", "Kota Malang"),
        ("Kab. Malang", "35", "Kabupaten Malang"),
        ("Solo", "33", "Kota Surakarta"),
        ("Surabaya", "33", None),
        ("", "35", None),
        ("Dukuh Kupang", "35", None),
    ],
)
def test_a_place_is_one_of_the_list(typed, province, found):
    assert official(typed, province) == found


def test_what_readers_see_of_a_letter_is_in_it(cast, tmp_path):
    with time_machine.travel(NOON, tick=False) as now:
        letter = cast.letter(merchants=[cast.shop, cast.courier], published_at=NOON, loss=250_000)
        make_comment(letter, cast.citra)
        case = case_for(cast.bima, letter.cases[0].id)
        due = (NOON + timedelta(days=9)).date()
        respond(
            case,
            said(
                signatory="Bima", remedy="refund", how={"amount": 105_000, "way": "bank", "on": NOON.date().isoformat()},
                promise="Uang kembali", promise_due=due, promise_amount=105_000,
            ),
            by=cast.bima,
        )  # fmt: skip
        for move in (OutcomeMove.SAY_PARTLY, OutcomeMove.REOPEN, OutcomeMove.SAY_SOLVED):
            now.shift(timedelta(hours=1))
            conclude(case_for(cast.ana, case.id), move, by=cast.ana)
        now.shift(timedelta(days=2))
        make_heads()
        path = made(tmp_path / "x.zip")
    (row,) = rows(path, "letters")
    assert (row["kind"], row["category"], row["place"], row["loss"]) == ("complaint", "toko-online", "Kota Surabaya", "250000")
    assert (row["published_at"], row["comments"]) == ("2026-03-02T05:00:00.000000Z", "1")
    first, second = rows(path, "cases")
    assert (first["answered"], first["outcome"], first["days"], first["base"]) == ("true", "solved", "0", "")
    assert (second["answered"], second["days"], second["lead"]) == ("false", "", "false")
    (answer,) = rows(path, "responses")
    assert (answer["remedy"], answer["amount"], answer["way"], answer["done_on"]) == ("refund", "105000", "bank", "2026-03-02")
    (promise,) = rows(path, "promises")
    assert (promise["response_id"], promise["due"], promise["amount"]) == (answer["id"], due.isoformat(), "105000")
    assert [row["outcome"] for row in rows(path, "outcomes")] == ["partly", "none", "solved"]
    assert [row["day"] for row in rows(path, "heads")] == ["2026-03-02", "2026-03-03"]
    assert rows(path, "businesses")[0]["categories"] == "toko-online"


def test_a_name_is_no_formula(cast, tmp_path):
    cast.letter(merchants=[cast.merchant("=HYPERLINK(1)")])
    assert "'=HYPERLINK(1)" in {row["name"] for row in rows(made(tmp_path / "x.zip"), "businesses")}


def test_the_description_says_what_is_there(cast, tmp_path, setting):
    setting(open_licence="ODbL-1.0")
    for _ in range(3):
        cast.letter()
    path = made(tmp_path / "x.zip")
    texts = parts(path)
    told = json.loads(texts["datapackage.json"])
    assert {one["path"] for one in told["resources"]} == set(texts) - {"datapackage.json"}
    for one in told["resources"]:
        assert one["hash"] == "sha256:" + hashlib.sha256(texts[one["path"]].encode()).hexdigest()
        assert one["bytes"] == len(texts[one["path"]].encode())
        if "schema" in one:
            assert [field["name"] for field in one["schema"]["fields"]] == texts[one["path"]].splitlines()[0].split(",")
            assert one["rows"] == len(rows(path, one["name"]))
    assert told["licenses"][0]["name"] == "ODbL-1.0"
    assert "Yang ada dan yang tidak ada" in texts["README.id.md"]
    assert "What is in it and what is not" in texts["README.en.md"]
    assert f"`{CASES.path}`" in texts["README.id.md"]
    for language in ("id", "en"):
        assert "%(" not in texts[f"README.{language}.md"]


def test_every_licence_that_may_be_set_has_an_address():
    assert set(parsers.OPEN_LICENCES) == set(LICENCES)


def test_every_row_fits_its_columns(cast, tmp_path):
    scenes.build(cast)
    path = made(tmp_path / "x.zip")
    for table in TABLES:
        for row in rows(path, table.name):
            values = {one.name: one.read(row[one.name]) for one in table.columns}
            for name, value in values.items():
                plain = row[name].removeprefix("'") if table.name == "businesses" else row[name]
                assert str(written(value) if value is not None else "") == plain
    with pytest.raises(BadValue):
        LETTERS.columns[1].read("unlisted")


def test_the_same_state_gives_the_same_bytes_however_it_is_read(cast, tmp_path, monkeypatch):
    with time_machine.travel(NOON, tick=False):
        for number in range(5):
            cast.letter(merchants=[cast.shop, cast.courier][: 1 + number % 2])
        first = made(tmp_path / "1.zip").read_bytes()
        monkeypatch.setattr(queries, "BATCH", 2)
        assert made(tmp_path / "2.zip").read_bytes() == first
    with time_machine.travel(NOON + timedelta(hours=3), tick=False):
        again = parts(made(tmp_path / "3.zip"))
    assert {name for name, text in parts(tmp_path / "1.zip").items() if again[name] != text} == {"datapackage.json"}


def test_all_is_read_as_of_one_moment(committing_app):
    """What another process writes meanwhile is in the package of tomorrow."""
    Cast().letter()
    with queries.one_moment():
        before = list(queries.rows(BUSINESSES))
        with db.engine.begin() as other:
            other.execute(insert(Merchant).values(name="Kedai", key="kedai", slug="kedai", domain="kedai.example", created_at=NOON))
        assert list(queries.rows(BUSINESSES)) == before
    assert len(list(queries.rows(BUSINESSES))) == len(before) + 1


def test_a_business_that_was_merged_keeps_the_package_whole(cast, tmp_path):
    """Until the worker derived its facts anew they name the old one, whose name is not shown any more."""
    old = cast.merchant("Kedai Lama")
    cast.letter(merchants=[old])
    path = made(tmp_path / "x.zip")
    _merge(old.id, cast.shop.id)
    with (tmp_path / "y.zip").open("wb") as file:
        bundle.write(file, Day.today())
    named = {row["id"]: row["name"] for row in rows(tmp_path / "y.zip", "businesses")}
    assert {row["business_id"] for row in rows(tmp_path / "y.zip", "cases")} <= named.keys()
    assert "Kedai Lama" in {row["name"] for row in rows(path, "businesses")}
    assert "Kedai Lama" not in named.values()


@unit_of_work
def _merge(gone: int, stays: int) -> None:
    db.session.get_one(Merchant, gone).merged_into_id = stays


def test_the_files_in_a_package_are_plain(cast, tmp_path):
    cast.letter()
    with ZipFile(made(tmp_path / "x.zip")) as package:
        for one in package.infolist():
            assert one.external_attr >> 16 == 0o644
            assert not one.filename.startswith("/")
            assert ".." not in one.filename
