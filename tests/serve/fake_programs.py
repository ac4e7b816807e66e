"""What fake_site runs: a preparation, a WSGI application that tells its process id, and an idle worker."""

import json
import os
import sys
import time
from pathlib import Path


def app(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]


def prepare(folder: Path) -> None:
    if os.environ.get("FAKE_PREPARE") == "fail":
        sys.exit("the fake preparation failed on purpose")
    time.sleep(float(os.environ.get("FAKE_PREPARE_SECONDS", "0")))
    accounts = [
        {"name": "Dewi", "role": "moderator", "email": "dewi@forum.example", "password": "kata-sandi-dewi"},
        {"name": "Eko", "role": "moderator", "email": "eko@forum.example", "password": "kata-sandi-eko"},
        {"name": "Ana", "role": "author", "email": "ana@forum.example", "password": "kata-sandi-ana"},
    ]
    (folder / "demo-accounts.json").write_text(json.dumps(accounts))


def work(folder: Path) -> None:
    if os.environ.get("FAKE_WORKER") == "fail":
        sys.exit("the fake worker failed on purpose")
    (folder / "worker.pid").write_text(str(os.getpid()))
    while True:
        time.sleep(60)


if __name__ == "__main__":
    {"prepare": prepare, "work": work}[sys.argv[1]](Path(sys.argv[2]))
