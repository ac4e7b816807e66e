"""Letters and comments by the thousand for measuring: Indonesian sentences put together from a list, invented names only."""

from dataclasses import dataclass
from random import Random

from forum.core.text import render
from forum.search.analysis import index_text

RARE_WORD = "kasuari"
PARAGRAPHS = 400
SENTENCES = 5

OPENINGS = (
    "Pada {date} saya memesan {thing} lewat aplikasi dengan harga Rp{price}.000.",
    "Saya sudah menjadi pelanggan selama {number} tahun dan baru kali ini kecewa.",
    "Tanggal {date} saya membayar lunas sebesar Rp{price}.000 melalui transfer bank.",
    "Saya tinggal di {city} dan memakai layanan ini untuk keperluan sehari-hari.",
    "Awalnya semua berjalan lancar sampai {date}.",
)
MIDDLES = (
    "Petugas layanan menjawab bahwa keluhan saya akan diproses dalam {number} hari kerja.",
    "Setelah menunggu {number} hari, status di aplikasi tidak berubah sama sekali.",
    "Saya menghubungi pusat bantuan sebanyak {number} kali dan selalu mendapat jawaban yang sama.",
    "Nomor laporan saya berakhiran {number}{number}, tetapi tidak ada yang bisa menjelaskan perkembangannya.",
    "Saya sudah mengirimkan foto, bukti pembayaran, dan tangkapan layar percakapan.",
    "Mereka meminta saya menunggu lagi tanpa batas waktu yang jelas.",
    "Biaya administrasi sebesar Rp{number}.500 tetap dipotong walaupun transaksi gagal.",
    "Teman saya di {city} mengalami hal serupa pada minggu yang sama.",
    "Percakapan di aplikasi ditutup sepihak sebelum masalah selesai.",
    "Saya diminta mengisi formulir yang sama untuk ketiga kalinya.",
    "Di gerai {city} saya diarahkan kembali ke aplikasi, dan di aplikasi saya diarahkan ke gerai.",
    "Sampai surat ini saya tulis, dana sebesar Rp{price}.000 belum kembali.",
    "Jadwal yang dijanjikan berubah {number} kali tanpa pemberitahuan.",
    "Saya merasa tidak dihargai sebagai konsumen yang membayar tepat waktu.",
    "Pengaduan lewat surel dibalas otomatis dan tidak pernah ditindaklanjuti.",
    "Tagihan bulan ini naik menjadi Rp{price}.000 tanpa penjelasan apa pun.",
    "Menurut petugas, sistem sedang diperbarui sejak {date}.",
    "Saya hanya ingin kejelasan, bukan janji yang diulang-ulang.",
)
GOODS = (
    "Kurir menyatakan barang sudah diterima, padahal rumah kosong sejak pagi.",
    "Penjual mengirim barang yang berbeda dari gambar dan uraian di halaman tokonya.",
    "Barang tertahan di gudang {city} selama {number} hari.",
    "Saya sudah mengembalikan barang sesuai petunjuk, tetapi penggantinya tidak pernah dikirim.",
    "Kemasan barang terbuka dan isinya kurang {number} buah.",
)
ENDINGS = (
    "Mohon pihak terkait segera memberi tanggapan dan menyelesaikan masalah ini.",
    "Saya berharap surat ini dibaca oleh orang yang berwenang.",
    "Semoga tidak ada konsumen lain yang mengalami hal seperti ini.",
    "Saya meminta dana dikembalikan penuh paling lambat {date}.",
)
COMMENTS = (
    "Saya juga pernah mengalami ini di {city}, akhirnya selesai setelah {number} minggu.",
    "Coba simpan semua bukti dan kirim ulang lewat surel resmi mereka.",
    "Semoga cepat ditanggapi, kasus seperti ini makin sering terjadi.",
    "Setahu saya aturannya {number} hari kerja, jadi memang sudah lewat batas.",
    "Terima kasih sudah menulis, saya jadi lebih berhati-hati.",
    "Kalau dananya belum kembali juga, laporkan ke lembaga perlindungan konsumen.",
    "Punya saya selesai setelah saya datang langsung ke kantor di {city}.",
    "Apakah sudah dicek nomor pesanannya sama dengan yang dibatalkan?",
)
TITLES = (
    "Dana Rp{price}.000 Belum Dikembalikan Setelah {number} Minggu",
    "Pesanan {thing} Tidak Kunjung Tiba di {city}",
    "Layanan Pelanggan Tidak Menjawab Selama {number} Hari",
    "Tagihan Naik Tanpa Pemberitahuan Sejak {date}",
    "{thing} Rusak dan Garansi Ditolak Tanpa Alasan",
    "Akun Dibekukan Padahal Saldo Masih Rp{price}.000",
)
CITIES = (
    "Surabaya",
    "Makassar",
    "Medan",
    "Bandung",
    "Kupang",
    "Pontianak",
    "Semarang",
    "Jayapura",
    "Denpasar",
    "Palembang",
)
THINGS = (
    "kipas angin",
    "mesin cuci",
    "sepatu lari",
    "telepon genggam",
    "kasur lipat",
    "rak buku",
    "tiket kereta",
    "lampu meja",
)
MONTHS = ("Januari", "Maret", "April", "Juni", "Agustus", "Oktober")
FIRST = (
    "Ana",
    "Bagus",
    "Citra",
    "Dimas",
    "Endah",
    "Farhan",
    "Gita",
    "Hendra",
    "Intan",
    "Joko",
    "Kartika",
    "Lukman",
    "Mira",
)
LAST = (
    "Wijaya",
    "Santoso",
    "Lestari",
    "Pratama",
    "Siregar",
    "Nasution",
    "Putri",
    "Hidayat",
    "",
    "Saputra",
    "Simanjuntak",
)
TRADES = ("Toko", "Bank", "Kurir", "Dompet", "Asuransi", "Telekom", "Wisata", "Listrik", "Klinik", "Pinjaman")
MARKS = (
    "Melati",
    "Nusantara",
    "Kilat",
    "Pelita",
    "Samudra",
    "Cendana",
    "Rajawali",
    "Anggrek",
    "Bahari",
    "Mustika",
    "Kencana",
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as typed, as safe HTML and as the index holds it."""

    text: str
    html: str
    indexed: str


def filled(random: Random, sentence: str) -> str:
    """Return a sentence with its gaps filled."""
    return sentence.format(
        date=f"{random.randint(1, 28)} {random.choice(MONTHS)}",
        thing=random.choice(THINGS),
        price=random.randint(25, 990),
        number=random.randint(2, 9),
        city=random.choice(CITIES),
    )


def paragraph(text: str) -> Paragraph:
    """Return a paragraph, rendered and analysed once for all letters that hold it."""
    return Paragraph(text, render(text), index_text(text))


class Prose:
    """A stock of paragraphs to make letters from; the same seed makes the same letters."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.plain = [self._made(()) for _ in range(PARAGRAPHS)]
        self.goods = [self._made(GOODS) for _ in range(PARAGRAPHS // 2)]
        self.comments = [
            paragraph(filled(random, one) + " " + filled(random, random.choice(MIDDLES))) for one in COMMENTS * 25
        ]
        self.rare = paragraph(f"Lambang perusahaan itu seekor {RARE_WORD}, tetapi layanannya selambat siput.")

    def _made(self, goods: tuple[str, ...]) -> Paragraph:
        sentences = [self.random.choice(OPENINGS), *self.random.sample(MIDDLES, SENTENCES), self.random.choice(ENDINGS)]
        if goods:
            sentences[2:2] = [self.random.choice(goods)]
        return paragraph(" ".join(filled(self.random, one) for one in sentences))

    def letter(self, *, goods: bool, rare: bool) -> list[Paragraph]:
        """Return the paragraphs of a letter of about 3 KB; with `goods` it holds the word barang."""
        chosen = self.random.sample(self.plain, 5 if goods else 6)
        return [
            *chosen[:2],
            *([self.random.choice(self.goods)] if goods else []),
            *chosen[2:],
            *([self.rare] if rare else []),
        ]

    def title(self) -> str:
        """Return a title."""
        made = filled(self.random, self.random.choice(TITLES))
        return made[0].upper() + made[1:]

    def person(self) -> str:
        """Return a name; one in eleven has one word only."""
        return f"{self.random.choice(FIRST)} {self.random.choice(LAST)}".strip()

    def comment(self) -> Paragraph:
        """Return a comment of about 150 characters."""
        return self.random.choice(self.comments)
