"""Where files may live: a folder, or a bucket that speaks S3."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

WANTED = "must be a folder, or s3://bucket/prefix?endpoint=https://host&region=name&profile=name (each part after the bucket may be left out)"
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
PREFIX = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*")
WORD = re.compile(r"[A-Za-z0-9_.-]{1,60}")
DEFAULT_REGION = "us-east-1"


@dataclass(frozen=True)
class Bucket:
    """A bucket; `prefix` is empty or ends in a slash, `endpoint` has no path. Keys come from the usual AWS environment."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = DEFAULT_REGION
    profile: str = ""

    @property
    def origin(self) -> str:
        """Where it is asked, path style: the endpoint, or Amazon's for the region."""
        return self.endpoint or f"https://s3.{self.region}.amazonaws.com"

    @property
    def address(self) -> str:
        """The address below which all its files lie; for a Content-Security-Policy."""
        return f"{self.origin}/{self.name}/{self.prefix}"

    def __str__(self) -> str:
        asked = {"endpoint": self.endpoint, "region": self.region, "profile": self.profile}
        words = "&".join(f"{name}={quote(value, safe=':/')}" for name, value in asked.items() if value)
        return f"s3://{self.name}/{self.prefix}?{words}"


def place(value: str) -> Path | Bucket:
    """Read the place of files; raises ValueError with what it wants."""
    if "://" not in value:
        if not value.strip():
            raise ValueError(WANTED)
        return Path(value.strip()).resolve()
    try:
        parts = urlsplit(value)
        asked = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        host, _port = parts.hostname, parts.port
    except ValueError as problem:
        raise ValueError(WANTED) from problem
    if "@" in parts.netloc:
        raise ValueError("must not hold keys: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead")
    prefix = parts.path.strip("/")
    bucket = Bucket(
        name=parts.netloc,
        prefix=f"{prefix}/" if prefix else "",
        endpoint=asked.pop("endpoint", "").rstrip("/"),
        region=asked.pop("region", DEFAULT_REGION),
        profile=asked.pop("profile", ""),
    )
    well = (
        parts.scheme == "s3"
        and host == parts.netloc
        and BUCKET.fullmatch(bucket.name)
        and PREFIX.fullmatch(bucket.prefix)
        and WORD.fullmatch(bucket.region)
        and (not bucket.profile or WORD.fullmatch(bucket.profile))
        and (not bucket.endpoint or _is_endpoint(bucket.endpoint))
        and not asked
        and not parts.fragment
    )
    if not well:
        raise ValueError(WANTED)
    return bucket


def _is_endpoint(value: str) -> bool:
    """Whether this is scheme, host and perhaps port, of signs that are safe in a header."""
    found = re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::([1-9][0-9]{0,4}))?", value)
    return found is not None and int(found[1] or 1) < 65536
