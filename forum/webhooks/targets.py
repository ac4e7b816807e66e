"""Where a webhook may go: to public addresses of the internet alone, by a name that is looked up once for each try."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from forum.config import settings
from forum.core.errors import Invalid
from forum.webhooks.models import LONGEST_URL_CHARACTERS

PORTS: Final = frozenset({443, 8443})
TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
SIX_TO_FOUR: Final = IPv6Network("2002::/16")  # RFC 3056: bits 16 to 47 are one
NOT_PUBLIC: Final = (
    IPv4Network("100.64.0.0/10"),  # RFC 6598, carriers' own
    IPv4Network("192.0.0.0/24"),  # RFC 6890; some clouds tell secrets there, and older Pythons call most of it global
)


class Unreachable(Exception):
    """The address can't or must not be reached; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Target:
    """The parts of an address that was found good; `path` holds the query as well."""

    host: str
    port: int
    path: str
    tls: bool


def target_of(url: str) -> Target:
    """Take an address apart. Raises Invalid("bad_url") with the reason in `why`, at the field `url`."""
    private = settings().private_webhooks
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url or len(url) > LONGEST_URL_CHARACTERS:
        raise Invalid("bad_url", field="address", why="characters")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as problem:
        raise Invalid("bad_url", field="address", why="characters") from problem
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise Invalid("bad_url", field="address", why="https")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise Invalid("bad_url", field="address", why="password")
    if not host or (not private and (_is_number(host) or "." not in host)):
        raise Invalid("bad_url", field="address", why="host")
    tls = parts.scheme == "https"
    port = port or (443 if tls else 80)
    if not private and port not in PORTS:
        raise Invalid("bad_url", field="address", why="port")
    path = parts.path or "/"
    return Target(host, port, f"{path}?{parts.query}" if parts.query else path, tls)


def _is_number(host: str) -> bool:
    """Whether the host is written as a number in any of the ways that resolvers take."""
    last = host.rpartition(".")[2]
    return ":" in host or last.isdigit() or last.lower().startswith("0x")


def address_of(target: Target) -> str:
    """Look the host up once and return the address to connect to; every address of it must be public.

    Raises Unreachable: "no_such_host", or "private_address" for anything that is not of the public internet.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Unreachable("no_such_host") from problem
    addresses = [str(one[4][0]) for one in found]
    if not addresses:
        raise Unreachable("no_such_host")
    if not settings().private_webhooks and not all(is_public(one) for one in addresses):
        raise Unreachable("private_address")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet, also when another one is wrapped in it."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = _inner(found)
        if inner is not None:
            return is_public(str(inner))
        if found.is_site_local:  # fec0::/10, which `is_global` does not know
            return False
    elif any(found in one for one in NOT_PUBLIC):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in TRANSLATED:
        return IPv4Address(address.packed[12:])
    if address in SIX_TO_FOUR:
        return IPv4Address(address.packed[2:6])
    return None
