"""The whole life of a letter in a real browser on a phone, as author, moderator, reader, business and guest."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.e2e.person import Person
from tests.e2e.site import Site

pytestmark = pytest.mark.browser
TITLE = "Paket sudah jalan, pesanan dibatalkan pembeli: siapa yang bertanggung jawab?"
LETTER = """Pada tanggal 7 ada pembeli yang memesan dari toko saya, harga Rp105 ribu. Nomor resi keluar, jadi malam itu barang saya antar ke gerai kurir.

Besoknya pesanan dibatalkan dengan catatan "belum dibayar". Kalau belum dibayar, kok bisa keluar resi??

Saya lampirkan bukti-buktinya."""
RESPONSE = """Yth. Ibu Ana, terima kasih atas surat Anda.

Kami menemukan bahwa resi terbit karena gangguan pada 7 Maret. Dana sebesar harga barang telah kami kembalikan ke saldo toko Anda pada 12 Maret."""
NOTHING_YET = "Belum Ada Tanggapan Atas Surat Pembaca Ini"


def picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (900, 1600), "#dde").save(drawn, "PNG")
    return drawn.getvalue()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_letter_lives(chromium: Browser, site: Site, scripts: bool) -> None:
    way = "js" if scripts else "plain"
    shop = f"Pasar Lampion {way}"
    ana = Person(chromium, site, "Ana Wijaya", f"ana.{way}@surat.example", scripts=scripts)
    dewi = Person(chromium, site, "Dewi Lestari", "dewi@redaksi.example", scripts=scripts)
    citra = Person(chromium, site, "Citra", f"citra.{way}@surat.example", scripts=scripts)
    bima = Person(chromium, site, "Bima Santoso", f"bima.{way}@surat.example", scripts=scripts)
    guest = Person(chromium, site, "tamu", scripts=scripts)

    ana.sign_up()
    _write(ana, shop)
    ana.press("Kirim untuk ditinjau")
    ana.sees("Menunggu ditinjau")

    dewi.take_office()
    dewi.open("/moderation")
    dewi.follow(TITLE[:40])
    dewi.press("Muat")
    guest.open("/")
    guest.follow(TITLE)
    address = guest.page.url
    guest.sees(NOTHING_YET)
    guest.sees("Ana Wijaya")
    assert site.mail(ana.email, address.removeprefix(site.url))

    _discuss(citra, ana, address)

    guest.follow("Kirimkan Tanggapan Resmi")
    guest.follow("Daftar")
    bima.sign_up(guest.page.url)
    bima.fill(text=RESPONSE, signatory="Bima Santoso", job_title="Humas")
    bima.choose(remedy="refund")
    bima.fill(refund_amount="105.000")
    bima.press("Pratinjau")
    bima.press("Kirim dan buktikan diri")
    bima.fill(work_email=f"bima@lampion-{way}.example", job_title="Humas", statement="Saya humas Pasar Lampion.")
    bima.press("Klaim profil usaha ini")
    bima.open(site.link(f"bima@lampion-{way}.example", "/claims/"))
    bima.press("Ya, saya perwakilannya")
    guest.open(address)
    guest.sees(NOTHING_YET)

    dewi.open("/moderation/claims")
    dewi.follow(shop)
    dewi.press("Setujui klaim")
    guest.open(address)
    guest.sees("Dana sebesar harga barang telah kami kembalikan")
    guest.sees("Sudah ditanggapi")
    expect(guest.page.get_by_text(NOTHING_YET)).to_have_count(0)

    ana.open(address)
    ana.follow("Tambahkan pembaruan")
    ana.fill(text="Terima kasih, dana sudah saya terima hari ini.")
    ana.press("Tambahkan pembaruan")
    guest.open(address)
    guest.sees("dana sudah saya terima hari ini")
    guest.sees("Sudah ditanggapi")

    ana.open(address)
    ana.click(ana.page.locator('main button[name="outcome"][value="say_solved"]'))
    guest.open(address)
    guest.sees("Selesai")
    for person in (ana, dewi, citra, bima, guest):
        assert not person.problems, (person.name, person.problems)
        person.context.close()


def _write(ana: Person, shop: str) -> None:
    ana.open("/letters/write")
    if ana.scripts:
        ana.page.locator(".combobox input").first.press_sequentially(shop)
        ana.page.keyboard.press("Enter")
        place = ana.page.locator('input[name="place"]')
        place.press_sequentially("tanjungp")
        ana.page.get_by_role("option", name="Kota Tanjung Pinang, Kepulauan Riau").click()
        expect(place).to_have_value("Kota Tanjung Pinang, Kepulauan Riau")
        place.fill("")
        place.press_sequentially("surab")
        expect(ana.page.locator("#place-list .combobox__option")).to_have_text(["Kota Surabaya, Jawa Timur"])
        place.press("ArrowDown")
        place.press("Enter")
        expect(place).to_have_value("Kota Surabaya, Jawa Timur")
    else:
        ana.fill(merchants=shop)
    ana.choose(category="toko-online", kind="complaint", writes_as="seller")
    ana.fill(title=TITLE, text=LETTER, place="Surabaya, Jawa Timur")
    ana.page.locator("#files").set_input_files(
        {"name": "bukti layar.png", "mimeType": "image/png", "buffer": picture()}
    )
    ana.press("Pratinjau")
    ana.sees("bukti layar")
    ana.sees("kok bisa keluar resi??")


def _discuss(citra: Person, ana: Person, address: str) -> None:
    citra.sign_up()
    citra.open(address)
    citra.fill(text="Saya juga pernah mengalaminya. Coba cek nomor pesanannya dulu.")
    citra.press("Kirim komentar")
    citra.sees("Coba cek nomor pesanannya")
    ana.open(address)
    ana.page.locator(".thread").get_by_role("link", name="Balas").first.click()
    ana.page.locator('main textarea[name="text"]').fill("Nomornya sama, sudah saya cek.")
    ana.press("Kirim komentar")
    ana.sees("Nomornya sama, sudah saya cek.")
