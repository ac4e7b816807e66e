"""A real site for browser tests: `python -m forum` on an empty data folder, its worker, its mails as files."""

import email
import email.policy
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

from tools.drift import ROOT

START_SECONDS = 90
MAIL_SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """The running site; `env` adds settings."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
        self.environ = {
            **kept,
            "FORUM_ENV": "production",
            "FORUM_DATA_DIR": str(folder),
            "FORUM_SITE_URL": self.url,
            "FORUM_SECRET_KEY": "a key for browser tests, long enough",
            "FORUM_WEB_WORKERS": "1",
            "PORT": str(self.port),
            **env,
        }
        self.log = (folder / "site.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "forum"], cwd=ROOT, env=self.environ, stdout=self.log, stderr=subprocess.STDOUT
        )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.url + "/health/live", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        raise AssertionError("the site did not start:\n" + (self.folder / "site.log").read_text()[-4000:])

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
            for path in sorted((self.folder / "mail").glob("*.eml"), reverse=True):
                message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                body = message.get_body(("plain",))
                text = body.get_content() if body else ""
                if to in str(message["To"]) and holding in text:
                    return text
            time.sleep(0.2)
        kept = [path.name for path in sorted((self.folder / "mail").glob("*.eml"))]
        raise AssertionError(f"no mail to {to} with {holding!r}; there are {kept}")

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
            self.log.close()
