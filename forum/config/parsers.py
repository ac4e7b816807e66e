"""What a setting's text stands for; each raises ValueError with what it wants."""

from collections.abc import Callable
from datetime import date
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

LANGUAGES = ("id", "en")
OPEN_LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "ODC-By-1.0", "ODbL-1.0", "PDDL-1.0")
"""Names of the SPDX list under which data may be given to everybody."""


def text(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value.strip()


def one_of(*allowed: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in allowed:
            raise ValueError("must be one of " + ", ".join(allowed))
        return value

    return parse


def whole(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(value)

    return parse


def wholes(value: str) -> tuple[int, ...]:
    return tuple(whole(0, 3650)(part.strip()) for part in value.split(",") if part.strip())


def category_days(value: str) -> tuple[tuple[str, tuple[int, int, int]], ...]:
    """Read `key=acknowledge/answer/very late`, by commas."""
    found: dict[str, tuple[int, int, int]] = {}
    for part in filter(None, (part.strip() for part in value.split(","))):
        key, _equals, days = part.partition("=")
        limits = tuple(whole(1, 365)(one) for one in days.split("/"))
        if not key.strip() or len(limits) != 3 or list(limits) != sorted(limits):
            raise ValueError("must list clocks as category=acknowledge/answer/very-late, days not falling, by commas")
        found[key.strip()] = (limits[0], limits[1], limits[2])
    return tuple(found.items())


def switch(value: str) -> bool:
    if value not in {"0", "1"}:
        raise ValueError("must be 0 or 1")
    return value == "1"


def address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"} or parts.query:
        raise ValueError("must be an address such as https://surat.example, without a path")
    return value.rstrip("/")


def database(value: str) -> str:
    try:
        url = make_url(value)
    except ArgumentError as problem:
        raise ValueError("must be a database URL") from problem
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return value


def smtp(value: str) -> str:
    if value and (urlsplit(value).scheme not in {"smtp", "smtps"} or not urlsplit(value).hostname):
        raise ValueError("must be smtp://user:password@host:port (STARTTLS) or smtps:// (TLS), or empty")
    return value


def redis(value: str) -> str:
    if value and urlsplit(value).scheme not in {"redis", "rediss"}:
        raise ValueError("must be redis://host:port/number, or empty")
    return value


def name_servers(value: str) -> tuple[tuple[str, int], ...]:
    """Read `address` or `address:port` (`[address]:port` for IPv6), by commas."""
    found = []
    for part in filter(None, (part.strip() for part in value.split(","))):
        host, port = part, "53"
        if part.startswith("["):
            host, _bracket, port = part[1:].partition("]")
            port = port.removeprefix(":") or "53"
        elif part.count(":") == 1:
            host, _colon, port = part.partition(":")
        try:
            found.append((str(ip_address(host)), whole(1, 65535)(port)))
        except ValueError as problem:
            raise ValueError("must list addresses of DNS servers as 9.9.9.9 or 127.0.0.1:5300, by commas") from problem
    return tuple(found)


def zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise ValueError("must be a time zone such as Asia/Jakarta") from problem


def languages(value: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in value.split(",") if part.strip())
    if not chosen or any(part not in LANGUAGES for part in chosen):
        raise ValueError("must list some of " + ", ".join(LANGUAGES) + ", the default first")
    return chosen


def days(value: str) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(part.strip()) for part in value.split(",") if part.strip())
    except ValueError as problem:
        raise ValueError("must list days as 2026-12-24, separated by commas") from problem


def clamav(value: str) -> str:
    """Read `host:port` or the absolute path of a socket file."""
    host, colon, port = value.rpartition(":")
    if (
        value
        and not value.startswith("/")
        and not (colon and host and port.isascii() and port.isdigit() and 0 < int(port) < 65536)
    ):
        raise ValueError("must be host:port or the path of a socket file, or empty")
    return value
