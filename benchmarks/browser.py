"""A small browser over one kept connection: cookies, redirects, and forms filled as they stand on the page."""

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes and what it would send untouched."""

    action: str
    method: str
    fields: dict[str, str]


@dataclass
class Page:
    """An answer: final path, status and parsed document."""

    path: str
    status: int
    body: str
    document: Element = field(init=False)

    def __post_init__(self) -> None:
        self.document = html5lib.parse(self.body, namespaceHTMLElements=False)

    def links(self, pattern: str) -> list[str]:
        """Return the addresses of links that match a pattern from their beginning."""
        found = (anchor.get("href", "") for anchor in self.document.iter("a"))
        return [href for href in found if re.match(pattern, href)]

    def words(self) -> list[str]:
        """Return the page's words in lower case."""
        return re.findall(r"[a-z]+", " ".join(self.document.itertext()).lower())

    def form(self, with_field: str) -> Form:
        """Return the first form that has this field; raises LookupError."""
        for element in self.document.iter("form"):
            fields = {one.get("name", ""): _value(one) for one in _controls(element) if one.get("name")}
            if with_field in fields:
                action = urljoin(self.path, element.get("action") or self.path)
                return Form(action, element.get("method", "get").upper(), fields)
        raise LookupError(f"{self.path} has no form with a field {with_field!r}")


def _controls(form: Element) -> list[Element]:
    skipped = {"submit", "button", "reset", "image", "file"}
    inputs = [
        one
        for one in form.iter("input")
        if one.get("type", "text") not in skipped
        and (one.get("type") not in {"checkbox", "radio"} or one.get("checked") is not None)
    ]
    return [*inputs, *form.iter("textarea"), *form.iter("select")]


def _value(control: Element) -> str:
    if control.tag == "textarea":
        return "".join(control.itertext())
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return chosen[0].get("value", "") if chosen else ""
    return control.get("value", "")


class Browser:
    """Talks to one site as a person would."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.led_to = ""  # where the answer to the last form leads

    def send(self, method: str, path: str, body: bytes | None = None) -> http.client.HTTPResponse:
        """Send one request and return the answer, its body unread; keeps cookies."""
        headers = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return answer

    def open(self, path: str) -> Page:
        """Open a path, following redirects within the site; raises RuntimeError for an error page."""
        for _ in range(6):
            answer = self.send("GET", path)
            body = answer.read().decode()
            if answer.status in {301, 302, 303, 307, 308}:
                target = urlsplit(urljoin(path, answer.headers["Location"]))
                path = target.path + (f"?{target.query}" if target.query else "")
                continue
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
            return Page(path, answer.status, body)
        raise RuntimeError(f"{path} redirects too often")

    def submit(self, form: Form, **values: str) -> int:
        """Send a filled form and return the status of the answer, whose body is read and let go."""
        answer = self.send(form.method, urlsplit(form.action).path, urlencode({**form.fields, **values}).encode())
        answer.read()
        self.led_to = answer.headers.get("Location", "")
        return answer.status
