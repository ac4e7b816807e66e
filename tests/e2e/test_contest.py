"""On a phone: a person named contests a passage without an account, from filing to decision, then uses the right of reply."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import Person
from tests.e2e.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]  # two mails are waited for, on a busy machine as well
TITLE = "Paket hilang, kurir menyatakan sudah diterima"
THEFT = "Kurir bernama Zulkarnain mencuri paket saya di depan rumah."
LETTER = f"Paket saya dikirim pada 7 Maret dan statusnya sudah diterima. {THEFT} Toko tidak menjawab pesan saya sampai hari ini."
WRONG = "Tidak benar: hari itu saya libur, dan paketnya diterima satpam perumahan."
REPLY = "Saya Zulkarnain. Pada 7 Maret saya libur; paket itu diterima satpam perumahan, dan tanda terimanya ada di pangkalan."


def _published(ana: Person, dewi: Person) -> str:
    """A letter in print; returns its address."""
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
    return dewi.page.url


def _no_sideways(person: Person) -> None:
    width = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{person.page.url} scrolls sideways by {width} px"


def test_a_contest_and_a_right_of_reply(chromium: Browser, site: Site) -> None:
    ana = Person(chromium, site, "Ana Wijaya", "ana@surat.example", scripts=False)
    dewi = Person(chromium, site, "Dewi Lestari", "dewi@redaksi.example")
    zul = Person(chromium, site, "Zulkarnain", "zul@mail.example")
    reader = Person(chromium, site, "tamu")
    address = _published(ana, dewi)

    zul.open(address)
    zul.follow("Sanggah sebuah bagian")
    _no_sideways(zul)
    zul.page.get_by_label(THEFT).check()
    zul.choose(ground="false_fact")
    zul.fill(text=WRONG, name="Zulkarnain Akbar", email=zul.email)
    zul.press("Sanggah bagian ini")
    zul.sees("Mohon buka email Anda")
    reader.open(address)
    expect(reader.page.locator("mark.contested")).to_have_count(0)
    own = site.link(zul.email, "/contests/")
    zul.open(own)
    zul.press("Pastikan dan mulai sanggahan")
    zul.sees("penulis memberi reaksi paling lambat")

    reader.open(address)
    reader.sees("Disanggah oleh Orang yang disebut dalam surat")
    expect(reader.page.locator("mark.contested")).to_have_text([THEFT])
    _no_sideways(reader)
    reader.open("/")
    expect(reader.page.locator(".letter-row .stamp--contested")).to_be_visible()

    ana.open(site.link(ana.email, "/contests/"))
    ana.press("Saya akan membuktikan atau mengubahnya: beri saya 5 hari")
    ana.fill(text="Tetangga saya melihatnya, tetapi rekamannya sudah terhapus.")
    ana.press("Kirim jawaban")
    ana.sees("Menunggu keputusan redaksi")

    dewi.open("/moderation/contests")
    dewi.follow(TITLE)
    dewi.choose(reason="not_proved")
    expect(dewi.page.locator('textarea[name="message"]')).to_have_value(re.compile("^Bagian itu menyatakan fakta .*/rules#contests$", re.DOTALL))
    dewi.press("Kabulkan")
    reader.open(address)
    reader.sees("[bagian ini disamarkan]")
    reader.sees("mengabulkan sanggahan")
    expect(reader.page.get_by_text("mencuri paket saya")).to_have_count(0)
    zul.open(own)
    zul.sees("Dikabulkan")
    assert site.mail(zul.email, "/contests/")

    zul.open(address)
    zul.follow("Hak jawab: surat ini menyebut saya")
    _no_sideways(zul)
    zul.fill(name="Zulkarnain Akbar", place="Saya kurir dalam surat ini.", text=REPLY, email=zul.email)
    zul.page.get_by_label("Inisial").check()
    zul.press("Kirim hak jawab")
    zul.open(site.link(zul.email, "/right-of-reply/"))
    zul.press("Pastikan dan kirim ke redaksi")
    dewi.open("/moderation/right-of-reply")
    dewi.follow(TITLE)
    dewi.press("Muat")
    reader.open(address)
    reader.sees("Hak jawab dari orang yang disebut dalam surat ini")
    reader.sees(REPLY)
    reader.sees("Z. A.")
    _no_sideways(reader)
    assert not reader.context.cookies(), "readers get no cookie"
    for person in (ana, dewi, zul, reader):
        assert not person.problems, (person.name, person.problems)
        person.context.close()
