"""Who may appeal, who may decide on an appeal: pure functions of (who, thing)."""

from dataclasses import dataclass

from forum.accounts import conflict
from forum.accounts.conflict import Matter
from forum.accounts.models import Visitor
from forum.accounts.rights import Right
from forum.appeals.lifecycle import Side
from forum.appeals.models import Appeal, Verdict
from forum.core.access import kept_while_suspended
from forum.letters import policy as letters


@dataclass(frozen=True)
class Hearing:
    """An appeal with the decision it is against; `alone`: nobody could decide but who decided first."""

    appeal: Appeal
    verdict: Verdict
    alone: bool = False


def side_for(who: Visitor, verdict: Verdict) -> Side | None:
    """On which side of the decision this person stands, None: on neither."""
    return None if who.is_guest else verdict.side_of(who.id, who.answering_ids)


@kept_while_suspended
def may_appeal(who: Visitor, verdict: Verdict) -> bool:
    """Whether this person is of those who may appeal; whether it is still time is another question."""
    return side_for(who, verdict) is not None


@kept_while_suspended
def may_see(who: Visitor, verdict: Verdict) -> bool:
    """Whether this person may read decision and appeals: both sides, and moderators who are concerned by neither."""
    return side_for(who, verdict) is not None or who.is_moderator


def matter_of(verdict: Verdict) -> Matter:
    """Return who has a part in what was decided, but for having decided it."""
    matter = Matter() if verdict.letter is None else letters.matter_of(verdict.letter)
    own = () if verdict.event.merchant_id is None else (verdict.event.merchant_id,)
    merchants = frozenset(own).union(*verdict.businesses.values())
    return matter.also(people=verdict.parties | verdict.partial_ids, merchants=merchants)


def is_free(who: Visitor, verdict: Verdict) -> bool:
    """Whether this moderator has no part in the matter, but for having decided."""
    return who.may(Right.JUDGE_APPEALS) and conflict.may_judge(who, matter_of(verdict))


def may_judge(who: Visitor, hearing: Hearing) -> bool:
    """Whether this moderator may decide on the appeal: another than the first, and nobody with a part in it.

    Where no other exists, who decided first decides again, and the public is told so.
    """
    first = frozenset[int | None]() if hearing.alone else frozenset(hearing.verdict.deciders)
    return who.may(Right.JUDGE_APPEALS) and conflict.may_judge(who, matter_of(hearing.verdict).also(deciders=first))
