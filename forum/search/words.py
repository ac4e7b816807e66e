"""Short forms, slang and names that mean the same to a reader who searches."""

from typing import Final

_SLANG_GROUPS: Final = {
    "yang": "yg yng",
    "dengan": "dgn dg",
    "untuk": "utk",
    "karena": "krn karna krna",
    "belum": "blm blum blom",
    "sudah": "sdh udah udh dah sdah",
    "tidak": "gak ga nggak enggak ngga engga gk tdk ndak kagak tak",
    "kok": "koq",
    "tapi": "tp tpi tetapi",
    "banget": "bgt bngt",
    "bisa": "bs bsa",
    "kalau": "klo kalo klu kl",
    "saya": "sy",
    "dari": "dr dri",
    "juga": "jg jga",
    "dalam": "dlm",
    "pada": "pd",
    "lagi": "lg lgi",
    "saja": "aja sj",
    "sampai": "sampe smp nyampe",
    "terus": "trs trus",
    "terima": "trima",
    "bagaimana": "gimana gmn bgmn",
    "kenapa": "knp",
    "barang": "brg brang",
    "bayar": "byr",
    "kirim": "krm",
    "telepon": "tlp telp tlpn telpon telfon",
    "nomor": "nomer no nmr",
    "rekening": "rek norek",
    "uang": "duit",
    "orang": "org",
    "penjual": "seller",
    "pembeli": "buyer",
    "paket": "pkt",
    "jumat": "jum'at",
}
SLANG: Final[dict[str, str]] = {short: word for word, shorts in _SLANG_GROUPS.items() for short in shorts.split()}

_SYNONYM_GROUPS: Final = {
    "tokopedia": "toped tokped tokpedia",
    "shopee": "shopie sopi shope",
    "bukalapak": "bl",
    "tts": "tiktokshop",
    "hci": "homecredit",
    "jnt": "jnte jtexpress",
    "marketplace": "mp lokapasar",
    "resi": "awb",
    "cc": "kartukredit",
    "dc": "debtcollector",
    "cs": "customerservice",
    "indihome": "indihom",
    "whatsapp": "wa whatsap",
    "facebook": "fb",
    "instagram": "ig",
}
SYNONYMS: Final[dict[str, str]] = {other: word for word, others in _SYNONYM_GROUPS.items() for other in others.split()}

PHRASES: Final[dict[tuple[str, str], str]] = {
    ("kartu", "kredit"): "cc",
    ("credit", "card"): "cc",
    ("pinjam", "online"): "pinjol",
    ("pinjam", "daring"): "pinjol",
    ("debt", "collector"): "dc",
    ("tagih", "utang"): "dc",
    ("tiktok", "shop"): "tts",
    ("home", "credit"): "hci",
    ("virtual", "account"): "va",
    ("customer", "service"): "cs",
    ("layan", "langgan"): "cs",
    ("ongkos", "kirim"): "ongkir",
    ("kembali", "dana"): "refund",
    ("kembali", "uang"): "refund",
    ("call", "center"): "callcenter",
    ("market", "place"): "marketplace",
}
"""Two stems in a row, and the one term that stands for both."""

ODD_STEMS: Final[dict[str, str]] = {
    "mes": "pesan",
    "pes": "pesan",
    "mesan": "pesan",
    "nyicil": "cicil",
    "nawar": "tawar",
    "nipu": "tipu",
}
"""What the stemmer makes of a family it takes apart wrongly, and the stem it should be."""

COMMON: Final = frozenset(
    [
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "untuk",
        "dengan",
        "pada",
        "dalam",
        "ini",
        "itu",
        "atau",
        "juga",
        "saja",
        "oleh",
        "kok",
        "lah",
        "nya",
        "the",
        "of",
        "and",
        "pt",
        "cv",
        "tbk",
    ]
)
"""Words too frequent to look for, unless nothing else was asked."""
