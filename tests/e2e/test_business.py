"""The business's side in a real browser, its mails by a real SMTP server: from the mailed link to the promise that was broken."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.e2e.person import DESK, PHONE, Person
from tests.e2e.site import Site
from tests.smtp import Post

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]  # long scenes, on a busy machine as well
SHOP, SHOP_DOMAIN = "Pasar Lampion", "lampion.example"
RIVAL, RIVAL_DOMAIN = "Toko Kenari", "kenari.example"
CONTACT = f"layanan@{SHOP_DOMAIN}"
WORK, RIVAL_WORK, AGENT = f"bima@{SHOP_DOMAIN}", f"fajar@{RIVAL_DOMAIN}", f"sari@{SHOP_DOMAIN}"
FIRST_TITLE = "Kompor dua tungku datang hanya satu tungku"
FIRST = """Pada tanggal 3 saya membeli kompor dua tungku. Yang datang satu tungku, kardusnya sudah pernah dibuka.

Penjual berkata barang sudah sesuai pesanan. Mohon ditukar dengan barang yang benar."""
FIRST_ANSWER = """Gudang kami memeriksa kiriman tanggal 3 dan menemukan label dua kotak tertukar.

Kompor dua tungku kami kirim hari Senin, dan kurir membawa pulang yang keliru tanpa ongkos."""
TITLE = "Paket sudah jalan, pesanan dibatalkan, uang tidak kembali"
LETTER = """Harga barang Rp105 ribu sudah saya bayar. Nomor resi keluar, lalu pesanan dibatalkan sepihak pada malam yang sama.

Sampai hari ini uangnya belum kembali. Pusat bantuan meminta saya menunggu terus."""
ORDER = "PL-7734-21095"
TYPED_ORDER = "PL 7734 21095"
QUESTION = "Pada tanggal berapa pesanan dibatalkan? Nomor pesanan mohon diisi di kolom pribadi."
ANSWER = "Dibatalkan tanggal 8 malam, sekitar pukul sembilan."
RESPONSE = """Kami menemukan pembatalan tanggal 8 pada pesanan {order}: resi terbit karena gangguan pada gudang.

Dana sebesar harga barang kami kembalikan ke saldo Ibu Ana paling lambat lusa."""
PROMISE = "Dana kembali ke saldo toko"


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    """A real SMTP server that takes the mails of the site."""
    server = Post()
    server.open()
    yield server
    server.close()


@pytest.fixture(scope="module")
def mailing(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[Site]:
    """An empty site that mails by SMTP."""
    running = Site(tmp_path_factory.mktemp("business"), mailbox=post)
    yield running
    running.stop()


def test_a_business_proves_itself_answers_and_breaks_its_promise(chromium: Browser, mailing: Site) -> None:
    people = {
        name: Person(chromium, mailing, whole, email, viewport=viewport)
        for name, whole, email, viewport in (
            ("ana", "Ana Wijaya", "ana@surat.example", PHONE),
            ("dewi", "Dewi Lestari", "dewi@redaksi.example", DESK),
            ("citra", "Citra Ayu", "citra@surat.example", PHONE),
            ("bima", "Bima Santoso", WORK, DESK),
            ("sari", "Sari Utami", AGENT, DESK),
            ("fajar", "Fajar Nugroho", RIVAL_WORK, DESK),
            ("guest", "tamu", "", PHONE),
        )
    }
    ana, bima, dewi, guest = people["ana"], people["bima"], people["dewi"], people["guest"]
    dewi.take_office()
    people["citra"].sign_up()
    first = _letter(people["citra"], dewi, guest, FIRST_TITLE, FIRST, SHOP, RIVAL)
    for business, domain in ((SHOP, SHOP_DOMAIN), (RIVAL, RIVAL_DOMAIN)):
        _register(dewi, first, business, domain)

    _answer_by_mail(bima, guest, first)
    ana.sign_up()
    address = _letter(ana, dewi, guest, TITLE, LETTER, SHOP, order=ORDER)
    _claim(bima, guest, address, SHOP)
    case = _acknowledge(bima, guest, address)

    _ask_and_answer(bima, ana, guest, case, address)
    _respond(bima, guest, case, address)
    _break_the_promise(ana, guest, mailing, address)

    _invite(bima, people["sari"])
    people["fajar"].sign_up()
    _prove(people["fajar"], RIVAL)
    _everybody_sees_what_is_theirs(people, case, address)
    for person in people.values():
        assert not person.problems, (person.name, person.problems)
        person.context.close()


def _letter(author: Person, dewi: Person, guest: Person, title: str, text: str, *shops: str, order: str = "") -> str:
    """Let somebody write a letter and the moderator print it; returns its address."""
    author.open("/letters/write")
    for shop in shops:
        author.page.locator(".combobox input").first.press_sequentially(shop)
        author.page.keyboard.press("Enter")
    author.choose(category="toko-online", kind="complaint")
    author.fill(title=title, text=text, place="Surabaya, Jawa Timur")
    if order:
        author.page.locator('main details:has([name="details_order"]) summary').first.click()
        author.fill(details_order=order)
    author.press("Pratinjau")
    author.press("Kirim untuk ditinjau")
    author.sees("Menunggu ditinjau")
    dewi.open("/moderation")
    dewi.follow(title[:40])
    dewi.press("Muat")
    guest.open("/")
    guest.follow(title)
    guest.sees("Belum Ada Tanggapan Atas Surat Pembaca Ini")
    return guest.page.url


def _register(dewi: Person, address: str, business: str, domain: str) -> None:
    """The moderator writes down the domain of a business, and of ours the address where letters are answered."""
    dewi.open(address)
    dewi.follow(business, within=".letter__to")
    dewi.follow("Nama, penggabungan, dan bukti")
    dewi.fill(domain=domain)
    dewi.press("Simpan")
    if business == SHOP:
        dewi.fill(email=CONTACT, source="halaman kontak di situsnya")
        dewi.press("Tambahkan alamat ini")
    expect(dewi.page.locator('main [name="domain"]')).to_have_value(domain)


def _answer_by_mail(bima: Person, guest: Person, address: str) -> None:
    """The mail of the SMTP server holds a link; it opens the form without an account, and its answer is published."""
    bima.open(bima.site.link(CONTACT, "/answer/"))
    guest.open(address)
    guest.sees("belum membukanya")
    bima.press("Buka dan tanggapi")
    bima.choose(remedy="replacement")
    bima.fill(goods="Kompor dua tungku", text=FIRST_ANSWER, signatory="Bima Santoso", job_title="Layanan pelanggan")
    bima.press("Pratinjau")
    bima.press("Muat tanggapan")
    guest.open(address)
    guest.sees("menemukan label dua kotak tertukar")
    guest.sees("Kompor dua tungku")
    expect(bima.page.locator("body")).not_to_contain_text(CONTACT)


def _claim(bima: Person, guest: Person, address: str, shop: str) -> None:
    """From the page of the letter to the proof by work e-mail, and the second factor that the answered business needs."""
    guest.open(address)
    guest.follow("Kirimkan Tanggapan Resmi")
    guest.follow("Daftar")
    bima.sign_up(guest.page.url)
    _prove(bima, shop)
    bima.open("/desk")
    bima.sees("Pelaku usaha memerlukannya")
    bima.set_up_codes()


def _prove(person: Person, shop: str) -> None:
    person.open("/merchants")
    person.follow(shop)
    person.page.goto(person.page.url + "/claim")
    person.choose(way="email")
    person.fill(work_email=person.email, job_title="Humas")
    person.press("Klaim profil usaha ini")
    person.sees("Buka tautan di email kantor Anda")
    person.open(person.site.link(person.email, "/claims/"))
    person.press("Ya, saya perwakilannya")


def _acknowledge(bima: Person, guest: Person, address: str) -> str:
    """What is due is on the desk; says that the letter was received; returns the address of the case there."""
    bima.open("/desk")
    bima.follow(TITLE)
    case = bima.page.url.split("?")[0]
    bima.sees(ORDER)
    bima.press("Nyatakan sudah diterima")
    guest.open(address)
    guest.sees("menyatakan telah menerima surat ini")
    return case


def _ask_and_answer(bima: Person, ana: Person, guest: Person, case: str, address: str) -> None:
    bima.open(case)
    bima.follow("Tanya penulis")
    bima.fill(text=QUESTION)
    bima.press("Muat pertanyaan")
    standing = "Hitungan hari pelaku usaha berhenti sampai penulis menjawab."
    guest.open(address)
    guest.sees(standing)
    ana.open(ana.site.link(ana.email, "/notifications/"))
    ana.open(address)
    ana.follow("Jawab pertanyaan ini")
    ana.fill(text=ANSWER)
    ana.press("Muat jawaban")
    guest.open(address)
    guest.sees(ANSWER)
    expect(guest.page.get_by_text(standing)).to_have_count(0)


def _respond(bima: Person, guest: Person, case: str, address: str) -> None:
    """The guard stops the order number, keeps every word and marks what it found; corrected it is published."""
    typed = RESPONSE.format(order=TYPED_ORDER)
    bima.open(case)
    bima.page.locator("main").get_by_role("link", name="Tanggapi", exact=True).click()
    bima.choose(remedy="refund")
    bima.fill(refund_amount="105.000", text=typed, promise=PROMISE, promise_amount="105.000")
    bima.fill(promise_due=(date.today() + timedelta(days=3)).isoformat())
    bima.press("Pratinjau")
    bima.sees("Yang tidak boleh terbit")
    expect(bima.page.locator(".checked mark")).to_have_text([TYPED_ORDER])
    expect(bima.page.locator('main textarea[name="text"]')).to_have_value(typed)
    expect(bima.page.locator('main [name="promise"]')).to_have_value(PROMISE)
    guest.open(address)
    expect(guest.page.get_by_text("resi terbit karena gangguan")).to_have_count(0)
    bima.fill(text=RESPONSE.format(order="Ibu"))
    bima.press("Pratinjau")
    bima.sees("Apakah uangnya sudah dikembalikan?")
    guest.open(address)
    expect(guest.page.get_by_text("resi terbit karena gangguan")).to_have_count(0)
    bima.press("Muat tanggapan")
    expect(bima.page.locator(".notices")).to_be_in_viewport()
    assert bima.page.evaluate("scrollY") > 0, "the page jumped to the response, and what was done is still in view"
    guest.open(address)
    guest.sees("resi terbit karena gangguan")
    guest.sees(PROMISE)
    guest.sees("Belum jatuh tempo")


def _break_the_promise(ana: Person, guest: Person, site: Site, address: str) -> None:
    """Ana believed the promise; when its day has passed she says it was broken, opens the case again and takes the pack."""
    ana.open(address)
    ana.click(ana.page.locator('main button[name="outcome"][value="say_solved"]'))
    guest.open(address)
    guest.sees("Selesai")
    _let_the_day_pass(site)
    ana.open(address)
    ana.press("Tidak ditepati")
    ana.press("Buka kembali kasus")
    ana.click(ana.page.locator('main button[name="outcome"][value="say_not_solved"]'))
    guest.open(address)
    guest.sees("Tidak ditepati, kata penulis")
    guest.sees("Belum selesai")
    ana.follow("Ambil berkas pengaduan")
    with ana.page.expect_download() as taking:
        ana.page.locator("main").get_by_role("button", name="Ambil sebagai PDF").click()
    assert taking.value.path().read_bytes().startswith(b"%PDF")


def _let_the_day_pass(site: Site) -> None:
    """Write the day of the promise back to yesterday, as if three days had gone by."""
    with sqlite3.connect(site.folder / "forum.sqlite3", timeout=20) as database:
        yesterday = (date.today() - timedelta(days=1)).isoformat()
        changed = database.execute("UPDATE response SET promise_due = ? WHERE promise = ?", (yesterday, PROMISE))
        assert changed.rowcount == 1
        database.execute('UPDATE "case" SET promise_due = ? WHERE promise_due IS NOT NULL', (yesterday,))


def _invite(bima: Person, sari: Person) -> None:
    """The owner invites a colleague by mail; she joins with an account of her own and her own second factor."""
    bima.open("/desk")
    bima.page.locator("#businesses").get_by_role("link", name="Tim", exact=True).click()
    bima.fill(email=sari.email, job_title="Layanan pelanggan")
    bima.choose(role="agent")
    bima.press("Kirim undangan")
    invited = sari.site.link(sari.email, "/invitations/")
    sari.sign_up()
    sari.open(invited)
    sari.press("Bergabung dengan tim")
    sari.open("/desk")
    sari.set_up_codes()


def _everybody_sees_what_is_theirs(people: dict[str, Person], case: str, address: str) -> None:
    """The author and the team see the order number, a guest and the rival never; the rival's desk has no such case."""
    sari, fajar = people["sari"], people["fajar"]
    sari.open(case)
    sari.sees(ORDER)
    sari.sees("Tidak ditepati")
    people["ana"].open(address)
    assert ORDER in people["ana"].page.content()
    answer = fajar.page.goto(case)
    assert isinstance(answer, Response)
    assert answer.status in {403, 404}
    for other in (fajar, people["guest"]):
        other.open(address)
        other.sees("resi terbit karena gangguan")
        assert not re.search(r"7734\W*21095", other.page.content()), other.name
        expect(other.page.get_by_role("link", name="Buka di meja")).to_have_count(0)
