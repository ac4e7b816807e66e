"""The lists to begin with, of our own: words of those who advertise, not of those who complain about them."""

from typing import Final

from forum.crowds.lifecycle import TermList

STARTING: Final[dict[TermList, tuple[str, ...]]] = {
    TermList.GAMBLING: (
        "slot gacor", "situs gacor", "gacor hari ini", "gampang menang", "gampang maxwin", "auto maxwin", "pasti maxwin",
        "bocoran slot", "pola slot", "rtp live", "rtp slot", "bocoran rtp", "link slot", "daftar slot", "akun pro slot",
        "slot deposit pulsa", "slot dana", "deposit 5000", "depo 10k", "depo 25 bonus 25", "bonus new member 100",
        "bonus deposit", "freebet tanpa deposit", "scatter hitam", "scatter naga hitam", "gates of olympus", "mahjong ways",
        "starlight princess", "sweet bonanza", "pragmatic play", "pgsoft", "bandar togel", "togel online", "situs togel",
        "prediksi togel", "angka main jitu", "togel 4d", "toto macau", "judi bola resmi", "agen judi", "bandar judi",
        "situs judi", "agen bola", "sbobet", "casino online resmi", "live casino", "idn poker", "poker online resmi",
        "dominoqq", "bandarqq", "sabung ayam online", "link alternatif", "anti rungkad", "jp paus", "jackpot hari ini", "wd lancar",
    ),
    TermList.LOAN: (
        "pinjol cepat cair", "pinjaman cepat cair", "dana cepat cair", "langsung cair tanpa bi checking",
        "pinjaman tanpa bi checking", "pinjaman tanpa jaminan cair", "pinjaman hanya ktp", "cukup ktp cair",
        "pinjol tanpa ktp", "pinjol tanpa dc", "pinjol legal cepat", "cair 5 menit", "cair hitungan menit",
        "bunga rendah wa", "pinjaman pribadi hubungi", "dana talangan cepat", "jasa gestun", "gestun kartu kredit",
        "gestun paylater", "pencairan paylater", "cairkan paylater", "jasa pencairan limit", "joki pinjol", "jasa joki pinjol",
        "galbay aman", "jasa galbay", "hapus data pinjol", "jasa hapus data pinjol", "jasa bersihkan bi checking",
        "jasa pemutihan slik", "pemutihan bi checking", "hapus blacklist bank", "gadai bpkb online cair", "modal usaha cepat cair",
        "investor pribadi pinjaman", "pinjaman koperasi cair hari ini", "tanpa survey langsung cair",
    ),
    TermList.OTHER: (
        "jasa pengembalian dana", "ahli pemulihan dana", "jasa pelacakan penipu", "hacker pemulihan", "jasa hapus berita",
        "jasa hapus artikel", "jual followers", "jasa review bintang", "jasa ulasan google", "obat kuat pria", "kerja sampingan like",
        "bit.ly", "s.id", "linktr.ee", "heylink.me", "cutt.ly", "tinyurl.com", "t.me", "wa.me", "shorturl.at",
    ),
}  # fmt: skip
