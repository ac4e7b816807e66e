"""A person asks for a copy of their data, finds the mail, fetches the ZIP, and deletes everything that is theirs alone."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.person import PASSWORD, Person
from tests.e2e.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def test_request_mail_copy_deletion(chromium: Browser, site: Site) -> None:
    lina = Person(chromium, site, "Lina Data", "lina.data@surat.example")
    lina.sign_up()
    lina.open("/settings/data")
    lina.choose(kind="access")
    lina.fill(current_password=PASSWORD)
    lina.press("Kirim permintaan")
    lina.sees("Permintaan Anda dicatat")
    lina.open(site.link(lina.email, "/settings/data/"))
    lina.fill(current_password=PASSWORD)
    with lina.page.expect_download() as waiting:
        lina.page.get_by_role("button", name="Ambil salinan").click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as copy:
        held = json.loads(copy.read("data.json"))["held"]
        assert "Lina Data" in copy.read("data.html").decode()
    assert held["user"][0]["email"] == lina.email
    lina.open("/settings/data")
    lina.choose(kind="deletion")
    lina.fill(current_password=PASSWORD)
    lina.press("Kirim permintaan")
    lina.sees("Akun Anda ditutup")
    site.mail(lina.email, "menghapus data tentang Anda")
    lina.sign_in()
    lina.sees("tidak cocok")
    assert lina.problems == []
