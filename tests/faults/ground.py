"""What a running site stands on, looked at from outside: its processes and its database."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text, update

from forum.core.clock import utcnow
from forum.core.jobs import Job
from forum.core.mail import Mail, MailState
from tests.databases import PROCESS, Shelf
from tests.e2e.site import Site, environ_of_a_site
from tests.faults.visitor import Visitor
from tests.processes import alive, below, kill, parent_of, until
from tools.drift import ROOT

DRAIN_SECONDS = 300  # a lease of a minute, and a second one where the next worker was killed as well, on a busy machine


UNDONE = """
    SELECT 'job', id, attempts, error FROM job WHERE kind = 'deliver_event' AND done_at IS NULL
    UNION ALL SELECT 'mail', id, attempts, error FROM mail WHERE state IN ('new', 'claimed', 'data')
    UNION ALL SELECT 'file', id, tries, state FROM attachment WHERE state = 'waiting'
"""
"""What a site that is to come to rest has still in hand."""


def stage(url: str, folder: Path) -> str:
    """Give a database its tables and its people; returns what their browsers hold."""
    environ = {**environ_of_a_site(folder), "FORUM_DATABASE_URL": url}
    for words in (("flask", "--app", "wsgi", "db", "upgrade"), ("tests.faults.stage",)):
        made = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=environ, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
    return made.stdout


class Ground(Site):
    """A running site with people in it (tests/faults/stage.py), of which anything may be killed and counted."""

    def __init__(self, shelf: Shelf, folder: Path, name: str, **env: str) -> None:
        database_url, staged = shelf.copy("staged", stage, f"{PROCESS}_{name}", folder)
        super().__init__(
            folder,
            FORUM_DATABASE_URL=database_url,
            FORUM_WEB_WORKERS="2",
            FORUM_COMMENTS_PER_HOUR="100000",
            **env,
        )
        self.engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://", 1))
        self.sqlite = self.engine.dialect.name == "sqlite"
        held = json.loads(staged)
        self.letter, self.comment = held["letter"], held["comment"]
        self.people = {name: Visitor(self.url, token) for name, token in held["tokens"].items()}
        self.guest = Visitor(self.url)
        try:
            self.page = self.guest.open(f"/letters/{self.letter}").response.headers["Location"]
        except BaseException:
            self.close()
            raise

    # --- its processes ---

    def processes(self, module: str) -> list[int]:
        """Return the living processes that the supervisor started for a module ("forum.serve.web", "flask")."""
        found = []
        for pid in below(self.process.pid):
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent_of(pid) == self.process.pid and module in words and alive(pid):
                found.append(pid)
        return found

    def web_workers(self) -> list[int]:
        return [pid for server in self.processes("forum.serve.web") for pid in below(server) if _is_worker(pid)]

    def kill_all(self) -> None:
        """Kill everything in one moment, as when the power fails."""
        kill([self.process.pid, *below(self.process.pid)])
        self.process.wait()

    # --- its database ---

    def all(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def one(self, query: str, **values: Any) -> Any:
        ((value,),) = self.all(query, **values)
        return value

    def let_leases_end(self) -> None:
        """Let the time pass after which what a dead worker held is free, and what was put back is due."""
        now, over = utcnow(), utcnow() - timedelta(seconds=1)
        with self.engine.begin() as connection:
            connection.execute(update(Job).where(Job.leased_until.is_not(None)).values(leased_until=over))
            connection.execute(update(Mail).where(Mail.state == MailState.NEW).values(next_at=now))
            held = Mail.state.in_((MailState.CLAIMED, MailState.DATA))
            connection.execute(update(Mail).where(held).values(leased_until=over))

    def drained(self) -> bool:
        """Whether every event is told, every mail handed over and no file in the hands of the worker."""
        files = "SELECT count(*) FROM attachment WHERE state = 'waiting' AND (leased_until IS NULL OR tries > 0)"
        if self.one(files):
            return False
        jobs = self.one("SELECT count(*) FROM job WHERE kind = 'deliver_event' AND done_at IS NULL")
        return not jobs and not self.one("SELECT count(*) FROM mail WHERE state IN ('new', 'claimed', 'data')")

    def drain(self) -> None:
        until(self.drained, seconds=DRAIN_SECONDS, what=lambda: f"the end of {self.all(UNDONE)}")

    # --- its people ---

    def comment_fields(self, name: str, words: str) -> dict[str, list[str]]:
        """What the form for an answer to Gita's comment sends."""
        fields = self.people[name].open(f"/comments/{self.comment}/reply").form("/comments$")
        return {**fields, "text": [words]}

    def post(self, name: str, words: str) -> int:
        """Answer Gita's comment; returns the status."""
        return self.people[name].send(f"/letters/{self.letter}/comments", self.comment_fields(name, words)).status

    def close(self) -> None:
        self.kill_all()
        self.engine.dispose()


def _is_worker(pid: int) -> bool:
    """Whether a process below the web server serves; the interpreter's own helpers do not."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return b"resource_tracker" not in words and alive(pid)


def kills(few: int) -> int:
    """How often to kill: `few` in the suite, FORUM_TEST_KILLS before a release."""
    return int(os.environ.get("FORUM_TEST_KILLS", few))
