"""Who may appeal, who may decide on an appeal: pure functions of (who, thing)."""

from dataclasses import dataclass

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


def is_free(who: Visitor, verdict: Verdict) -> bool:
    """Whether this moderator has no part in the matter, but for having decided."""
    if not who.may(Right.JUDGE_APPEALS) or who.id in verdict.parties | verdict.partial_ids:
        return False
    if verdict.event.merchant_id in who.merchant_ids:
        return False
    if any(who.merchant_ids & ids for ids in verdict.businesses.values()):
        return False
    return verdict.letter is None or letters.may_moderate(who, verdict.letter)


def may_judge(who: Visitor, hearing: Hearing) -> bool:
    """Whether this moderator may decide on the appeal: another than the first, and nobody with a part in it.

    Where no other exists, who decided first decides again, and the public is told so.
    """
    verdict = hearing.verdict
    return is_free(who, verdict) and (who.id not in verdict.deciders or hearing.alone)
