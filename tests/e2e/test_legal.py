"""A somasi enters at the desk with its document; the author reads it in plain words; two moderators give the identity out on an order."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import DESK, Person
from tests.e2e.site import Site
from tests.e2e.test_life import picture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TITLE = "Mesin cuci baru bocor sejak hari pertama dipakai"
LETTER = "Mesin cuci saya tiba pada 7 Maret dan bocor sejak hari pertama. Toko tidak menjawab pesan saya sampai hari ini."
DEMAND = "Surat itu diminta dihapus, dan nama penulisnya diminta disebutkan, karena menurut pengirim isinya tidak benar."
ORDER = "17/Pen.Pid/2026/PN Sby"
WHY = "Penetapan pengadilan sudah dicocokkan dengan panitera melalui telepon."


def test_from_the_somasi_to_the_identity(chromium: Browser, site: Site) -> None:
    ana = Person(chromium, site, "Ana Wijaya", "ana@surat.example", scripts=False)
    dewi = Person(chromium, site, "Dewi Lestari", "dewi@redaksi.example", viewport=DESK)
    surya = Person(chromium, site, "Surya Adiputra", "surya@redaksi.example", viewport=DESK)
    ana.sign_up()
    ana.open("/letters/write")
    ana.fill(merchants="Pasar Lampion", title=TITLE, text=LETTER, place="Surabaya, Jawa Timur")
    ana.choose(category="toko-online", kind="complaint", writes_as="consumer")
    ana.press("Kirim untuk ditinjau")
    dewi.take_office()
    dewi.open("/moderation")
    dewi.follow(TITLE)
    dewi.press("Muat")
    dewi.open("/")
    dewi.follow(TITLE)
    dewi.page.wait_for_url("**/letters/*-*")
    address = dewi.page.url

    dewi.open("/moderation/legal")
    dewi.follow("Catat somasi")
    dewi.choose(sender="business")
    dewi.fill(name="PT Pasar Lampion", email="hukum@lampion.example", text=DEMAND, things=address, received_on="2026-03-09")
    for demand in ("remove", "identity"):
        dewi.choose(demands=demand)
    _attach(dewi)
    dewi.press("Catat")
    dewi.sees("Data suratnya ditahan, dan penulisnya diberi tahu")
    matter = dewi.page.url

    ana.open(site.link(ana.email, "/legal/"))
    ana.sees("Somasi adalah tuntutan, bukan putusan.")
    ana.sees("PT Pasar Lampion")
    ana.sees(DEMAND)
    ana.sees("Menyebutkan siapa penulisnya")
    ana.open(address)
    ana.sees("bocor sejak hari pertama")

    dewi.open(matter)
    dewi.follow("Catat perintah tentang identitas penulis")
    dewi.choose(authority="court")
    dewi.fill(name="Pengadilan Negeri Surabaya", reference=ORDER, dated_on="2026-03-20")
    _attach(dewi)
    dewi.press("Catat")
    order = dewi.page.url
    dewi.fill(why=WHY)
    dewi.press("Ajukan permintaan")
    expect(dewi.page.get_by_role("button", name="Kuatkan")).to_have_count(0)  # nobody is their own second person
    expect(dewi.page.get_by_role("button", name="Baca identitas")).to_have_count(0)
    surya.take_office("administrator")
    surya.open(order)
    surya.sees(WHY)
    surya.press("Kuatkan")

    dewi.open(order)
    dewi.press("Baca identitas")
    expect(dewi.page.locator("main code", has_text=ana.email)).to_be_visible()
    ana.open(site.link(ana.email, "/legal/mine"))
    ana.sees("Identitas Anda telah diberikan")
    ana.sees("Pengadilan Negeri Surabaya")
    ana.sees(ORDER)
    for person in (ana, dewi, surya):
        assert not person.problems, (person.name, person.problems)
        person.context.close()


def _attach(person: Person) -> None:
    """Choose the document."""
    person.page.locator("#files").set_input_files({"name": "somasi.png", "mimeType": "image/png", "buffer": picture()})
