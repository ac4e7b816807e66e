"""The confined child without the cost of starting Python for each file: a process that has imported everything forks for each.

What runs after the fork is the child's own `main`, with the same arguments, limits and output files; `WarmChild.run` stands in
for `forum.attachments.confined.run_child`.
"""

import json
import os
import select
import signal
import subprocess
import sys
import traceback
from pathlib import Path

from forum.attachments.confined import CODE_FOLDER


class WarmChild:
    """Started once, used for many files, one after the other."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-s", "-m", "tests.attachments.hostile_run"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=CODE_FOLDER, env={"MALLOC_ARENA_MAX": "1"},
        )  # fmt: skip

    def run(self, command, folder: Path, wall_seconds: float) -> int | None:
        arguments = command[command.index("forum.attachments.reencode") + 1 :]
        asked = {"arguments": arguments, "folder": str(folder), "seconds": wall_seconds}
        self.process.stdin.write(json.dumps(asked).encode() + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


def serve() -> None:
    import pi_heif
    from PIL import GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    from forum.attachments import reencode_image, reencode_pdf  # noqa: F401

    pi_heif.register_heif_opener(decode_threads=1, thumbnails=False)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _be_the_child(asked)
        print(json.dumps(_ended(child, asked["seconds"])), flush=True)


def _be_the_child(asked: dict) -> None:
    from forum.attachments.reencode import main

    status = 1
    try:
        os.setsid()
        for descriptor, name in ((1, "out"), (2, "err")):
            opened = os.open(Path(asked["folder"], name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(opened, descriptor)
            os.close(opened)
        main(asked["arguments"])
        status = 0
    except BaseException:  # noqa: BLE001 - this process ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _ended(child: int, seconds: float) -> int | None:
    descriptor = os.pidfd_open(child)
    in_time = select.select([descriptor], [], [], seconds)[0]
    os.close(descriptor)
    if not in_time:
        os.killpg(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if in_time else None


if __name__ == "__main__":
    serve()
