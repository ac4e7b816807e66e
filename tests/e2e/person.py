"""One person with a phone or at a desk: a browser context with what people do in it."""

from datetime import UTC, datetime
from typing import Any

import pyotp
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.e2e.site import Site

PASSWORD = "kopi tubruk tanpa gula"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}


class Person:
    """Somebody at the site, with a phone unless told; `scripts` says whether JavaScript runs. Every page's console is watched."""

    def __init__(
        self,
        chromium: Browser,
        site: Site,
        name: str,
        email: str = "",
        *,
        scripts: bool = True,
        viewport: ViewportSize = PHONE,
        **options: Any,
    ) -> None:
        self.site, self.name, self.email, self.scripts = site, name, email, scripts
        self.context = chromium.new_context(
            viewport=viewport, java_script_enabled=scripts, locale="id-ID", base_url=site.url, **options
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("response", self._watch)

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(message.text)

    def _watch(self, response: Any) -> None:
        if response.status >= 500 or not response.url.startswith(self.site.url):
            self.problems.append(f"{response.status} {response.url}")

    def open(self, path: str) -> None:
        self.page.goto(path)

    def click(self, button: Locator) -> None:
        """Press a button that sends a form, and the confirmation that a script may ask for; waits for the answer."""
        if self.scripts and button.get_attribute("data-confirm"):
            button.click()
            button = self.page.locator("dialog[open] button").last
        with self.page.expect_navigation():
            button.click()

    def press(self, words: str) -> None:
        """Press the button of these words."""
        self.click(self.page.locator("main").get_by_role("button", name=words, exact=True).first)

    def follow(self, words: str, *, within: str = "main") -> None:
        self.page.locator(within).get_by_role("link", name=words).first.click()

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f'main [name="{name}"]').first.fill(value)

    def choose(self, **fields: str) -> None:
        for name, value in fields.items():
            control = self.page.locator(f'main select[name="{name}"]')
            if control.count():
                control.first.select_option(value)
            else:
                self.page.locator(f'main input[name="{name}"][value="{value}"]').check()

    def sees(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words)

    def sign_up(self, start: str = "/sign-up") -> None:
        """Open an account, confirm it by the mailed link and sign in where that leads; `start`: the sign-up page."""
        self.open(start)
        self.fill(name=self.name, email=self.email, password=PASSWORD)
        self.page.locator('main [name="adult"]').check()
        self.page.locator('main [name="consent"]').check()
        self.press("Daftar")
        self.open(self.site.link(self.email, "/confirm/"))
        self.click(self.page.locator("main form button").first)
        self.sign_in(self.page.url)

    def sign_in(self, start: str = "/sign-in") -> None:
        self.open(start)
        self.fill(email=self.email, password=PASSWORD)
        self.press("Masuk")

    def set_up_codes(self) -> str:
        """Set up an app from the key that the page shows; the recovery codes are seen. Returns the key."""
        self.follow("Pasang aplikasi")
        secret = self.page.locator("main .code").first.inner_text().replace(" ", "")
        self.fill(code=pyotp.TOTP(secret).now())
        self.press("Pasang aplikasi")
        self.sees("Kode pemulihan Anda")
        expect(self.page.locator("li.code")).to_have_count(10)
        self.follow("Sudah saya simpan")
        return secret

    def take_office(self, command: str = "create-moderator") -> None:
        """Be the site's first moderator or administrator: appointed by the command once, with an app for codes from then on."""
        secret = self.site.offices.get(self.email)
        if secret is None:
            self.site.flask(command, self.email, "--name", self.name, "--password", PASSWORD)
            self.sign_in()
            self.open("/moderation")  # leads to the set-up
            self.site.offices[self.email] = self.set_up_codes()
            return
        self.sign_in()
        self.fill(code=pyotp.TOTP(secret).at(datetime.now(UTC), counter_offset=1))  # the present one may be used up
        self.press("Lanjut")
