"""A right of reply without an account, by real mail: refused by mistake, appealed by the mailed link, published with its label."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.person import Person
from tests.e2e.site import Site
from tests.smtp import Post

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TITLE = "Paket hilang, kurir menyatakan sudah diterima"
LETTER = "Paket saya dikirim pada 7 Maret. Kurir bernama Zulkarnain menyatakan sudah diterima, padahal tidak ada seorang pun di rumah."
REPLY = "Saya Zulkarnain. Pada 7 Maret saya libur; paket itu diterima satpam perumahan, dan tanda terimanya ada di pangkalan."
WHY = "Surat itu menyebut nama saya dalam kalimat kedua, jadi sayalah yang dimaksud."
SAID = "Nama Anda memang disebut; jawaban Anda dimuat."


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Post]:
    server = Post()
    server.open()
    yield server
    server.controller.stop()


@pytest.fixture(scope="module")
def mailing(tmp_path_factory: pytest.TempPathFactory, mailbox: Post) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("reply")
    running = Site(folder, mailbox=mailbox)
    yield running
    running.stop()


def test_from_the_form_to_the_label(chromium: Browser, mailing: Site) -> None:
    site = mailing
    ana = Person(chromium, site, "Ana Wijaya", "ana@surat.example", scripts=False)
    dewi = Person(chromium, site, "Dewi Lestari", "dewi@redaksi.example")
    surya = Person(chromium, site, "Surya Adiputra", "surya@redaksi.example")
    zul = Person(chromium, site, "Zulkarnain", "zul@mail.example", scripts=False)
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
    address = dewi.page.url

    zul.open(address)
    zul.follow("Hak jawab: surat ini menyebut saya")
    zul.fill(name="Zulkarnain Akbar", place="Saya kurir dalam surat ini.", text=REPLY, email=zul.email)
    zul.page.get_by_label("Inisial").check()
    zul.press("Kirim hak jawab")
    own = site.link(zul.email, "/right-of-reply/")
    zul.open(own)
    zul.press("Pastikan dan kirim ke redaksi")

    dewi.open("/moderation/right-of-reply")
    dewi.follow(TITLE)
    dewi.choose(reason="not_named")
    dewi.press("Jangan muat")
    surya.take_office("administrator")
    zul.open(site.link(zul.email, "/decisions/"))
    zul.fill(text=WHY)
    zul.press("Kirim banding")
    zul.sees("menunggu keputusan")
    surya.open("/moderation/appeals")
    surya.follow(TITLE)
    surya.sees(WHY)
    surya.fill(answer=SAID)
    surya.press("Kabulkan")
    surya.sees("Banding dikabulkan")

    assert site.mail(zul.email, SAID)
    zul.open(own)
    zul.sees("Dimuat")
    zul.open(address)
    zul.sees("Hak jawab dari orang yang disebut dalam surat ini")
    zul.sees(REPLY)
    zul.sees("Z. A.")
    assert zul.page.get_by_text("Zulkarnain Akbar").count() == 0
    assert not zul.context.cookies(), "no account, no cookie"
    for person in (ana, dewi, surya, zul):
        assert not person.problems, (person.name, person.problems)
        person.context.close()
