"""Businesses themselves: found or added by name, described by moderators."""

from typing import Any

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
from forum.merchants.models import Merchant
from forum.merchants.queries import key_of, merchant_of_key

RESERVED_SLUGS = frozenset({"suggest"})
MOST_SLUG_TRIES = 1_000


@unit_of_work
def find_or_add(name: str, by: User | None) -> Merchant:
    """Return the business of this name, added when nobody named it before; two at once get the same row.

    Raises Invalid("bad_merchant_name", field="merchants") with `why`: a code of BadText.
    """
    try:
        name = plain_name(name)
    except BadText as problem:
        raise Invalid("bad_merchant_name", field="merchants", why=problem.code) from problem
    key = key_of(name)
    known = merchant_of_key(key)
    if known is not None:
        return known
    insert: Any = sqlite_insert if is_sqlite() else postgresql_insert
    short = slug(name)
    for number in range(1, MOST_SLUG_TRIES):
        candidate = short if number == 1 else f"{short}-{number}"
        if candidate in RESERVED_SLUGS:
            continue
        added = db.session.scalar(
            insert(Merchant)
            .values(
                name=name, key=key, slug=candidate, created_by_id=None if by is None else by.id, created_at=utcnow()
            )
            .on_conflict_do_nothing()
            .returning(Merchant.id)
        )
        merchant = merchant_of_key(key)
        if merchant is not None:
            if added is not None:
                record(
                    Kind.MERCHANT_ADDED,
                    by=by,
                    role=Role.SYSTEM if by is None else Role.AUTHOR,
                    merchant_id=merchant.id,
                )
            return merchant
    raise Invalid("bad_merchant_name", field="merchants", why="taken")


@unit_of_work
def describe(merchant: Merchant, *, by: User, domain: str) -> None:
    """Set the domain whose work addresses prove a voice; empty clears.

    For moderators who looked it up. Raises NotAllowed or Invalid("bad_domain").
    """
    lock(merchant)
    ensure(policy.may_describe, by, merchant)
    merchant.domain = normal_domain(domain) if domain.strip() else None
    record(
        Kind.MERCHANT_DESCRIBED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=merchant.id,
        domain=merchant.domain,
    )
