"""The one command for real: processes are started, asked to stop, and killed."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.processes import PATIENCE_SECONDS, alive, below, free_port, is_free, kill, parent_of, until

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.processes, pytest.mark.pure]


def hear_hang_up() -> None:
    """A suite started by nohup hands its deafness to every process it starts."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Site:
    """A fake site under the real supervisor."""

    def __init__(self, data: Path, port: int, *arguments: str, **environ: str) -> None:
        self.data, self.port, self.output = data, port, data.with_suffix(f".{port}.{time.monotonic_ns()}.log")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
        settings = {"FORUM_DATA_DIR": str(data), "PORT": str(port), "HOST": "127.0.0.1"}
        with self.output.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.serve.fake_site", *arguments],
                cwd=ROOT,
                env={**kept, **settings, **environ},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=hear_hang_up,  # noqa: PLW1509 - no other thread runs here
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def ask(self, path="/"):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return int(answer.read())
        except (urllib.error.URLError, OSError):
            return None

    def ready(self) -> "Site":
        until(lambda: "Ctrl-C" in self.said or self.process.poll() is not None, what="the greeting")
        assert self.process.poll() is None, self.said
        return self

    @property
    def worker(self) -> int:
        return int(until(lambda: (self.data / "worker.pid").exists() and (self.data / "worker.pid").read_text()))

    def end(self, how=signal.SIGTERM, seconds=PATIENCE_SECONDS) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=seconds)


@pytest.fixture
def start(tmp_path):
    sites = []

    def start(name="var", port=None, arguments=(), **environ):
        data = tmp_path / name
        sites.append(Site(data, port or free_port(), *arguments, **environ))
        return sites[-1]

    yield start
    for site in sites:
        kill([site.process.pid, *below(site.process.pid)])
        site.process.wait()


def test_it_prints_the_address_and_one_sign_in_per_role(start):
    site = start().ready()
    assert f"http://127.0.0.1:{site.port}" in site.said
    assert re.search(r"moderator +dewi@forum\.example +kata-sandi-dewi", site.said)
    assert re.search(r"author +ana@forum\.example +kata-sandi-ana", site.said)
    assert "eko@" not in site.said
    assert str(site.data / "mail") in site.said
    assert site.ask() in below(site.process.pid)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_word_to_stop_ends_everything_cleanly(start, how):
    site = start().ready()
    children = below(site.process.pid)
    assert len(children) >= 4  # server, two web workers, background worker
    assert site.end(how) == 0
    assert not [pid for pid in children if alive(pid)]
    assert is_free(site.port)


def test_a_request_under_way_is_answered_before_the_end(start):
    site = start().ready()
    curl = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import urllib.request as u; print(u.urlopen('http://127.0.0.1:{site.port}/slow').status)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    time.sleep(0.6)
    assert site.end() == 0
    assert curl.communicate(timeout=PATIENCE_SECONDS)[0].strip() == "200"


def test_killed_hard_nothing_stays_behind_and_the_next_start_works(start):
    site = start().ready()
    children = below(site.process.pid)
    site.end(signal.SIGKILL)
    again = start(port=site.port).ready()
    assert not [pid for pid in children if alive(pid)]
    assert again.ask()


def test_when_the_web_server_is_killed_its_workers_go_and_a_new_one_comes(start):
    site = start().ready()
    server = parent_of(site.ask())
    workers = below(server)
    os.kill(server, signal.SIGKILL)
    until(lambda: not any(alive(pid) for pid in workers), what="the end of the orphaned web workers")
    answering = until(site.ask, what="a new web server")
    assert answering not in workers
    assert "The web server ended" in site.said


def test_a_killed_web_worker_is_replaced(start):
    site = start().ready()
    first = site.ask()
    os.kill(first, signal.SIGKILL)
    until(lambda: not alive(first))
    server_side = until(lambda: len([pid for pid in below(site.process.pid) if alive(pid)]) >= 4, what="a replacement")
    assert server_side
    assert until(site.ask) != first


def test_a_killed_background_worker_is_started_again(start):
    site = start().ready()
    first = site.worker
    os.kill(first, signal.SIGKILL)
    until(lambda: site.worker != first, what="a new background worker")
    assert alive(site.worker)


def test_it_stops_with_its_parent_when_asked_to(start, tmp_path):
    port = free_port()
    script = "import subprocess, sys; subprocess.run([sys.executable, '-m', 'tests.serve.fake_site', '--with-parent'])"
    make = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "FORUM_DATA_DIR": str(tmp_path / "made"), "PORT": str(port), "HOST": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
    )
    until(lambda: len(below(make.pid)) >= 5 and not is_free(port), what="the site")
    family = below(make.pid)
    make.kill()
    make.wait()
    until(lambda: not any(alive(pid) for pid in family), what="the end of the family")
    assert is_free(port)


def test_a_port_in_use_is_said_in_words(start):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        site = start(port=other.getsockname()[1])
        assert site.process.wait(timeout=PATIENCE_SECONDS) == 1
    assert re.search(r"Port \d+ on 127\.0\.0\.1 is in use by another program", site.said)
    assert "Traceback" not in site.said


def test_a_second_run_on_the_same_data_says_so(start):
    first = start().ready()
    second = start()
    assert second.process.wait(timeout=PATIENCE_SECONDS) == 1
    assert f"already running on {first.data} (process {first.process.pid})" in second.said
    assert first.ask()


def test_two_data_folders_run_side_by_side(start):
    assert start("one").ready().ask()
    assert start("two").ready().ask()


def test_a_failing_preparation_ends_the_start_in_words(start):
    site = start(FAKE_PREPARE="fail")
    assert site.process.wait(timeout=PATIENCE_SECONDS) == 1
    assert "the fake preparation failed on purpose" in site.said
    assert "could not be prepared" in site.said


def test_a_worker_that_cannot_start_ends_the_start_in_words(start):
    site = start(FAKE_WORKER="fail")
    assert site.process.wait(timeout=PATIENCE_SECONDS) == 1
    assert "The background worker ended before the site was ready" in site.said
    assert is_free(site.port)


def test_a_word_to_stop_during_the_preparation_is_heard(start):
    site = start(FAKE_PREPARE_SECONDS="60")
    until(lambda: below(site.process.pid), what="the preparation")
    children = below(site.process.pid)
    assert site.end(signal.SIGINT) == 0
    assert not [pid for pid in children if alive(pid)]


def test_a_wrong_setting_is_named(start):
    site = start(FORUM_WEB_WORKERS="many")
    assert site.process.wait(timeout=PATIENCE_SECONDS) == 1
    assert "FORUM_WEB_WORKERS" in site.said
    assert "Traceback" not in site.said
