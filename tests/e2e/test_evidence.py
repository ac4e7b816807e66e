"""Who sees and may take away what of a letter's evidence, in a real browser: guest, author, agent, rival and moderator."""

import io
import subprocess
import sys

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, expect

from tests.e2e.person import DESK, Person
from tests.e2e.site import Site
from tools.drift import ROOT

pytestmark = pytest.mark.browser
SHOP, OTHER = "Toko Bukti Melati", "Kurir Bukti Kilat"
TITLE = "Panci dikirim penyok dan fakturnya berisi alamat orang lain"
LETTER = """Pada tanggal 7 saya memesan panci dari toko ini dan menerimanya dalam keadaan penyok. Faktur, percakapan, dan foto kartu saya lampirkan.

Yang boleh dilihat semua orang hanya fotonya."""
AUDIENCES = {"foto.webp": "public", "percakapan.webp": "business", "kartu.webp": "moderators", "faktur.pdf": "business"}
OPEN_TO = {
    "guest": {"foto.webp"},
    "rival": {"foto.webp"},
    "agent": {"foto.webp", "percakapan.webp", "faktur.pdf"},
    "author": set(AUDIENCES),
    "moderator": set(AUDIENCES),
}
VOICES = """
import sys
from sqlalchemy import select
from forum.accounts.models import User
from forum.app import create_app
from forum.core.db import db
from forum.merchants.actions import find_or_add
from tests.cast import represent
with create_app().app_context():
    for email, shop in zip(sys.argv[1::2], sys.argv[2::2]):
        person = db.session.scalar(select(User).where(User.email == email))
        represent(person, find_or_add(shop, person))
"""


def sheet(name: str, colour: str) -> FilePayload:
    drawn = io.BytesIO()
    Image.new("RGB", (600, 800), colour).save(drawn, "PDF" if name.endswith("pdf") else "PNG")
    return {"name": name, "mimeType": "application/pdf" if name.endswith("pdf") else "image/png", "buffer": drawn.getvalue()}


FILES = (sheet("foto.png", "#dde"), sheet("percakapan.png", "#ded"), sheet("kartu.png", "#edd"), sheet("faktur.pdf", "white"))


def test_each_file_is_for_whom_its_author_chose(chromium: Browser, site: Site) -> None:
    ana = Person(chromium, site, "Ana Wijaya", "ana.bukti@surat.example")
    people = {
        "guest": Person(chromium, site, "tamu"),
        "author": ana,
        "agent": Person(chromium, site, "Bima Santoso", "bima.bukti@surat.example", viewport=DESK),
        "rival": Person(chromium, site, "Fajar Nugraha", "fajar.bukti@surat.example", viewport=DESK),
        "moderator": Person(chromium, site, "Dewi Lestari", "dewi.bukti@redaksi.example", viewport=DESK),
    }
    for key in ("author", "agent", "rival"):
        people[key].sign_up()
    people["moderator"].take_office()

    _write(ana)
    addresses = _addresses(ana)
    _speak_for(site, {people["agent"].email: SHOP, people["rival"].email: OTHER})
    for key in ("guest", "agent", "rival", "moderator"):
        assert _opened(people[key], addresses) == set(), f"a draft's file opens for {key}"
    ana.press("Pratinjau")
    ana.press("Kirim untuk ditinjau")
    people["moderator"].open("/moderation")
    people["moderator"].follow(TITLE[:40])
    letter = people["moderator"].page.url.replace("/moderation", "")
    people["moderator"].press("Muat")

    for key, expected in OPEN_TO.items():
        assert _opened(people[key], addresses) == expected, key
        people[key].open(letter)
        tiles = people[key].page.locator(".attachment")
        expect(tiles).to_have_count(len(AUDIENCES))
        names = {name for name in AUDIENCES if people[key].page.locator(".attachment__name", has_text=name).count()}
        assert names == expected, key

    _narrow(ana, letter, addresses)
    assert _opened(people["agent"], addresses) == {"foto.webp", "faktur.pdf"}
    for person in people.values():
        assert not person.problems, (person.name, person.problems)
        person.context.close()


def _write(ana: Person) -> None:
    ana.open("/letters/write")
    ana.page.locator(".combobox input").first.press_sequentially(SHOP)
    ana.page.keyboard.press("Enter")
    ana.choose(category="toko-online", kind="complaint", writes_as="consumer")
    ana.fill(title=TITLE, text=LETTER, place="Surabaya, Jawa Timur")
    page = ana.page
    page.locator("#files").set_input_files(list(FILES))
    page.locator(".tray__bar [data-do=send]").click()
    expect(page.locator(".kept-file")).to_have_count(len(FILES), timeout=60_000)
    expect(page.locator(".kept-file[data-state=waiting]")).to_have_count(0, timeout=60_000)
    for name, audience in AUDIENCES.items():
        kept = page.locator(f'.kept-file[data-name="{name}"]')
        kept.get_by_label("Siapa yang boleh melihat").select_option(audience)


def _addresses(ana: Person) -> dict[str, str]:
    links = {name: ana.page.locator(f'.kept-file[data-name="{name}"] .attachment__name a') for name in AUDIENCES}
    return {name: str(link.get_attribute("href")) for name, link in links.items()}


def _speak_for(site: Site, voices: dict[str, str]) -> None:
    words = [word for pair in voices.items() for word in pair]
    done = subprocess.run([sys.executable, "-c", VOICES, *words], cwd=ROOT, env=site.environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _opened(person: Person, addresses: dict[str, str]) -> set[str]:
    """The files that this person gets, whole, as a thumbnail and as JPEG alike; what is closed is not known to be there."""
    found = set()
    for name, address in addresses.items():
        variants = [address, address.replace("/full/", "/thumb/"), address.replace("/full/", "/medium-jpeg/")]
        statuses = {person.page.request.get(one).status for one in variants}
        assert statuses in ({200}, {404}), (person.name, name, statuses)
        if statuses == {200}:
            found.add(name)
    return found


def _narrow(ana: Person, letter: str, addresses: dict[str, str]) -> None:
    """Who opened the chat stands on its page; then the business may see it no more."""
    ana.open(letter)
    ana.open("/".join(addresses["percakapan.webp"].split("/")[:3]))
    ana.sees("Bima Santoso" if ana.page.get_by_text("Bima Santoso").count() else SHOP)
    ana.choose(audience="moderators")
    ana.press("Ubah siapa yang boleh melihat")
    ana.sees("Hanya dapat dilihat redaksi")
