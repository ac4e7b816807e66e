"""A real SMTP server in a thread, which can be told to refuse, to break off, or to be away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.processes import free_port


@dataclass
class Received:
    """One copy of a mail as the server took it."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)

    @property
    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content()

    @property
    def html(self) -> str:
        return self.message.get_body(("html",)).get_content()


@dataclass
class Post:
    """The server: `received` in order; `mail`, `rcpt`, `data` are answers instead of 250; `drops` breaks off after DATA.

    `meanwhile` is called with the name of each step that is about to be answered: "rcpt", "data", "taken".
    """

    port: int = field(default_factory=free_port)
    received: list[Received] = field(default_factory=list)
    mail: str | None = None
    rcpt: str | None = None
    data: str | None = None
    drops: bool = False
    quits: bool = True
    meanwhile: Callable[[str], None] = lambda _step: None
    controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def open(self) -> None:
        self.controller = Controller(_Handler(self), hostname="127.0.0.1", port=self.port)
        self.controller.factory = lambda: SMTP(self.controller.handler, enable_SMTPUTF8=False, hostname="post.example")
        self.controller.start()

    def close(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None


class _Handler:
    def __init__(self, post: Post) -> None:
        self.post = post

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if self.post.mail:
            return self.post.mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        self.post.meanwhile("rcpt")
        if self.post.rcpt:
            return self.post.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.post.meanwhile("data")
        if self.post.data:
            return self.post.data
        self.post.received.append(Received(envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        self.post.meanwhile("taken")
        if self.post.drops:
            server.transport.abort()
        return "250 taken"

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if not self.post.quits:
            server.transport.abort()
        return "221 bye"


@pytest.fixture
def post() -> Iterator[Post]:
    """A running SMTP server."""
    server = Post()
    server.open()
    yield server
    server.close()
