"""Values nobody sends by accident, and the walk over a real form that sends each of them in each field."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin

from flask import g
from werkzeug.test import TestResponse

from forum.core.db import db
from tests.browser import Browser, fields_of

SCRIPT = "<script>alert(1)</script>"
MARKUP = f"{SCRIPT}\"'><img src=x onerror=alert(1)>"
OVERRIDE = "\u202e"
FILE = "a file"
TWICE = "the field twice"
MISSING = "no such field"
LONGER = "one more than fits"

TEXTS: dict[str, str | bytes] = {
    "empty": "",
    "blank": " \t \u3000 ",
    "nul": "kata\x00 kata",
    "surrogates": b"kata \xed\xa0\x80\xed\xb0\x80",
    "broken utf-8": b"\xff\xfe\xc3(\x80",
    "override": f"kata {OVERRIDE}terbalik",
    "template": "{{7*7}} ${7*7} {% raw %} %(x)s {0} %s",
    "markup": MARKUP,
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f600",
    "2^63": str(2**63),
    "5000 digits": "9" * 5_000,
    "negative": "-1",
    "other digits": "\u0661\u0662\u0663",
    "float": "1e309",
    "parentheses": "(" * 100_000,
    "lines": "kata\r\nBcc: x@surat.example\r\n\r\nkata",
    "sql": "'; DROP TABLE letter; --",
    "escapes": "%00%0a%ED%A0%80",
    "marks": "e" + "\u0301" * 3_000,
    "a megabyte": "<" * 1_100_000,
}
CHOICES = ("empty", "nul", "surrogates", "markup", "2^63", "5000 digits", "negative", "a megabyte")
BRIEF = ("empty", "surrogates", "markup", "5000 digits")
STORED = (*BRIEF, "nul", "broken utf-8", "override", "emoji", "2^63", "negative", "float", "marks")
"""What a database may take otherwise than another; all TEXTS are tried on the embedded one."""
ALIKE = {
    "details_tracking",
    "details_ticket",
    "details_customer",
    "details_phone",
    "tracking",
    "ticket",
    "customer",
    "phone",
}
WHOLE = (FILE, TWICE, MISSING)
TYPED = {"text", "email", "tel", "url", "search", "number", "date", "password", "textarea"}
REFUSED = {400, 403, 404, 409, 413, 422, 429}


class Controls(HTMLParser):
    """The values and kinds of the controls of a page, by name; quicker than a whole tree."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._area: str | None = None
        self._text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "textarea" and name:
            self._area, self._text = name, []
        elif tag == "input" and name:
            self.values.setdefault(name, []).append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.values.setdefault(self._area, []).append("".join(self._text).removeprefix("\n"))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)


@dataclass
class Target:
    """A form as it stands on its page: where it goes, what an honest person sends, and the kind of each field."""

    action: str
    honest: dict[str, list[str]]
    kinds: dict[str, str]
    most: dict[str, int] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [name for name in self.kinds if name not in {"csrf_token", "website"}]  # the trap is emptied, and says so


def target(browser: Browser, url: str, action: str | None, given: dict[str, str | list[str]]) -> Target:
    """Read the one form of the page that holds all given fields (and whose action ends so)."""
    page = browser.open(url)
    form = browser._form(page, action, dict.fromkeys(given), None)
    honest = fields_of(form)
    honest.update({name: value if isinstance(value, list) else [value] for name, value in given.items()})
    kinds: dict[str, str] = {}
    most: dict[str, int] = {}
    for control in form.iter():
        name = control.get("name") if isinstance(control.tag, str) else None
        if not name:
            continue
        tag = control.tag.rpartition("}")[2]
        kinds.setdefault(name, control.get("type", "text") if tag == "input" else tag)
        if control.get("maxlength"):
            most[name] = int(control.get("maxlength"))
    return Target(urljoin(page.url, form.get("action") or page.url), honest, kinds, most)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is undone afterwards, so that each try meets the same scene."""
    connection: Any = db.engines[None]
    db.session.remove()
    point = connection.begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        point.rollback()


def tries(form: Target, *, brief: bool = False) -> Iterator[tuple[str, str]]:
    """Every field with every value that makes a difference to its kind; `brief` where the same fields stand elsewhere."""
    typed = TEXTS if db.engine.dialect.name == "sqlite" else STORED
    for name in form.names:
        kind = form.kinds[name]
        seldom = brief or name in ALIKE
        for label in BRIEF if seldom else typed if kind in TYPED else CHOICES:
            yield name, label
        if name in form.most:
            yield name, LONGER
        for label in WHOLE:
            yield name, label


def send(browser: Browser, form: Target, name: str, label: str) -> TestResponse:
    """Send the form with one field spoilt."""
    sent: dict[str, list[str | bytes]] = {key: list(values) for key, values in form.honest.items()}
    if label in {FILE, MISSING}:
        sent.pop(name, None)
    elif label == TWICE:
        sent[name] = [*(form.honest.get(name) or ["a"]), MARKUP, ""]
    else:
        sent[name] = ["a" * (form.most[name] + 1) if label == LONGER else TEXTS[label]]
    pairs = [(key, value) for key, values in sent.items() for value in values]
    if label == FILE:
        data: dict[str, Any] = {key: [v for k, v in pairs if k == key] for key, _value in pairs}
        data[name] = (io.BytesIO(b"\x89PNG not really"), "x.png")
        return post(browser, form.action, data=data, content_type="multipart/form-data")
    return post(browser, form.action, data=urlencode(pairs), content_type="application/x-www-form-urlencoded")


def post(browser: Browser, url: str, **options: Any) -> TestResponse:
    """One request without the lint of the page, for there are thousands."""
    forget()
    try:
        return browser.client.post(url, headers={"Sec-Fetch-Site": "same-origin"}, **options)
    finally:
        forget()


def get(browser: Browser, url: str, **options: Any) -> TestResponse:
    """One GET without the lint."""
    forget()
    try:
        return browser.client.get(url, **options)
    finally:
        forget()


def forget() -> None:
    """Nothing of an earlier request stays in the context that the test keeps open."""
    for kept in ("_login_user", "session_row", "_flashes", "_flask_babel"):
        g.pop(kept, None)
    db.session.rollback()
    db.session.expire_all()
