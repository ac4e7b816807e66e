"""Hostile files opened directly in Chromium, as the site sends files: nothing of them runs."""

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, Error, Page
from werkzeug.serving import make_server

from forum.attachments import confined, serving
from forum.attachments.names import content_disposition
from forum.attachments.receive import Refused, look
from tests.attachments.hostile_case import MARK
from tests.attachments.hostile_run import WarmChild
from tests.attachments.test_hostile import CASES

pytestmark = [pytest.mark.browser, pytest.mark.pure]

DANGEROUS = [
    "not taken: svg", "not taken: svg with a script", "not taken: svg behind its XML", "not taken: html",
    "not taken: html behind blanks", "not taken: html behind a byte order mark", "not taken: html in UTF-16",
    "not taken: html in UTF-7", "not taken: xhtml", "not taken: mhtml", "not taken: script", "jpeg that is a page",
    "jpeg that is a script", "gif that is a script", "jpeg comment of HTML", "png text of HTML", "webp words behind its end",
    "page that begins as a jpeg", "page that begins as a png", "page that begins as a gif", "page that begins as a webp",
    "page that begins as a pdf", "pdf that is a page", "pdf OpenAction of JavaScript", "pdf names of JavaScript", "pdf XFA",
    "pdf link with a script", "pdf everything at once", "jpeg and html behind it", "heic and script behind it",
]  # fmt: skip
TYPES = ["image/webp", "application/pdf", "application/octet-stream", "text/html", "image/svg+xml"]
"""What the site says of files, and two it never says: the headers must hold even then."""


BY_NAME = {one.name: one for one in CASES}


@dataclass
class Files:
    """A server that sends bytes by the site's own function; `bare` sends them without its headers."""

    held: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    beacons: int = 0
    url: str = ""

    def app(self) -> Flask:
        app = Flask("files")

        @app.route("/beacon")
        def beacon() -> str:
            self.beacons += 1
            return ""

        @app.route("/bare/<name>")
        def bare(name: str) -> Response:
            data, mime = self.held[name]
            return Response(data, mimetype=mime)

        @app.route("/file/<name>")
        def file(name: str) -> Response:
            data, mime = self.held[name]
            return serving._response(io.BytesIO(data), len(data), mime, content_disposition(name, inline=True))

        @app.route("/runs/<name>")
        def runs(name: str) -> str:
            return f"<title>page</title><script src='/file/{name}'></script>"

        return app


@pytest.fixture(scope="module")
def files() -> Iterator[Files]:
    made = Files()
    server = make_server("127.0.0.1", 0, made.app(), threaded=True)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmChild]:
    child = WarmChild()
    yield child
    child.stop()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context() as context:
        yield context.new_page()


@pytest.fixture
def dialogs(page: Page) -> list[str]:
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    return seen


def open_directly(page: Page, address: str) -> str:
    """Open an address as a reader who follows a link; returns the title, or that the browser saved it instead of showing it."""
    try:
        page.goto(address, wait_until="load", timeout=15_000)
    except Error as problem:
        if "Download is starting" in problem.message or "ERR_ABORTED" in problem.message:
            return "saved"
        raise
    return page.title()


def test_the_oracle_sees_a_script_that_runs(files, page, dialogs):
    files.held["bare"] = (BY_NAME["not taken: html"].make(), "text/html")
    before = files.beacons
    assert open_directly(page, f"{files.url}/bare/bare") == MARK.decode()
    page.wait_for_timeout(200)
    assert files.beacons == before + 1
    assert dialogs == ["1"]


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_hostile_file_runs_nothing_opened_directly(files, warm, page, dialogs, tmp_path, monkeypatch, name):
    """What was sent under every type, what it would do as a script of a page, and all that is made of it."""
    monkeypatch.setattr(confined, "run_child", warm.run)
    data, before = BY_NAME[name].make(), files.beacons
    for mime in TYPES:
        files.held["original"] = (data, mime)
        assert MARK.decode() not in open_directly(page, f"{files.url}/file/original"), mime
    files.held["original"] = (data, "application/octet-stream")
    assert open_directly(page, f"{files.url}/runs/original") == "page"
    try:
        look(data)
        copies = confined.make(data, tmp_path).copies
    except Refused:
        copies = ()
    for copy in copies:
        files.held["copy"] = (copy.data, copy.mime)
        assert MARK.decode() not in open_directly(page, f"{files.url}/file/copy"), copy.variant
    page.wait_for_timeout(100)
    assert files.beacons == before
    assert dialogs == []
