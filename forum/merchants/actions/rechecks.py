"""Each month a proof that stands in the DNS is looked up anew: what is lost for a week ends, with a warning before.

What a server that fails says is nothing: it neither renews nor ends a proof.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import or_, select

from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.events import Kind, Role, record
from forum.merchants import lookups
from forum.merchants.actions.voices import end
from forum.merchants.lifecycle import EndReason, Proof
from forum.merchants.lookups import Look
from forum.merchants.models import RECHECKED_EVERY, Merchant, Rechecked, Representative

GRACE = timedelta(days=7)
LEAST_FAILED_CHECKS = 3
FAILING_EVERY = GRACE / (LEAST_FAILED_CHECKS - 1)
SILENT_EVERY = timedelta(days=1)
MOST_A_RUN = 200  # of each kind; the rest follows an hour later
LONGEST_RUN_SECONDS = 60.0  # for no other job of this worker runs meanwhile


class Verdict(StrEnum):
    """What a look means for a proof."""

    STANDS = "stands"
    UNKNOWN = "unknown"
    WARN = "warn"  # not found for the first time
    FAILING = "failing"
    LOST = "lost"


def judge(thing: Rechecked, look: Look, now: datetime) -> Verdict:
    """Note a look at a thing and say what it means; lost is what was not found three times over seven days."""
    if look is Look.SILENT:
        thing.next_check_at = now + SILENT_EVERY
        return Verdict.UNKNOWN
    if not look.is_lost:
        thing.checked_at, thing.next_check_at = now, now + RECHECKED_EVERY
        thing.failing_since, thing.failed_checks = None, 0
        return Verdict.STANDS
    thing.failed_checks += 1
    thing.next_check_at = now + FAILING_EVERY
    if thing.failing_since is None:
        thing.failing_since = now
        return Verdict.WARN
    if thing.failed_checks >= LEAST_FAILED_CHECKS and now - thing.failing_since >= GRACE:
        return Verdict.LOST
    return Verdict.FAILING


@dataclass(frozen=True)
class _Due:
    id: int
    domain: str
    token: str | None


def recheck() -> int:
    """Look every proof and registered domain up that is due; returns how many. Each look is outside of any unit of work."""
    looked: dict[tuple[str, str | None], Look] = {}  # a team shares its domain
    until, number = time.monotonic() + LONGEST_RUN_SECONDS, 0
    voices, domains = _due_voices(), _due_domains()
    for is_voice, one in [*((True, one) for one in voices), *((False, one) for one in domains)]:
        if time.monotonic() > until:
            break
        look = _look(one, looked)
        if is_voice:
            _note_voice(one, look)
        else:
            _note_domain(one, look)
        number += 1
    return number


def _look(due: _Due, looked: dict[tuple[str, str | None], Look]) -> Look:
    key = due.domain, due.token
    if key not in looked:
        looked[key] = lookups.look_for_record(due.domain, due.token) if due.token else lookups.look_for_domain(due.domain)
    return looked[key]


def _due_voices() -> list[_Due]:
    now = utcnow()
    rows = db.session.execute(
        select(Representative.id, Representative.proved_domain, Representative.record_token)
        .where(
            Representative.ended_at.is_(None),
            Representative.proof.in_((Proof.EMAIL, Proof.DNS)),
            Representative.proved_domain.is_not(None),
            or_(Representative.next_check_at.is_(None), Representative.next_check_at <= now),
        )
        .order_by(Representative.next_check_at, Representative.id)
        .limit(MOST_A_RUN)
    ).all()
    db.session.rollback()
    return [_Due(row.id, row.proved_domain, row.record_token) for row in rows]


def _due_domains() -> list[_Due]:
    now = utcnow()
    rows = db.session.execute(
        select(Merchant.id, Merchant.domain)
        .where(Merchant.domain.is_not(None), or_(Merchant.next_check_at.is_(None), Merchant.next_check_at <= now))
        .order_by(Merchant.next_check_at, Merchant.id)
        .limit(MOST_A_RUN)
    ).all()
    db.session.rollback()
    return [_Due(row.id, row.domain or "", None) for row in rows]


@unit_of_work
def _note_voice(due: _Due, look: Look) -> None:
    voice = db.session.get(Representative, due.id)
    if voice is None:
        return
    lock(db.session.get_one(Merchant, voice.merchant_id))
    lock(voice)
    if voice.ended_at is not None or (voice.proved_domain, voice.record_token) != (due.domain, due.token):
        return
    verdict = judge(voice, look, utcnow())
    if verdict is Verdict.WARN:
        _tell(Kind.PROOF_FAILING, voice, look)
    elif verdict is Verdict.LOST:
        _tell(Kind.PROOF_LOST, voice, look)
        end(voice, EndReason.PROOF_LOST, by=None, role=Role.SYSTEM)


def _tell(kind: Kind, voice: Representative, look: Look) -> None:
    record(
        kind,
        by=None,
        role=Role.SYSTEM,
        merchant_id=voice.merchant_id,
        about=f"representative:{voice.id}",
        domain=voice.proved_domain,
        proof=voice.proof.value,
        look=look.value,
    )


@unit_of_work
def _note_domain(due: _Due, look: Look) -> None:
    """A registered domain that expired proves nobody any more: whoever registers it next must convince a moderator."""
    merchant = db.session.get(Merchant, due.id, with_for_update={"key_share": True}, populate_existing=True)
    if merchant is None or merchant.domain != due.domain:
        return
    if judge(merchant, look, utcnow()) is Verdict.LOST:
        merchant.domain = None
        merchant.failing_since, merchant.failed_checks = None, 0
        record(
            Kind.DOMAIN_LOST,
            by=None,
            role=Role.SYSTEM,
            merchant_id=merchant.id,
            domain=due.domain,
        )
