"""What a decoder could do that a hostile file took over: nothing outside of its own folder."""

import json
import os
import socket
import subprocess
import sys

import pytest

from forum.attachments.confined import CODE_FOLDER
from forum.attachments.reencode_shut import ASK_VERSION, CREATE_RULESET, _call
from tests.needs import need

pytestmark = pytest.mark.pure
TRIES = """
import json, os, socket, sys
from pathlib import Path
from forum.attachments.reencode import confine
from forum.attachments.reencode_shut import shut_in

folder, secret, port, parent = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
confine(2**30, 5)
said = {"shut": shut_in(folder)}

def tried(name, act):
    try:
        act()
    except OSError as problem:
        said[name] = type(problem).__name__
    else:
        said[name] = "done"

tried("own", lambda: (folder / "full").write_bytes(b"x"))
tried("read", secret.read_bytes)
tried("list", lambda: os.listdir(secret.parent))
tried("write", lambda: secret.with_name("new").write_bytes(b"x"))
tried("change", lambda: secret.open("r+b"))
tried("project", lambda: Path("pyproject.toml").read_bytes())
tried("environment", lambda: Path(f"/proc/{parent}/environ").read_bytes())
tried("connect", lambda: socket.create_connection(("127.0.0.1", port), 1))
tried("kill", lambda: os.kill(parent, 0))
print(json.dumps(said))
"""


def test_nothing_is_read_written_reached_or_ended(tmp_path) -> None:
    version = _call(CREATE_RULESET, None, 0, ASK_VERSION)
    need("landlock", found=version >= 6, how="run on Linux 6.12 or newer with Landlock")
    folder, secret = tmp_path / "make", tmp_path / "data" / "secret-key"
    folder.mkdir()
    secret.parent.mkdir()
    secret.write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        child = subprocess.run(
            [sys.executable, "-s", "-c", TRIES, str(folder), str(secret), str(port), str(os.getpid())],
            cwd=CODE_FOLDER, env={}, capture_output=True, check=True,
        )  # fmt: skip
    said = json.loads(child.stdout)
    assert (said.pop("shut"), said.pop("own")) == (True, "done")
    assert set(said.values()) == {"PermissionError"}, said
    assert len(said) == 8
