"""One person's browser before a running site: opens pages and fills their forms."""

import http.client
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart
from werkzeug.wrappers import Response

from tests.browser import Page, fields_of, lint

PATIENCE_SECONDS = 40
Fields = Mapping[str, Sequence[str]]
Files = Sequence[tuple[str, bytes]]


class Answer(Page):
    """A page as it came over the wire."""

    def __init__(self, response: Response, url: str) -> None:
        super().__init__(response, url, [])  # type: ignore[arg-type]
        if self.is_html:
            lint(self)

    def form(self, action: str) -> dict[str, list[str]]:
        """What an untouched form of this page sends; `action` is a pattern of where to."""
        for form in self.find("form", method="post"):
            if re.search(action, form.get("action") or self.url):
                return fields_of(form)
        raise AssertionError(f"no form to {action} on {self.url} ({self.status}): {self.words[:500]}")


class Visitor:
    """Each request is a connection of its own, as after a pause; raises OSError or HTTPException when it breaks."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.address = urlsplit(url).netloc
        self.cookies = f"session_token={token}" if token else ""

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.address, timeout=PATIENCE_SECONDS)
        sent = {"Sec-Fetch-Site": "same-origin", "Cookie": self.cookies}
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        try:
            connection.request(method, path, body, sent)
            got = connection.getresponse()
            content = got.read()
        finally:
            connection.close()
        return Answer(Response(content, got.status, got.getheaders()), path)

    def open(self, path: str) -> Answer:
        return self.ask("GET", path)

    def send(self, path: str, fields: Fields, files: Files = ()) -> Answer:
        """Send a form; `files` are names and contents of its field `files`."""
        values: list[tuple[str, Any]] = [(name, value) for name, given in fields.items() for value in given]
        values += [("files", FileStorage(io.BytesIO(content), filename=name)) for name, content in files]
        boundary, body = encode_multipart(MultiDict(values))
        return self.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={boundary}")


def is_told(answer: Answer, *words: str) -> None:
    """The page says that it could not be done now and when to try again, and holds every word typed."""
    assert answer.status == 503, f"{answer.status}: {answer.words[:500]}"
    assert int(answer.response.headers["Retry-After"]) > 0
    assert "Tulisan Anda tidak ada yang hilang" in answer
    for one in words:
        assert one in answer
