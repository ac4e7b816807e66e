"""Making and ending tokens."""

from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.api import policy
from forum.api.lifecycle import LIVES, Scope
from forum.api.models import MOST_TOKENS, TOKEN_NAME_CHARACTERS, ApiToken
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, Missing
from forum.core.events import Kind, Role, record
from forum.core.secrecy import digest, new_token
from forum.merchants.models import Merchant

PREFIX: Final = "sp_"
HINT_CHARACTERS: Final = 4
USE_NOTED_EVERY: Final = timedelta(hours=1)


@unit_of_work
def make_token(
    merchant: Merchant, *, by: User, name: str, scopes: set[Scope], life: timedelta, once: str | None = None
) -> str:
    """Return the secret of a new token; it is told this once, and only its hash is kept.

    A token acts as its maker: it ends with their part in the team. Raises NotAllowed, or Invalid: "length", "no_scope",
    "bad_life", "tokens_full" beyond MOST_TOKENS, "token_made" when the same form was sent before.
    """
    lock(merchant)
    ensure(policy.may_make_token, by, merchant)
    if not TOKEN_NAME_CHARACTERS[0] <= len(name) <= TOKEN_NAME_CHARACTERS[1]:
        raise Invalid("length", field="name", least=TOKEN_NAME_CHARACTERS[0], most=TOKEN_NAME_CHARACTERS[1])
    if not scopes:
        raise Invalid("no_scope", field="scopes")
    if life not in LIVES:
        raise Invalid("bad_life", field="life")
    mine = ApiToken.merchant_id == merchant.id
    if once is not None and db.session.scalar(select(ApiToken.id).where(mine, ApiToken.once == once)) is not None:
        raise Invalid("token_made")
    now = utcnow()
    working = db.session.scalar(select(func.count()).where(mine, ApiToken.ended_at.is_(None), ApiToken.expires_at > now))
    if (working or 0) >= MOST_TOKENS:
        raise Invalid("tokens_full", field="name", most=MOST_TOKENS)
    secret = PREFIX + new_token()
    token = ApiToken(
        merchant_id=merchant.id,
        user_id=by.id,
        name=name,
        token_hash=digest(secret),
        hint=secret[-HINT_CHARACTERS:],
        scopes=sorted(scope.value for scope in scopes),
        once=once,
        created_at=now,
        expires_at=now + life,
    )
    db.session.add(token)
    db.session.flush()
    record(
        Kind.TOKEN_MADE,
        by=by,
        role=Role.BUSINESS,
        merchant_id=merchant.id,
        about=f"token:{token.id}",
        name=name,
        scopes=", ".join(token.scopes),
    )
    return secret


@unit_of_work
def end_token(token_id: int, *, by: User) -> Merchant:
    """End a token at once; returns its business. Ending it twice changes nothing. Raises Missing."""
    token = db.session.get(ApiToken, token_id, with_for_update={"key_share": True})
    merchant = None if token is None else db.session.get(Merchant, token.merchant_id)
    if token is None or merchant is None or not policy.may_make_token(by, merchant):
        raise Missing
    if token.ended_at is None:
        token.ended_at = utcnow()
        record(
            Kind.TOKEN_ENDED,
            by=by,
            role=Role.BUSINESS,
            merchant_id=merchant.id,
            about=f"token:{token.id}",
        )
    return merchant


def note_use(token: ApiToken) -> None:
    """Write down that a token is in use, once an hour at most."""
    if token.used_at is None or utcnow() - token.used_at >= USE_NOTED_EVERY:
        _note_use(token.id)


@unit_of_work
def _note_use(token_id: int) -> None:
    token = db.session.get(ApiToken, token_id)
    if token is not None:
        token.used_at = utcnow()
