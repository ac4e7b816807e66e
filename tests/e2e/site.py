"""A real site: `python -m forum` on an empty data folder, its worker, its mails as files or at a real SMTP server."""

import email
import email.policy
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from tests.processes import below, free_port, kill, until
from tests.smtp import Post
from tools.drift import ROOT

START_SECONDS = 240
MAIL_SECONDS = 20


def environ_of_a_site(folder: Path) -> dict[str, str]:
    """The environment of a site in production mode, without what the suite itself was told."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("FORUM_")},
        "FORUM_ENV": "production",
        "FORUM_DATA_DIR": str(folder),
        "FORUM_SITE_URL": "http://127.0.0.1",
        "FORUM_SECRET_KEY": "a key for browser tests, long enough",
        "FORUM_FIRST_COMMENTS": "0",
        "FORUM_LEAST_FORM_SECONDS": "0",  # a browser that is driven fills in quickly
    }


class Site:
    """The running site; `env` adds settings, `host` is the name it is opened under, `mailbox` takes its mails."""

    def __init__(self, folder: Path, *, host: str = "127.0.0.1", mailbox: Post | None = None, **env: str) -> None:
        self.folder, self.mailbox = folder, mailbox
        self.offices: dict[str, str] = {}  # who was appointed, with the key of their app
        self.port = free_port()
        self.url = f"http://{host}:{self.port}"
        self.environ = {
            **environ_of_a_site(folder),
            "FORUM_SITE_URL": self.url,
            "FORUM_WEB_WORKERS": "1",
            "PORT": str(self.port),
            **({"FORUM_SMTP_URL": mailbox.url} if mailbox else {}),
            **env,
        }
        self.said = folder.with_suffix(".log")
        self.start()

    def start(self) -> None:
        """Start it and wait until it greets."""
        with self.said.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "forum"], cwd=ROOT, env=self.environ, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            until(lambda: "Ctrl-C" in self.said.read_text() or self.process.poll() is not None, seconds=START_SECONDS)
        except BaseException:
            kill([self.process.pid, *below(self.process.pid)])
            raise
        assert self.process.poll() is None, f"the site did not start:\n{self.said.read_text()[-4000:]}"

    def flask(self, *words: str, given: str = "") -> str:
        """Run a command of the site."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=ROOT,
            env=self.environ,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def mail(self, to: str, holding: str) -> str:
        """Wait for the newest mail to this address whose text holds these words; returns its text."""
        deadline = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < deadline:
            for message in self._mails():
                body = message.get_body(("plain",))
                text = body.get_content() if body else ""
                if to in str(message["To"]) and holding in text:
                    return text
            time.sleep(0.2)
        kept = [(str(message["To"]), str(message["Subject"])) for message in self._mails()]
        raise AssertionError(f"no mail to {to} with {holding!r}; there are {kept}")

    def _mails(self) -> Iterator[EmailMessage]:
        """Yield what was mailed, the newest first."""
        if self.mailbox is not None:
            yield from (one.message for one in reversed(list(self.mailbox.received)))
            return
        for path in sorted((self.folder / "mail").glob("*.eml"), reverse=True):
            yield email.message_from_bytes(path.read_bytes(), policy=email.policy.default)

    def link(self, to: str, path: str) -> str:
        """Return the first address in the newest mail to `to` whose path begins so."""
        text = self.mail(to, self.url + path)
        found = re.search(re.escape(self.url + path) + r"\S*", text)
        assert found
        return found[0]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        finally:
            self.process.kill()
