"""No webhook reaches an inner network: not by number, name, redirect, second look-up or slowness."""

import socket
import time

import pytest

from forum.core.db import db
from forum.core.errors import Invalid
from forum.webhooks import jobs, sending
from forum.webhooks.actions import add_webhook, try_webhook
from forum.webhooks.models import WebhookDelivery
from forum.webhooks.sending import post
from forum.webhooks.targets import Target, Unreachable, is_public, target_of
from tests.webhooks.listener import listening

INNER = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.1.2.3", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:db8::1",
    "192.0.0.192", "::ffff:192.0.0.192", "64:ff9b:1::a00:1", "fec0::1",
]  # fmt: skip
OUTER = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8", "::ffff:8.8.8.8", "64:ff9b::808:808"]
BAD = [
    "http://toko.example/", "ftp://toko.example/", "https://", "https:///x", "https://user:pass@toko.example/",
    "https://user@toko.example/", "https://127.0.0.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/",
    "https://127.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://localhost/", "https://toko/", "https://toko.example:22/",
    "https://toko.example:6379/", "https://toko.example:99999/", "https://toko.example\\@127.0.0.1/", "https://toko.example/ x",
    "https://toko.example/\r\nHost: x", "javascript:alert(1)", "https://tokо.example/", "https://toko.example/" + "a" * 500,
]  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTER)
def test_outer_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", BAD)
def test_such_an_address_is_refused_when_it_is_added(app, cast, url: str) -> None:
    with pytest.raises(Invalid, match="bad_url"):
        add_webhook(cast.shop, by=cast.bima, url=url, kinds=[])


@pytest.mark.parametrize("url", ["https://toko.example/masuk?a=1", "https://toko.example:8443/", "https://xn--tko-ula.example/"])
def test_a_good_address_is_taken(app, cast, url: str) -> None:
    assert add_webhook(cast.shop, by=cast.bima, url=url, kinds=[]).url == url


def names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let each look-up of a name give the next of these answers; returns the names looked up."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def found(host: str, port: int, *_more: object, **_options: object) -> list[tuple[object, ...]]:
        if host.replace(".", "").isdigit():
            return real(host, port, *_more, **_options)  # type: ignore[arg-type]
        asked.append(host)
        return [(None, None, None, "", (one, port)) for one in answers[min(len(asked), len(answers)) - 1]]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return asked


@pytest.mark.parametrize("answer", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]])
def test_a_name_that_leads_inside_is_not_connected_to(app, monkeypatch, answer: list[str]) -> None:
    with listening() as server:
        names(monkeypatch, answer)
        with pytest.raises(Unreachable, match="private_address"):
            post(Target("dalam.example", server.port, "/", tls=False), "{}", {})
    assert server.connections == 0


def test_the_name_is_looked_up_once_and_that_address_is_called(app, monkeypatch, setting) -> None:
    setting(private_webhooks=True)
    with listening("127.0.0.2") as first, listening("127.0.0.3", first.port) as second:
        asked = names(monkeypatch, ["127.0.0.2"], ["127.0.0.3"])
        answer = post(Target("berganti.example", first.port, "/", tls=False), "{}", {})
        assert answer.status == 204
        assert first.heard[0].headers["host"] == f"berganti.example:{first.port}"
    assert (first.connections, second.connections, asked) == (1, 0, ["berganti.example"])


def test_a_redirect_is_not_followed(app, cast, setting) -> None:
    setting(private_webhooks=True)
    with listening() as inner, listening() as outer:
        outer.status, outer.headers = 307, {"Location": inner.url()}
        webhook = add_webhook(cast.shop, by=cast.bima, url=outer.url(), kinds=[])
        made = try_webhook(webhook, by=cast.bima)
        jobs.deliver_next()
    db.session.refresh(made)
    assert inner.connections == 0
    assert made.problem == "redirect"


def test_a_server_that_drips_its_answer_is_cut_off(app, setting, monkeypatch) -> None:
    setting(private_webhooks=True)
    monkeypatch.setattr(sending, "WHOLE_SECONDS", 1.0)
    with listening() as server:
        server.slow = 0.2
        began = time.monotonic()
        with pytest.raises(Unreachable, match="timeout"):
            post(target_of(server.url()), "{}", {})
    assert time.monotonic() - began < 5


def test_a_huge_answer_is_not_taken_in(app, setting) -> None:
    setting(private_webhooks=True)
    with listening() as server:
        server.status, server.body = 200, b"x" * 20_000_000
        assert post(target_of(server.url()), "{}", {}).status == 200


def test_what_a_server_answers_is_kept_nowhere(app, cast, setting) -> None:
    setting(private_webhooks=True)
    with listening() as server:
        server.status, server.body, server.headers = 500, b"rahasia-jaringan", {"X-Inner": "rahasia-kepala"}
        webhook = add_webhook(cast.shop, by=cast.bima, url=server.url(), kinds=[])
        made = try_webhook(webhook, by=cast.bima)
        jobs.deliver_next()
    db.session.refresh(made)
    assert made.status == 500
    kept = " ".join(str(getattr(made, column.key)) for column in WebhookDelivery.__table__.columns)
    assert "rahasia" not in kept


def test_a_certificate_of_another_name_is_refused(app, setting, tmp_path, monkeypatch) -> None:
    setting(private_webhooks=True)
    with _tls_server(tmp_path) as port, pytest.raises(Unreachable, match="certificate"):
        post(Target("127.0.0.1", port, "/", tls=True), "{}", {})


def _tls_server(folder):  # type: ignore[no-untyped-def]
    import ssl
    import threading
    from contextlib import contextmanager
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    @contextmanager
    def run():  # type: ignore[no-untyped-def]
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "lain.example")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        path = folder / "one.pem"
        path.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        server = socket.create_server(("127.0.0.1", 0))

        def answer() -> None:
            try:
                raw, _where = server.accept()
                with context.wrap_socket(raw, server_side=True) as wrapped:
                    wrapped.recv(1)
            except OSError:
                pass

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.close()
            thread.join(2)

    return run()
