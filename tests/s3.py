"""A real S3 server (rclone) in a process of its own, which can be stopped, and its buckets looked into as folders."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from forum.config.places import Bucket, place
from tests.processes import free_port, is_free, until

RCLONE = Path(sys.executable).with_name("rclone")
KEY_ID, SECRET = "tests-only", "tests-only-secret"


@dataclass
class Server:
    """The server; every folder below `root` is a bucket."""

    root: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    numbers: Iterator[int] = field(default_factory=count)

    def start(self) -> None:
        address = f"127.0.0.1:{self.port}"
        words = ["serve", "s3", "--auth-key", f"{KEY_ID},{SECRET}", "--addr", address, str(self.root)]
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.root), "RCLONE_CONFIG": "/dev/null"}
        with (self.root.parent / "rclone.log").open("ab") as log:
            self.process = subprocess.Popen([RCLONE, *words], stderr=log, env=environ)
        until(lambda: not is_free(self.port), what="rclone serve s3")

    def look_again(self) -> None:
        """Let the server see what was changed in its folders behind its back: it remembers them while it runs."""
        self.stop()
        self.start()

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def bucket(self, prefix: str = "berkas") -> Bucket:
        """Return a fresh bucket."""
        name = f"bucket-{next(self.numbers)}"
        (self.root / name).mkdir()
        self.look_again()
        found = place(f"s3://{name}/{prefix}?endpoint=http://127.0.0.1:{self.port}&region=us-east-1")
        assert isinstance(found, Bucket)
        return found

    def path(self, bucket: Bucket, key: str) -> Path:
        """Where the object of a key lies."""
        return self.root / bucket.name / bucket.prefix / key[:2] / key[2:4] / key


@pytest.fixture(scope="session")
def s3_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("s3") / "buckets"
    root.mkdir()
    server = Server(root)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def s3(s3_process: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, running, with its keys where the site looks for them."""
    if s3_process.process is None:
        s3_process.start()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return s3_process
