"""A server of a business's own that takes webhooks: it answers as it is told and keeps what came."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Heard:
    """One request."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Listener:
    """The server's address and what it heard; `status`, `headers`, `body` and `slow` (seconds a byte) are its next answers."""

    port: int
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    slow: float = 0
    heard: list[Heard] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str = "/masuk", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def listening(address: str = "127.0.0.1", port: int = 0) -> Iterator[Listener]:
    """Run a listener on loopback for as long as the block."""
    told = Listener(port)

    class Handler(BaseHTTPRequestHandler):
        def handle(self) -> None:
            told.connections += 1
            super().handle()

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            told.heard.append(Heard(self.path, {k.lower(): v for k, v in self.headers.items()}, self.rfile.read(size).decode()))
            if told.slow:
                self._drip()
                return
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body)

        def _drip(self) -> None:
            try:
                for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 10_000:
                    self.wfile.write(bytes([byte]))
                    time.sleep(told.slow)
            except OSError:
                pass

        def log_message(self, *_args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET

    server = Server((address, port), Handler)
    told.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
