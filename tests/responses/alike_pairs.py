"""Pairs of answers to different letters, labelled by hand: the same words with other names filled in, or not."""

from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class Answer:
    """A text, the title of its letter, and the names of the people in it."""

    text: str
    title: str = "Keluhan pelanggan"
    names: tuple[str, ...] = ()


FILLS: tuple[dict[str, str], ...] = (
    {"nama": "Ana Wijaya", "nomor": "TM-778899", "tanggal": "3 Maret 2026", "barang": "kipas angin Cosmos", "kota": "Surabaya",
     "rupiah": "Rp105.000", "judul": "Kipas angin Cosmos di Surabaya belum dikirim setelah tiga minggu"},
    {"nama": "Rudi Hartono", "nomor": "INV/20260412/MPL/9912", "tanggal": "12 April 2026", "barang": "rice cooker Miyako",
     "kota": "Medan", "rupiah": "Rp 1.250.000", "judul": "Rice cooker Miyako rusak, toko di Medan diam saja"},
    {"nama": "Siti Nurhaliza", "nomor": "#55120", "tanggal": "28/05/2026", "barang": "sepatu lari Ortuseight", "kota": "Denpasar",
     "rupiah": "349 ribu rupiah", "judul": "Sepatu lari Ortuseight salah ukuran, Denpasar"},
    {"nama": "Yohanes", "nomor": "8812004455", "tanggal": "Senin, 1 Juni", "barang": "ponsel Redmi bekas", "kota": "Kupang",
     "rupiah": "Rp2,1 juta", "judul": "Ponsel Redmi bekas dijual sebagai baru, Kupang"},
)  # fmt: skip

TEMPLATES = (
    (
        "Yth. Bapak/Ibu {nama}, terima kasih telah menyampaikan keluhan melalui surat pembaca. Kami mohon maaf atas ketidaknyamanan "
        "yang dialami. Dapat kami sampaikan bahwa pesanan nomor {nomor} telah kami periksa dan diteruskan kepada tim terkait untuk "
        "ditindaklanjuti sesuai ketentuan yang berlaku. Apabila masih ada kendala, silakan menghubungi layanan pelanggan kami."
    ),
    (
        "Halo Kak {nama}! Maaf banget ya atas pengalaman belanja yang kurang menyenangkan. Pesanan {barang} Kakak tanggal {tanggal} "
        "sudah kami eskalasi ke tim logistik dan penjual. Mohon kesediaannya menunggu proses pengecekan selama maksimal tiga kali "
        "dua puluh empat jam. Kami akan memberi kabar lewat aplikasi setelah ada perkembangan dari tim kami."
    ),
    (
        "Menanggapi surat Saudara {nama} dari {kota} mengenai transaksi sebesar {rupiah} pada {tanggal}, bersama ini kami sampaikan "
        "bahwa bank telah melakukan penelusuran dan transaksi tersebut tercatat berhasil pada sistem. Nasabah dapat mengajukan "
        "sanggahan secara tertulis di kantor cabang terdekat dengan membawa kartu identitas, buku tabungan, dan bukti transaksi."
    ),
    (
        "Dengan hormat, sehubungan dengan pemberitaan tentang {barang}, manajemen menyampaikan bahwa kami menjunjung tinggi mutu "
        "produk dan kepuasan konsumen. Keluhan {nama} telah kami catat dengan nomor {nomor} dan menjadi masukan berharga bagi "
        "perbaikan layanan. Terima kasih atas kepercayaan yang diberikan kepada perusahaan kami selama ini."
    ),
    (
        "Bapak {nama}, keterlambatan kiriman ke {kota} terjadi karena lonjakan volume paket menjelang hari raya di gudang transit. "
        "Paket dengan resi {nomor} sedang dalam antrean pengantaran. Kami berkomitmen menambah armada dan tenaga kurir agar "
        "keterlambatan serupa tidak terulang, dan memohon pengertian seluruh pelanggan setia kami."
    ),
    (
        "Ibu {nama} yang terhormat, pengembalian dana {rupiah} untuk {barang} sudah disetujui. Dana akan masuk ke metode pembayaran "
        "semula dalam tujuh sampai empat belas hari kerja, tergantung kebijakan bank penerbit. Silakan memeriksa mutasi secara "
        "berkala. Bila lewat waktu itu dana belum masuk, kirimkan rekening koran kepada kami lewat menu bantuan."
    ),
    (
        "Sdr. {nama}, hasil pemeriksaan teknisi pada {tanggal} menunjukkan kerusakan {barang} disebabkan pemakaian di luar buku "
        "petunjuk sehingga tidak termasuk dalam jaminan. Sebagai bentuk kepedulian, kami menawarkan potongan biaya jasa perbaikan "
        "sebesar lima puluh persen di pusat servis resmi. Suku cadang tetap menjadi tanggungan pemilik barang."
    ),
    (
        "Gangguan jaringan di wilayah {kota} pada {tanggal} disebabkan putusnya kabel serat optik oleh pekerjaan galian pihak "
        "ketiga. Tim lapangan kami telah menyambung kembali kabel dan layanan berangsur pulih. Pelanggan {nomor} tidak perlu "
        "melakukan pengaturan ulang pada perangkat. Kami meminta maaf kepada {nama} dan seluruh pelanggan yang terdampak."
    ),
    (
        "Kepada {nama}: jadwal penerbangan tanggal {tanggal} diubah karena alasan operasional. Sesuai peraturan, penumpang berhak "
        "memilih pindah jadwal, pindah rute, atau pengembalian uang tiket secara penuh. Pengajuan dengan kode {nomor} dapat dilakukan "
        "melalui agen tempat pembelian atau kantor penjualan kami dalam waktu paling lama enam bulan."
    ),
    (
        "Dear {nama}, thank you for your letter about {barang}. We have forwarded your complaint to the responsible department and "
        "they are looking into it carefully. Our customers' satisfaction is our highest priority and we will keep improving our "
        "service so that incidents like the one on {tanggal} do not happen again. Your reference number is {nomor}."
    ),
    (
        "Pihak asuransi telah menerima berkas klaim atas nama {nama} dengan nomor {nomor}. Berkas masih dalam tahap analisis medis "
        "dan membutuhkan dokumen pendukung berupa resume medis, kuitansi asli, serta hasil laboratorium. Keputusan klaim diberikan "
        "paling lama tiga puluh hari kalender sejak seluruh dokumen kami terima dengan lengkap dan benar."
    ),
    (
        "Akun milik {nama} kami batasi sementara demi keamanan karena sistem mendeteksi aktivitas tidak wajar pada {tanggal}. Silakan "
        "lakukan verifikasi ulang melalui aplikasi dengan foto diri dan kartu identitas. Saldo {rupiah} tetap aman dan dapat dipakai "
        "kembali setelah verifikasi berhasil. Jangan memberikan kode rahasia kepada siapa pun termasuk petugas kami."
    ),
)

SAME_WITH_A_TOUCH = (
    (
        (
            "Terima kasih atas laporan Anda. Petugas kami telah memeriksa keluhan tersebut dan menyatakan bahwa alat ukur bekerja dengan "
            "wajar. Tagihan dihitung dari pemakaian yang tercatat setiap bulan. Pelanggan dapat meminta pengujian ulang alat ukur dengan "
            "biaya sesuai ketentuan di kantor pelayanan terdekat pada jam kerja."
        ),
        (
            "TERIMA KASIH atas laporan Anda!! Petugas kami telah memeriksa keluhan tersebut, dan menyatakan bahwa alat ukur bekerja dengan "
            "wajar. Tagihan dihitung dari pemakaian yang tercatat setiap bulan. Pelanggan dapat meminta pengujian ulang alat ukur dengan "
            "biaya sesuai ketentuan di kantor pelayanan terdekat pada jam kerja. Salam."
        ),
    ),
    (
        (
            "Kami sudah menegur mitra pengemudi yang bersangkutan dan memberikan pelatihan ulang tentang sopan santun. Kejadian ini menjadi "
            "catatan dalam penilaian kinerja mitra. Sebagai permohonan maaf, voucher perjalanan telah kami kirim ke akun Anda dan berlaku "
            "selama tiga puluh hari sejak diterbitkan."
        ),
        (
            "Halo Kak Maya, kami sudah menegur mitra pengemudi yang bersangkutan dan memberikan pelatihan ulang tentang sopan santun. "
            "Kejadian ini menjadi catatan dalam penilaian kinerja mitra. Sebagai permohonan maaf, voucher perjalanan telah kami kirim ke "
            "akun Anda dan berlaku selama tiga puluh hari sejak diterbitkan."
        ),
    ),
    (
        (
            "Kamar pengganti sudah kami siapkan namun tamu memilih meninggalkan hotel. Uang muka tidak dapat dikembalikan sesuai syarat "
            "pemesanan yang disetujui pada saat pembayaran. Kami menawarkan menginap satu malam tanpa biaya yang dapat dipakai kapan saja "
            "di luar musim liburan panjang."
        ),
        (
            "Kamar pengganti sudah kami siap\u200bkan namun tamu memilih meninggalkan hotel. Uang muka tidak dapat dikembalikan sesuai "
            "syarat pemesanan yang disetujui pada saat pembayaran. Kami menawarkan menginap satu malam tanpa biaya yang dapat dipakai kapan "
            "saja di luar musim liburan panjang. [ID-4410]"
        ),
    ),
    (
        (
            "Setoran tunai yang gagal di mesin akan dikembalikan otomatis ke rekening paling lambat empat belas hari kerja setelah "
            "rekonsiliasi. Nasabah tidak perlu datang kembali ke cabang. Bila sampai batas waktu dana belum masuk, silakan hubungi pusat "
            "layanan dengan menyebutkan lokasi mesin dan waktu transaksi."
        ),
        (
            "setoran tunai yang gagal di mesin akan dikembalikan otomatis ke rekening paling lambat 14 hari kerja setelah rekonsiliasi, "
            "nasabah tidak perlu datang kembali ke cabang, bila sampai batas waktu dana belum masuk silakan hubungi pusat layanan dengan "
            "menyebutkan lokasi mesin dan waktu transaksi"
        ),
    ),
    (
        (
            "Penjual telah kami beri sanksi pengurangan poin karena mengirim barang yang tidak sesuai deskripsi. Pembeli dapat memakai "
            "garansi uang kembali melalui tombol ajukan keluhan sebelum pesanan diselesaikan. Setelah pesanan selesai, dana sudah menjadi "
            "hak penjual dan berada di luar kendali kami."
        ),
        (
            "Ibu Ratna Dewi, penjual telah kami beri sanksi pengurangan poin karena mengirim barang yang tidak sesuai deskripsi. Pembeli "
            "dapat memakai garansi uang kembali melalui tombol ajukan keluhan sebelum pesanan diselesaikan. Setelah pesanan selesai, dana "
            "sudah menjadi hak penjual dan berada di luar kendali kami. Terima kasih."
        ),
    ),
)

FRAMES = (
    (
        "Kami mohon maaf sebesar-besarnya atas ketidaknyamanan yang Anda alami dan berterima kasih atas surat Anda. ",
        " Kami terus memperbaiki layanan agar hal serupa tidak terulang. Hormat kami, tim layanan pelanggan.",
    ),
    (
        "Yth. {nama}, terima kasih telah menulis di Surat Pembaca dan memberi kami kesempatan memperbaiki diri. ",
        " Bila masih ada yang kurang jelas, silakan membalas di halaman ini. Salam hangat dari kami.",
    ),
    (
        "Halo Kak {nama}, maaf ya sudah membuat Kakak menunggu lama. ",
        " Semoga Kakak berkenan memberi kami kesempatan lagi.",
    ),
)
MIDDLES = (
    "Paket Anda tertukar di gudang Rungkut dengan kiriman tetangga, dan Pak Slamet dari cabang itu mengantarnya sendiri Sabtu sore.",
    "Kompresor kulkas yang mati ternyata dari rakitan bulan Mei yang cacat; unit baru kami pasang Selasa pagi dan yang lama kami bawa.",
    "Dua kali pendebetan di ATM pasar terjadi karena kertas struk habis di tengah transaksi; selisihnya kami kreditkan kemarin malam.",
    "Petugas loket salah membaca jadwal kapal, maka tiket penyeberangan Anda berlaku untuk hari apa pun sampai akhir tahun ini.",
    "Resep kue ulang tahun itu memang memakai telur, padahal label menulis bebas telur; kami menarik seluruh stok dari rak hari ini.",
    "Tagihan air melonjak karena pipa bocor sebelum meteran, sehingga tiga bulan terakhir kami hitung ulang memakai rata-rata lama.",
)

PARAPHRASES = (
    (
        "Uang Anda kami kembalikan penuh lewat transfer bank hari Selasa karena stok barang ternyata habis di gudang sejak awal bulan.",
        "Karena persediaan di gudang kosong sejak awal bulan, seluruh pembayaran sudah kami transfer balik ke rekening Anda Selasa lalu.",
    ),
    (
        "Kurir kami salah menaruh paket di pos satpam perumahan sebelah. Paket sudah diambil dan diserahkan langsung kepada Anda.",
        "Paket itu rupanya dititipkan di pos jaga kompleks tetangga oleh kurir. Kini barang sudah kami antar ke tangan Anda.",
    ),
    (
        "Teknisi mengganti modul layar televisi tanpa biaya meski masa jaminan berakhir dua pekan lalu, sebagai tanggung jawab kami.",
        "Walaupun garansi lewat dua minggu, layar televisi tetap kami perbaiki gratis dengan modul baru; ini bentuk tanggung jawab kami.",
    ),
    (
        "Kenaikan premi berlaku untuk semua peserta setelah persetujuan otoritas dan diberitahukan lewat surat pada bulan Januari.",
        "Seluruh peserta mendapat surat di awal tahun mengenai premi baru yang sudah disetujui regulator.",
    ),
    (
        "Kolam renang ditutup untuk perawatan saat Anda menginap, dan bagian pemesanan lupa memberi tahu. Biaya satu malam kami kembalikan.",
        "Staf reservasi tidak mengabari bahwa kolam sedang dirawat. Sebagai gantinya kami kembalikan tarif untuk satu malam menginap.",
    ),
    (
        "Pesanan makanan tertukar karena dua pengemudi datang bersamaan. Kami kirim ulang menu yang benar dan menegur petugas kasir.",
        "Dua pengemudi tiba pada saat yang sama sehingga bungkusan tertukar; menu yang tepat sudah dikirim lagi dan kasir kami tegur.",
    ),
    (
        "Aplikasi versi lama menolak sidik jari. Pembaruan yang terbit Kamis memperbaikinya, dan akun Anda sudah kami buka kembali.",
        "Kesalahan pembacaan sidik jari di aplikasi sudah diperbaiki dalam versi terbaru. Blokir pada akun Anda juga telah dicabut.",
    ),
    (
        "Kami menolak klaim karena kecelakaan terjadi sebelum polis aktif, sesuai pasal tiga perjanjian yang Anda tanda tangani.",
        "Polis belum berlaku ketika kecelakaan terjadi, sehingga menurut pasal tiga perjanjian, klaim tidak bisa kami bayar.",
    ),
    (
        "Meteran listrik rumah Anda tertukar dengan rumah nomor sebelah sejak pemasangan. Tagihan enam bulan kami hitung ulang.",
        "Sejak dipasang, meter rumah Anda dan tetangga terbalik. Kami menghitung kembali enam bulan tagihan dan memotong kelebihannya.",
    ),
    (
        "Penjual asli sudah pindah ke alamat baru sehingga paket retur kembali. Silakan kirim ulang ke gudang kami di Cikarang.",
        "Retur Anda terpulang karena alamat penjual berubah. Mohon kirimkan lagi langsung ke gudang pusat Cikarang milik kami.",
    ),
    (
        "Jadwal bus berangkat lebih awal karena jalan ditutup untuk karnaval, dan pesan singkat kepada penumpang terlambat terkirim.",
        "Penutupan jalan untuk karnaval membuat bus dimajukan; sayangnya pemberitahuan ke penumpang dikirim terlalu lambat.",
    ),
    (
        "Kartu tambahan diterbitkan keliru oleh petugas baru. Iuran tahunannya kami hapus dan kartu sudah tidak aktif.",
        "Seorang petugas baru menerbitkan kartu tambahan tanpa diminta. Kartunya kami matikan dan iurannya dihapus.",
    ),
)

SHORT = (
    "Kipas angin pengganti berangkat hari ini dari gudang Sidoarjo dengan kurir sendiri, tiba besok siang di rumah Anda.",
    "Kami kehabisan stok dan lupa mengabari. Uang sudah kembali ke dompet digital Anda pagi ini.",
    "Benar, karyawan kami salah hitung. Selisihnya kami antar ke rumah bersama nota yang baru.",
    "Servis sudah selesai kemarin; papan sirkuit diganti dan diuji dua jam tanpa panas.",
    "Paket hilang di sortir Kediri. Asuransi kiriman membayar penuh, berkasnya tinggal Anda tanda tangani.",
    "Kami menolak karena segel garansi sudah terbuka ketika barang tiba di bengkel resmi kami.",
    "Nomor antrean ganda terjadi karena mesin dinyalakan ulang. Petugas sudah diminta memanggil nama.",
    "Harga di rak belum diganti setelah promo usai. Anda membayar harga rak, sisanya kami kembalikan.",
)

REWORDED = (  # the same reply with a few words changed so that it looks another
    ("telah kami periksa", "sudah kami periksa"),
    ("Kami mohon maaf atas ketidaknyamanan", "Kami menyesalkan ketidaknyamanan"),
    ("logistik dan penjual", "gudang dan penjual"),
    ("kantor cabang terdekat", "cabang terdekat"),
    ("mutu produk", "kualitas produk"),
    ("lonjakan volume paket", "kenaikan jumlah paket"),
    ("secara berkala", "setiap hari"),
    ("potongan biaya jasa perbaikan", "diskon ongkos servis"),
    ("pekerjaan galian pihak ketiga", "proyek jalan"),
    ("alasan operasional", "alasan teknis"),
    ("looking into it carefully", "handling it"),
    ("tahap analisis medis", "tahap pemeriksaan"),
    ("aktivitas tidak wajar", "perangkat baru"),
)
LONG_FRAME = (
    (
        "Terima kasih telah menyampaikan pengalaman Anda melalui surat pembaca. Kami memohon maaf atas ketidaknyamanan yang terjadi dan "
        "menghargai waktu yang Anda luangkan untuk menulis kepada kami. "
    ),
    (
        " Kami menjadikan setiap keluhan sebagai bahan perbaikan layanan. Bila masih ada pertanyaan, silakan membalas di halaman ini atau "
        "datang ke kantor kami pada jam kerja."
    ),
)
SHORT_MIDDLES = (
    "Paket tertukar di gudang Rungkut; kurir mengantarnya Sabtu sore.",
    "Kompresor kulkas Anda sudah diganti baru Selasa pagi tanpa biaya.",
    "Pendebetan ganda di mesin pasar sudah dikreditkan kemarin malam.",
    "Tiket kapal Anda berlaku hingga akhir tahun karena loket keliru.",
    "Stok kue berlabel keliru telah ditarik dari seluruh rak toko.",
    "Pipa bocor sebelum meteran; tagihan tiga bulan dihitung ulang.",
)

OTHER_TOPICS = (
    TEMPLATES[0],
    TEMPLATES[2],
    TEMPLATES[4],
    TEMPLATES[6],
    TEMPLATES[8],
    TEMPLATES[10],
)


def _filled(template: str, fill: dict[str, str]) -> Answer:
    return Answer(template.format(**fill), fill["judul"], (fill["nama"], "Bima Santoso"))


def pairs() -> list[tuple[bool, str, Answer, Answer]]:
    """Every pair: whether it is boilerplate, of which sort it is, and the two answers."""
    found: list[tuple[bool, str, Answer, Answer]] = []
    for template in TEMPLATES:
        found += [(True, "template", _filled(template, a), _filled(template, b)) for a, b in combinations(FILLS, 2)]
    found += [(True, "touched", Answer(a), Answer(b)) for a, b in SAME_WITH_A_TOUCH]
    for old, new in REWORDED:
        [template] = [one for one in TEMPLATES if old in one]
        found.append((True, "reworded", _filled(template, FILLS[0]), _filled(template.replace(old, new), FILLS[1])))
    found += [
        (False, "long frame", Answer(LONG_FRAME[0] + a + LONG_FRAME[1]), Answer(LONG_FRAME[0] + b + LONG_FRAME[1]))
        for a, b in combinations(SHORT_MIDDLES, 2)
    ]
    for number, (head, foot) in enumerate(FRAMES):
        told = [
            Answer(head.format(**fill) + middle + foot, fill["judul"], (fill["nama"],))
            for middle, fill in zip(MIDDLES, FILLS + FILLS, strict=False)
        ]
        found += [(False, "frame", a, b) for a, b in list(combinations(told, 2))[number::2]]
    found += [(False, "paraphrase", Answer(a), Answer(b)) for a, b in PARAPHRASES]
    found += [(False, "short", Answer(a), Answer(b)) for a, b in list(combinations(SHORT, 2))[::2]]
    found += [(False, "topic", _filled(a, FILLS[0]), _filled(b, FILLS[1])) for a, b in combinations(OTHER_TOPICS, 2)]
    return found
