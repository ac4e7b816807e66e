"""A passkey in a real browser, with a key that the browser plays: added, then used as the second step, under our content policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import PASSWORD, Person
from tests.e2e.site import Site

pytestmark = pytest.mark.browser
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site under a name, as passkeys need."""
    running = Site(tmp_path_factory.mktemp("passkey"), host="localhost")
    yield running
    running.stop()


def test_a_passkey_is_added_and_opens_the_second_step(chromium: Browser, named: Site) -> None:
    named.flask("create-moderator", "dewi@surat.example", "--name", "Dewi", "--password", PASSWORD)
    dewi = Person(chromium, named, "Dewi", "dewi@surat.example")
    devices = dewi.context.new_cdp_session(dewi.page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    dewi.sign_in()
    dewi.open("/settings/second-factor")
    dewi.follow("Tambah kunci sandi")
    dewi.fill(name="laptop kantor")
    dewi.press("Tambahkan kunci sandi")
    dewi.sees("Kode pemulihan Anda")
    expect(dewi.page.locator("li.code")).to_have_count(10)
    dewi.follow("Sudah saya simpan")
    dewi.sees("laptop kantor")
    dewi.context.clear_cookies()
    dewi.sign_in("/sign-in?next=/settings/second-factor")
    dewi.sees("Langkah kedua")
    dewi.press("Pakai kunci sandi")
    dewi.sees("laptop kantor")
    assert dewi.problems == []
