"""A real DNS server on loopback: what it answers is written by the test, over UDP and TCP, well or badly."""

import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest

UDP_BYTES = 512
Behaviour = Callable[[dns.message.Message], bytes | None]


class DnsServer:
    """Names and their records; an absent name does not exist (NXDOMAIN), its children make a name exist without records."""

    def __init__(self) -> None:
        self.zone: dict[tuple[str, str], list[str]] = {}
        self.asked: list[tuple[str, str, str]] = []  # how, name, type
        self.behaviour: Behaviour | None = None  # instead of the zone
        self.port = 0
        self._servers: list[Any] = []

    def put(self, name: str, kind: str, *values: str) -> None:
        self.zone[name.lower(), kind] = list(values)

    def drop(self, name: str) -> None:
        """Let the name and all below it expire."""
        self.zone = {
            key: values for key, values in self.zone.items() if key[0] != name and not key[0].endswith(f".{name}")
        }

    def answer(self, data: bytes, how: str) -> bytes | None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((how, name, kind))
        if self.behaviour is not None:
            return self.behaviour(query)
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        values = self.zone.get((name, kind))
        alias = self.zone.get((name, "CNAME"))
        if values:
            response.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, values))
        elif alias:
            response.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", "CNAME", alias))
            there = self.zone.get((alias[0].rstrip(".").lower(), kind))
            if there:
                response.answer.append(dns.rrset.from_text_list(dns.name.from_text(alias[0]), 60, "IN", kind, there))
        elif not any(known == name or known.endswith(f".{name}") for known, _kind in self.zone):
            response.set_rcode(dns.rcode.NXDOMAIN)
        if how == "tcp":
            return response.to_wire(max_size=65_535)
        try:
            return response.to_wire(max_size=UDP_BYTES)
        except dns.exception.TooBig:
            short = dns.message.make_response(query)
            short.flags |= dns.flags.TC | dns.flags.RA
            return short.to_wire()

    def start(self) -> None:
        served = self

        class Udp(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                data, sock = self.request
                answer = served.answer(data, "udp")
                if answer is not None:
                    with suppress(OSError):
                        sock.sendto(answer, self.client_address)

        class Tcp(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                (length,) = struct.unpack("!H", self.request.recv(2, socket.MSG_WAITALL))
                answer = served.answer(self.request.recv(length, socket.MSG_WAITALL), "tcp")
                if answer is not None:
                    with suppress(OSError):
                        self.request.sendall(struct.pack("!H", len(answer)) + answer)

        class UdpServer(socketserver.ThreadingUDPServer):
            daemon_threads = True

        class TcpServer(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        for _try in range(20):
            udp = UdpServer(("127.0.0.1", 0), Udp)
            self.port = udp.server_address[1]
            try:
                tcp = TcpServer(("127.0.0.1", self.port), Tcp)
            except OSError:
                udp.server_close()
                continue
            self._servers = [udp, tcp]
            break
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


@pytest.fixture
def dns_server(setting: Callable[..., None]) -> Iterator[DnsServer]:
    """A server that the site asks instead of the system's."""
    server = DnsServer()
    server.start()
    setting(dns_servers=(("127.0.0.1", server.port),))
    yield server
    server.stop()
