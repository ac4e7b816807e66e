"""Killed at any moment, the site loses nothing it has acknowledged and tells nobody twice."""

import http.client
import math
import random
import threading
import time
from collections import Counter

import pytest

from tests.faults.ground import Ground, kills
from tests.faults.visitor import Visitor, is_told
from tests.processes import kill, until

pytestmark = [pytest.mark.processes, pytest.mark.faults, pytest.mark.timeout(0)]

WRITERS = ("citra", "hasan", "intan", "joko")
PAUSE_SECONDS = 0.1
ROUND = ("web worker", "background worker", "web worker", "web server", "web worker", "background worker", "everything")
RECOVERY_SECONDS = 60


class Writer(threading.Thread):
    """Somebody who writes one comment after another, and sends each again until it is acknowledged.

    A page that says "not now" and holds the words acknowledges nothing: what a killed worker held may be locked for a moment.
    """

    def __init__(self, site: Ground, name: str, stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.visitor: Visitor = site.people[name]
        self.form, self.path, self.stop = site.comment_fields(name, ""), f"/letters/{site.letter}/comments", stop
        self.acknowledged: list[str] = []
        self.strange: list[str] = []
        self.broken = 0

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            try:
                self._write(f"{self.name} {number}")
            except AssertionError as problem:
                self.strange.append(str(problem))

    def _write(self, words: str) -> None:
        fields = {**self.form, "text": [words], "once": [words.replace(" ", "-").ljust(32, "-")]}
        while not self.stop.wait(PAUSE_SECONDS):
            try:
                answer = self.visitor.send(self.path, fields)
            except (OSError, http.client.HTTPException):
                self.broken += 1
                continue
            if answer.status == 503:
                is_told(answer, words)
                continue
            if answer.status == 302:
                self.acknowledged.append(words)
            else:
                self.strange.append(f"{answer.status}: {answer.words[:300]}")
            return


def strike(site: Ground, whom: str) -> None:
    """Kill one, or everything and start anew."""
    if whom == "everything":
        site.kill_all()
        site.let_leases_end()
        site.start()
        return
    module = "flask" if whom == "background worker" else "forum.serve.web"
    victims = until(site.web_workers if whom == "web worker" else lambda: site.processes(module), seconds=RECOVERY_SECONDS, what=whom)
    kill(victims[:1])


def test_no_acknowledged_comment_and_no_mail_is_lost(site: Ground) -> None:
    chance, stop, rounds = random.Random(2026), threading.Event(), math.ceil(kills(len(ROUND)) / len(ROUND))
    writers = [Writer(site, name, stop) for name in WRITERS]

    def acknowledged() -> int:
        return sum(len(writer.acknowledged) for writer in writers)

    for writer in writers:
        writer.start()
    def written() -> None:
        before = acknowledged()
        until(lambda: acknowledged() > before + len(WRITERS), seconds=RECOVERY_SECONDS, what="writing")

    for _ in range(rounds):
        for whom in ROUND:
            written()
            time.sleep(chance.uniform(0, 0.2))
            strike(site, whom)
    written()
    stop.set()
    for writer in writers:
        writer.join()
    site.drain()

    print(f"{rounds * len(ROUND)} kills, {acknowledged()} acknowledged, {sum(w.broken for w in writers)} connections broken")
    assert [writer.strange for writer in writers] == [[], [], [], []]
    assert sum(writer.broken for writer in writers) > 0
    kept = Counter(words for (words,) in site.all("SELECT text FROM comment WHERE parent_id IS NOT NULL"))
    assert {words for writer in writers for words in writer.acknowledged} <= set(kept)
    assert set(kept.values()) == {1}
    _is_whole(site, sum(kept.values()))


def _is_whole(site: Ground, comments: int) -> None:
    """Every comment is counted, is an event, and was told once to each whom it concerns."""
    gita, ana = (site.one('SELECT id FROM "user" WHERE email = :email', email=f"{name}@surat.example") for name in ("gita", "ana"))
    assert site.all("SELECT comment_count, comment_number FROM letter") == [(comments + 1, comments + 1)]
    assert sorted(number for (number,) in site.all("SELECT number FROM comment")) == list(range(1, comments + 2))
    assert site.one("SELECT count(*) FROM event WHERE kind = 'comment_posted'") == comments
    assert site.one("SELECT count(*) FROM job WHERE kind = 'deliver_event' AND done_at IS NOT NULL") == comments
    assert site.one("SELECT count(*) FROM job WHERE dead_at IS NOT NULL") == 0
    told = "SELECT coalesce(sum(times), 0) FROM notification WHERE kind = :kind AND user_id = :who"
    assert site.one(told, kind="replied", who=gita) == comments
    assert site.one(told, kind="commented", who=ana) > 0
    assert site.all("SELECT state, count(*) FROM mail WHERE kind = 'replied' GROUP BY state") == [("sent", comments)]
    assert len(list((site.folder / "mail").glob("*-replied.eml"))) == comments
    if site.sqlite:
        assert site.all("PRAGMA integrity_check") == [("ok",)]
        assert site.all("PRAGMA foreign_key_check") == []
