"""Handing one message over: to the address that was checked, with the name's certificate, no redirect, bounded in time and size."""

import base64
import hashlib
import hmac
import secrets
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import Final

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from forum.webhooks.targets import Target, Unreachable, address_of

CONNECT_SECONDS: Final = 5.0
WHOLE_SECONDS: Final = 10.0  # of one try, however slowly the other side speaks
LARGEST_ANSWER_BYTES: Final = 64 * 1024
SECRET_BYTES: Final = 24
SECRET_PREFIX: Final = "whsec_"


@dataclass(frozen=True)
class Answer:
    """What the other side said, and how long it took."""

    status: int
    took_ms: int


def new_secret() -> str:
    """Return a signing secret in the form of Standard Webhooks: `whsec_` and 24 random bytes in base64."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, key: str, at: int, body: str) -> str:
    """Return `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64 (Standard Webhooks 1.0, "Signature scheme")."""
    raw = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    mac = hmac.new(raw, f"{key}.{at}.{body}".encode(), hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()


def headers(secrets_: list[str], key: str, at: int, body: str) -> dict[str, str]:
    """Return the headers of a message; several secrets sign it while one replaces the other."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "SuratPembaca-Webhooks/1",
        "webhook-id": key,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signature(secret, key, at, body) for secret in secrets_),
    }


def post(target: Target, body: str, sent: dict[str, str]) -> Answer:
    """Send once and return the answer. Raises Unreachable with a code when there was none."""
    began = time.monotonic()
    address = address_of(target)
    connection = _connection(target, address)
    watch = threading.Timer(WHOLE_SECONDS, _cut, (connection,))
    watch.daemon = True
    watch.start()
    try:
        host = target.host if target.port in {80, 443} else f"{target.host}:{target.port}"
        connection.request(
            "POST", target.path, body.encode(), {"Host": host, **sent}, preload_content=False, decode_content=False
        )
        answer = connection.getresponse()
        answer.read(LARGEST_ANSWER_BYTES)
    except (urllib3.exceptions.ConnectTimeoutError, TimeoutError) as problem:
        raise Unreachable("timeout") from problem
    except (ssl.SSLError, urllib3.exceptions.SSLError) as problem:
        raise Unreachable("certificate") from problem
    except (OSError, HTTPException, urllib3.exceptions.HTTPError, ValueError) as problem:
        raise Unreachable("timeout" if time.monotonic() - began >= WHOLE_SECONDS else "connection") from problem
    finally:
        watch.cancel()
        connection.close()
    return Answer(answer.status, round((time.monotonic() - began) * 1000))


def _connection(target: Target, address: str) -> HTTPConnection:
    if not target.tls:
        return HTTPConnection(address, target.port, timeout=CONNECT_SECONDS)
    return HTTPSConnection(
        address,
        target.port,
        timeout=CONNECT_SECONDS,
        server_hostname=target.host,
        assert_hostname=target.host,
        cert_reqs=ssl.CERT_REQUIRED,
        ssl_context=ssl.create_default_context(),
    )


def _cut(connection: HTTPConnection) -> None:
    """End a try that takes too long, from another thread: the blocked read fails."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it ended by itself
