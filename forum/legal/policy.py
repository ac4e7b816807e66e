"""Who may take in, see and answer legal notices, and hold data: pure functions of (who, thing)."""

from forum.accounts import conflict
from forum.accounts.conflict import Matter
from forum.accounts.models import Visitor
from forum.accounts.rights import Right
from forum.legal.models import LegalHold
from forum.letters import policy as letters


def may_handle(who: Visitor, matter: Matter) -> bool:
    """Whether this moderator may see and decide a matter, or hold the data of its letters: nobody who has a part in it."""
    return conflict.may_judge(who, matter)


def is_concerned(who: Visitor, person_ids: frozenset[int]) -> bool:
    """Whether this person wrote what a notice is about; they see the matter, but for who sent it where that is a person."""
    return not who.is_guest and who.id in person_ids


def may_ask_release(who: Visitor, hold: LegalHold) -> bool:
    """Whether this moderator may ask that a hold be released; needs `hold.letter` with its cases."""
    return who.may(Right.ASK_SECOND) and hold.released_at is None and letters.may_moderate(who, hold.letter)
