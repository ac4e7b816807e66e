"""Who may make tokens, and what a token may do: pure functions."""

from datetime import datetime

from forum.accounts.models import Visitor
from forum.api.lifecycle import Scope
from forum.api.models import ApiToken
from forum.merchants.models import Merchant
from forum.webhooks.policy import may_integrate


def may_make_token(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may make and end tokens of the business: its owners."""
    return may_integrate(who, merchant)


def works(token: ApiToken, now: datetime) -> bool:
    """Whether a token opens anything: not ended, not over, and its person still acts for the business. Needs `token.user`."""
    return (
        token.ended_at is None
        and token.expires_at > now
        and token.user.is_active
        and token.merchant_id in token.user.answering_ids
    )


def may(token: ApiToken, scope: Scope) -> bool:
    """Whether the token holds this permission."""
    return scope.value in token.scopes
