"""Handing one mail to the SMTP server, or to a file where none is set; knows no database."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from forum.config import settings

TIMEOUT_SECONDS = 20  # for each answer of the server


class _Policy(EmailPolicy):
    """Writes an address that no space breaks as it is: folded it would become encoded words, which RFC 2369 has none of."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name == "List-Unsubscribe":
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


POLICY = _Policy(linesep="\r\n", cte_type="7bit")  # any server takes it, with 8BITMIME or without


class Refused(Exception):
    """This mail can never be delivered: its address or content is refused for good."""


class NotNow(Exception):
    """The server says to try again, or has troubles that are not this mail's."""


class Broken(Exception):
    """The connection failed or broke off; after DATA nobody knows whether the mail arrived."""


class Lost(Exception):
    """Another worker has this mail by now, or it may not leave any more."""


@dataclass(frozen=True)
class Letter:
    """What is handed over; `content` holds subject, text, html and unsubscribe (an address or empty)."""

    id: int
    kind: str
    to: str
    content: dict[str, str]
    created_at: datetime


def message(mail: Letter) -> EmailMessage:
    """Build the message: text and HTML, a stable Message-ID, unsubscribe headers where there is a way.

    Raises Refused when the address is none or a header cannot be written; no value can add a header.
    """
    config, content = settings(), mail.content
    built = EmailMessage(policy=POLICY)
    try:
        built["From"] = Address(display_name=config.site_name, addr_spec=config.mail_from)
        built["To"] = Address(addr_spec=ascii_address(mail.to))
        built["Subject"] = _line(content["subject"])
        built["Date"] = format_datetime(mail.created_at)
        built["Message-ID"] = f"<mail-{mail.id}@{_own_host()}>"
        built["Auto-Submitted"] = "auto-generated"
        if content["unsubscribe"]:
            built["List-Unsubscribe"] = f"<{content['unsubscribe']}>"
            built["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        built.set_content(content["text"])
        built.add_alternative(content["html"], subtype="html")
    except (ValueError, IndexError, MessageError) as problem:
        raise Refused(f"cannot be written as a mail: {type(problem).__name__}") from problem
    return built


def ascii_address(address: str) -> str:
    """Return the address as SMTP without extensions takes it, the domain in IDNA; raises ValueError for any other."""
    name, at, domain = address.rpartition("@")
    if not (name and at and domain) or not address.isprintable() or any(sign in address for sign in ' <>,;"()[]\\'):
        raise ValueError("not an address")
    if not name.isascii() or "@" in name:
        raise ValueError("the server would need SMTPUTF8")
    return f"{name}@{domain.encode('idna').decode('ascii')}"


def _line(words: str) -> str:
    """One printable line."""
    return "".join(sign for sign in " ".join(words.split()) if sign.isprintable())


def _own_host() -> str:
    return urlsplit(settings().site_url).hostname or "localhost"


def hand_over(mail: Letter, before_data: Callable[[], None]) -> None:
    """Deliver one mail; `before_data` is called at the last moment in which it has surely not arrived.

    Raises Refused, NotNow or Broken.
    """
    whole = message(mail).as_bytes()
    url = urlsplit(settings().smtp_url)
    if not url.scheme:
        _keep_as_file(mail, whole, before_data)
        return
    try:
        server = _connect(url)
    except (OSError, smtplib.SMTPException) as problem:
        raise Broken(repr(problem)) from problem
    try:
        _converse(server, url, mail, whole, before_data)
    except (OSError, smtplib.SMTPException) as problem:
        raise Broken(repr(problem)) from problem
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _connect(url: SplitResult) -> smtplib.SMTP:
    host, port = url.hostname or "", url.port or (465 if url.scheme == "smtps" else 587)
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(
            host, port, local_hostname=_own_host(), timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    return smtplib.SMTP(host, port, local_hostname=_own_host(), timeout=TIMEOUT_SECONDS)


def _converse(
    server: smtplib.SMTP, url: SplitResult, mail: Letter, whole: bytes, before_data: Callable[[], None]
) -> None:
    server.ehlo_or_helo_if_needed()
    if url.scheme == "smtp" and (server.has_extn("starttls") or url.username):
        server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    _expect(server.mail(settings().mail_from), of_this_mail=False)
    _expect(server.rcpt(ascii_address(mail.to)), of_this_mail=True)
    before_data()
    try:
        answer = server.data(whole)
    except smtplib.SMTPDataError as refusal:
        said = refusal.smtp_error
        answer = (refusal.smtp_code, said.encode() if isinstance(said, str) else said)
    _expect(answer, of_this_mail=True)


def _expect(answer: tuple[int, bytes], *, of_this_mail: bool) -> None:
    code, words = answer
    if 200 <= code < 400:
        return
    said = f"{code} {words.decode('utf-8', 'replace')}"
    if code < 0:
        raise Broken(said)
    if code >= 500 and of_this_mail:
        raise Refused(said)
    raise NotNow(said)


def _keep_as_file(mail: Letter, whole: bytes, before_data: Callable[[], None]) -> None:
    folder = settings().data_dir / "mail"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = folder / f".{mail.id}.tmp"
        fresh.write_bytes(whole)
        try:
            before_data()
        except Lost:
            fresh.unlink()
            raise
        fresh.rename(folder / f"{mail.id:06d}-{mail.kind}.eml")
    except OSError as problem:
        raise Broken(repr(problem)) from problem
