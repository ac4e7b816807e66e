"""A mistake that is undone: a letter taken down, the appeal of its author, granted by the second moderator; and with only one."""

import pytest
from playwright.sync_api import Browser

from tests.e2e.person import DESK, Person
from tests.e2e.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TITLE = "Kulkas baru berhenti dingin setelah dua pekan"
LETTER = "Saya membeli kulkas pada 7 Maret. Setelah dua pekan ia berhenti dingin, dan toko tidak menjawab pesan saya."
WHY = "Nomor dalam surat itu nomor pengaduan toko sendiri, bukan nomor pribadi seseorang."
SAID = "Nomor itu memang milik toko; keputusan pertama keliru membacanya."


def test_a_letter_taken_down_by_mistake_comes_back(chromium: Browser, site: Site) -> None:
    ana = Person(chromium, site, "Ana Wijaya", "ana@surat.example", scripts=False)
    dewi = Person(chromium, site, "Dewi Lestari", "dewi@redaksi.example", viewport=DESK)
    surya = Person(chromium, site, "Surya Adiputra", "surya@redaksi.example")
    reader = Person(chromium, site, "tamu")
    ana.sign_up()
    ana.open("/letters/write")
    ana.fill(merchants="Pasar Lampion", title=TITLE, text=LETTER, place="Surabaya, Jawa Timur")
    ana.choose(category="toko-online", kind="complaint", writes_as="consumer")
    ana.press("Kirim untuk ditinjau")
    dewi.take_office()
    dewi.open("/moderation")
    dewi.follow(TITLE)
    desk = dewi.page.url
    dewi.press("Muat")
    dewi.open("/")
    dewi.follow(TITLE)
    address = dewi.page.url

    dewi.open(desk)
    dewi.choose(reason="personal_data")
    dewi.press("Turunkan")
    reader.open(address)
    assert reader.page.get_by_text("berhenti dingin, dan toko").count() == 0

    ana.open(site.link(ana.email, "/decisions/"))
    ana.sees("tidak ada redaksi lain yang dapat memutuskan")  # only one moderator, and the page says so
    surya.take_office("create-administrator")
    ana.page.reload()
    assert ana.page.get_by_text("tidak ada redaksi lain").count() == 0
    ana.fill(text="Keliru.")
    ana.press("Kirim banding")
    ana.sees("Keliru.")  # too short: told at the field, with the words kept
    ana.fill(text=WHY)
    ana.press("Kirim banding")
    ana.sees("menunggu keputusan")

    dewi.open("/moderation/appeals")
    dewi.follow(TITLE)
    dewi.sees("Redaksi lain yang menilai")
    surya.open("/moderation/appeals")
    surya.follow(TITLE)
    surya.sees(WHY)
    surya.fill(answer=SAID)
    surya.press("Kabulkan")
    surya.sees("Banding dikabulkan")

    reader.open(address)
    reader.sees("berhenti dingin, dan toko")
    reader.sees("mengabulkan banding")
    assert SAID in site.mail(ana.email, SAID)
    ana.page.reload()
    ana.sees("keputusan dibatalkan")
    reader.open("/ledger")
    reader.sees("Banding")
    assert not reader.context.cookies(), "readers get no cookie"
    for person in (ana, dewi, surya, reader):
        assert not person.problems, (person.name, person.problems)
        person.context.close()
