"""What private details look like in Indonesian letters: bounded patterns, so that no text makes them slow."""

import re
from typing import Final

EMAIL = re.compile(r"(?<![\w.+-])(?P<name>[\w.+-]{1,64})@(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})(?![\w@])")
DESK = re.compile(
    r"(?:cs|cso|info|halo|hello|help|support|care|admin|contact|kontak|layanan|pengaduan|customer|service|corporate)"
    r"(?:[._-]?\w{0,20})",
    re.IGNORECASE,
)
INVOICE = re.compile(r"(?<!\w)INV/\d{8}/[A-Z0-9/]{4,40}(?!\w)", re.IGNORECASE)
DATED_ORDER = re.compile(r"(?<!\w)2\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=\d{0,7}[A-Z])[A-Z0-9]{8}(?!\w)")
RESI = re.compile(
    r"(?<!\w)(?:(?:J[DNOPTXZ]|CM|SPX(?:ID)?|APXID|IDE|IDS|TKP|TKJD|NLID[A-Z]{0,2}|LX[A-Z]{2}|JNAP-?|SICEPAT|TG|TLJR)\d{8,18}"
    r"|[A-Z]{2}\d{9}ID)(?!\w)"
)
CODE = re.compile(r"(?<![\w.,/])#?(?=[A-Z0-9-]{0,20}\d)[A-Z0-9][A-Z0-9-]{7,29}(?![\w])(?![.,]\d)", re.IGNORECASE)
PHONE = re.compile(r"(?<!\d)(?<!\d[.,])(?:\+?62|0)[ -]?(?:\(0\))?8[ .-]?[1-9](?:[ .-]?\d){6,10}(?!\d)(?![.,]\d)")
LANDLINE = re.compile(r"(?<!\w)(?<!\d[.,])(?:\(0[2-79]\d{1,2}\)|0[2-79]\d{1,2})[ -]?\d{3,4}[ -]?\d{2,4}(?!\w)(?![.,]\d)")
TAX_NUMBER = re.compile(r"(?<!\w)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\w)")
DOCUMENT = re.compile(r"(?<!\w)(?:[A-Z]-?\d{7,8}|\d{12}|\d{14,16})(?!\w)(?![.,]\d)")
SIXTEEN = re.compile(r"(?<!\w)(?<!\d[.,])\d(?:[ .-]?\d){15}(?!\w)(?![.,]\d)")
CARD = re.compile(r"(?<!\w)(?<!\d[.,])\d(?:[ -]?\d){12,18}(?!\w)(?![.,]\d)")
ACCOUNT = re.compile(r"(?<!\w)(?<!\d[.,-])\d{3,18}(?:[ -]\d{3,10}){0,4}(?!\w)(?![.,-]\d)")
PLATE = re.compile(r"(?<!\w)[A-Z]{1,2} ?\d{1,4} ?[A-Z]{1,3}(?!\w)")

ORDER_WORD = re.compile(
    r"(?:pesanan|order(?:an)?|invoice|inv|faktur|tiket|ticket|transaksi|booking|pemesanan|laporan|pengaduan"
    r"|pelanggan|customer|polis|kontrak|member|anggota|keanggotaan|peserta|bpjs|indihome|referensi)\b[^\d\n]{0,25}$"
)
DOCUMENT_WORD = re.compile(r"\b(?:paspor|passport|npwp|sim|bpkb|stnk|kitas)\b[^\d\n]{0,20}$")
HOME_WORD = re.compile(r"\brumah\b[^\d\n]{0,30}$")
CARD_WORD = re.compile(r"\b(?:kartu(?: kredit| debit)?|card|cc|visa|mastercard)\b")
NIK_WORD = re.compile(r"\b(?:nik|ktp|kk|keluarga|induk|kependudukan)\b")
RESI_WORD = re.compile(r"\b(?:resi(?:nya)?|awb|tracking)\b[^\d\n]{0,25}$")
ACCOUNT_WORD = re.compile(
    r"\b(?:rekening(?:nya)?|norek|no\.? ?rek|rek|bca|bri|bni|btn|bsi|mandiri|cimb|niaga|danamon|permata|ocbc|jago|seabank"
    r"|virtual account|va)\b[^\d\n]{0,30}$"
)
VIRTUAL_WORD = re.compile(r"\b(?:virtual account|va)\b[^\d\n]{0,20}$")
HOLDER = re.compile(r"\s?\(?(?:a\.? ?n\.?|a/n|atas nama)\b", re.IGNORECASE)
PLATE_WORD = re.compile(r"\b(?:(?:ber)?plat|(?:ber)?pelat|nopol|nomor polisi|no\.? ?polisi|no\.? ?pol)\b[^\d\n]{0,25}$")
MONEY = re.compile(r"(?:rp|idr|\$)\.? ?$", re.IGNORECASE)

CAPITAL = r"[A-Z](?:[a-z]+['’]?[a-z]*|['’][A-Z]?[a-z]+|[A-Z]+)"
FULL = rf"(?P<name>{CAPITAL}(?: (?:[A-Z]\.(?!\w)|{CAPITAL})){{0,3}})"
SAID = re.compile(
    rf"\b(?:[Bb]ernama|BERNAMA|[Nn]amanya|[Dd]engan nama)(?: (?:[Bb]apak|[Ii]bu|[Pp]ak|[Bb]u|[Mm]bak|[Mm]as|[Kk]ak))? {FULL}"
)
SAID_SMALL = re.compile(r"\b[Bb]ernama (?P<name>[a-z]{3,20})(?![\w-])")
HELD = re.compile(rf"(?:\b[Aa]tas [Nn]ama|\bATAS NAMA|(?<!\w)[Aa]\.? ?[Nn]\.|(?<!\w)[Aa]/[Nn])(?: :|:)? {FULL}")
TITLED = re.compile(
    rf"(?<![\w/])(?:Bapak|BAPAK|bapak|Ibu|IBU|ibu|Pak|pak|Bu|bu|Mbak|mbak|Mba|mba|Mas|mas|Kak|kak|Bang|bang|Sdri?\.?"
    rf"|sdri?\.?|Saudar[ai]|saudar[ai]|Tn\.?|Ny\.?|Tuan|tuan|Nyonya|nyonya|Nona|nona) {FULL}"
)
STAFF = re.compile(
    rf"\b(?:[Kk]urir|[Dd]river|[Ss]opir|[Tt]eknisi|[Ss]ales|[Pp]etugas|[Pp]egawai|[Kk]aryawan|[Ss]taf|[Aa]gen|[Aa]dmin"
    rf"|[Kk]asir|[Ss]atpam|[Dd]ebt [Cc]ollector|[Ss]upervisor|CS|cs)(?:nya)?(?: inisial|,|:| \()? ?(?:yaitu |dengan nama ){FULL}"
)
STAFF_FULL = re.compile(
    rf"\b(?:[Kk]urir|[Dd]river|[Ss]opir|[Tt]eknisi|[Ss]ales|[Pp]etugas|[Pp]egawai|[Kk]aryawan|[Kk]asir|[Tt]eller|[Ss]atpam"
    rf"|[Pp]enagih|[Dd]ebt [Cc]ollector|[Ss]upervisor)(?:nya)?,? {FULL}"
)
GIVEN = re.compile(rf"\b(?:[Pp]enerima|[Pp]engirim|[Pp]emesan|[Pp]emilik|[Nn]ama)(?:nya)? ?: ?{FULL}")
LEAST_WORDS: Final = {STAFF_FULL: 2, GIVEN: 2}
"""Behind these a single capitalised word is more often a business than a person."""
FIRM_BEFORE = re.compile(
    r"\b(?:toko(?:nya)?|perusahaan|aplikasi|usaha|merek|merk|produk|bank|situs|website|restoran|warung|lapak|gerai|hotel|klinik"
    r"|akun|seller|game|program|koperasi|seri|tipe)\b[^.\n]{0,20}$"
)
NOT_NAMES: Final = frozenset(
    {
        "pt", "cv", "ud", "tbk", "toko", "bank", "koperasi", "yayasan", "hotel", "kota", "kabupaten", "provinsi",
        "negara", "pertiwi", "bapak", "ibu", "pak", "bu", "yth", "rt", "rw", "cs", "dc", "spv", "kepala", "direktur",
        "menteri", "presiden", "gubernur", "bupati", "walikota", "camat", "lurah", "hakim", "polisi", "dokter",
        "manager", "manajer", "pimpinan", "redaksi", "customer", "service", "admin", "kurir", "driver", "mbak", "mas",
        "kak", "saya", "kami", "anda", "dia", "beliau", "nya", "perusahaan", "pembeli", "penjual", "penerima",
        "pengirim", "pemilik", "konsumen", "nasabah", "pelanggan", "orang", "lain", "sama", "lengkap", "tersebut",
        "itu", "ini", "yang", "di", "dan", "dari", "untuk", "seperti", "tidak", "saja", "akun", "shopee", "tokopedia",
        "lazada", "tiktok", "bukalapak", "gojek", "grab", "ovo", "dana", "gopay", "bca", "bri", "bni", "btn",
        "mandiri", "jne", "jnt", "sicepat", "anteraja", "indihome", "telkomsel", "xl", "axis", "traveloka", "media",
        "otp", "ktp", "nik", "npwp", "wa", "hp", "id", "mohon", "terima", "tolong", "selamat", "rekening", "sendiri",
        "orangtua", "jakarta", "asuransi", "leasing", "resmi", "pusat", "cabang", "kantor", "rumah"
    }
)  # fmt: skip
"""Capitalised words behind a title that are no person's name."""
