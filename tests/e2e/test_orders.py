"""An order of an authority: entered with its document, gone from every output within a minute, objected to, put back by the second moderator."""

import time
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import DESK, Person
from tests.e2e.site import Site
from tests.e2e.test_business import _prove, _register
from tests.e2e.test_life import picture
from tests.processes import until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WITHIN_SECONDS: Final = 60
SHOP, WORK = "Pasar Lampion", "bima@lampion.example"
TITLE = "Situs taruhan memakai nama toko lampion"
SLUG = "situs-taruhan-memakai-nama-toko-lampion"
LETTER = "Saya membeli lampion pada 7 Maret, lalu diarahkan ke situs taruhan. Toko tidak menjawab pesan saya sampai hari ini."
AUTHORITY, NUMBER = "Kementerian Komunikasi dan Digital", "B-77/DJAI/2026"
ARTICLES = "Pasal 27 ayat (2), menurut surat kementerian."
MESSAGE = "Surat ini diturunkan karena perintah kementerian; lihat dasar hukumnya."
OBJECTION = "Surat saya mengadukan situs taruhan itu, bukan mempromosikannya. Mohon ditampilkan kembali."
ANSWER = "Kementerian mencabut perintahnya setelah membaca keberatan penulis."


def test_through_all_outputs_within_a_minute_and_back(chromium: Browser, site: Site) -> None:
    ana = Person(chromium, site, "Ana Wijaya", "ana@surat.example")
    bima = Person(chromium, site, "Bima Santoso", WORK, viewport=DESK)
    dewi = Person(chromium, site, "Dewi Lestari", "dewi@redaksi.example", viewport=DESK)
    surya = Person(chromium, site, "Surya Adiputra", "surya@redaksi.example", viewport=DESK)
    guest = Person(chromium, site, "tamu")
    ana.sign_up()
    _write(ana)
    dewi.take_office()
    dewi.open("/moderation")
    dewi.follow(TITLE)
    dewi.press("Muat")
    dewi.open("/")
    dewi.follow(TITLE)
    dewi.page.wait_for_url("**/letters/*-*")
    address = dewi.page.url
    _register(dewi, address, SHOP, "lampion.example")
    bima.sign_up()
    _prove(bima, SHOP)
    surya.take_office("administrator")
    guest.open(address)
    file = guest.page.locator('main a[href^="/files/"]').first.get_attribute("href") or ""
    outputs = _outputs(guest)
    until(
        lambda: _telling(guest, outputs) == outputs,
        seconds=60,
        what=lambda: f"only {_telling(guest, outputs)} tell of it",
    )
    assert guest.context.request.get(file).status == 200

    order = _enter(dewi, address)
    surya.open("/moderation/orders")
    surya.follow(NUMBER)
    surya.sees(ARTICLES)
    dewi.press("Perintah ini asli")
    dewi.fill(message=MESSAGE)
    began = time.monotonic()
    dewi.press("Laksanakan")
    dewi.sees("tidak ditampilkan lagi")
    for reader in (guest, bima):
        until(
            lambda reader=reader: _telling(reader, outputs) == [],
            seconds=WITHIN_SECONDS,
            what=lambda: f"{_telling(guest, outputs)} tell of it",
        )
        for path in (address, file):
            answer = reader.context.request.get(path)
            assert (answer.status, LETTER in answer.text()) == (451, False), (reader.name, path)
        assert _telling(reader, ["/ledger", "/ledger/feed.atom", "/ledger/figures"]) == []
        reader.open(address)
        for words in (AUTHORITY, "Judi"):
            reader.sees(words)
        assert reader.page.get_by_text("diarahkan ke situs").count() == 0
        _no_sideways(reader)
    took = time.monotonic() - began
    print(f"all outputs of guest and business: {took:.1f} s")
    assert took < WITHIN_SECONDS
    for judge in (dewi, surya):
        judge.open(address)
        judge.sees("diarahkan ke situs")  # they go on seeing what they decide about
    ana.open(address)
    ana.sees("diarahkan ke situs")  # her own

    own = site.link(ana.email, "/orders/")
    ana.open(own)
    for words in (AUTHORITY, NUMBER, MESSAGE):
        ana.sees(words)
    assert ana.page.get_by_text(ARTICLES).count() == 0
    _no_sideways(ana)
    ana.fill(text="Keliru.")
    ana.press("Kirim keberatan")
    ana.sees("Keliru.")  # too short: told at the field, with the words kept
    ana.fill(text=OBJECTION)
    ana.press("Kirim keberatan")
    for reader in (guest, bima):
        assert reader.context.request.get(own).status in {200, 404}
        assert OBJECTION not in reader.context.request.get(own).text()

    dewi.open(order)
    assert dewi.page.get_by_role("button", name="Putuskan").count() == 0
    dewi.sees("Anda yang melaksanakan perintah ini. Anggota redaksi lain yang memutuskan")
    surya.open("/moderation/orders")
    surya.follow(NUMBER)
    surya.sees(OBJECTION)
    surya.choose(end="authority_withdrew")
    surya.fill(message=ANSWER)
    surya.press("Putuskan")
    until(
        lambda: _telling(guest, outputs) == outputs,
        seconds=WITHIN_SECONDS,
        what=lambda: f"only {_telling(guest, outputs)} tell of it",
    )
    guest.open(address)
    guest.sees("diarahkan ke situs")
    assert guest.context.request.get(file).status == 200
    assert ANSWER in site.mail(ana.email, ANSWER)
    guest.open("/ledger/figures")
    guest.sees(AUTHORITY)
    _no_sideways(guest)
    assert not guest.context.cookies(), "readers get no cookie"
    for person in (ana, bima, dewi, surya, guest):
        assert not person.problems, (person.name, person.problems)
        person.context.close()


def _write(ana: Person) -> None:
    """A letter with a photo for everybody."""
    ana.open("/letters/write")
    ana.page.locator(".combobox input").first.press_sequentially(SHOP)
    ana.page.keyboard.press("Enter")
    ana.choose(category="toko-online", kind="complaint", writes_as="consumer")
    ana.fill(title=TITLE, text=LETTER, place="Surabaya, Jawa Timur")
    page = ana.page
    page.locator("#files").set_input_files({"name": "layar.png", "mimeType": "image/png", "buffer": picture()})
    page.locator(".tray__bar [data-do=send]").click()
    expect(page.locator(".kept-file")).to_have_count(1, timeout=60_000)
    expect(page.locator(".kept-file[data-state=waiting]")).to_have_count(0, timeout=60_000)
    page.locator(".kept-file").get_by_label("Siapa yang boleh melihat").select_option("public")
    ana.press("Pratinjau")
    ana.press("Kirim untuk ditinjau")
    ana.sees("Menunggu ditinjau")


def _outputs(guest: Person) -> list[str]:
    """Everywhere a reader without an account meets the letter, beside its own address."""
    guest.follow(SHOP, within=".letter__to")
    shop = "/merchants/" + guest.page.url.rsplit("/", 1)[1]
    return [
        "/", "/feed.atom", "/search?q=taruhan", "/categories/toko-online", "/categories/toko-online/feed.atom", shop,
        f"{shop}/letters", "/sitemap-letters-0.xml",
    ]  # fmt: skip


def _telling(who: Person, outputs: list[str]) -> list[str]:
    """Those that hold the title or the address of the letter."""
    shown = {path: who.context.request.get(path).text() for path in outputs}
    return [path for path, text in shown.items() if TITLE in text or SLUG in text]


def _enter(dewi: Person, address: str) -> str:
    """The letter of the ministry, first with an address that is none; returns the address of its page at the desk."""
    dewi.open("/moderation/orders")
    dewi.follow("Catat perintah otoritas")
    dewi.choose(kind="ministry", hours="urgent", ground="gambling")
    dewi.fill(authority=AUTHORITY, reference=NUMBER, received="2026-03-09T08:00", words=ARTICLES)
    dewi.fill(addresses=f"{address}\nhttps://lain.example/letters/1")
    dewi.press("Catat perintah")
    dewi.sees("https://lain.example/letters/1")
    dewi.fill(addresses=address)
    dewi.page.locator("#files").set_input_files({"name": "perintah.png", "mimeType": "image/png", "buffer": picture()})
    dewi.press("Catat perintah")
    dewi.sees("Perintah sudah dicatat")
    return dewi.page.url


def _no_sideways(person: Person) -> None:
    width = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{person.page.url} scrolls sideways by {width} px"
