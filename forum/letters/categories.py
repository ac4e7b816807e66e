"""The subjects a letter may be filed under, in the order the form shows them."""

from typing import Final, NamedTuple


class Category(NamedTuple):
    """A subject: `key` is stored and stands in addresses."""

    key: str
    indonesian: str
    english: str


CATEGORIES: Final[tuple[Category, ...]] = (
    Category("toko-online", "Toko Online & Marketplace", "Online Shops & Marketplaces"),
    Category("perbankan", "Perbankan & Kartu Kredit", "Banking & Credit Cards"),
    Category("pinjaman-online", "Pinjaman Online & Paylater", "Online Loans & Pay Later"),
    Category("dompet-digital", "Dompet Digital & Pembayaran", "Digital Wallets & Payments"),
    Category("asuransi", "Asuransi", "Insurance"),
    Category("investasi", "Investasi", "Investment"),
    Category("leasing", "Leasing & Pembiayaan", "Leasing & Financing"),
    Category("telekomunikasi", "Telekomunikasi & Internet", "Telecommunications & Internet"),
    Category("ekspedisi", "Ekspedisi & Kurir", "Shipping & Couriers"),
    Category("perjalanan", "Perjalanan, Tiket & Hotel", "Travel, Tickets & Hotels"),
    Category("transportasi", "Transportasi & Ojek Online", "Transport & Ride Hailing"),
    Category("properti", "Properti & Perumahan", "Property & Housing"),
    Category("elektronik", "Elektronik & Gawai", "Electronics & Gadgets"),
    Category("otomotif", "Otomotif", "Automotive"),
    Category("listrik-air-gas", "Listrik, Air & Gas", "Electricity, Water & Gas"),
    Category("makanan", "Makanan & Minuman", "Food & Drink"),
    Category("kesehatan", "Kesehatan & Obat", "Health & Medicine"),
    Category("pendidikan", "Pendidikan", "Education"),
    Category("layanan-publik", "Layanan Publik", "Public Services"),
    Category("hiburan", "Hiburan & Langganan", "Entertainment & Subscriptions"),
    Category("penipuan", "Penipuan", "Fraud"),
    Category("lain-lain", "Lain-lain", "Other"),
)
KEYS: Final[tuple[str, ...]] = tuple(category.key for category in CATEGORIES)
_BY_KEY: Final = {category.key: category for category in CATEGORIES}


def find(key: str) -> Category | None:
    """The category of a key, or None."""
    return _BY_KEY.get(key)


def name(category: Category | str, language: str = "id") -> str:
    """The category's name in the language: Indonesian unless English is asked for; raises KeyError on an unknown key."""
    known = _BY_KEY[category] if isinstance(category, str) else category
    return known.english if language.startswith("en") else known.indonesian
