"""Ready pages for readers without a session, kept compressed in front of Flask; other answers are compressed as they pass.

Only pages of a short list are kept, since others hold keys that count once (a report's form). A page is served from
memory as long as its version in the database is the one it was made from, so nothing that was hidden is shown again.
"""

import re
import time
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask
from werkzeug.http import parse_cookie

from forum.config import settings
from forum.core.glance import glance
from forum.core.web import LANGUAGE_COOKIE
from forum.pages import encoding
from forum.pages.store import Key, Ready, Store
from forum.pages.versions import Versions

Headers = list[tuple[str, str]]
MOST_BYTES = 64 * 1024**2
LARGEST_PAGE_BYTES = 4 * 1024**2
LONGEST_QUERY_CHARACTERS = 300
KEPT = re.compile(
    r"/(?:letters/(?P<letter>[1-9]\d{0,17})-[a-z0-9-]*|letters/(?P<past>[1-9]\d{0,17})/history|search|rules|privacy|about|open"
    r"|merchants|merchants/[a-z0-9-]+(?:/proof|/feed\.atom|/letters|/badge/code)?"
    r"|statistics(?:/method|/letters|/categories/[a-z0-9-]+)?|categories/[a-z0-9-]+(?:/feed\.atom)?|feed\.atom"
    r"|ledger(?:/[1-9]\d{0,17}|/figures|/feed\.atom)?"
    r"|sitemap(?:-[a-z0-9-]+)?\.xml|robots\.txt)?"
)
KEPT_QUERY = frozenset(
    {
        "after", "sort", "tab", "q", "category", "order", "state", "figure", "span", "business", "kind", "reason", "month",
        "asked_by", "about",
    }
)  # fmt: skip
TRACKING = re.compile(r"(?:^|&)(?:utm_[a-z]+|fbclid|gclid|igshid)=[^&]*")
KEPT_TYPES = frozenset({"text/html", "application/atom+xml", "application/xml", "text/plain"})
RECOMPUTED = frozenset({"content-length", "etag", "content-encoding", "vary"})


class PageCache:
    """WSGI middleware; with `seconds` 0 it keeps nothing and only compresses."""

    def __init__(self, app: Flask, served: Any, *, seconds: int) -> None:
        self.served = served
        self.seconds = seconds
        self.store = Store(MOST_BYTES)
        self.versions = Versions(glance(settings().database_url))
        self.languages = settings().languages

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer from memory, or let Flask answer and keep what may be kept."""
        query = environ.get("QUERY_STRING", "")
        if query:
            environ["QUERY_STRING"] = TRACKING.sub("", query).lstrip("&")
        asked = self._asked(environ) if self.seconds else None
        if asked is None:
            return self._pass(environ, start_response)
        key, letter_id = asked
        version = self.versions.now(letter_id)
        if version is None:
            return self._pass(environ, start_response)
        ready = self.store.get(key)
        if ready is not None and ready.version == version and time.monotonic() < ready.expires:
            return self._send(ready, environ, start_response)
        return self._pass(environ, start_response, keep=(key, version))

    def _asked(self, environ: Any) -> tuple[Key, int | None] | None:
        """Return the key of a page that may be kept and the letter it belongs to, None for every other request."""
        if (
            environ["REQUEST_METHOD"] not in {"GET", "HEAD"}
            or "HTTP_AUTHORIZATION" in environ
            or "HTTP_RANGE" in environ
        ):
            return None
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        page = KEPT.fullmatch(path)
        if page is None or environ.get("SCRIPT_NAME"):
            return None
        if query and not _kept_query(query):
            return None
        language = self._language(environ.get("HTTP_COOKIE", ""))
        if language is None or environ.get("HTTP_ACCEPT", "").startswith("application/json"):
            return None
        number = page["letter"] or page["past"]
        key = (f"{environ.get('wsgi.url_scheme')}://{environ.get('HTTP_HOST', '')}", f"{path}?{query}", language)
        return key, int(number) if number else None

    def _language(self, cookies: str) -> str | None:
        """Return the language of a reader whose only cookie may name it; None when there is any other cookie.

        Read by Flask's own parser: were a value in quotes another language here than there, the next reader would get it.
        """
        if not cookies:
            return self.languages[0]
        sent = [*parse_cookie(cookies).items(multi=True)]
        if len(sent) != 1 or sent[0][0] != LANGUAGE_COOKIE:
            return None
        return sent[0][1] if sent[0][1] in self.languages else self.languages[0]

    def _send(self, ready: Ready, environ: Any, start_response: Any) -> Iterable[bytes]:
        if _matches(environ.get("HTTP_IF_NONE_MATCH", ""), ready.etag):
            kept = [pair for pair in ready.headers if pair[0].lower() != "content-type"]
            start_response("304 NOT MODIFIED", kept)
            return ()
        name, body = ready.body(encoding.accepted(environ.get("HTTP_ACCEPT_ENCODING", "")))
        headers = [*ready.headers, ("Content-Length", str(len(body)))]
        if name:
            headers.append(("Content-Encoding", name))
        start_response("200 OK", headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)

    def _pass(
        self, environ: Any, start_response: Any, keep: tuple[Key, tuple[int, int]] | None = None
    ) -> Iterable[bytes]:
        """Let Flask answer; compress a text, and keep it under its key and version when it may be kept."""
        answer: list[Any] = []

        def begin(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
            answer[:] = [status, headers, exc_info]
            return lambda _data: None

        if keep is not None:
            environ.pop("HTTP_IF_NONE_MATCH", None)
            environ.pop("HTTP_IF_MODIFIED_SINCE", None)
        chunks = self.served(environ, begin)
        status, headers, exc_info = answer
        by_name = {name.lower(): value for name, value in headers}
        mime = by_name.get("content-type", "").partition(";")[0].strip()
        head = environ["REQUEST_METHOD"] == "HEAD"
        plain = mime in encoding.TEXTS and "content-encoding" not in by_name and not head
        if (
            not plain
            or status[:3] in {"204", "206", "304"}
            or int(by_name.get("content-length") or 0) > LARGEST_PAGE_BYTES
        ):
            start_response(status, headers, exc_info) if exc_info else start_response(status, headers)
            return chunks
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        if keep is not None and _may_be_kept(status, mime, by_name):
            ready = self._ready(headers, by_name, body, keep[1])
            self.store.put(keep[0], ready)
            return self._send(ready, environ, start_response)
        takes = encoding.accepted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if len(body) >= encoding.SMALLEST_BYTES and "no-transform" not in by_name.get("cache-control", ""):
            headers = [pair for pair in headers if pair[0].lower() not in {"content-length", "vary"}]
            headers.append(("Vary", _varied(by_name.get("vary", ""), "Accept-Encoding")))
            if "gzip" in takes:
                body = encoding.fast_gzip(body)
                headers = [_weak(pair) for pair in headers]
                headers.append(("Content-Encoding", "gzip"))
            headers.append(("Content-Length", str(len(body))))
        start_response(status, headers, exc_info) if exc_info else start_response(status, headers)
        return (body,)

    def _ready(self, headers: Headers, by_name: dict[str, str], body: bytes, version: tuple[int, int]) -> Ready:
        etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        kept = [pair for pair in headers if pair[0].lower() not in RECOMPUTED]
        kept += [("ETag", etag), ("Vary", _varied(by_name.get("vary", ""), "Accept-Encoding", "Cookie"))]
        return Ready(kept, etag, version, time.monotonic() + self.seconds, encoding.fast_gzip(body))


def _kept_query(query: str) -> bool:
    if len(query) > LONGEST_QUERY_CHARACTERS:
        return False
    return all(name in KEPT_QUERY for name, _value in parse_qsl(query, keep_blank_values=True))


def _may_be_kept(status: str, mime: str, headers: dict[str, str]) -> bool:
    control = headers.get("cache-control", "")
    varies = {name.strip().lower() for name in headers.get("vary", "").split(",") if name.strip()}
    return (
        status.startswith("200")
        and mime in KEPT_TYPES
        and "set-cookie" not in headers
        and not any(word in control for word in ("no-store", "private"))
        and varies <= {"cookie", "accept-encoding"}
    )


def _varied(vary: str, *more: str) -> str:
    names = [name.strip() for name in vary.split(",") if name.strip()]
    known = {name.lower() for name in names}
    return ", ".join([*names, *(name for name in more if name.lower() not in known)])


def _weak(pair: tuple[str, str]) -> tuple[str, str]:
    """Make a strong ETag weak: it names the bytes before they were compressed."""
    name, value = pair
    return (name, f"W/{value}") if name.lower() == "etag" and not value.startswith("W/") else pair


def _matches(header: str, etag: str) -> bool:
    """Whether If-None-Match names this page, compared weakly; RFC 9110, 13.1.2."""
    if not header:
        return False
    bare = etag.removeprefix("W/")
    return any(part.strip().removeprefix("W/") in {bare, "*"} for part in header.split(","))
