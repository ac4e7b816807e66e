"""Who may take in, see and answer legal notices, and hold data: pure functions of (who, thing)."""

from dataclasses import dataclass

from forum.accounts.models import Visitor
from forum.accounts.rights import Right
from forum.legal.models import LegalHold


@dataclass(frozen=True)
class Matter:
    """Whom a matter concerns: who wrote what it is about, the businesses in it, who wrote a letter against its sender."""

    person_ids: frozenset[int]
    merchant_ids: frozenset[int]
    critic_ids: frozenset[int] = frozenset()


def may_handle(who: Visitor, matter: Matter) -> bool:
    """Whether this moderator may see and decide a matter: nobody who has a part in it."""
    if who.is_guest or not who.is_moderator:
        return False
    return who.id not in matter.person_ids | matter.critic_ids and not who.merchant_ids & matter.merchant_ids


def may_hold(who: Visitor, matter: Matter) -> bool:
    """Whether this moderator may hold the data of a letter."""
    return may_handle(who, matter)


def is_concerned(who: Visitor, person_ids: frozenset[int]) -> bool:
    """Whether this person wrote what a notice is about; they see the matter, but for who sent it where that is a person."""
    return not who.is_guest and who.id in person_ids


def may_ask_release(who: Visitor, hold: LegalHold) -> bool:
    """Whether this moderator may ask that a hold be released; needs `hold.letter`."""
    return who.may(Right.ASK_SECOND) and hold.released_at is None and who.id != hold.letter.author_id
