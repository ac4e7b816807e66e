"""What a browser says of the pages of the demo: axe finds nothing, nothing is wider than a small phone, nothing comes from elsewhere."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.e2e.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]  # the demo is written first
SMALL = {"width": 320, "height": 700}
LONG_LETTER = "Pesanan Dibatalkan Setelah Paket Saya Kirim"
PAGES = {
    "": [
        "/",
        "/search?q=paket",
        "/merchants/pasar-senja",
        "/rules",
        "/ledger",
        "/ledger?business=Tak+Ada",
        "/ledger/figures",
        "/ledger/3",
        "/sign-up",
        "/no-such-page",
    ],
    "ratna": ["/letters/write", "/notifications", "/notifications/settings"],
    "bima": ["/desk", "/desk/templates/new"],
    "dewi": ["/moderation", "/ledger/7/correct"],
}
FIRST_VISIT_BYTES = 35_000
FIRST_VISIT_REQUESTS = 6
STILL = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WIDER = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".tabs, .visually-hidden"))
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with the demo that a first `make run` writes."""
    running = Site(tmp_path_factory.mktemp("pages"), FORUM_ENV="demo")
    yield running
    running.stop()


def sign_in(page: Page, site: Site, name: str) -> None:
    people = json.loads(Path(site.folder / "demo-accounts.json").read_text("utf-8"))
    one = next(person for person in people if person["email"].startswith(f"{name}@"))
    page.goto("/sign-in")
    page.fill('main [name="email"]', one["email"])
    page.fill('main [name="password"]', one["password"])
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    if one.get("totp"):  # the demo shows the code of its accounts
        page.fill('main [name="code"]', page.locator("main b.code").inner_text())
        page.get_by_role("button", name="Lanjut").click()
        page.wait_for_load_state()


def watched(context: BrowserContext, site: Site) -> tuple[Page, list[str]]:
    """A page and what it complains of: script errors, refusals of the content policy, requests to other hosts."""
    page, problems = context.new_page(), []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda said: (
            problems.append(said.text)
            if said.type in ("error", "warning") and "Failed to load resource" not in said.text
            else None
        ),
    )
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((site.url, "data:", "blob:")) else problems.append(asked.url),
    )
    return page, problems


def test_pages_are_accessible_narrow_and_alone(chromium: Browser, demo: Site) -> None:
    """The dark theme differs by its colours only, so the rest is looked at once."""
    axe, findings = Axe(), []
    for name, paths in PAGES.items():
        context = chromium.new_context(
            viewport=SMALL, color_scheme="light", locale="id-ID", base_url=demo.url, reduced_motion="reduce"
        )
        page, problems = watched(context, demo)
        if name:
            sign_in(page, demo, name)
        for path in paths if name else [*paths, letter_path(page)]:
            page.emulate_media(color_scheme="light")
            page.goto(path)
            page.wait_for_load_state("networkidle")
            found = axe.run(page).response["violations"]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                findings.append((path, "wider than the screen", page.evaluate(WIDER)))
            page.emulate_media(color_scheme="dark")
            page.evaluate(STILL)
            found += axe.run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
            findings += [(path, one["id"], one["nodes"][0]["html"][:160]) for one in found]
            findings += [(path, "said", words) for words in problems]
            problems.clear()
        context.close()
    assert not findings


def letter_path(page: Page) -> str:
    """The address of the letter with evidence, two businesses and a long thread."""
    page.goto(f"/search?q={LONG_LETTER.replace(' ', '+')}")
    found = page.locator("main a", has_text=LONG_LETTER).first.get_attribute("href")
    assert found
    return found


def test_a_first_visit_to_a_letter_is_light(chromium: Browser, demo: Site) -> None:
    """Bytes as they travel, without attachments: at most 35 kB in at most six requests."""
    context = chromium.new_context(viewport=SMALL, base_url=demo.url)
    path = letter_path(context.new_page())
    context.close()
    context = chromium.new_context(viewport=SMALL, base_url=demo.url)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: None if "/files/" in answer.url else answers.append(answer))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    weights = {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers}
    context.close()
    assert len(weights) <= FIRST_VISIT_REQUESTS, weights
    assert sum(weights.values()) <= FIRST_VISIT_BYTES, weights


def test_the_open_tab_is_in_view(chromium: Browser, demo: Site) -> None:
    """A row of tabs is wider than a small phone; the last one is open here."""
    context = chromium.new_context(viewport=SMALL, base_url=demo.url)
    page = context.new_page()
    sign_in(page, demo, "dewi")
    page.goto("/moderation/reports")
    page.wait_for_load_state("networkidle")
    box = page.locator(".tabs [aria-current]").bounding_box()
    context.close()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= SMALL["width"]
