"""Have clamd look through a file before anything of it is shown (INSTREAM of the clamd protocol)."""

import logging
import socket
import struct

from forum.attachments.receive import Refused
from forum.config import settings

CONNECT_SECONDS = 5
ANSWER_SECONDS = 60
CHUNK_BYTES = 256 * 1024
LONGEST_ANSWER_BYTES = 4096

log = logging.getLogger(__name__)


class ScannerAway(Exception):
    """clamd could not be asked or gave no verdict: the file waits."""


def scan(data: bytes) -> None:
    """Raise Refused("infected") when clamd finds something, ScannerAway when it gives no verdict; do nothing when none is set."""
    if not settings().clamav:
        return
    try:
        verdict = _ask(settings().clamav, data)
    except OSError as problem:
        raise ScannerAway(f"clamd: {problem}") from problem
    if verdict.endswith(" FOUND"):
        log.warning("clamd: %s", verdict)
        raise Refused("infected")
    if verdict != "stream: OK":
        raise ScannerAway(f"clamd: {verdict!r}")


def _ask(address: str, data: bytes) -> str:
    with _connect(address) as line:
        line.settimeout(ANSWER_SECONDS)
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), CHUNK_BYTES):
            chunk = data[at : at + CHUNK_BYTES]
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER_BYTES:
            piece = line.recv(LONGEST_ANSWER_BYTES)
            if not piece:
                break
            answer += piece
    if not answer.endswith(b"\0"):
        raise ConnectionAbortedError("the answer is cut")
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(CONNECT_SECONDS)
        line.connect(address)
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)
