"""Sentences of businesses, labelled by hand: with something private in them, and of which kind, or without."""

from tests.responses.alike_pairs import FILLS, MIDDLES, PARAPHRASES, SHORT, TEMPLATES

DETAILS = {
    "order": "INV/20260303/MPL/4711",
    "tracking": "JX1234567890",
    "ticket": "#98765",
    "customer": "120034",
    "phone": "+62 812-3456-7890",
}
EMAIL = "ana.wijaya@surat.example"
NAME = "Ana Wijaya"

PHONES = (
    "081234567890", "0812-3456-7890", "0812 3456 7890", "0812.3456.7890", "+6281234567890", "+62 812 3456 7890", "62-812-3456-7890",
    "(0812) 3456-7890", "0 8 1 2 3 4 5 6 7 8 9 0", "0812/3456/7890", "0812_3456_7890", "0812 - 3456 - 7890", "O812-3456-7890",
    "o8l234567890", "08I2 3456 789O", "０８１２３４５６７８９０", "٠٨١٢٣٤٥٦٧٨٩٠", "०८१२३४५६७८९०", "0812\u200b3456\u200b7890",
    "0\u00ad8\u00ad1\u00ad2\u00ad3\u00ad4\u00ad5\u00ad6\u00ad7\u00ad8\u00ad9\u00ad0", "0812\n3456\n7890", "0812,\n3456,\n7890",
    "kosong delapan satu dua tiga empat lima enam tujuh delapan sembilan kosong",
    "nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol",
    "Kosong Delapan Satu Dua, tiga empat lima enam, tujuh delapan sembilan kosong",
    "nol lapan satu dua 3456 tujuh lapan sembilan nol", "0812 tiga empat lima enam 7890", "kosongdelapansatudua34567890",
    "zero eight one two three four five six seven eight nine zero", "nol delapan dua belas 3456 7890",
    "0812 strip 3456 strip 7890", "0812 titik 3456 titik 7890", "0 812 345 678 90", "+62.812.3456.7890", "+62 (0)812-3456-7890",
    "𝟎𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎", "0812—3456—7890", "0812·3456·7890", "0812•3456•7890", "0.8.1.2.3.4.5.6.7.8.9.0", "0812  3456  7890", "812-3456-7890",
)  # fmt: skip
OTHER_PHONES = (
    "0857 111 222 33", "nol 8 lima 7 satu11 222 tiga3", "delapan lima tujuh 111 222 33", "o8 57 11 12 22 33", "08five7 1112 2233",
    "085711122233", "0857-1112-2233", "+62 857 1112 2233", "0877.8899.0011", "0895 3344 5566 7", "0838-1234-5678", "0821 9988 7766",
    "0813.2233.4455", "0899-8877-665", "kosong delapan lima tujuh satu satu satu dua dua dua tiga tiga",
    "nol delapan dua satu dobel sembilan dobel delapan dobel tujuh dobel enam", "O857 1112 2233", "０８５７１１１２２２３３", "0857\n1112\n2233",
    "62 857 11122233", "wa 85711122233", "0 8 5 7 1 1 1 2 2 2 3 3", "0857\u20601112\u20602233",
)  # fmt: skip
NIKS = (
    "3578014503900002", "3578 0145 0390 0002", "3578-0145-0390-0002", "35.78.01.450390.0002", "３５７８０１４５０３９００００２",
    "3578\n0145\n0390\n0002", "3578o145o39oooo2", "35780145 03900002", "3171010101800001", "3171 0101 0180 0001", "3273 1251 0285 0003",
)  # fmt: skip
CARDS = (
    "4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "5500 0000 0000 0004", "5500000000000004", "3782 822463 10005",
    "4111.1111.1111.1111", "４１１１ １１１１ １１１１ １１１１", "4111\n1111\n1111\n1111", "411l 1111 l111 1111", "6011 1111 1111 1117",
)  # fmt: skip
ACCOUNTS = (
    "rekening BCA 1234567890", "rekening 123-456-7890", "norek 0987 6543 210", "Bank Mandiri 1370012345678", "BRI 0012 0100 1234 507",
    "virtual account 8877012345678901", "VA 880812345678", "nomor rekening Anda 7700 1122 33", "transfer ke BNI 0456789012",
    "rek. 1234.5678.90", "rekening satu dua tiga empat lima enam tujuh delapan sembilan kosong", "rekening BSI 7１２３４５６７８９",
    "rekening\n1234567890", "1234567890 a.n. Rudi Hartono", "1234567890 atas nama Rudi Hartono", "Danamon 003612345678",
    "CIMB Niaga 7061 2345 6700", "rekening: 12 34 56 78 90 1", "bank Jago 100123456789", "SeaBank 901234567890",
)  # fmt: skip
EMAILS = (
    "ana.wijaya@surat.example", "ANA.WIJAYA@SURAT.EXAMPLE", "ana.wijaya (at) surat.example", "ana.wijaya at surat dot example",
    "ana . wijaya @ surat . example", "ana titik wijaya at surat titik example", "ana.wijaya@surat\u200b.example", "ａｎａ.wijaya@surat.example",
    "ana_wijaya@surat_example", "mailto:ana.wijaya@surat.example",
)  # fmt: skip
NAMES = (
    "Kepada Ana Wijaya", "Ibu Ana Wijaya", "ibu wijaya yang baik", "Ibu Wijaya", "ANA WIJAYA", "Ana-Wijaya", "Kak Ana", "ana  wijaya",
    "A n a W i j a y a", "An4 Wijaya", "pak wijaya", "tuan ana",
    "Ana\nWijaya", "A\u200bna Wijaya", "Saudari Ana", "atas nama Ana Wijaya", "bernama Ana Wijaya", "Mbak Ana",
)  # fmt: skip
OWN = (
    "INV/20260303/MPL/4711", "inv 20260303 mpl 4711", "INV-20260303-MPL-4711", "INV.20260303.MPL.4711", "JX1234567890", "jx 1234 5678 90",
    "JX-1234-567-890", "JX１２３４５６７８９０", "J X 1 2 3 4 5 6 7 8 9 0", "98765", "9 8 7 6 5", "#98-765", "sembilan delapan tujuh enam lima",
    "INV 2O26O3O3 MPL 47ll", "satu dua kosong kosong tiga empat", "120.034", "1 2 0 0 3 4",
    "120034", "120-034", "12 00 34", "12oo34", "JXl23456789O",
)  # fmt: skip
CARRIERS = (
    "Kami sudah mencoba menghubungi {} namun belum tersambung sampai sore.",
    "Data yang kami periksa adalah {}, mohon dicek kembali oleh Anda.",
    "{} tercatat di sistem kami sejak awal Maret dan sudah diproses.",
    "Setelah gudang memeriksa, ternyata {} yang tertulis pada label itu keliru.",
)


def private() -> list[tuple[str, str]]:
    """Sentences with something private: (kind, sentence)."""
    told = (
        [("phone", one) for one in PHONES + OTHER_PHONES]
        + [("nik", one) for one in NIKS]
        + [("card", one) for one in CARDS]
        + [("account", one) for one in ACCOUNTS]
        + [("email", one) for one in EMAILS]
        + [("name", one) for one in NAMES]
        + [("own", one) for one in OWN]
    )
    return [(kind, CARRIERS[at % len(CARRIERS)].format(one)) for at, (kind, one) in enumerate(told)]


_HARMLESS = (
    "Uang Rp1.250.000 kami kembalikan pada 3 Maret 2026 pukul 17.09 WIB.",
    "Hubungi call center 1500-123 atau 14045 setiap hari pukul 08.00-21.00.",
    "Kantor kami di (021) 555 1234 melayani Senin sampai Jumat.",
    "Telepon kantor (031) 8412345 pesawat 12 melayani pertanyaan garansi.",
    "Surel kami care@tokomelati.example menerima foto barang.",
    "Selisih Rp 105.000,00 berasal dari dua kali pendebetan 08/12/2026 10.30.",
    "Antara 08.10 - 17.30 WIB kurir datang dua kali dan pagar terkunci.",
    "Perbaikan selesai 12-08-2026 dan 13-08-2026 di dua cabang.",
    "Kode pos 60293, blok B2 nomor 17, lantai 3.",
    "Barang seberat 12,5 kg berukuran 60 x 45 x 30 cm tiba Sabtu.",
    "Sesuai Pasal 19 ayat (2) UU Nomor 8 Tahun 1999 ganti rugi diberikan 7 hari.",
    "Peraturan OJK 18/POJK.07/2018 mengatur 20 hari kerja.",
    "Versi aplikasi 8.12.345 memperbaiki galat 0x80070057.",
    "Resi JNE 0812345678901234 milik kiriman lain di gudang yang sama.",
    "Pesanan terlambat 2 hari 3 jam 45 menit karena banjir.",
    "Dari 1.234.567 pelanggan hanya 81 yang terdampak.",
    "Potongan 10% berlaku 1-31 Desember 2026 untuk 500 pembeli pertama.",
    "Kapasitas 8500 BTU, 220 volt, 50 Hz, model AC-08X.",
    "Nomor antrean A-081 sampai A-123 dipanggil ulang.",
    "Tagihan Januari Rp812.345, Februari Rp678.900 sudah dihitung ulang.",
    "Total Rp82.345.678.901 adalah nilai proyek, bukan tagihan Anda.",
    "IMEI perangkat tidak kami minta untuk klaim garansi ini.",
    "Bus nomor 081 berangkat pukul 12.34 dari terminal 5.",
    "Polis dimulai 2026-08-12 dan berakhir 2027-08-12.",
    "Kami menambah 812 armada dan 3.456 kurir.",
    "Penerbangan GA-812 pukul 08.12 ditunda menjadi pukul 12.34.",
    "Rasio 1:8:1:2 dipakai untuk campuran cat tersebut.",
    "Suku cadang 45-678-90 kami pesan dari pabrik.",
    "Halaman 08, 12, 34 dan 56 dari buku petunjuk menjelaskan hal ini.",
    "Satu dari dua unit rusak, tiga lainnya baik, empat belum diperiksa.",
    "Kami mengirim dua puluh tiga paket pada hari yang sama.",
    "Garansi berlaku dua belas bulan sejak pembelian.",
    "Layanan 24/7 lewat aplikasi, bukan lewat nomor pribadi.",
    "Banana Wijayakusuma adalah nama produk kami.",
    "Bapak Direktur telah menandatangani keputusan ini.",
    "Ibu kota provinsi menjadi pusat sortir kami.",
    "Terima kasih atas kesabaran Kakak menunggu penyelesaian.",
    "Kepada A. W., barang pengganti sudah berangkat.",
    "Rekening koran dapat diunduh lewat aplikasi kapan saja.",
    "Bank memproses transfer dalam 14 hari kerja sejak 3 Maret 2026.",
    "Rekening penampungan dibuka 24 jam pada hari kerja.",
    "Virtual account berlaku 24 jam sejak pesanan dibuat.",
    "BCA, BRI dan Mandiri mengalami gangguan pukul 10.00 sampai 11.30.",
    "Kartu debit yang tertelan dapat diambil di cabang dalam 3 hari.",
    "Biaya admin Rp6.500 per transfer dihapus.",
    "Nomor surat 081/HUM/XII/2026 tertanggal 12 Desember 2026.",
    "Tiket kereta kelas 2, gerbong 8, kursi 12A.",
    "Air PDAM mati 12 jam di RT 03 RW 08.",
    "Panjang kabel 8.123 meter terputus di 4 titik.",
    "Satu titik dua koma tiga kilometer dari gardu ada galian.",
    "Kami o.k. dengan hasil itu dan l.k. sepekan selesai.",
    "Skor 9/10 dari 2.345 ulasan tidak kami hapus.",
    "Tanggal lahir tidak kami tampilkan pada kartu baru.",
    "Rumah nomor 12 di Jalan 45 tidak masuk jalur kurir.",
    "Harga 1 lusin Rp120.000, 2 lusin Rp230.000, 3 lusin Rp340.000.",
    "PT Kurir Kilat memegang izin 9120001234567 dari OSS.",
    "NPWP perusahaan kami tercantum pada faktur.",
    "Jam buka 09.00-15.00, Sabtu 09.00-12.00, Minggu tutup.",
    "Suhu 8 derajat, kelembapan 12%, tekanan 1.013 hPa.",
    "Kode voucher HEMAT2026 berlaku sampai 31/12/2026.",
    "Seri TV 43UA7300 memang tidak memiliki port kelima.",
    "Unit kedua bernomor seri SN8X12Q45 sudah kami kirim.",
    "Nomor izin edar MD 237112345678 tercetak di kemasan.",
    "Kami mencatat 1 2 3 tahap: periksa, ganti, uji.",
    "Delapan teknisi datang satu jam kemudian, dua membawa suku cadang.",
    "Uang kembali 100% ke dompet aplikasi pada 1/3/2026.",
    "Pemesanan dua kamar untuk tiga malam dibatalkan tanpa biaya.",
    "Kilometer 081+200 ditutup sejak pukul 06.00.",
    "Antrean loket dua sampai delapan dipindah ke lantai satu.",
    "Rp 8.123.456 ditahan bank penerbit sampai 8 Maret 2026.",
    "Katalog 2025/2026 memuat 1.200 barang dalam 88 halaman.",
    "Kursi nomor 8, 1, 2, 3 dan 4 diganti penutupnya.",
    "Hari ke-8, ke-12 dan ke-34 kami menunggu suku cadang.",
    "Ongkos kirim 8 ribu, 12 ribu, dan 34 ribu tergantung jarak.",
    "Promo 8.8 dan 12.12 tidak berlaku untuk pulsa.",
    "Zona waktu GMT+8 membuat jam tercatat 1 jam lebih awal.",
    "SK Menteri Nomor 812 Tahun 2023 menjadi dasar tarif.",
    "Kami mengganti ban 185/65 R15 dan aki 45 Ah.",
    "Rute 3-5-7-9 dialihkan, rute 2-4-6-8 tetap.",
    "Bagian 8 dari 12 bab memuat 3.456 kata dan 78 gambar.",
    "Daya 900 VA naik menjadi 1.300 VA tanpa biaya.",
    "Transfer 1.000.000 kali per hari mampu dilayani sistem.",
    "Nomor induk berusaha 1234567890123 dapat dicek di OSS.",
    "Rekening listrik bulan Maret sebesar Rp1.234.567.890 keliru cetak.",
    "Kontak darurat 112 dan 110 tetap dapat dihubungi.",
    "WhatsApp resmi bercentang hijau kami sebut di aplikasi.",
    "Telepon rumah kami 0274 512345 sedang diperbaiki.",
    "Undian 08-12-26 diikuti 3.456 orang dari 78 kota dan 90 cabang.",
    "Bank menerima 12.345 laporan, 6.789 selesai, 1.234 diproses.",
    "Kepada Ana-lis kami minta hitung ulang tagihan itu.",
    "Pabrik di Jalan Wijaya Kusuma 8 mengirim suku cadang.",
    "Surat Anda tanggal 3 Maret 2026 kami jawab 5 Maret 2026.",
)


def harmless() -> list[str]:
    """Sentences without anything private."""
    filled = [
        template.format(**{**fill, "nama": "pelanggan"}) for template in TEMPLATES for fill in FILLS[:2]
    ]
    return [*_HARMLESS, *filled, *MIDDLES, *SHORT, *(text for pair in PARAPHRASES for text in pair)]
