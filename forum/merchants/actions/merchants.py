"""Businesses themselves: found or added by name, described by moderators."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, is_sqlite, lock, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record
from forum.core.text import BadText, plain_name, slug
from forum.merchants import policy
from forum.merchants.domains import normal_domain
from forum.merchants.models import RECHECKED_EVERY, Merchant
from forum.merchants.naming import passes_for
from forum.merchants.queries import key_of, merchant_of_key

RESERVED_SLUGS = frozenset({"suggest"})
MOST_SLUG_TRIES = 1_000
NAMES = 11
"""Parts the locks on names from others that hash the same text."""


@unit_of_work
def find_or_add(name: str, by: User | None, *, another: bool = False) -> Merchant:
    """Return the business of this name (its own or another one), added when nobody named it before; two at once get the same row.

    A new name that passes for a proven business is stopped, Invalid("looks_like", field="merchants") with `name` and `like`, unless
    the writer says that it is `another` one: then it is added and waits for a moderator's look. Raises
    Invalid("bad_merchant_name", field="merchants") with `why`: a code of BadText.
    """
    try:
        name = plain_name(name)
    except BadText as problem:
        raise Invalid("bad_merchant_name", field="merchants", why=problem.code) from problem
    key = key_of(name)
    known = merchant_of_key(key, hold=True)
    if known is not None:
        return known
    hold_key(key)
    like = passes_for(name)
    if like is not None and not another:
        raise Invalid("looks_like", field="merchants", name=name, like=like.name)
    merchant, added = _insert(name, key, by, like)
    if added:
        record(Kind.MERCHANT_ADDED, by=by, role=Role.SYSTEM if by is None else Role.AUTHOR, merchant_id=merchant.id)
        if like is not None:
            record(Kind.NAME_DOUBTED, by=by, role=Role.SYSTEM, merchant_id=merchant.id, like=like.id)
    return merchant


def _insert(name: str, key: str, by: User | None, like: Merchant | None) -> tuple[Merchant, bool]:
    """Return the business of this key and whether it was added now."""
    insert: Any = sqlite_insert if is_sqlite() else postgresql_insert
    short, now = slug(name), utcnow()
    for number in range(1, MOST_SLUG_TRIES):
        candidate = short if number == 1 else f"{short}-{number}"
        if candidate in RESERVED_SLUGS:
            continue
        added = db.session.scalar(
            insert(Merchant)
            .values(
                name=name,
                key=key,
                slug=candidate,
                created_by_id=None if by is None else by.id,
                created_at=now,
                suspect_of_id=None if like is None else like.id,
                suspect_since=None if like is None else now,
            )
            .on_conflict_do_nothing()
            .returning(Merchant.id)
        )
        merchant = merchant_of_key(key, hold=True)
        if merchant is not None:
            return merchant, added is not None
    raise Invalid("bad_merchant_name", field="merchants", why="taken")


def hold_key(key: str) -> None:
    """Let nobody else give this folded name to a business, as its own or another one, before the unit of work ends.

    SQLite has one writer at a time; on PostgreSQL two tables share the key, so a lock stands for the unique index.
    """
    if not is_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, NAMES))))


@unit_of_work
def describe(merchant: Merchant, *, by: User, domain: str) -> None:
    """Set the domain whose work addresses prove a voice; empty clears.

    For moderators who looked it up. Raises NotAllowed or Invalid("bad_domain").
    """
    lock(merchant)
    ensure(policy.may_describe, by, merchant)
    chosen = normal_domain(domain) if domain.strip() else None
    if chosen != merchant.domain:
        merchant.domain = chosen
        merchant.next_check_at, merchant.checked_at = utcnow() + RECHECKED_EVERY, None
        merchant.failing_since, merchant.failed_checks = None, 0
    record(
        Kind.MERCHANT_DESCRIBED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=merchant.id,
        domain=merchant.domain,
    )
