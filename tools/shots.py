"""Takes pictures of every page of the demo: `python -m tools.shots [--only LETTERS] [--widths 390,1280] …`, into var/shots.

Each kind of person follows every link there is from a few pages, and keeps the first page met of each route: no list to
keep. What nobody reached is named at the end. `index.html` beside the pictures shows them side by side.
"""

import argparse
import html
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from forum.app import create_app
from forum.config import Settings

ROOT: Final = Path(__file__).resolve().parent.parent
CHROMIUM: Final = "/usr/bin/chromium"
WIDTHS: Final = (360, 390, 768, 1280, 1920)
LANGUAGES: Final = ("id", "en")
THEMES: Final = ("light", "dark")
BEGIN: Final = ("/", "/styleguide", "/nothing-there")
START_SECONDS: Final = 240


@dataclass(frozen=True)
class Stop:
    """A page to be pictured: who sees it, its route, its address."""

    person: str
    endpoint: str
    path: str

    @property
    def name(self) -> str:
        return f"{self.person}-{self.endpoint}"


@contextmanager
def demo(port: int) -> Iterator[Path]:
    """A site with the demo in a folder of its own; ended afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "PORT": str(port), "FORUM_DATA_DIR": folder}
        process = subprocess.Popen(
            [sys.executable, "-m", "forum"],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        begun = time.monotonic()
        try:
            for line in process.stdout or ():
                if "Ctrl-C" in line:
                    break
                if time.monotonic() - begun > START_SECONDS:
                    raise SystemExit("the demo did not start in time")
            yield Path(folder)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def routes() -> MapAdapter:
    """What tells the route of an address."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.from_environment({"FORUM_ENV": "test", "FORUM_DATA_DIR": folder}))
    return app.url_map.bind("")


def endpoint_of(adapter: MapAdapter, path: str) -> str | None:
    """The route of an address of the site; None where there is none for reading."""
    try:
        return str(adapter.match(urlsplit(path).path, method="GET")[0])
    except HTTPException:
        return None


def sign_in(page: Page, person: dict[str, Any]) -> None:
    """Sign in, with the code that the demo shows where a second step is asked."""
    page.goto("/sign-in")
    page.locator('main [name="email"]').fill(person["email"])
    page.locator('main [name="password"]').fill(person["password"])
    with page.expect_navigation():
        page.locator('main form:has([name="password"]) button').last.click()
    code = page.locator("main b.code")
    if code.count():
        page.locator('main [name="code"]').fill(code.first.inner_text().replace(" ", ""))
        with page.expect_navigation():
            page.locator('main form:has([name="code"]) button').first.click()


def context_of(browser: Browser, url: str, state: Any, *, width: int, theme: str) -> BrowserContext:
    """A browser window of this width and theme, signed in as `state` says."""
    return browser.new_context(
        base_url=url,
        viewport={"width": width, "height": 844 if width < 768 else 900},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        locale="id-ID",
        storage_state=state,
    )


def walk(page: Page, person: str, adapter: MapAdapter) -> list[Stop]:
    """Every page that links lead this person to, one of each route."""
    found: dict[str, Stop] = {}
    waiting, seen = list(BEGIN), set(BEGIN)
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(adapter, path) or "nothing_there"
        if endpoint in found:
            continue
        try:
            answer = page.goto(path)
        except Error:  # a file that is downloaded
            continue
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        found[endpoint] = Stop(person, endpoint, path)
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))"):
            here = urlsplit(link)
            if here.netloc or here.scheme or not here.path.startswith("/"):
                continue
            address = here.path + (f"?{here.query}" if here.query else "")
            if address not in seen:
                seen.add(address)
                waiting.append(address)
    return sorted(found.values(), key=lambda stop: stop.endpoint)


def speak(page: Page, language: str) -> None:
    """Choose the language of the site, as a reader does in its foot."""
    page.goto("/")
    button = page.locator(f'button[name="language"][value="{language}"]')
    if button.get_attribute("aria-current") != "true":
        with page.expect_navigation():
            button.click()


def picture(page: Page, stop: Stop, file: Path) -> int:
    """Take the whole page; returns by how many pixels it is wider than the window."""
    page.goto(stop.path)
    page.screenshot(path=file, full_page=True)
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def write_index(folder: Path, stops: list[Stop], kinds: list[str], wide: dict[str, int]) -> None:
    """Write the page that shows all pictures, a row a page."""
    rows = []
    for stop in stops:
        cells = "".join(
            f'<a href="{name}"><img loading="lazy" src="{name}" alt="{kind}">{kind}'
            f"{f' <b>{wide[name]} px too wide</b>' if wide.get(name) else ''}</a>"
            for kind in kinds
            for name in [f"{stop.name}-{kind}.png"]
        )
        rows.append(f"<h2>{html.escape(stop.name)} <small>{html.escape(stop.path)}</small></h2><div>{cells}</div>")
    style = "body{font:14px sans-serif;background:#888}div{display:flex;gap:8px;overflow:auto;align-items:start}img{height:420px;display:block}"
    page = f"<!doctype html><meta charset=utf-8><title>Pictures</title><style>{style}</style>{''.join(rows)}"
    (folder / "index.html").write_text(page)


def take(url: str, accounts: Path, arguments: argparse.Namespace) -> None:
    """Walk as each person and take what was asked for."""
    adapter = routes()
    people = {person["role"]: person for person in reversed(json.loads(accounts.read_text()))}
    folder: Path = arguments.into
    folder.mkdir(parents=True, exist_ok=True)
    kinds = [f"{w}-{t}-{one}" for one in arguments.languages for t in arguments.themes for w in arguments.widths]
    stops: list[Stop] = []
    wide: dict[str, int] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        for name in ["guest", *people]:
            if arguments.people and name not in arguments.people:
                continue
            first = context_of(browser, url, None, width=1280, theme="light")
            page = first.new_page()
            if name != "guest":
                sign_in(page, people[name])
            mine = [stop for stop in walk(page, name, adapter) if re.search(arguments.only, stop.name)]
            stops += mine
            print(f"{name}: {len(mine)} pages", flush=True)
            for language in arguments.languages if mine else ():
                speak(page, language)
                state = first.storage_state()
                for theme in arguments.themes:
                    for width in arguments.widths:
                        window = context_of(browser, url, state, width=width, theme=theme)
                        sheet = window.new_page()
                        for stop in mine:
                            file = f"{stop.name}-{width}-{theme}-{language}.png"
                            wide[file] = picture(sheet, stop, folder / file)
                        window.close()
            first.close()
        browser.close()
    write_index(folder, stops, kinds, wide)
    for file, pixels in wide.items():
        if pixels > 0:
            print(f"{file}: {pixels} px too wide")
    reached = {stop.endpoint for stop in stops}
    readable = {rule.endpoint for rule in adapter.map.iter_rules() if "GET" in (rule.methods or ())}
    print(f"{len(wide)} pictures in {folder / 'index.html'}; not reached: {', '.join(sorted(readable - reached))}")


def main() -> None:
    """Read the words of the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    words = lambda text: text.split(",")  # noqa: E731
    parser.add_argument(
        "--only", default="", help="what the name must hold, such as letters or guest-search (a pattern)"
    )
    parser.add_argument("--people", type=words, help="roles of the demo, or guest")
    parser.add_argument("--widths", type=lambda text: [int(one) for one in text.split(",")], default=list(WIDTHS))
    parser.add_argument("--themes", type=words, default=list(THEMES))
    parser.add_argument("--languages", type=words, default=list(LANGUAGES))
    parser.add_argument("--into", type=Path, default=ROOT / "var" / "shots")
    parser.add_argument("--url", help="a running demo; else one is started")
    parser.add_argument("--accounts", type=Path, help="its demo-accounts.json")
    parser.add_argument("--port", type=int, default=8765)
    arguments = parser.parse_args()
    if arguments.url:
        take(arguments.url, arguments.accounts, arguments)
        return
    with demo(arguments.port) as folder:
        take(f"http://127.0.0.1:{arguments.port}", folder / "demo-accounts.json", arguments)


if __name__ == "__main__":
    main()
