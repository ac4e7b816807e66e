"""Whether a work address proves that somebody belongs to a business: by its domain alone, exactly."""

import re
from typing import Final

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
SHARED_ENDINGS: Final = frozenset(
    {
        "ac.id", "biz.id", "co.id", "desa.id", "go.id", "mil.id", "my.id", "net.id", "or.id", "ponpes.id", "sch.id",
        "web.id", "co.uk", "com.au", "com.my", "com.sg", "blogspot.com", "github.io", "wordpress.com", "wixsite.com",
    }
)  # fmt: skip
"""Many owners register under these, so none of them is the domain of one business."""
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def normal_domain(typed: str) -> str:
    """Return a domain in lower-case ASCII, taken from a bare name or an address of the web.

    Raises Invalid("bad_domain") for what is none, for free-mail providers and for endings that many owners share.
    """
    text = typed.strip().lower().partition("://")[2] or typed.strip().lower()
    host = re.split(r"[/?#:]", text, maxsplit=1)[0].removeprefix("www.").rstrip(".")
    try:
        host = domain_of(normal_email(f"a@{host}"))  # so that a domain is written here as in the addresses it is compared to
    except Invalid as problem:
        raise Invalid("bad_domain", field="domain") from problem
    if not _DOMAIN.fullmatch(host) or host in FREE_MAIL or host in SHARED_ENDINGS:
        raise Invalid("bad_domain", field="domain")
    return host


def domain_of(email: str) -> str:
    """Return the domain of a normal address."""
    return email.rpartition("@")[2]


def proves(email: str, domain: str | None) -> bool:
    """Whether an address at `domain` or a subdomain of it; a look-alike, a longer name or a free provider is none."""
    host = domain_of(email)
    if not domain or "." not in domain or host in FREE_MAIL or domain in FREE_MAIL or domain in SHARED_ENDINGS:
        return False
    return host == domain or host.endswith(f".{domain}")
