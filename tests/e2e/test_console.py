"""An administrator at a running site: words to everybody on ready pages, nobody writes for a while, a job that failed is done."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import DESK, Person
from tests.e2e.site import Site
from tests.processes import until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WORDS = "Sabtu malam pukul 22.00 WIB situs ini dipindahkan."
WHY = "Kami sedang pindah ke server yang lebih besar."
TITLE = "Paket tertahan sebelas hari tanpa penjelasan"
LETTER = "Paket saya tertahan di gudang sejak 2 Maret dan sampai hari ini tidak ada penjelasan apa pun dari pasar daring ini."
SEEN_SECONDS = 15


def _seen(person: Person, path: str, words: str) -> None:
    def look() -> bool:
        person.open(path)
        return words in person.page.locator("body").inner_text()

    until(look, seconds=SEEN_SECONDS)


def _database(site: Site) -> sqlite3.Connection:
    return sqlite3.connect(next(site.folder.glob("*.sqlite3")), timeout=10)


def _fail_a_job(site: Site) -> int:
    """A job that was given up, as a failure of the past left it."""
    statement = (
        "INSERT INTO job (kind, payload, run_at, attempts, dead_at, error) VALUES "
        "('tick_retention', '{}', '2026-01-01 00:00:00', 6, '2026-01-02 00:00:00', 'OSError(''kata pribadi'')')"
    )
    with closing(_database(site)) as connection, connection:
        return connection.execute(statement).lastrowid or 0


def _is_done(site: Site, job_id: int) -> bool:
    with closing(_database(site)) as connection:
        row = connection.execute("SELECT done_at FROM job WHERE id = ?", (job_id,)).fetchone()
    return row is not None and row[0] is not None


def _no_sideways(person: Person) -> None:
    width = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{person.page.url} scrolls sideways by {width} px"


def test_announcement_read_only_and_a_failed_job(chromium: Browser, site: Site) -> None:
    surya = Person(chromium, site, "Surya Adiputra", "surya@redaksi.example", viewport=DESK)
    ana = Person(chromium, site, "Ana Wijaya", "ana@surat.example", scripts=False)
    reader = Person(chromium, site, "tamu")
    surya.take_office("administrator")
    for _ in range(2):
        reader.open("/rules")  # ready by now
    surya.open("/console")
    surya.follow("Pengumuman")
    surya.fill(indonesian=WORDS)
    surya.choose(level="warning")
    surya.press("Umumkan")
    _seen(reader, "/rules", WORDS)
    _no_sideways(reader)
    assert reader.context.cookies() == []

    ana.sign_up()
    ana.open("/letters/write")
    ana.fill(merchants="Pasar Lampion", title=TITLE, text=LETTER, place="Surabaya, Jawa Timur")
    ana.choose(category="toko-online", kind="complaint", writes_as="consumer")
    surya.open("/console/read-only")
    surya.fill(why=WHY)
    surya.press("Nyalakan")
    _seen(reader, "/", WHY)
    ana.press("Kirim untuk ditinjau")
    ana.sees(WHY)
    expect(ana.page.locator('main textarea[name="text"]')).to_have_value(LETTER)
    _no_sideways(ana)

    surya.open("/console/read-only")
    surya.press("Izinkan orang menulis lagi")
    until(lambda: WHY not in (reader.page.goto("/"), reader.page.locator("body").inner_text())[1], seconds=SEEN_SECONDS)
    ana.press("Kirim lagi")
    ana.open("/letters/mine")
    ana.sees(TITLE)

    job_id = _fail_a_job(site)
    surya.open("/console/jobs")
    surya.sees("OSError")
    assert "kata pribadi" not in surya.page.content()
    surya.page.locator(f'form[action="/console/jobs/{job_id}/retry"] button').click()
    surya.sees("Pekerjaan itu dicoba lagi.")
    until(lambda: _is_done(site, job_id), seconds=60)
    surya.open("/console/changes")
    for words in (f"Pekerjaan · no. {job_id}", WHY, WORDS):
        surya.sees(words)
    assert surya.problems == reader.problems == []
