"""The mail server is away or has troubles, and the worker is killed in between: every mail arrives, none more than twice."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.databases import Shelf
from tests.faults.ground import DRAIN_SECONDS, Ground, kills
from tests.processes import until
from tests.smtp import Post
from tools.drift import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.faults, pytest.mark.timeout(600)]

STEPS = ("rcpt", "data", "taken")
TROUBLES = {
    "away": {},
    "not now": {"rcpt": "451 4.3.0 later"},
    "no service": {"mail": "554 5.3.2 not at present"},
    "breaks off": {"drops": True},
}


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    server = Post()
    yield server
    server.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, shelf: Shelf, post: Post) -> Iterator[Ground]:
    """A site that hands its mails to `post`."""
    ground = Ground(shelf, tmp_path_factory.mktemp("post"), "post", FORUM_SMTP_URL=post.url)
    yield ground
    ground.close()


def copies(post: Post) -> list[int]:
    """How often each mail arrived."""
    return sorted(Counter(one.message["Message-ID"] for one in post.received).values())


def written(site: Ground) -> int:
    return site.one("SELECT count(*) FROM mail")


def told(site: Ground) -> bool:
    """Whether the mails about every comment are written."""
    return not site.one("SELECT count(*) FROM job WHERE kind = 'deliver_event' AND done_at IS NULL")


def tried(site: Ground) -> bool:
    """Whether every mail was tried at least once, and none is at hand."""
    return told(site) and not site.one("SELECT count(*) FROM mail WHERE attempts = 0 OR state = 'claimed'")


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_the_mail_server_does_not_take_waits_for_it(site: Ground, post: Post, trouble: str) -> None:
    for name, value in TROUBLES[trouble].items():
        setattr(post, name, value)
    if trouble != "away":
        post.open()
    before, post.received = written(site), []
    assert [site.post("citra", f"Komentar {number}: {trouble}.") for number in range(2)] == [302, 302]
    until(lambda: tried(site) and written(site) > before + 1, seconds=DRAIN_SECONDS, what="the tries")
    assert site.one("SELECT count(*) FROM mail WHERE state = 'sent'") == before
    post.mail, post.rcpt, post.drops = None, None, False
    if trouble == "away":
        post.open()
    site.let_leases_end()
    site.drain()
    post.close()
    assert site.one("SELECT count(*) FROM mail WHERE state = 'sent'") == written(site)
    assert copies(post) == [2 if trouble == "breaks off" else 1] * (written(site) - before)


def test_the_worker_is_killed_while_it_hands_mails_over(site: Ground, post: Post) -> None:
    rounds = kills(len(STEPS))
    before, post.received = written(site), []
    for number in range(rounds):
        assert site.post("hasan", f"Komentar {number}.") == 302
    until(lambda: told(site), seconds=DRAIN_SECONDS, what="the mails")
    site.stop()
    site.let_leases_end()
    plan, handed_over = [STEPS[number % len(STEPS)] for number in range(rounds)], Counter[str]()
    worker = None

    def strike(step: str) -> None:
        """Kill the worker at each of the three steps in turn, and never twice while it has the same mail."""
        handed_over[step] += 1
        if plan and handed_over["rcpt"] % 2 and step == plan[0]:
            post.data = "451 4.3.0 broken off" if step == "data" else None
            os.kill(worker.pid, signal.SIGKILL)
            plan.pop(0)

    post.meanwhile = strike
    post.open()
    while not site.drained():
        post.data = None
        site.let_leases_end()
        worker = subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "work"], cwd=ROOT, env=site.environ)
        try:
            until(lambda: worker.poll() is not None or site.drained(), seconds=DRAIN_SECONDS, what="the mails")  # noqa: B023
        finally:
            worker.kill()
            worker.wait()
    post.close()
    assert plan == []
    assert site.one("SELECT count(*) FROM mail WHERE state = 'sent'") == written(site)
    taken = rounds // len(STEPS)  # the worker died after the server had taken the mail
    assert copies(post) == [1] * (written(site) - before - taken) + [2] * taken
