"""The settings of the installation itself: where it stands, what it is called, what it stands on."""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from forum.config import parsers, places


def setting(variable: str, default: str, parse: Callable[[str], Any], meaning: str) -> Any:
    """Declare a setting: its variable, its default as text, what reads it, what it means for the operator."""
    return field(default=MISSING, metadata={"variable": variable, "default": default, "parse": parse, "meaning": meaning})


@dataclass(frozen=True, kw_only=True)
class Installation:
    """Where the site runs and what it uses."""

    environment: str = setting(
        "FORUM_ENV", "demo", parsers.one_of("demo", "production", "test"), "`demo`, `production` or `test`"
    )
    data_dir: Path = setting("FORUM_DATA_DIR", "var", lambda value: Path(parsers.text(value)).resolve(), "folder of all data")
    database_url: str = setting(
        "FORUM_DATABASE_URL",
        "sqlite:///{data_dir}/forum.sqlite3",
        parsers.database,
        "`sqlite:///…` or `postgresql://…`; `{data_dir}` stands for the data folder",
    )
    storage: Path | places.Bucket = setting(
        "FORUM_STORAGE",
        "{data_dir}/files",
        places.place,
        "where files live: a folder, or `s3://bucket/prefix?endpoint=https://…&region=…` (keys in `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`)",
    )
    s3_presign: bool = setting(
        "FORUM_S3_PRESIGN",
        "0",
        parsers.switch,
        "`1` sends readers of public files to the bucket for them, by addresses that hold a minute",
    )
    redis_url: str = setting("FORUM_REDIS_URL", "", parsers.redis, "Redis for shared rate limits; empty: the database counts")
    secret_key: str = setting(
        "FORUM_SECRET_KEY",
        "",
        str,
        "at least 32 characters; required in production, else made and kept in the data folder",
    )
    host: str = setting("HOST", "127.0.0.1", parsers.text, "address the server listens on")
    port: int = setting("PORT", "8000", parsers.whole(1, 65535), "port the server listens on")
    web_workers: int = setting("FORUM_WEB_WORKERS", "2", parsers.whole(1, 64), "web server processes")
    site_url: str = setting(
        "FORUM_SITE_URL",
        "http://{host}:{port}",
        parsers.address,
        "public address; all links in mails use it; required in production",
    )
    site_name: str = setting("FORUM_SITE_NAME", "Surat Pembaca", parsers.text, "name in the masthead and in mails")
    contact_email: str = setting(
        "FORUM_CONTACT_EMAIL", "redaksi@surat-pembaca.example", parsers.text, "address of the responsible person"
    )
    proxy_hops: int = setting(
        "FORUM_PROXY_HOPS", "0", parsers.whole(0, 5), "proxies in front whose X-Forwarded headers are believed"
    )
    smtp_url: str = setting(
        "FORUM_SMTP_URL",
        "",
        parsers.smtp,
        "`smtp://user:password@host:587` (STARTTLS when offered; always with a password) or `smtps://…`; "
        "empty: each mail is kept as a file under `mail/` in the data folder",
    )
    mail_from: str = setting("FORUM_MAIL_FROM", "surat@surat-pembaca.example", parsers.text, "sender address of mails")
    time_zone: ZoneInfo = setting("FORUM_TIME_ZONE", "Asia/Jakarta", parsers.zone, "time zone of days and clocks")
    languages: tuple[str, ...] = setting("FORUM_LANGUAGES", "id,en", parsers.languages, "interface languages, default first")
    extra_holidays: tuple[date, ...] = setting(
        "FORUM_EXTRA_HOLIDAYS", "", parsers.days, "days off beside Indonesia's public holidays, as 2026-12-24, by commas"
    )
    private_webhooks: bool = setting(
        "FORUM_PRIVATE_WEBHOOKS", "0", parsers.switch, "`1` lets webhooks go to http and to addresses of your own network"
    )
    page_cache: bool = setting("FORUM_PAGE_CACHE", "1", parsers.switch, "`1` keeps ready pages for readers without a session")
    page_cache_seconds: int = setting("FORUM_PAGE_CACHE_SECONDS", "60", parsers.whole(1, 3600), "longest age of a ready page")
