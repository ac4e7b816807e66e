"""The ledger as everybody reads it: list, filters, one row, feed, file; and what links to it."""

import csv
import io
import re

import pytest

from forum.core.db import unit_of_work
from forum.letters import actions as letters
from forum.letters.lifecycle import ResponseState
from forum.merchants.lifecycle import NameKind
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import JoinReason, Reason
from tests.cast import make_comment
from tests.ledger.stage import hide, restore, rows, taken_down, write_many
from tests.moderation.stage import make_response
from tests.pages.test_cache import Site
from tests.redactions.stage import cover

LIST_QUERIES = 6


@unit_of_work
def change(row, **values) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def lines(page) -> list[str]:
    """What the rows of a list say."""
    return [" ".join("".join(one.itertext()).split()) for one in page.find("tr")[1:]]


def sheet(browse, query: str = "") -> list[dict[str, str]]:
    text = browse().request("GET", f"/ledger/ledger.csv{query}").response.get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


@pytest.fixture
def some(cast):
    """A letter to the shop taken down, a comment on one to the courier hidden and shown, words covered there by their author."""
    gone = taken_down(cast, title="Judul rahasia")
    letter = cast.letter(merchants=[cast.courier], title="Paket terlambat", text="Saya dari Jalan Mawar menunggu paket ini sejak Maret lalu.")
    comment = make_comment(letter, cast.citra, "Kata rahasia")
    hide(cast, "comment", comment, Reason.HATE)
    restore(cast, "comment", comment)
    cover(cast.ana, letter, "Jalan Mawar")
    return gone, letter, comment


def test_the_empty_ledger_says_so(browse) -> None:
    assert "Buku catatan masih kosong" in browse().open("/ledger")
    assert "Buku catatan masih kosong" in browse().open("/ledger/figures")
    assert sheet(browse) == []


def test_the_newest_row_stands_first_with_who_asked_why_and_what_became_of_it(browse, cast, some) -> None:
    gone, letter, _comment = some
    page = browse().open("/ledger")
    found = lines(page)
    assert [line.split(" ")[0] for line in found] == ["Kata-kata", "Komentar", "Komentar", "Surat"]
    assert "Penulis" in found[0]
    for words in ("Surat diturunkan", "Redaksi sendiri", "Hinaan atau ancaman", "Tidak ditampilkan lagi", f"Catatan di tempat surat {gone.id}"):
        assert words in found[3]
    assert (letter.title in page, "rahasia" in page.text, cast.ana.name in page.text) == (True, False, False)
    assert page.response.headers.getlist("Set-Cookie") == []


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("?business=kurir-kilat", [4, 3, 2]),
        ("?business=toko+melati", []),  # its only letter is gone, so it may not be named; see below
        ("?business=Kurir+Kilat&kind=comment_hidden", [2]),
        ("?kind=removed", [2, 1]),
        ("?kind=restored", [3]),
        ("?kind=words_covered", [4]),
        ("?reason=hate", [2]),
        ("?asked_by=author", [4]),
        ("?month=2019-01", []),
        ("?about=comment:1", [3, 2]),
        ("?kind=&reason=&business=", [4, 3, 2, 1]),
    ],
)
def test_filters_have_addresses_to_share(browse, cast, some, query: str, ids: list[int]) -> None:
    if "melati" in query:
        cast.letter(merchants=[cast.shop])
        ids = [1]
    query = query.replace("comment:1", f"comment:{some[2].id}")
    page = browse().open(f"/ledger{query}")
    assert [int(re.search(r"no\. (\d+)", line)[1]) for line in lines(page)] == ids
    assert [int(one["number"]) for one in sheet(browse, query)] == ids[::-1]
    feed = browse().request("GET", f"/ledger/feed.atom{query}")
    assert [int(number) for number in re.findall(r"<id>[^<]*/ledger/(\d+)</id>", feed.text)] == ids
    if not ids:
        assert "Tidak ada baris untuk pilihan ini" in page


def test_the_month_of_the_rows_is_offered(browse, some) -> None:
    month = rows()[0].month
    assert len(lines(browse().open(f"/ledger?month={month}"))) == 4


@pytest.mark.parametrize("query", ["kind=x", "reason=x", "month=2026-13", "asked_by=ana", "about=user:1", "after=x", "about=comment:0"])
def test_a_value_that_cannot_be_is_refused(browse, some, query: str) -> None:
    for address in ("/ledger", "/ledger/feed.atom", "/ledger/ledger.csv"):
        if "after" not in query or address == "/ledger":
            assert browse().request("GET", f"{address}?{query}").status == 400


def test_a_business_that_is_not_known_is_told_at_its_field(browse, some) -> None:
    page = browse().open("/ledger?business=Toko+Tak+Ada&reason=hate")
    assert page.status == 422
    assert "Tidak ada pelaku usaha dengan nama ini" in page
    assert page.find("input", name="business", aria_invalid="true")[0].get("value") == "Toko Tak Ada"
    assert page.find("option", value="hate", selected="selected") or page.find("option", value="hate")[0].get("selected") is not None
    assert browse().request("GET", "/ledger/ledger.csv?business=Toko+Tak+Ada").status == 404


def test_a_name_that_stands_in_hidden_letters_alone_is_not_shown(browse, cast) -> None:
    """It may be a person's, which is why the letter went."""
    taken_down(cast, merchants=[cast.merchant("Pak Budi Kurir")])
    assert rows()[0].merchants
    for address in ("/ledger", "/ledger/1", "/ledger/feed.atom", "/ledger/ledger.csv", "/ledger?business=pak-budi-kurir"):
        assert "Budi" not in browse().request("GET", address).text.replace('value="pak-budi-kurir"', "")


def test_a_business_that_was_merged_is_found_by_the_other(browse, cast) -> None:
    hide(cast, "comment", make_comment(cast.letter(merchants=[cast.courier]), cast.citra))
    cast.letter()
    moderation.merge(cast.courier, cast.shop, by=cast.dewi, reason=JoinReason.BRAND, kind=NameKind.ALIAS)
    found = lines(browse().open("/ledger?business=toko-melati"))
    assert len(found) == 2
    assert all("Toko Melati" in line and "Kilat" not in line for line in found)


def test_pages_follow_each_other(browse, cast) -> None:
    write_many(120)
    reader = browse()
    page = reader.open("/ledger?kind=comment_hidden")
    assert (len(lines(page)), page.find("a", rel="prev")) == (40, [])
    page = reader.open("/ledger")
    seen = lines(page)
    while page.find("a", rel="next"):
        page = reader.open(page.find("a", rel="next")[0].get("href"))
        seen += lines(page)
    assert len(set(seen)) == 120
    assert page.find("a", rel="prev")


def test_ten_thousand_rows_cost_what_ten_cost(browse, cast) -> None:
    cast.letter()
    write_many(10, [cast.shop.id])
    reader, queries = browse(), {}
    addresses = ("/ledger", "/ledger?business=toko-melati", "/ledger?reason=insult", "/ledger?month=2026-03", "/ledger/figures", "/ledger/5")
    for address in addresses:
        reader.open(address)
        queries[address] = len(reader.open(address).queries)
    write_many(10_000, [cast.shop.id], begin=10)
    for address in addresses:
        page = reader.open(address)
        assert len(page.queries) == queries[address], address
        assert page.status == 200
    assert queries["/ledger"] <= LIST_QUERIES
    file = reader.request("GET", "/ledger/ledger.csv")
    assert file.text.count("\n") == 10_011
    assert "Content-Length" not in file.response.headers  # sent as it is read


def test_one_row_shows_its_link_and_what_else_there_is_about_the_thing(browse, cast, some) -> None:
    page = browse().open("/ledger/2")
    before, row = rows()[:2]
    for words in (row.hash, before.hash, "Komentar ditampilkan kembali", "Kurir Kilat", "Paket terlambat"):
        assert words in page
    assert browse().request("GET", "/ledger/99").status == 404
    assert "Koreksi baris ini" not in page
    assert "Koreksi baris ini" in browse(cast.eko).open("/ledger/2")


def test_a_tombstone_leads_to_its_row(browse, cast) -> None:
    gone = taken_down(cast)
    reader = browse()
    page = reader.open(f"/letters/{gone.id}")
    assert page.status == 410
    row = reader.open(page.link("buku catatan moderasi"))
    assert row.url.endswith("/ledger/1")
    withdrawn = cast.letter()
    letters.withdraw(withdrawn, by=cast.ana)
    assert reader.open(reader.open(f"/letters/{withdrawn.id}").link("Lihat di buku")).url.endswith("/ledger/2")


def test_a_hidden_comment_and_a_hidden_response_lead_to_their_rows(browse, cast) -> None:
    letter = cast.letter()
    hide(cast, "comment", make_comment(letter, cast.citra))
    response = make_response(letter, cast.bima)
    change(letter.cases[0], response=ResponseState.ANSWERED, answered_at=response.created_at)
    hide(cast, "response", response)
    reader = browse()
    page = reader.open(f"/letters/{letter.id}")
    found = [url for url in page.links() if "/ledger/about/" in url]
    assert sorted(reader.open(url).url.rsplit("/", 1)[-1] for url in found) == ["1", "2"]


def test_what_has_no_row_leads_to_an_empty_list(browse, cast) -> None:
    cast.letter()
    assert "Tidak ada baris untuk pilihan ini" in browse().open("/ledger/about/comment/77")
    assert browse().request("GET", "/ledger/event/77").status == 404
    assert browse().request("GET", "/ledger/about/user/7").status == 404


def test_a_business_says_how_many_rows_concern_it(browse, cast) -> None:
    letter = cast.letter()
    assert "buku catatan moderasi tentang" not in browse().open("/merchants/toko-melati")
    hide(cast, "comment", make_comment(letter, cast.citra))
    write_many(3, [cast.shop.id])
    reader = browse()
    page = reader.open("/merchants/toko-melati")
    assert "4 baris tentang usaha ini di buku catatan moderasi" in page
    assert "1 atas permintaan pelaku usaha" in page
    assert len(lines(reader.open(page.link("1 atas permintaan")))) == 1


def test_footer_and_rules_lead_there(browse) -> None:
    page = browse().open("/rules")
    assert page.links().count("/ledger") == 2
    assert page.links().count("/ledger/figures") == 2


def test_the_file_is_harmless_in_a_spreadsheet(browse, cast) -> None:
    taken_down(cast, merchants=[cast.merchant("=HYPERLINK(1)"), cast.merchant("Toko; -2+3")])
    cast.letter(merchants=[cast.merchant("=HYPERLINK(1)"), cast.merchant("Toko; -2+3")])
    (row,) = sheet(browse)
    assert row["businesses"] == "'=HYPERLINK(1), Toko;' -2+3"


def test_ready_pages_are_made_anew_when_a_row_is_written(committing_app) -> None:
    site = Site(committing_app)
    comment = make_comment(site.cast.letter(), site.cast.citra)
    assert site.cast.dewi
    assert "Komentar disembunyikan</b>" not in site.get("/ledger").get_data(as_text=True)
    site.get("/ledger")
    assert site.reached == 1
    hide(site.cast, "comment", comment)
    answer = site.get("/ledger")
    assert "Komentar disembunyikan</b>" in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers
    assert (site.get("/ledger?kind=removed").status_code, site.get("/ledger?kind=removed").status_code, site.reached) == (200, 200, 3)


def test_correcting_on_the_page(browse, cast) -> None:
    taken_down(cast)
    moderator = browse(cast.eko)
    page = moderator.submit("/ledger/1/correct", why="", asked_by="business")
    assert page.status == 422
    assert page.find("select", name="asked_by")[0].xpath("option[@selected]")[0].get("value") == "business"
    page = moderator.submit("/ledger/1/correct", why="wrong_requester")
    assert "Tidak ada yang berbeda" in page
    page = moderator.submit(why="wrong_requester", asked_by="business", reason="false")
    assert "Baris sudah dikoreksi" in page
    assert "Baris 2 menyatakan yang benar" in page
    reader = browse()
    assert "Pemohonnya keliru" in reader.open("/ledger/2")
    found = lines(reader.open("/ledger"))
    assert "Mengoreksi baris 1" in found[0]
    assert "Dikoreksi oleh baris 2" in found[1]
    assert moderator.submit("/ledger/1/correct", why="mistake").status == 422
    assert len(rows()) == 2
