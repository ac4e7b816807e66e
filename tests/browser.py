"""A browser for page tests: fills the real forms as a person sees them and lints every page it opens."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pyotp
from flask import Flask, g
from sqlalchemy import event
from werkzeug.test import TestResponse

from forum.accounts import sessions, totp
from forum.accounts.models import Authenticator, SignInStep
from forum.core.clock import utcnow
from forum.core.db import db
from tests.cast import TOTP_SECRET

FRAGMENT = re.compile(r"/letters/drafts/\d+/files(/\d+/remove)?")  # parts of a page, for its script
SECOND_STEP = "/sign-in/second"
BINARY = ("application/pdf", "application/vnd.", "application/zip", "application/octet-stream")
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class Page:
    """An answer, parsed."""

    def __init__(self, response: TestResponse, url: str, queries: list[str]) -> None:
        self.response, self.url, self.queries = response, url, queries
        self.status = response.status_code
        kind = response.mimetype or ""  # 304 has none
        is_text = kind.startswith(("text/", "application/")) and not kind.startswith(BINARY)
        self.text = response.get_data(as_text=True) if is_text else ""
        self.is_html = response.mimetype == "text/html"
        self.tree = lxml.html.document_fromstring(self.text) if self.is_html and self.text else None

    def __contains__(self, words: str) -> bool:
        return words in self.words

    @property
    def words(self) -> str:
        """The text a reader sees, white space folded."""
        if self.tree is None:
            return self.text
        body = self.tree.find("body")
        return " ".join("".join(body.itertext()).split())

    def find(self, tag: str, **attributes: str) -> list[Any]:
        """Elements of a tag whose attributes have these values (`class_` holds one class name)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.tree.iter(tag)
            if all(
                value in element.get("class", "").split() if name == "class" else element.get(name) == value
                for name, value in wanted.items()
            )
        ]

    def links(self) -> list[str]:
        return [a.get("href") for a in self.find("a") if a.get("href")]

    def link(self, words: str) -> str:
        """The address of the first link whose words contain these."""
        for a in self.find("a"):
            if words in " ".join("".join(a.itertext()).split()):
                return urljoin(self.url, a.get("href"))
        raise AssertionError(f"no link {words!r} on {self.url}: {[' '.join(''.join(a.itertext()).split()) for a in self.find('a')]}")


def fields_of(form: Any) -> dict[str, list[str]]:
    """What a browser would send of an untouched form."""
    sent: dict[str, list[str]] = {}
    for control in form.iter():
        name, tag = control.get("name"), control.tag if isinstance(control.tag, str) else ""
        if not name or control.get("disabled") is not None:
            continue
        if tag == "input":
            kind = control.get("type", "text")
            if kind in {"submit", "button", "file", "image", "reset"}:
                continue
            if kind in {"checkbox", "radio"}:
                if control.get("checked") is not None:
                    sent.setdefault(name, []).append(control.get("value", "on"))
                continue
            sent.setdefault(name, []).append(control.get("value", ""))
        elif tag == "textarea":
            sent.setdefault(name, []).append("".join(control.itertext()).removeprefix("\n"))
        elif tag == "select":
            options = list(control.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            sent.setdefault(name, []).extend(o.get("value", "".join(o.itertext())) for o in chosen)
    return sent


class Browser:
    """One person's browser, without JavaScript."""

    def __init__(self, app: Flask, person: Any = None, *, language: str | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        self.page: Page | None = None
        self.gives_code = True
        if person is not None:
            self.enter(person)
        if language:
            self.client.set_cookie("language", language)

    def enter(self, person: Any) -> None:
        """Go on in this browser as this person."""
        second = utcnow() if person.has_second_factor else None
        token = sessions.open_session(person, address="127.0.0.1", device="test", second_factor_at=second)
        self.client.set_cookie(sessions.cookie_name(), token)

    def request(self, method: str, url: str, **options: Any) -> Page:
        """One request, redirects not followed, page linted."""
        queries: list[str] = []

        def count(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")):
                queries.append(statement)

        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"Sec-Fetch-Site": "same-origin", **options.pop("headers", {})}
        for cached in ("_login_user", "session_row", "_flashes", "_flask_babel"):
            g.pop(cached, None)
        db.session.expire_all()
        engine = db.engine
        event.listen(engine, "before_cursor_execute", count)
        try:
            response = self.client.open(path, method=method, headers=headers, **options)
        finally:
            event.remove(engine, "before_cursor_execute", count)
            for cached in ("_login_user", "session_row", "_flashes", "_flask_babel"):
                g.pop(cached, None)
            db.session.rollback()  # what was not committed is lost, as in life
        self.page = Page(response, url, queries)
        if self.page.is_html and method != "HEAD":
            lint(self.page)
        return self.page

    def open(self, url: str, **options: Any) -> Page:
        """Open a page as a person does: redirects followed."""
        page = self.request("GET", url, **options)
        return self.follow(page)

    def follow(self, page: Page, hops: int = 5) -> Page:
        while page.status in {301, 302, 303, 307, 308} and hops:
            target = urljoin(page.url, page.response.headers["Location"])
            page, hops = self.request("GET", target), hops - 1
        return page

    def submit(self, url: str | None = None, *, form: str | None = None, button: tuple[str, str] | None = None, follow: bool = True, **fields: Any) -> Page:
        """Open `url` (or stay), fill the one form that has all these fields (or whose action ends with `form`), send it.

        A field given as a list is sent several times; a (stream, filename) tuple is a file.
        """
        page = self.open(url) if url is not None else self.page
        assert page is not None
        chosen = self._form(page, form, fields, button)
        data: dict[str, Any] = dict(fields_of(chosen))
        for name, value in fields.items():
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value if isinstance(value, list) else [value]
        if button:
            data[button[0]] = [button[1]]
        action = urljoin(page.url, chosen.get("action") or page.url)
        method = (chosen.get("method") or "get").upper()
        if method == "GET":
            return self.open(action.split("?")[0] + "?" + "&".join(f"{k}={v[0]}" for k, v in data.items()))
        sent = self.request(method, action, data=data, content_type="multipart/form-data")
        return self._second_step(self.follow(sent)) if follow else sent

    def _second_step(self, page: Page) -> Page:
        """Give the code that the app of the cast shows, when signing in asks for one."""
        if not self.gives_code or urlsplit(page.url).path != SECOND_STEP or page.status != 200:
            return page
        last = db.session.query(Authenticator.last_counter).join(SignInStep, SignInStep.user_id == Authenticator.user_id)
        taken = last.order_by(SignInStep.id.desc()).limit(1).scalar() or 0
        code = pyotp.TOTP(TOTP_SECRET).generate_otp(max(totp.counter_now(), taken + 1))
        self.gives_code = False  # a wrong one is shown, not tried again
        try:
            return self.submit(form=f"{SECOND_STEP}($|\\?)", code=code)
        finally:
            self.gives_code = True

    @staticmethod
    def _form(page: Page, action: str | None, fields: dict[str, Any], button: tuple[str, str] | None) -> Any:
        fitting = []
        for form in page.find("form"):
            names = {c.get("name") for c in form.iter() if isinstance(c.tag, str) and c.get("name")}
            if action is not None and not re.search(action, form.get("action") or page.url):
                continue
            if button and button[0] not in names:
                continue
            if set(fields) <= names:
                fitting.append(form)
        if not fitting:
            known = [(f.get("action"), sorted({c.get("name") for c in f.iter() if isinstance(c.tag, str) and c.get("name")})) for f in page.find("form")]
            raise AssertionError(f"no form with {sorted(fields)} (action {action!r}) on {page.url} ({page.status}); there are {known}\n{page.words[:600]}")
        return fitting[0]


OF_FORMS = {"matches", "closest", "submit", "requestSubmit", "elements", "dataset", "method", "getAttribute", "querySelectorAll"}
"""What scripts ask a form for; a field of such a name would stand in its place."""


def lint(page: Page) -> None:
    """What must hold on every page; raises AssertionError with the first that does not."""
    tree, where = page.tree, f"{page.url} ({page.status})"
    if not FRAGMENT.fullmatch(urlsplit(page.url).path):
        headings = page.find("h1")
        assert len(headings) == 1, f"{where}: {len(headings)} h1"
        title = tree.find("head/title")
        assert title is not None, f"{where}: no title"
        assert (title.text or "").strip(), f"{where}: empty title"
        assert tree.get("lang"), f"{where}: no lang"
    ids: set[str] = set()
    labelled = {label.get("for") for label in page.find("label")}
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag
        for name in element.attrib:
            assert not str(name).startswith("on"), f"{where}: inline handler {name}"
            assert name != "style", f"{where}: inline style on {tag}"
            assert element.get(name) != "None", f"{where}: {name} of {tag} is None"  # required="None" requires
        if element.get("id"):
            assert element.get("id") not in ids, f"{where}: id {element.get('id')} twice"
            ids.add(element.get("id"))
        if tag == "script":
            assert element.get("src") or element.get("type") in {"application/ld+json", "application/json"}, f"{where}: inline script"
        assert not {element.get("name"), element.get("id")} & OF_FORMS, f"{where}: {tag} takes a name from its form"
        if tag == "img":
            assert element.get("alt") is not None, f"{where}: image without alt"
        if tag in {"input", "select", "textarea"} and element.get("type", "text") not in UNLABELLED:
            named = element.get("aria-label") or element.get("aria-labelledby") or element.get("id") in labelled
            assert named, f"{where}: {tag} {element.get('name')} without label"
        if tag == "form" and (element.get("method") or "").lower() == "post":
            signed_in = any(c.get("name") == "csrf_token" for c in element.iter() if isinstance(c.tag, str))
            person = bool(page.find("form", action="/sign-out"))
            assert signed_in or not person, f"{where}: form to {element.get('action')} without token"
    assert "Traceback" not in page.text, f"{where}: stack trace"
