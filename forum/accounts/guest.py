"""Who asks without being signed in."""

from datetime import datetime

from forum.accounts.lifecycle import Scope
from forum.accounts.rights import Right


class Guest:
    """Somebody who is not signed in."""

    id = 0
    name = ""
    email: str | None = None
    is_guest = True
    is_moderator = False
    is_confirmed = False
    is_authenticated = False
    is_active = False
    is_anonymous = True
    merchant_ids: frozenset[int] = frozenset()
    trades: frozenset[str] = frozenset()
    answering_ids: frozenset[int] = frozenset()
    acting_ids: frozenset[int] = frozenset()
    unsecured_ids: frozenset[int] = frozenset()
    reading_ids: frozenset[int] = frozenset()
    owned_ids: frozenset[int] = frozenset()
    has_second_factor = False
    holds_office = False
    is_unsecured = False
    suspended_until: datetime | None = None
    is_suspended = False
    unread = 0

    def may(self, _right: Right) -> bool:
        return False

    def limited_until(self, _scope: Scope) -> datetime | None:
        return None

    def get_id(self) -> None:
        return None
