"""Another process holds the database: writing says so and keeps the words, reading goes on, then all works again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from forum.accounts.models import LoginSession
from forum.core.clock import utcnow
from tests.faults.ground import Ground
from tests.faults.visitor import is_told
from tests.processes import until

pytestmark = [pytest.mark.processes, pytest.mark.faults, pytest.mark.timeout(600)]

MOST_ROUNDS = 6  # on a busy machine even a page that waits for nobody can take as long as a writer's patience
WORDS = "Kata yang tidak boleh hilang, juga bila basis data sedang dikunci."


@contextmanager
def locked(site: Ground) -> Iterator[None]:
    """What a backup or a migration of another process does: nobody else can write, everybody can read."""
    with site.engine.connect() as connection:
        if site.sqlite:
            connection.connection.driver_connection.isolation_level = None
            connection.execute(text("BEGIN IMMEDIATE"))
        else:
            connection.execute(text("LOCK TABLE comment, letter, letter_draft, login_session IN EXCLUSIVE MODE"))
        try:
            yield
        finally:
            connection.rollback()


def test_writing_says_so_and_the_words_are_sent_again(site: Ground) -> None:
    citra, ana = site.people["citra"], site.people["ana"]
    path, fields = f"/letters/{site.letter}/comments", site.comment_fields("citra", WORDS)
    letter = {**ana.open("/letters/write").form(""), "title": ["Kipas tidak datang"], "text": [WORDS], "do": ["send"]}
    with ThreadPoolExecutor() as pool, locked(site):
        writing = pool.submit(ana.send, "/letters/write", letter)
        refused = citra.send(path, fields)
        is_told(refused, WORDS)
        is_told(writing.result(), "Kipas tidak datang", WORDS)
    for _ in range(2):
        assert citra.send(path, refused.form("/comments")).status == 302
    assert site.one("SELECT count(*) FROM comment WHERE text = :words", words=WORDS) == 1


def test_reading_goes_on_while_many_wait_to_write(site: Ground) -> None:
    assert any(_read_before_a_writer_gives_up(site, number) for number in range(MOST_ROUNDS))
    assert site.post("citra", "Sesudah kunci dilepas.") == 302


def _read_before_a_writer_gives_up(site: Ground, number: int) -> bool:
    """Whether pages, of somebody just to be noted as seen too, are there while writers who came before still wait."""
    writers = ("citra", "gita", "hasan", "intan", "joko")
    forms = [(name, site.comment_fields(name, WORDS)) for name in writers for _ in range(4)]
    sent = [(name, {**form, "once": [f"{number}-{place}".ljust(32, "-")]}) for place, (name, form) in enumerate(forms)]
    with site.engine.begin() as connection:
        connection.execute(update(LoginSession).values(seen_at=utcnow() - timedelta(minutes=20)))
    with ThreadPoolExecutor(len(sent)) as pool, locked(site):
        writing = [pool.submit(site.people[name].send, f"/letters/{site.letter}/comments", fields) for name, fields in sent]
        until(lambda: any(one.done() for one in writing), what="the first refusal")
        read = [reader.open(path) for reader in (site.guest, site.people["ana"]) for path in ("/", site.page)]
        waiting = not all(one.done() for one in writing)
        answers = [one.result() for one in writing]
    assert [page.status for page in read] == [200] * 4
    for answer in answers:
        is_told(answer, WORDS)
    return waiting
