"""The subjects a letter may be filed under: those that came with the site, and what administrators made of them."""

from typing import Final, NamedTuple

from forum.core import steering


class Category(NamedTuple):
    """A subject: `key` is stored and stands in addresses."""

    key: str
    indonesian: str
    english: str
    retired: bool = False  # no new letter is filed under it; those that are stay there


STARTING: Final[tuple[Category, ...]] = (
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
"""Until the database says otherwise: the table begins with these."""

PART: Final = "categories"


def every() -> tuple[Category, ...]:
    """Return all categories in the order of the form, those that are retired last."""
    found: tuple[Category, ...] = steering.now(PART)
    return found


def offered() -> tuple[Category, ...]:
    """Return the categories for new letters."""
    return tuple(one for one in every() if not one.retired)


def all_keys() -> tuple[str, ...]:
    """Return the keys of all categories."""
    return tuple(one.key for one in every())


def find(key: str) -> Category | None:
    """The category of a key, or None."""
    return next((one for one in every() if one.key == key), None)


def name(category: Category | str, language: str = "id") -> str:
    """The category's name in the language: Indonesian unless English is asked for; raises KeyError on an unknown key."""
    known = find(category) if isinstance(category, str) else category
    if known is None:
        raise KeyError(category)
    return known.english if language.startswith("en") else known.indonesian
