"""Whether a work address proves that somebody belongs to a business: by its domain alone, exactly."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from publicsuffixlist import PublicSuffixList

from forum.accounts.addresses import normal_email
from forum.core.errors import Invalid

FREE_MAIL: Final = frozenset(
    {
        "aol.com", "duck.com", "email.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com",
        "hey.com", "hotmail.co.id", "hotmail.com", "icloud.com", "inbox.com", "live.com", "mac.com", "mail.com", "mail.ru",
        "me.com", "msn.com", "outlook.co.id", "outlook.com", "pm.me", "proton.me", "protonmail.com", "qq.com",
        "rocketmail.com", "telkom.net", "tuta.com", "tutanota.com", "yahoo.co.id", "yahoo.co.uk", "yahoo.com",
        "yandex.com", "yandex.ru", "ymail.com", "zoho.com", "plasa.com", "indo.net.id", "cbn.net.id",
    }
)  # fmt: skip
"""Anybody can open an address at these: they prove nothing about a business."""
SHARED_ENDINGS: Final = frozenset({"wordpress.com", "jimdo.com", "business.site", "tokopedia.com", "shopee.co.id", "bukalapak.com"})
"""Many owners stand under these, though no public list of suffixes says so; none of them is the domain of one business."""
RESERVED_ENDINGS: Final = frozenset({"example", "test", "invalid", "localhost", "local", "internal", "onion", "alt"})
"""They exist in no public DNS (RFC 6761 and others)."""
LIKE: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"), ("-", ""))
"""What looks alike in a domain, letter by letter."""
MOST_DIFFERENT_LETTERS = 1
SHORTEST_CONTAINED_CHARACTERS = 4
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def normal_domain(typed: str) -> str:
    """Return a domain in lower-case ASCII, taken from a bare name or an address of the web.

    Raises Invalid("bad_domain") for what is none, for free-mail providers and for public suffixes: endings that many owners share.
    """
    text = typed.strip().lower().partition("://")[2] or typed.strip().lower()
    host = re.split(r"[/?#:]", text, maxsplit=1)[0].removeprefix("www.").rstrip(".")
    try:
        host = domain_of(normal_email(f"a@{host}"))  # so that a domain is written here as in the addresses it is compared to
    except Invalid as problem:
        raise Invalid("bad_domain", field="domain") from problem
    if not _DOMAIN.fullmatch(host) or is_shared(host):
        raise Invalid("bad_domain", field="domain")
    return host


def domain_of(email: str) -> str:
    """Return the domain of a normal address."""
    return email.rpartition("@")[2]


def proves(email: str, domain: str | None) -> bool:
    """Whether an address at `domain` or a subdomain of it; a look-alike, a longer name or a free provider is none."""
    host = domain_of(email)
    if not domain or "." not in domain or is_shared(host) or is_shared(domain):
        return False
    return host == domain or host.endswith(f".{domain}")


def is_shared(host: str) -> bool:
    """Whether no one business owns this: a free-mail provider, a public suffix, another ending with many owners."""
    return host in FREE_MAIL or host in SHARED_ENDINGS or own_domain(host) is None


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    """The list as the package holds it: no question to the network."""
    return PublicSuffixList()


def own_domain(host: str) -> str | None:
    """Return what its owner registered: the public suffix and one name more; None for a public suffix itself."""
    found: str | None = _suffixes().privatesuffix(host)
    return found


def is_reserved(host: str) -> bool:
    """Whether no public DNS can know this name."""
    return host.rpartition(".")[2] in RESERVED_ENDINGS


def resembles(one: str, other: str) -> bool:
    """Whether a domain could be taken for another that is not the same: to warn a moderator with, never to refuse by.

    The name before the public suffix decides: equal under another suffix, equal as letters look, one letter apart, or the
    one within the other.
    """
    if own_domain(one) == own_domain(other):
        return False
    a, b = (_looks(host) for host in (one, other))
    shorter, longer = sorted((a, b), key=len)
    if a == b or (len(shorter) >= SHORTEST_CONTAINED_CHARACTERS and shorter in longer):
        return True
    return len(shorter) >= SHORTEST_CONTAINED_CHARACTERS and _one_letter_apart(shorter, longer)


def _looks(host: str) -> str:
    """The registered name as it looks; an encoded one is decoded, its letters without their marks."""
    name = (own_domain(host) or host).partition(".")[0]
    if name.startswith("xn--"):
        try:
            name = name.encode("ascii").decode("idna")
        except UnicodeError:
            pass
    name = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)).replace("ı", "i")
    for looks, like in LIKE:
        name = name.replace(looks, like)
    return name


def _one_letter_apart(shorter: str, longer: str) -> bool:
    if len(longer) - len(shorter) > MOST_DIFFERENT_LETTERS:
        return False
    if len(longer) == len(shorter):
        return sum(a != b for a, b in zip(shorter, longer, strict=True)) <= MOST_DIFFERENT_LETTERS
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
