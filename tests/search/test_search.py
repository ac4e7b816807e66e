"""Finding letters: by stems, on both engines, never what is hidden, in pages by key."""

from urllib.parse import quote

import pytest

from forum.core.db import db, unit_of_work
from forum.core.events import Kind, Role, record
from forum.letters.lifecycle import Publication, Visibility
from forum.letters.models import Letter
from forum.search import index
from forum.search.analysis import query_terms
from forum.search.engines import MOST_COUNTED, engine
from forum.search.excerpts import EXCERPT_CHARACTERS, excerpt_with
from forum.search.queries import Order, find


@pytest.fixture
def add(cast):
    def add(
        title: str, text: str = "Isi surat ini cukup panjang untuk dimuat, tetapi tidak istimewa.", **fields: object
    ) -> Letter:
        letter = cast.letter(title=title, text=text, **fields)
        sync(letter)
        return letter

    return add


@unit_of_work
def sync(*letters: Letter) -> None:
    index.sync([letter.id for letter in letters])


@unit_of_work
def happen(kind: Kind, letter: Letter, **values: object) -> None:
    for name, value in values.items():
        setattr(letter, name, value)
    db.session.flush()
    record(kind, by=None, role=Role.SYSTEM, letter_id=letter.id)


def ids(question: str, order: Order = Order.NEWEST, **options: object) -> list[int]:
    found = find(question, order=order, category=options.pop("category", None), after=options.pop("after", None))
    return [hit.row.id for hit in found.hits] if found else []


def test_kirim_finds_pengiriman_in_title_and_text(add) -> None:
    first = add("Pengiriman terlambat tiga minggu")
    second = add("Barang tidak sampai", "Paket dikirim ke alamat yang salah, lalu dikembalikan.")
    add("Tagihan ganda kartu kredit")
    assert ids("kirim") == [second.id, first.id]
    assert ids("DIKIRIMKAN") == [second.id, first.id]


def test_business_is_found_by_its_name(add, cast) -> None:
    letter = add("Tidak ada balasan sama sekali", merchants=[cast.courier])
    add("Tidak ada balasan juga di sini")
    assert ids("kurir kilat") == [letter.id]


def test_every_word_must_be_there(add) -> None:
    both = add("Refund tiket kereta belum kembali")
    add("Tiket pesawat hangus")
    assert ids("refund tiket") == [both.id]
    assert ids("refund kapal") == []


@pytest.mark.parametrize(
    "question",
    ['"', "*", "AND OR NOT", "NEAR(a b)", "a:b", "title:rahasia", "& | !", "<->", "'; DROP TABLE letter; --", "😀",
     "(" * 5_000, "{{7*7}}", "<script>alert(1)</script>", "%00", "\u202e", "^abc", "-kirim", "a" * 10_000],
)  # fmt: skip
def test_hostile_questions_do_no_harm(browse, add, question: str) -> None:
    add("Surat biasa tentang barang")
    page = browse().open("/search?q=" + quote(question))
    assert page.status == 200


@pytest.mark.parametrize("kind", [Kind.LETTER_TAKEN_DOWN, Kind.LETTER_WITHDRAWN])
def test_hidden_letters_leave_the_index_with_the_event(browse, add, kind: Kind) -> None:
    letter = add("Kasuari langka di gudang")
    happen(kind, letter, visibility=Visibility.TOMBSTONE, publication=Publication.TAKEN_DOWN)
    assert engine().count(query_terms("kasuari")) == 0
    assert "Kasuari" not in "".join(browse().open("/search?q=kasuari").words.split("Cari surat")[-1:])
    happen(Kind.LETTER_REINSTATED, letter, visibility=Visibility.PUBLIC, publication=Publication.PUBLISHED)
    assert ids("kasuari") == [letter.id]


def test_what_the_index_forgot_to_forget_is_still_not_shown(add) -> None:
    letter = add("Kasuari langka di gudang")
    happen(Kind.COMMENT_POSTED, letter, visibility=Visibility.AUTHOR_ONLY)
    assert engine().count(query_terms("kasuari")) == 1
    assert ids("kasuari") == []


def test_publishing_indexes(cast) -> None:
    letter = cast.letter(title="Kasuari baru", publication=Publication.SUBMITTED)
    assert ids("kasuari") == []
    happen(Kind.LETTER_PUBLISHED, letter, visibility=Visibility.PUBLIC, publication=Publication.PUBLISHED)
    assert ids("kasuari") == [letter.id]


def test_a_revision_replaces_the_words(add) -> None:
    letter = add("Kasuari langka di gudang")
    happen(Kind.REVISION_ACCEPTED, letter, title="Merak langka di gudang")
    assert ids("kasuari") == []
    assert ids("merak") == [letter.id]


def test_best_match_first(add) -> None:
    title = add("Garansi ditolak toko")
    text = add(
        "Mesin cuci bocor", "Saya menanyakan garansi sekali saja, lalu tidak dijawab lagi oleh siapa pun di sana."
    )
    assert ids("garansi") == [text.id, title.id]
    assert ids("garansi", Order.RELEVANT) == [title.id, text.id]


def test_pages_by_key_in_both_orders(browse, add) -> None:
    made = [add(f"Barang nomor {number}").id for number in range(45)]
    for order in ("newest", "relevant"):
        seen: list[str] = []
        page = browse().open(f"/search?q=barang&order={order}")
        while True:
            seen += [a.get("href") for h in page.find("h2", class_="letter-row__title") for a in h]
            following = page.find("a", rel="next")
            if not following:
                break
            page = browse().open(following[0].get("href"))
        assert len(seen) == len(set(seen)) == 45
        if order == "newest":
            assert [int(url.split("/")[2].split("-")[0]) for url in seen] == made[::-1]


def test_counts_are_capped(browse, cast, add) -> None:
    letter = add("Barang pertama")
    base = 10**9
    for start in range(0, MOST_COUNTED + 50, 500):
        _put(
            [{"letter_id": base + start + n, "title": "barang", "body": "", "merchants": ""} for n in range(500)],
            letter,
        )
    found = find("barang", order=Order.NEWEST, category=None, after=None)
    assert found is not None
    assert (found.count, found.more) == (MOST_COUNTED, True)
    assert "Lebih dari 1.000 surat ditemukan" in browse().open("/search?q=barang").words


@unit_of_work
def _put(rows: list[dict[str, object]], letter: Letter) -> None:
    if db.engine.dialect.name == "postgresql":
        from sqlalchemy import text

        db.session.execute(text("ALTER TABLE letter_search DROP CONSTRAINT IF EXISTS fk_letter_search_letter"))
        db.session.execute(text("ALTER TABLE letter_search DROP CONSTRAINT IF EXISTS letter_search_letter_id_fkey"))
    engine().put(rows)


def test_by_category(browse, add) -> None:
    wanted = add("Barang bank", category="perbankan")
    add("Barang toko")
    assert ids("barang", category="perbankan") == [wanted.id]
    assert browse().open("/search?q=barang&category=tidak-ada").status == 400
    assert browse().open("/search?q=barang&order=acak").status == 400


@pytest.mark.parametrize("after", ["abc", "aTE", "dDE3", "%F0%9F%98%80"])
def test_bad_cursors_are_400(browse, add, after: str) -> None:
    add("Barang apa saja")
    assert browse().open(f"/search?q=barang&after={after}").status == 400


def test_questions_without_words_ask_for_one(browse) -> None:
    assert "Tidak ada kata yang bisa dicari" in browse().open("/search?q=!!!").words
    assert browse().open("/search").status == 200


def test_excerpt_marks_the_words_where_they_stand() -> None:
    text = (
        "Kalimat pembuka yang panjang. " * 20 + "Lalu pengirimannya gagal & <b>hilang</b> di jalan. " + "Penutup. " * 40
    )
    pieces = excerpt_with(text, frozenset({"kirim"}))
    assert pieces is not None
    assert [piece.text for piece in pieces if piece.marked] == ["pengirimannya"]
    assert len("".join(piece.text for piece in pieces)) <= EXCERPT_CHARACTERS + 2


def test_excerpts_on_the_page_are_escaped(browse, add) -> None:
    add(
        "Surat dengan tanda",
        "Pembuka. Kasuari <script>alert(1)</script> & kawan-kawan berjalan di gudang yang gelap itu.",
    )
    page = browse().open("/search?q=kasuari")
    assert [mark.text for mark in page.find("mark")] == ["Kasuari"]
    assert "<script>alert" not in page.text


def test_few_queries(browse, add) -> None:
    for number in range(25):
        add(f"Barang nomor {number}")
    assert len(browse().open("/search?q=barang").queries) <= 5
    assert len(browse().open("/search?q=barang&order=relevant").queries) <= 6


def test_reindex_makes_the_index_anew(add, cast) -> None:
    kept = add("Kasuari satu")
    cast.letter(title="Kasuari dua", publication=Publication.SUBMITTED)
    forgotten = cast.letter(title="Kasuari tiga")
    assert index.rebuild() == 2
    assert ids("kasuari") == [forgotten.id, kept.id]
