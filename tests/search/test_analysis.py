"""Word families meet, slang and brands unify, hostile text costs bounded work."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.search import analysis
from forum.search.analysis import index_text, query_terms, terms

FAMILIES = [
    "kirim kiriman dikirim mengirim mengirimkan terkirim pengiriman",
    "tipu penipuan ditipu menipu tertipu",
    "pesan pesanan memesan pemesanan dipesan",
    "bayar pembayaran dibayar membayar membayarkan terbayar byr",
    "lambat terlambat keterlambatan",
    "layan layanan pelayanan melayani dilayani",
    "tanggap tanggapan menanggapi ditanggapi",
    "tidak gak ga nggak enggak tdk",
    "belum blm",
    "tokopedia toped tokped TOKOPEDIA",
    "J&T jnt JNT j&t",
    "jumat jum'at Jum’at",
    "café cafe CAFÉ ｃａｆｅ",
    "resi AWB",
    "marketplace MP",
]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_one_term(family: str) -> None:
    assert len({tuple(terms(word)) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("pengiriman lambat", "Barang dikirim terlambat sekali"),
        ("CC", "tagihan kartu kredit saya"),
        ("kartu kredit", "CC saya diblokir"),
        ("pinjol", "pinjaman online ilegal"),
        ("pinjaman online", "teror pinjol"),
        ("TTS", "belanja di TikTok Shop"),
        ("tiktok shop", "jualan di TTS"),
        ("refund", "pengembalian dana belum masuk"),
        ("pengembalian dana", "refund ditolak"),
        ("ongkir", "ongkos kirim naik"),
        ("1808000", "harga Rp.1.808.000 tunai"),
        ("Rp105.000", "Rp 105,000"),
        ("gak dikirim", "tidak mengirim"),
        ("J & T", "kurir J&T"),
    ],
)
def test_query_finds_text(query: str, text: str) -> None:
    assert set(query_terms(query)) <= set(terms(text))


def test_terms_keep_order_and_repeats() -> None:
    assert terms("Kirim, kirim lagi!") == ["kirim", "kirim", "lagi"]
    assert index_text("Barang-barang saya") == "barang barang saya"
    assert terms("") == terms("?! 👍 --") == []


def test_query_is_capped() -> None:
    assert len(query_terms("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh")) == analysis.MAX_QUERY_TERMS
    assert query_terms("x" * 100 + " kirim") == ["x" * analysis.MAX_TERM_CHARACTERS]
    assert query_terms("kirim dikirim pengiriman") == ["kirim"]
    assert query_terms("paket di dan yang") == ["paket"]
    assert query_terms("yang di") == ["yang", "di"]
    assert query_terms('"*" OR NOT a:b | !') == ["or", "not", "a", "b"]


def test_stemming_of_one_text_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    monkeypatch.setattr(analysis, "_stem", lambda word: asked.add(word) or word)
    letters = "abcdefghij"
    text = " ".join(f"me{a}{b}{c}{d}an" for a in letters for b in letters for c in letters for d in letters)
    assert len(terms(text)) == 10_000
    assert len(asked) == analysis.MAX_STEMMED_WORDS
    asked.clear()
    terms("abc " + "a" * 31 + " x1234 " + "é" * 10)
    assert asked == {"eeeeeeeeee"}


@given(st.text(max_size=300))
def test_every_term_is_letters_and_digits(text: str) -> None:
    for term in terms(text):
        assert re.fullmatch(r"[^\W_]{1,60}", term)
    assert index_text(text).split(" ") == (terms(text) or [""])


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "text", ["(" * 100_000, "1," * 50_000, "1.000" * 20_000, "a&" * 50_000, "a'" * 50_000, "a\u0344" * 30_000]
)
def test_hostile_text_ends(text: str) -> None:
    terms(text)
