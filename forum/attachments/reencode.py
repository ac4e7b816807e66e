"""The child that touches strangers' bytes: decodes one file and writes a new one from its pixels or pages.

Run as `python -m forum.attachments.reencode INPUT FOLDER MEMORY_BYTES CPU_SECONDS [BOXES]`, BOXES a JSON list of areas
[page, x, y, width, height] to be painted over (`reencode_boxes.Box`); writes a file for each `Variant` into FOLDER, of a PDF
the clean document as `full` and pictures of its first page, and prints one line of JSON: {kind, width, height, pages,
outputs: {variant: {mime, width, height}}} or {refused, facts}. The status NO_ROOM means a full disk, any other that is not 0
a damaged file.
"""

import ctypes
import errno
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from forum.attachments.kinds import IMAGE, NO_ROOM, Unfit, source_of
from forum.attachments.reencode_shut import shut_in

MAX_OUTPUT_BYTES = 32 * 1024**2
MAX_OPEN_FILES = 64
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38


def confine(memory_bytes: int, cpu_seconds: int) -> None:
    """Give up, for good, more memory, time, output and open files than one honest file needs, and die with the parent."""
    limits = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: MAX_OUTPUT_BYTES,
        resource.RLIMIT_NOFILE: MAX_OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for what, limit in limits.items():
        resource.setrlimit(what, (limit, limit))
    prctl = ctypes.CDLL(None).prctl
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def reencode(source: Path, folder: Path, areas: str = "[]") -> dict[str, Any]:
    """Write the variants into the folder, the areas (JSON) painted over, and return what they are; raises Unfit.

    The decoders are imported here, after `confine`, so that they live inside the limits from their first byte.
    """
    with source.open("rb") as file:
        found = source_of(file.read(64))
    if found is None:
        raise Unfit("unknown_type")
    from forum.attachments.reencode_boxes import boxes_of

    boxes = boxes_of(areas)
    if found.kind == IMAGE:
        from forum.attachments.reencode_image import reencode_image

        return reencode_image(source, found.format, folder, boxes)
    from forum.attachments.reencode_pdf import reencode_pdf

    return reencode_pdf(source, folder, boxes)


def main(arguments: list[str]) -> None:
    """Re-encode within the limits given and print the result; the status NO_ROOM says that the disk is full."""
    source, folder, memory_bytes, cpu_seconds, *areas = arguments
    confine(int(memory_bytes), int(cpu_seconds))
    shut_in(Path(folder))
    try:
        try:
            result = reencode(Path(source), Path(folder), *areas)
        except Unfit as refusal:
            result = {"refused": refusal.code, "facts": refusal.facts}
        except MemoryError:
            result = {"refused": "took_too_long", "facts": {}}
        print(json.dumps(result, sort_keys=True), flush=True)
    except OSError as problem:
        if problem.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        os._exit(NO_ROOM)  # nothing can be written, so nothing may be flushed on the way out


if __name__ == "__main__":
    main(sys.argv[1:])
