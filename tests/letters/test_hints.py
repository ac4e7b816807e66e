"""Private details are proposed, harmless numbers and names are not: one table of sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.letters import hints
from forum.letters.hints import Kind, find, mask, mask_all

pytestmark = pytest.mark.pure

NIK = "3578014107900003"

FOUND = [
    # phones
    ("Hubungi saya di 081234567890", "phone", "081234567890"),
    ("HP 0812-3456-7890 ya", "phone", "0812-3456-7890"),
    ("WA:0812 3456 789", "phone", "0812 3456 789"),
    ("nomor +62 812 3456 7890.", "phone", "+62 812 3456 7890"),
    ("nomor +6281234567890", "phone", "+6281234567890"),
    ("kontak 62812-3456-7890, terima kasih", "phone", "62812-3456-7890"),
    ("no.0857.1234.5678", "phone", "0857.1234.5678"),
    ("(0812-3456-7890)", "phone", "0812-3456-7890"),
    ("WA081234567890", "phone", "081234567890"),
    ("ditelepon 0899 123 4567 berkali-kali", "phone", "0899 123 4567"),
    ("08123456789\n08987654321", "phone", "08123456789"),
    # identity cards
    (f"NIK saya {NIK}", "nik", NIK),
    (f"KTP: {NIK}.", "nik", NIK),
    ("nik 3578 0141 0790 0003", "nik", "3578 0141 0790 0003"),
    ("KK 3273011205100012", "nik", "3273011205100012"),
    ("laki-laki 1171011207850001", "nik", "1171011207850001"),
    # cards
    ("kartu 4111 1111 1111 1111", "card", "4111 1111 1111 1111"),
    ("kartu 4111-1111-1111-1111 didebit", "card", "4111-1111-1111-1111"),
    ("CC 5555555555554444", "card", "5555555555554444"),
    ("amex 378282246310005", "card", "378282246310005"),
    # accounts
    ("ke rekening BCA 1234567890", "account", "1234567890"),
    ("norek 1234567890123", "account", "1234567890123"),
    ("no rek: 123-456-7890", "account", "123-456-7890"),
    ("No. Rek. 0021 0100 1234 567", "account", "0021 0100 1234 567"),
    ("transfer Mandiri 1370012345678", "account", "1370012345678"),
    ("BRI 002101001234567 tadi pagi", "account", "002101001234567"),
    ("dikirim 1234567890 a.n. toko", "account", "1234567890"),
    ("1234567890 atas nama PT Sinar Contoh", "account", "1234567890"),
    ("nomor virtual account 8077712345678901", "account", "8077712345678901"),
    ("VA 80777000123456", "account", "80777000123456"),
    # e-mail
    ("surel ana.putri@contoh.id", "email", "ana.putri@contoh.id"),
    ("ke ana_putri+belanja@mail.contoh.co.id.", "email", "ana_putri+belanja@mail.contoh.co.id"),
    ("<bima99@contoh.com>", "email", "bima99@contoh.com"),
    # tracking
    ("resi JD0034282669", "tracking", "JD0034282669"),
    ("resi JP1234567890", "tracking", "JP1234567890"),
    ("SPXID041234567890", "tracking", "SPXID041234567890"),
    ("APXID055796644523", "tracking", "APXID055796644523"),
    ("kode RR007321866ID", "tracking", "RR007321866ID"),
    ("Nomor resi: 012340056789012", "tracking", "012340056789012"),
    ("no resi nya 8800123456789", "tracking", "8800123456789"),
    ("AWB 10008123456789", "tracking", "10008123456789"),
    ("resi 081234567890", "tracking", "081234567890"),
    # orders
    ("INV/20200830/XX/VIII/617887021", "order", "INV/20200830/XX/VIII/617887021"),
    ("faktur INV/20240101/MPL/3672819201.", "order", "INV/20240101/MPL/3672819201"),
    ("no pesanan 240115ABCD1234", "order", "240115ABCD1234"),
    ("2401158K3PQR7T dibatalkan", "order", "2401158K3PQR7T"),
    ("nomor pesanan: 577412345678901234", "order", "577412345678901234"),
    ("tiket #20231234567", "order", "#20231234567"),
    ("order id 190912345678", "order", "190912345678"),
    ("transaksi BL201234567890", "order", "BL201234567890"),
    ("nomor laporan 12345678901", "order", "12345678901"),
    # plates
    ("plat B 1234 XYZ", "plate", "B 1234 XYZ"),
    ("nopol L1234AB", "plate", "L1234AB"),
    # names
    ("dilayani CS bernama Rina", "name", "Rina"),
    ("CS bernama rina bilang begitu", "name", "rina"),
    ("kurir bernama Joko Santoso marah", "name", "Joko Santoso"),
    ("Kurir yang bernama Joko", "name", "Joko"),
    ("bernama Ibu Siti Aminah", "name", "Siti Aminah"),
    ("atas nama Maria Febrina", "name", "Maria Febrina"),
    ("a.n. Budi Raharjo", "name", "Budi Raharjo"),
    ("a/n BUDI RAHARJO", "name", "BUDI RAHARJO"),
    ("an. Budi", "name", "Budi"),
    ("saya bicara dengan Bapak Hendra", "name", "Hendra"),
    ("Ibu Dewi Lestari dari kantor cabang", "name", "Dewi Lestari"),
    ("dengan Mbak Wulan", "name", "Wulan"),
    ("lalu Mas Eko menelepon", "name", "Eko"),
    ("Pak Ma'ruf tidak datang", "name", "Ma'ruf"),
    ("Sdr. Agus Salim", "name", "Agus Salim"),
    ("Riani Rusmita H. dan Bapak Hasan H. datang", "name", "Hasan H."),
    ("petugas dengan nama Slamet", "name", "Slamet"),
    ("teknisi yaitu Bayu", "name", "Bayu"),
]
NOTHING = [
    "harga Rp1.808.000 tunai",
    "harga Rp.1.808.000",
    "Rp 1,250,000 saja",
    "senilai Rp 1250000000",
    "transfer ke BCA Rp1234567890",
    "sebesar 1.250.000.000 rupiah",
    "uang 10.000.000.000.000.000",
    "tanggal 20 Oktober 2020 pukul 17.09 WIB",
    "tanggal 20-10-2020 dan 21-10-2020",
    "pesanan tanggal 20-10-2020",
    "order 2020-10-20 belum datang",
    "05/11/2021 10:58 WIB",
    "telepon call centre 1500046",
    "hubungi 147 atau 14000",
    "call center 0804-1-500500",
    "Halo BCA 1500888",
    "0800-1-234567 bebas pulsa",
    "kantor (021) 5551234",
    "021-5551234",
    "surel cs@contoh.co.id",
    "halo@contoh.id dan customer.care@contoh.com",
    "kartu 4111 1111 1111 1112",
    "kode 1234567890123456",
    "NIK 9978014107900003",
    "NIK 3578019907900003",
    "NIK 3578014113900003",
    "NIK 3278014107900000",
    "kartu berakhiran XXX3825",
    "pesanan *****MTG8U",
    "stok 1234567890 buah",
    "bukan a@b",
    "Bapak/Ibu yang terhormat",
    "Bapak Direktur Utama",
    "Ibu Kota Jakarta",
    "Kepada Ibu Yth",
    "Mbak CS bilang tidak bisa",
    "rekening atas nama PT Sinar Contoh",
    "atas nama perusahaan kami",
    "atas nama saya sendiri",
    "toko bernama Berkah Jaya",
    "perusahaan yang bernama Sinar Contoh",
    "aplikasi bernama Dompetku",
    "ibu saya sakit",
    "ibu rumah tangga di Surabaya",
    "bernama lengkap",
    "Mas kawin",
    "Surabaya, Jawa Timur",
    "harga 79K, +/- 8 juta rupiah, [#123",
    "TikTok Shop dan J&T",
    "8 juta 500 ribu 12 hari 30 jam",
    "1 2 3 4 5 6 7 8 9 10 11 12",
    "BCA mulai 2020-10-20 sampai 2020-11-20",
    "",
]


@pytest.mark.parametrize(("sentence", "kind", "found"), FOUND)
def test_private_details_are_found(sentence: str, kind: str, found: str) -> None:
    assert (kind, found) in [(hint.kind.value, hint.found) for hint in find(sentence)]


@pytest.mark.parametrize("sentence", NOTHING)
def test_harmless_text_is_left_alone(sentence: str) -> None:
    assert find(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "masked"),
    [
        ("HP 0812-3456-5678", "HP 0812-••••-5678"),
        ("+62 812 3456 5678", "+62812-••••-5678"),
        (f"NIK {NIK}!", "NIK ••••••••••••••••!"),
        ("kartu 4111 1111 1111 1111", "kartu •••• •••• •••• 1111"),
        ("norek 123-456-7890", "norek •••-•••-7890"),
        ("ana.putri@contoh.id", "a•••@contoh.id"),
        ("INV/20200830/XX/VIII/617887021", "•••/••••••••/••/••••/•••••7021"),
        ("plat B 1234 XYZ", "plat B •••• XYZ"),
        ("kurir bernama Joko Santoso", "kurir bernama J. S."),
        ("Bapak Hendra (0812-3456-5678)", "Bapak H. (0812-••••-5678)"),
    ],
)
def test_masks(sentence: str, masked: str) -> None:
    assert mask_all(sentence, find(sentence)) == masked


@pytest.mark.parametrize(("sentence", "kind", "found"), FOUND)
def test_a_masked_sentence_has_no_more_hints(sentence: str, kind: str, found: str) -> None:
    masked = mask_all(sentence, find(sentence))
    assert found not in masked, kind
    assert find(masked) == []


def test_mask_refuses_a_text_that_changed() -> None:
    hint = find("HP 081234567890")[0]
    assert mask("HP 081234567890 ya", hint) == "HP 0812-••••-7890 ya"
    with pytest.raises(ValueError, match="changed"):
        mask("081234567890", hint)


def test_known_names_are_no_hints() -> None:
    assert find("atas nama Sumber Rejeki")
    assert find("atas nama Sumber Rejeki", known_names=["SUMBER  rejeki"]) == []


def test_hints_do_not_overlap_and_are_in_order() -> None:
    found = find(f"Ibu Dewi (081234567890, dewi@contoh.id) a.n. Budi rekening BCA 1234567890 NIK {NIK}")
    assert [hint.kind for hint in found] == [Kind.NAME, Kind.PHONE, Kind.EMAIL, Kind.NAME, Kind.ACCOUNT, Kind.NIK]
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert len(find("081234567890\n" * 300)) == hints.MAX_HINTS


pieces = st.lists(
    st.sampled_from([sentence for sentence, _kind, _found in FOUND] + NOTHING) | st.text(max_size=20), max_size=6
)


@given(pieces.map(" ".join))
def test_hints_point_at_the_text(text: str) -> None:
    end = 0
    for hint in find(text):
        assert text[hint.start : hint.end] == hint.found
        assert hint.start >= end
        assert hint.mask != hint.found
        end = hint.end


BIG = 100_000
HOSTILE = [
    "1",
    "(",
    "1 ",
    "1-",
    "0812",
    "08 ",
    "a.",
    "a@",
    "a-1",
    "Aa ",
    "Bapak ",
    "bernama ",
    "rekening ",
    "INV/",
    "A1",
    "resi 1 ",
    "pesanan a1",
]
HOSTILE += ["Bapak Aa ", "62 8", "+62 ", "1234567890 ", "A'", "a/n ", "•", "İ", "4111 ", "A-", "order AAAAAAAAAAAA1 "]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_ends_soon(piece: str) -> None:
    assert len(find(piece * (BIG // len(piece)))) <= hints.MAX_HINTS
