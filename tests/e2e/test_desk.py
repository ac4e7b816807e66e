"""At a desk: thirty items of six kinds decided with the keyboard alone, and a storm of reports that hides nothing and is one item."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk_scene import STORM
from tests.e2e.person import DESK, Person
from tests.e2e.site import Site
from tools.drift import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]
WORDS = "Kami sudah memeriksanya dengan saksama; terima kasih atas kesabaran Anda."


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site of its own for each scene: both bring the same people."""
    running = Site(tmp_path / "data")
    yield running
    running.stop()


def stage(site: Site, scene: str) -> str:
    """Put the scene on the site; returns what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.desk_scene", scene],
        cwd=ROOT,
        env={**os.environ, **site.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def agree(page: Page) -> None:
    """Say yes in the dialog that asks: it begins at Cancel."""
    expect(page.locator("dialog[open]")).to_be_visible()
    press(page, "Tab", "Enter")


def write(page: Page, key: str) -> None:
    """Go to a field by its letter, write, and leave it."""
    press(page, key)
    page.keyboard.type(WORDS)
    press(page, "Escape")


def decide(page: Page, kind: str, turn: int) -> None:
    """Decide what is open, against somebody every second time."""
    against = turn % 2 == 1
    if kind == "letters" and against:
        press(page, "r", "ArrowDown", "Escape", "b")
    elif kind == "letters":
        press(page, "p")
        agree(page)
    elif kind in {"revisions", "held"}:
        press(page, *(("r", "ArrowDown", "Escape", "x") if against else ("p",)))
    elif kind == "claims":
        press(page, "r", "ArrowDown", "Escape")
        write(page, "e")
        press(page, "x")
    elif kind == "objections":
        write(page, "e")
        press(page, "x")
    else:
        write(page, "a")
        if against:
            press(page, "r", "ArrowDown", "Escape", "u")
        else:
            press(page, "x")


def test_thirty_items_with_the_keyboard_alone(chromium: Browser, site: Site) -> None:
    dewi = Person(chromium, site, "Rina Kartika", "rina@redaksi.example", viewport=DESK)
    dewi.take_office()
    stage(site, "mixed")
    page = dewi.page
    dewi.open("/moderation")
    expect(page.locator("a.queue__item")).to_have_count(25)
    press(page, "j", "j", "k")
    expect(page.locator("a.queue__item").first).to_be_focused()
    press(page, "?")
    expect(page.locator("dialog[data-help]")).to_be_visible()
    press(page, "Escape")
    with page.expect_navigation():
        press(page, "n")
    seen, ahead, began = [], 0, time.monotonic()
    while page.url.rstrip("/").split("/")[-1] != "moderation":
        kind = page.url.replace("/reports", "").split("/")[-2]
        kind = "reports" if page.url.endswith("/reports") else kind
        assert len(seen) < 31, (seen, page.url)
        if len(seen) == 3:  # taken and put back by the same key
            for words in ("Lepaskan", "Ambil"):
                with page.expect_navigation():
                    press(page, "t")
                expect(page.get_by_role("button", name=words)).to_be_visible()
        page.wait_for_function("document.querySelector('.panes [name=decision][data-key]')")
        before = page.url
        with page.expect_navigation(url=lambda url, before=before: url != before and "/next" not in url):
            decide(page, kind, len(seen))
        seen.append(kind)
        if page.evaluate("performance.getEntriesByType('navigation')[0].deliveryType") == "navigational-prefetch":
            ahead += 1
            expect(page.locator("main > .notices")).to_be_visible()  # what was said of the decision before
    took = time.monotonic() - began
    assert len(seen) == 30
    assert len(set(seen)) == 6
    assert ahead > 20, f"{ahead} of 29 were there before they were needed"
    dewi.sees("Tidak ada yang menunggu di sini")
    assert took < 300, f"{took:.0f} s for 30 items"
    print(f"30 items in {took:.1f} s with the keyboard alone")
    assert not dewi.problems


def test_a_storm_of_reports(chromium: Browser, site: Site) -> None:
    dewi = Person(chromium, site, "Rina Kartika", "rina@redaksi.example", viewport=DESK)
    reader = Person(chromium, site, "tamu")
    first = Person(chromium, site, "Pelapor 0", "pelapor@surat.example")
    dewi.take_office()
    address = stage(site, "storm").splitlines()[-1]
    reader.open(address)
    reader.sees("Pendapat saya: tokonya lambat.")
    page = dewi.page
    dewi.open("/moderation")
    expect(page.locator("a.queue__item")).to_have_count(1)
    dewi.sees(f"{STORM} laporan")
    with page.expect_navigation():
        press(page, "n")
    with page.expect_navigation():
        press(page, "s")
    dewi.sees("Pertama dilihat oleh Rina Kartika")
    write(page, "a")
    with page.expect_navigation(url=lambda url: url.endswith("/moderation")):
        press(page, "x")
    dewi.sees("Tidak ada yang menunggu di sini")
    reader.open(address)
    reader.sees("Pendapat saya: tokonya lambat.")
    first.sign_in()
    until_told(first)
    assert not dewi.problems


def until_told(person: Person) -> None:
    """Wait for the worker to bring the answer into the inbox."""
    for _ in range(60):
        person.open("/notifications")
        if person.page.locator("main").get_by_text("laporan", exact=False).count():
            return
        time.sleep(1)
    raise AssertionError(person.page.locator("main").inner_text())
