"""Where the letters of a figure are listed, and where its numbers are as a file."""

from dataclasses import dataclass

from forum.core.templating import address
from forum.merchants.models import Merchant


@dataclass(frozen=True)
class Links:
    """Addresses about one subject; an address is put together here, for a page holds hundreds of them."""

    list: str
    file: str
    category: str | None = None

    def letters(self, measure: str, span: str) -> str:
        """Return the address of the letters that a measure counts in a span ("year", "all", a month)."""
        filed = f"&category={self.category}" if self.category else ""
        return f"{self.list}?figure={measure}&span={span}{filed}"


def of_site() -> Links:
    """Return the addresses of the whole site's figures."""
    return Links(address("statistics.letters"), address("statistics.site_file"))


def of_category(key: str) -> Links:
    """Return the addresses of a category's figures."""
    return Links(address("statistics.letters"), address("statistics.category_file", slug=key), key)


def of_business(merchant: Merchant, category: str | None = None) -> Links:
    """Return the addresses of a business's figures, of all its letters or of those in a category."""
    listed = address("statistics.merchant_letters", slug=merchant.slug)
    return Links(listed, address("statistics.merchant_file", slug=merchant.slug), category)
