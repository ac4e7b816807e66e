"""The desk of the demo's marketplace: some two dozen letters in every state, notes, hands and templates of its team."""

from datetime import timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from forum.contests import actions as contests
from forum.contests.lifecycle import Ground
from forum.core.clock import utcnow
from forum.core.db import db
from forum.demo import dates, story, telling
from forum.desk import actions as desk
from forum.desk.actions.due import put_all_due
from forum.letters.models import Case, Letter
from forum.letters.queries import case_for, letter_for
from forum.merchants.models import Merchant

BUSINESS: Final = "Pasar Senja"


class Told(NamedTuple):
    """A letter: sent `days` ago, what has become of it, whose hands it is in."""

    days: float
    author: str
    place: str
    title: str
    text: str
    state: str
    agent: str = ""


LETTERS: Final = (
    Told(46, "dodi", "Pekanbaru", "Garansi Toko Resmi Ditolak karena Kotak Sudah Dibuang", "Penyedot debu mati pada minggu ketiga. Toko bertanda resmi menolak garansi karena kotaknya sudah saya buang, padahal syarat itu tidak tertulis di halaman barang.", "waiting", "rizal"),
    Told(38, "puspa", "Denpasar", "Koin Cicilan Hangus Setelah Aplikasi Diperbarui", "Saldo koin sebesar Rp318.000 hilang setelah aplikasi diperbarui. Pusat bantuan meminta tangkapan layar dari sebelum pembaruan, yang tentu saja tidak saya punya.", "received", "nadia"),
    Told(24, "hasan", "Banjarmasin", "Ongkos Kirim Ditagih Dua Kali untuk Satu Keranjang", "Satu keranjang dari satu toko dikirim dalam dua paket, dan ongkosnya ditagih dua kali tanpa pemberitahuan sebelum saya membayar.", "waiting"),
    Told(17, "fitri", "Semarang", "Alamat Lama Dipakai Lagi Setelah Saya Hapus", "Alamat yang sudah saya hapus muncul lagi sebagai alamat utama. Akibatnya dua pesanan berangkat ke rumah yang sudah kami tinggalkan.", "received", "nadia"),
    Told(14, "melky", "Sorong", "Estimasi Tiga Hari Menjadi Tiga Minggu ke Papua Barat Daya", "Halaman barang menulis tiga hari. Setelah dibayar, estimasinya berubah menjadi tiga minggu dan pesanan tidak dapat dibatalkan.", "waiting", "rizal"),
    Told(13, "lina", "Malang", "Ulasan Bintang Satu Saya Hilang Keesokan Harinya", "Saya menulis ulasan jujur dengan foto barang yang sobek. Keesokan harinya ulasan itu hilang, sedangkan ulasan bintang lima tetap ada.", "waiting"),
    Told(12, "agung", "Bekasi", "Voucer Gratis Ongkir Tidak Terpakai tetapi Dianggap Habis", "Voucer ditolak saat pembayaran karena kesalahan sistem, lalu dinyatakan sudah habis dipakai. Sisa masa berlakunya masih sepuluh hari.", "received"),
    Told(9, "siti", "Cirebon", "Ukuran Sepatu Tertukar, Pengembalian Menunggu Kurir Lima Hari", "Sepatu yang datang nomor 36, pesanan saya nomor 39. Permintaan pengembalian disetujui, tetapi kurir penjemput tidak pernah datang.", "waiting", "nadia"),
    Told(7, "togar", "Medan", "Penjual Mengirim Batu Bata di Dalam Kotak Telepon", "Kotaknya tersegel rapi, isinya batu bata terbungkus koran. Video pembukaan paket sudah saya kirim ke pusat bantuan pada hari yang sama.", "waiting"),
    Told(5, "wayan", "Gianyar", "Dana Penjual Tertahan karena Verifikasi Ulang yang Berulang", "Sudah tiga kali saya mengirim dokumen verifikasi, tiga kali pula diminta lagi. Dana hasil penjualan bulan ini tertahan.", "waiting", "bima"),
    Told(4, "ningsih", "Solo", "Beras Lima Kilogram Datang Empat Setengah", "Saya timbang di warung sebelah: empat setengah kilogram. Penjual menjawab timbangannya yang benar.", "waiting"),
    Told(2.2, "yohanes", "Merauke", "Pembayaran di Gerai Tidak Masuk, Pesanan Dibatalkan Otomatis", "Struk pembayaran dari gerai ada pada saya, tetapi pesanan dibatalkan otomatis dan uangnya belum kembali.", "waiting"),
    Told(1.1, "hasan", "Banjarmasin", "Barang Bekas Dijual sebagai Baru", "Headset yang saya terima penuh goresan dan masih terhubung dengan nama pemilik sebelumnya.", "waiting"),
    Told(0.8, "dodi", "Pekanbaru", "Nomor Resi Palsu dari Penjual Bertanda Verifikasi", "Nomor resi yang diberikan penjual tidak dikenal oleh kurir mana pun. Penjualnya bertanda verifikasi.", "waiting"),
    Told(11, "puspa", "Denpasar", "Akun Dikunci Setelah Ganti Nomor Telepon", "Setelah nomor telepon saya ganti, akun terkunci dan seluruh saldo tidak dapat dipakai.", "asked", "bima"),
    Told(6, "melky", "Sorong", "Pesanan Hadiah Dikirim Tanpa Kartu Ucapan", "Kartu ucapan dibayar terpisah, tetapi paket hadiah datang tanpa kartu dan dengan nota harga di dalamnya.", "asked", "nadia"),
    Told(33, "fitri", "Semarang", "Uang Kembali Dijanjikan Tujuh Hari, Sudah Dua Puluh", "Barang sudah saya kembalikan dan diterima gudang, tetapi uangnya belum kembali sampai hari ini.", "promise_over", "rizal"),
    Told(21, "lina", "Malang", "Bayar di Tempat Ditolak Setelah Kurir Tiba", "Kurir meminta transfer ke rekening pribadinya karena menurutnya bayar di tempat sedang dimatikan.", "promise_soon", "nadia"),
    Told(30, "agung", "Bekasi", "Asuransi Pengiriman Tidak Menanggung Layar Pecah", "Saya membayar asuransi pengiriman, layar datang pecah, dan klaim ditolak dengan alasan kemasan penjual.", "answered", "rizal"),
    Told(27, "siti", "Cirebon", "Pesanan Susu Bayi Datang Mendekati Kedaluwarsa", "Susu bayi yang datang tinggal tiga minggu dari tanggal kedaluwarsa, padahal halaman menjanjikan setahun.", "answered", "nadia"),
    Told(41, "togar", "Medan", "Poin Loyalitas Dipotong untuk Pesanan yang Batal", "Pesanan dibatalkan penjual, tetapi poin saya tetap terpotong dan tidak kembali.", "solved", "rizal"),
    Told(52, "wayan", "Gianyar", "Biaya Layanan Penjual Naik Tanpa Pemberitahuan", "Biaya layanan naik dari dua menjadi empat persen, dan saya baru tahu dari laporan penjualan.", "not_solved", "bima"),
    Told(60, "ningsih", "Solo", "Kompor Salah Kirim Akhirnya Ditukar", "Kompor dua tungku datang satu tungku. Penukaran memakan waktu tiga minggu.", "partly", "nadia"),
    Told(19, "yohanes", "Merauke", "Menurut Saya Toko Ini Menipu Banyak Orang di Pasar Senja", "Tiga tetangga saya memesan dari toko yang sama dan tiga-tiganya menerima barang yang salah.", "contested", "bima"),
)  # fmt: skip
QUESTION: Final = "Pada tanggal berapa kejadian ini, dan lewat aplikasi atau situs? Nomor pesanan mohon diisi di kolom pribadi."
SAME: Final = "Kami memeriksa catatan pesanan dan gudang. Penyebabnya ada pada pengaturan penjual yang tidak sesuai dengan ketentuan kami; penjual sudah kami tegur dan halamannya kami perbaiki pada hari yang sama."
ANSWERS: Final = {
    "Uang Kembali Dijanjikan Tujuh Hari, Sudah Dua Puluh": "Gudang Cikarang mencatat barang Ibu Fitri masuk pada hari keenam, tetapi pemeriksaannya tertunda karena kodenya terbaca ganda. Pemeriksaan selesai hari ini dan pengembalian dananya kami ajukan ke bank.",
    "Bayar di Tempat Ditolak Setelah Kurir Tiba": "Mitra kurir itu mematikan bayar di tempat tanpa izin kami. Ia tidak lagi mengantar untuk kami, dan ongkos pesanan ulang Ibu Lina kami tanggung. Mohon jangan pernah membayar ke rekening pribadi pengantar.",
    "Asuransi Pengiriman Tidak Menanggung Layar Pecah": SAME,
    "Pesanan Susu Bayi Datang Mendekati Kedaluwarsa": SAME,
    "Poin Loyalitas Dipotong untuk Pesanan yang Batal": "Pembatalan oleh penjual dihitung sistem poin sebagai pembatalan oleh pembeli. Kesalahan itu mengenai 1.204 pembeli pada bulan lalu; 4.150 poin Bapak Togar sudah kembali pagi ini.",
    "Biaya Layanan Penjual Naik Tanpa Pemberitahuan": SAME,
    "Kompor Salah Kirim Akhirnya Ditukar": "Label kotak tertukar di pabrik. Kompor dua tungku pengganti tiba kemarin dan yang keliru sudah dijemput tanpa ongkos; tiga minggu terlalu lama dan penyebabnya persediaan yang kosong di Surabaya.",
}  # fmt: skip
PROMISE: Final = "Pengembalian dana penuh ke metode pembayaran semula"
TEMPLATES: Final = {
    "Uang kembali": (
        "Yth. {byline},\n\nterima kasih atas surat “{judul}” (nomor {nomor_surat}). {temuan: apa yang kami periksa dan temukan}\n\n"
        "Dana sebesar {jumlah} kami kembalikan paling lambat {hari dan tanggal}.\n\n{penandatangan}, {nama_usaha}"
    ),
    "Penukaran barang": (
        "Yth. {byline},\n\nbarang pada surat nomor {nomor_surat} kami tukar. {cara penjemputan dan pengiriman}\n\n"
        "{penandatangan}, {nama_usaha}"
    ),
}
NOTES: Final = {
    "Penjual Mengirim Batu Bata di Dalam Kotak Telepon": (
        ("nadia", "Video pembukaan sudah saya tonton: segelnya utuh. Gudang Medan diminta menimbang ulang paketnya."),
        ("bima", "Setuju uang kembali penuh. Tunggu hasil timbangan besok pagi sebelum menjawab."),
    ),
    "Garansi Toko Resmi Ditolak karena Kotak Sudah Dibuang": (
        ("rizal", "Toko resmi belum membalas surel kami sejak Senin. Saya telepon lagi siang ini."),
    ),
}


def write(people: story.People) -> None:
    """Let each letter live its life."""
    for told in LETTERS:
        letter_id = story.live(_story(told), people)
        if told.state == "contested":
            begun = utcnow()
            _contest(letter_id, people)
            telling.deliver()
            dates.step(begun, begun - timedelta(days=3))


def finish(people: story.People) -> None:
    """Give the cases into hands, write notes and templates, and begin a response."""
    begun, bima = utcnow(), people["bima"]
    cases = {
        case.letter.title: case
        for case in (case_for(bima, number) for number in _case_numbers())
    }
    for told in LETTERS:
        if told.agent:
            desk.assign(cases[told.title], to=people[told.agent].id, by=bima)
    for title, notes in NOTES.items():
        for by, text in notes:
            desk.add_note(cases[title], by=people[by], text=text)
    merchant_id = next(iter(cases.values())).merchant_id
    made = [desk.add_template(merchant_id, by=bima, name=name, text=text) for name, text in TEMPLATES.items()]
    desk.use_template(cases["Ukuran Sepatu Tertukar, Pengembalian Menunggu Kurir Lima Hari"], made[1], by=people["nadia"])
    telling.deliver()
    dates.step(begun, begun - timedelta(hours=6))
    desk.stay(cases["Penjual Mengirim Batu Bata di Dalam Kotak Telepon"].id, by=people["nadia"])
    put_all_due()


def _case_numbers() -> list[int]:
    titles = [told.title for told in LETTERS]
    found = (
        select(Case.id)
        .join(Letter, Letter.id == Case.letter_id)
        .join(Merchant, Merchant.id == Case.merchant_id)
        .where(Merchant.name == BUSINESS, Letter.title.in_(titles))
        .order_by(Case.id)
    )
    return list(db.session.scalars(found))


def _story(told: Told) -> dict[str, Any]:
    return {
        "days": told.days,
        "author": told.author,
        "to": [BUSINESS],
        "category": "toko-online",
        "place": told.place,
        "title": told.title,
        "text": told.text,
        "details": {"order": f"PS-2611{abs(number_of(told.title)) % 10_000:04d}"},
        "steps": [{"day": 0.05, "do": "publish"}, *_steps(told)],
    }


def number_of(title: str) -> int:
    """Return a number for a title, the same in every process."""
    return sum(position * ord(character) for position, character in enumerate(title, start=1))


def _steps(told: Told) -> list[dict[str, Any]]:
    by = told.agent or "bima"
    received = {"day": min(2.0, told.days / 2), "do": "acknowledge", "by": by}
    answered_on = min(8.0, told.days / 2)
    answer = {"day": answered_on, "do": "answer", "by": by, "remedy": "explanation", "text": ANSWERS.get(told.title, "")}
    ends = {"day": min(11.0, told.days * 0.9), "do": told.state}
    if told.state == "received":
        return [received]
    if told.state == "asked":
        return [{"day": told.days - 1.5, "do": "ask", "by": by, "text": QUESTION}]
    if told.state in {"promise_over", "promise_soon"}:
        until = told.days - answered_on + (-4 if told.state == "promise_over" else 3)
        refund = {"remedy": "refund", "how": {"amount": 318_000, "way": "balance"}}
        return [answer | refund | {"promise": PROMISE, "promise_days": max(1, round(until))}]
    if told.state == "answered":
        return [received, answer]
    return [answer, ends] if told.state in {"solved", "partly", "not_solved"} else []


def _contest(letter_id: int, people: story.People) -> None:
    letter = letter_for(people["bima"], letter_id)
    contests.contest(
        letter,
        contests.Claimed(
            Ground.DUPLICATE,
            ["Tiga tetangga saya memesan dari toko yang sama dan tiga-tiganya menerima barang yang salah."],
            "Kejadian yang sama sudah ditulis tetangga penulis bulan lalu, dengan toko dan pesanan yang sama, dan sudah kami tanggapi di sana.",
        ),
        by=people["bima"],
        case=letter.cases[0],
        address="192.0.2.3",
    )
