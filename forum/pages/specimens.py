"""Invented content for the styleguide: every part of the look in its states."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Specimen

from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    MultipleFileField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from forum.core.forms import Characters, Form

NOW = datetime(2026, 5, 3, 10, 9, tzinfo=UTC)
EXCERPT = (
    "Pada tanggal 3 Oktober saya membeli satu unit kipas angin seharga Rp.62.000 melalui aplikasi. Sampai hari ini paket "
    "belum tiba, sedangkan status pesanan sudah “diterima”. Saya sudah tiga kali menghubungi layanan pelanggan."
)
RECEIPT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class SpecimenForm(Form):
    title = StringField("Judul", [InputRequired(), Characters((5, 160))], description="Satu kalimat: apa yang terjadi.")
    body = TextAreaField("Apa yang terjadi?", [InputRequired(), Characters((50, 20_000))], description="Menurut waktu.")
    text = TextAreaField("Komentar Anda", [Characters((2, 5_000))])
    category = SelectField("Kategori", choices=[SelectChoice("", "Pilih kategori"), SelectChoice("a", "Perbankan & Kartu Kredit")])
    kind = RadioField("Jenis surat", [InputRequired()], choices=[SelectChoice("k", "Keluhan"), SelectChoice("p", "Pertanyaan")])
    agree = BooleanField("Saya berumur 18 tahun atau lebih dan menyetujui aturan.", [InputRequired()])
    place = StringField("Kota atau kabupaten")
    day = DateField("Tanggal kejadian")
    files = MultipleFileField("Bukti", description="JPG, PNG, HEIC atau PDF.")


def _letter(title: str, state: str, words: str, detail: str, comments: int) -> Specimen:
    return Specimen(
        url="#",
        title=title,
        excerpt=EXCERPT,
        byline="Maria Febrina",
        place="Surabaya",
        merchants=["Toko Lautan Biru"],
        stamp=Specimen(state=state, words=words, detail=detail),
        comment_count=comments,
        published_at=NOW,
    )


def _comment(number: int, depth: int, **facts: object) -> dict[str, object]:
    words = "<p>Saya juga mengalami hal yang sama. Coba kirim bukti lewat halaman resmi mereka.</p>"
    return {
        "id": number,
        "html": Markup(words),  # noqa: S704 - our own words
        "name": "Citra",
        "at": NOW,
        "permalink": f"#c{number}",
        "depth": depth,
        "helpful": 3,
        "actions": [
            {"words": "Balas", "href": "#", "reply": True},
            {"words": "Bermanfaat", "post": "#"},
            {"words": "Hapus", "post": "#", "confirm": "Hapus komentar ini?"},
        ],
        **facts,
    }


STAMPS = (
    ("waiting", "Belum ada tanggapan", "hari kerja ke-12 dari 20"),
    ("asked", "Menunggu keterangan penulis", "jam berhenti"),
    ("answered", "Sudah ditanggapi", ""),
    ("solved", "Selesai", ""),
    ("partly", "Selesai sebagian", ""),
    ("not_solved", "Belum selesai", ""),
    ("late", "Lewat batas tanggapan", "14 hari kerja"),
    ("gone", "Diturunkan", ""),
    ("draft", "Menunggu tinjauan", ""),
)


def sample() -> Specimen:
    """Return everything the styleguide shows."""
    return Specimen(
        letters=[
            _letter(
                "Paket Tidak Pernah Sampai tetapi Dinyatakan Sudah Diterima, Pengembalian Dana Ditolak Tanpa Penjelasan",
                *STAMPS[0],
                14,
            ),
            _letter("Kartu Kredit Ditagih Dua Kali", *STAMPS[3], 3),
            _letter("Sangat_panjang_tanpa_spasi_" * 5, *STAMPS[6], 0),
        ],
        stamps=[Specimen(state=state, words=words, detail=detail) for state, words, detail in STAMPS],
        response={
            "id": 4,
            "merchant": "Toko Lautan Biru",
            "merchant_url": "#",
            "proof": {"words": "Perwakilan terbukti lewat surel perusahaan", "url": "#"},
            "signatory": "Bima Santoso",
            "job_title": "Kepala Layanan Pelanggan",
            "at": NOW,
            "remedies": ["Pengembalian dana", "Penjelasan"],
            "promise": {"words": "Dana kembali ke rekening penulis", "due": date(2026, 5, 20), "state": "Menunggu"},
            "boilerplate": "Teks ini hampir sama dengan tanggapan di 23 surat lain.",
            "html": Markup("<p>Paket hilang di gudang sortir kami.</p><p>Kami sudah mengembalikan dana.</p>"),
            "permalink": "#",
            "number": 2,
        },
        timeline=[
            {"at": NOW, "who": "Maria Febrina", "words": "mengirim surat", "kind": "letter", "stop": False},
            {"at": NOW, "who": "Redaksi", "words": "memuat surat", "kind": "published", "stop": False},
            {"at": NOW, "who": "Toko Lautan Biru", "words": "bertanya kepada penulis", "kind": "asked", "stop": True},
            {"at": NOW, "who": "", "words": "Batas tanggapan terlewati", "kind": "late", "stop": False},
            {"at": NOW, "who": "Toko Lautan Biru", "words": "menanggapi", "kind": "response", "stop": False},
        ],
        comments=[
            _comment(1, 0, parent_gone=True),
            _comment(2, 1, name="Bima", label="Toko Lautan Biru", official=True),
            _comment(3, 2),
            _comment(4, 3, reply_to="Citra"),
            _comment(5, 1, gone="Komentar dihapus oleh penulisnya.", name=None, actions=[], helpful=0),
            _comment(6, 0, edited=True, actions=[], helpful=0),
        ],
        attachments=[
            {
                "name": "faktur-pembelian.jpg",
                "kind": "Gambar",
                "size": "412 kB",
                "url": "#",
                "audience": "public",
                "audience_words": "Untuk umum",
                "receipt": RECEIPT,
            },
            {
                "name": "Faktur ada, diperiksa redaksi 12 Mei",
                "kind": "PDF",
                "size": "1,2 MB",
                "audience": "merchant",
                "audience_words": "Hanya untuk pelaku usaha",
                "checked": "Diperiksa redaksi 12 Mei 2026",
                "receipt": RECEIPT,
            },
        ],
    )
