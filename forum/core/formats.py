"""Dates, money and numbers as the reader's language writes them."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal
from flask_babel import get_locale, gettext

from forum.config import settings
from forum.core.clock import utcnow

ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

KILO, MEGA = 1_000, 1_000_000


def _locale() -> str:
    return str(get_locale() or settings().languages[0])


def day(value: date | datetime | None) -> str:
    """`20 Oktober 2020`; a moment is taken in the site's time zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(settings().time_zone).date()
    return _day(value, _locale())


@lru_cache(maxsize=4096)
def _day(value: date, locale: str) -> str:
    return format_date(value, "d MMMM y", locale=locale)


def moment(value: datetime | None, zone: str | None = None) -> str:
    """`20 Oktober 2020 pukul 17.09 WIB`, in the site's time zone or in `zone`."""
    if value is None:
        return ""
    return _moment(value, _locale(), zone or settings().time_zone.key)


@lru_cache(maxsize=4096)
def _moment(value: datetime, locale: str, zone: str) -> str:
    short = f"'{ZONES[zone]}'" if zone in ZONES else "zzz"
    pattern = f"d MMMM y 'pukul' HH.mm {short}" if locale.startswith("id") else f"d MMMM y 'at' HH:mm {short}"
    return format_datetime(value, pattern, tzinfo=ZoneInfo(zone), locale=locale)


def ago(value: datetime | None) -> str:
    """`5 menit yang lalu`."""
    if value is None:
        return ""
    minutes = int((utcnow() - value).total_seconds() // 60)
    return _ago(minutes, _locale()) if minutes > 0 else gettext("just now")


@lru_cache(maxsize=8192)
def _ago(minutes: int, locale: str) -> str:
    return format_timedelta(timedelta(minutes=-minutes), granularity="minute", add_direction=True, locale=locale)


def number(value: float | None) -> str:
    """`4.761` in Indonesian, `4,761` in English."""
    return "" if value is None else _number(value, _locale())


@lru_cache(maxsize=4096)
def _number(value: float, locale: str) -> str:
    return format_decimal(value, locale=locale)


def rupiah(value: int | None) -> str:
    """`Rp105.000`: no space, dots for thousands, whole rupiah, in both languages."""
    return "" if value is None else "Rp" + format_decimal(value, format="#,##0", locale="id")


def size_words(size: int) -> str:
    """Return a size in bytes as people say it: 420 kB, 1,2 MB."""
    if size < MEGA:
        return f"{number(max(1, round(size / KILO)))} kB"
    return f"{number(round(size / MEGA, 1))} MB"
