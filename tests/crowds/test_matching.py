"""Words and links of the lists in a text, however they are dressed; and who only complains about them is left alone."""

import pytest

from forum.crowds import matching
from forum.crowds.queries.terms import started

pytestmark = pytest.mark.pure
KEYS = frozenset(started())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Main di sini, slot gacor hari ini!", "slot gacor"),
        ("S L O T  G A C O R", "slot gacor"),
        ("s.l.o.t g-a-c-o-r", "slot gacor"),
        ("slotgacor88 terpercaya", "slot gacor"),
        ("sl0t g4c0r", "slot gacor"),
        ("5l0t gacor", "slot gacor"),
        ("SLOT GACOOOOR", "slot gacor"),
        ("ѕlоt gаcоr", "slot gacor"),  # Cyrillic letters
        ("𝐬𝐥𝐨𝐭 𝐠𝐚𝐜𝐨𝐫", "slot gacor"),
        ("sl\u200bot ga\u200bcor", "slot gacor"),
        ("slót gácor", "slot gacor"),
        ("situsslotgacormaxwin.xyz", "slot gacor"),
        ("Pinjaman hanya KTP, cair hari ini", "pinjaman hanya ktp"),
        ("jasa  hapus\ndata pinjol", "jasa hapus data pinjol"),
        ("buka bit.ly/abc", "bit.ly"),
        ("HTTPS://WWW.BIT.LY/xyz", "bit.ly"),
        ("hubungi https://wa.me/62812", "wa.me"),
    ],
)
def test_it_is_found(text: str, found: str) -> None:
    assert matching.key_of(found) in matching.hits(text, KEYS)


@pytest.mark.parametrize(
    "text",
    [
        "Saya mengeluh tentang pinjol ilegal yang menagih dengan kasar.",
        "Anak saya kecanduan judi online, dan rekening saya dipakai.",
        "Slot waktu pengiriman yang saya pilih tidak ditepati.",
        "Saya menang undian, tetapi hadiahnya tidak dikirim; customer service tidak menjawab.",
        "Deposit sewa kamar Rp5.000.000 belum dikembalikan setelah 30 hari.",
        "Situs toko itu habit.lyrics.example tidak dapat dibuka.",
        "Pesanan 4 dari 10 datang rusak, kode 88123.",
        "Bank menolak pinjaman saya karena BI checking, padahal tidak ada tunggakan.",
        "Saya kirim bukti ke cs@toko.example pada 3 Maret.",
    ],
)
def test_who_complains_is_left_alone(text: str) -> None:
    assert matching.hits(text, KEYS) == []


def test_a_term_and_its_dressed_twin_are_one() -> None:
    assert matching.key_of("Slot  GACOR") == matching.key_of("slot gacor") == "slot gacor"
    assert matching.key_of("https://www.Bit.ly/abc") == "bit.ly"
    assert len(KEYS) > 100


def test_the_longest_text_is_read_in_a_moment() -> None:
    import time

    begun = time.perf_counter()
    matching.hits("kata biasa tentang pesanan " * 800, KEYS)
    assert time.perf_counter() - begun < 2
