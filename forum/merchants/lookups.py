"""Questions to the DNS: whether a record proves a claim, and whether a domain still exists. Never inside a writing unit."""

import time
from enum import StrEnum
from typing import Final

import dns.exception
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver

from forum.config import settings
from forum.merchants.domains import is_reserved, own_domain

RECORD_PREFIX: Final = "surat-pembaca="
RECORD_LABEL: Final = "_surat-pembaca"
LONGEST_LOOK_SECONDS = 6.0  # of all questions of one look together
LONGEST_STRING_BYTES = 255  # of a record that are compared; an answer as a whole ends at 64 kB


class Look(StrEnum):
    """What a question to the DNS found."""

    FOUND = "found"
    WRONG = "wrong"  # there is a record of ours, with another value
    NONE = "none"  # the domain is there, no record of ours is
    NO_DOMAIN = "no_domain"  # the name does not exist
    SILENT = "silent"  # no server answers, or not what was asked: nothing is known

    @property
    def is_lost(self) -> bool:
        """Whether what was proved once is not there any more; a server that fails says nothing."""
        return self in {Look.WRONG, Look.NONE, Look.NO_DOMAIN}


def record_value(token: str) -> str:
    """Return what the TXT record must hold."""
    return f"{RECORD_PREFIX}{token}"


def record_names(domain: str) -> tuple[str, str]:
    """Return the two names under either of which the record may stand."""
    return f"{RECORD_LABEL}.{domain}", domain


def look_for_record(domain: str, token: str) -> Look:
    """Look for the TXT record of a claim at either of its names; takes LONGEST_LOOK_SECONDS at most."""
    until = _deadline()
    found = [_records(name, until) for name in record_names(domain)]
    texts = [text for one in found if not isinstance(one, Look) for text in one]
    if record_value(token) in texts:
        return Look.FOUND
    if any(one is Look.SILENT for one in found):
        return Look.SILENT
    if any(text.startswith(RECORD_PREFIX) for text in texts):
        return Look.WRONG
    return Look.NO_DOMAIN if found[1] is Look.NO_DOMAIN else Look.NONE


def look_for_domain(domain: str) -> Look:
    """Look whether a domain still exists: it or its registered domain unknown to the DNS is a domain that expired."""
    until = _deadline()
    names = {domain: dns.rdatatype.MX, own_domain(domain) or domain: dns.rdatatype.NS}
    found = [_exists(name, kind, until) for name, kind in names.items()]
    if Look.NO_DOMAIN in found:
        return Look.NO_DOMAIN
    return Look.SILENT if Look.SILENT in found else Look.FOUND


def _records(name: str, until: float) -> list[str] | Look:
    answer = _ask(name, dns.rdatatype.TXT, until)
    if isinstance(answer, Look):
        return answer
    strings: list[str] = []
    for record in answer.rrset or ():
        whole = b"".join(record.strings)[:LONGEST_STRING_BYTES]
        strings.append(whole.decode("ascii", "replace").strip())
    return strings


def _exists(name: str, kind: dns.rdatatype.RdataType, until: float) -> Look:
    answer = _ask(name, kind, until)
    return answer if answer in {Look.NO_DOMAIN, Look.SILENT} else Look.FOUND


def _ask(name: str, kind: dns.rdatatype.RdataType, until: float) -> dns.resolver.Answer | Look:
    """One question; what no public DNS can know is asked only of the servers that the operator named."""
    if is_reserved(name) and not settings().dns_servers:
        return Look.SILENT
    left = until - time.monotonic()
    if left <= 0:
        return Look.SILENT
    try:
        return _resolver().resolve(dns.name.from_text(name), kind, lifetime=left, search=False)
    except dns.resolver.NXDOMAIN:
        return Look.NO_DOMAIN
    except dns.resolver.NoAnswer:
        return Look.NONE
    except (dns.exception.DNSException, OSError):  # no answer in time, a refusal, no answer to what was asked, no resolver
        return Look.SILENT


def _resolver() -> dns.resolver.Resolver:
    servers = settings().dns_servers
    if not servers:
        return dns.resolver.Resolver()
    made = dns.resolver.Resolver(configure=False)
    made.nameservers = [dns.nameserver.Do53Nameserver(address, port) for address, port in servers]
    return made


def _deadline() -> float:
    return time.monotonic() + LONGEST_LOOK_SECONDS
