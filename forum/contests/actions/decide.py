"""The moderators' decision on a contest: a closed reason, words made from it, and what follows."""

from dataclasses import dataclass

from forum.accounts.models import User
from forum.contests import policy
from forum.contests.actions.standing import REASONS, cover, put_back, settle, stamp, tell
from forum.contests.lifecycle import (
    EFFECTS,
    REJECTED_FOR,
    UPHELD_FOR,
    ContestMove,
    ContestState,
    Effect,
    Finding,
    Ground,
)
from forum.contests.models import MESSAGE_CHARACTERS, Contest
from forum.contests.queries.one import dispute
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role
from forum.letters import actions as letters
from forum.moderation.lifecycle import Reason as Removal
from forum.redactions.lifecycle import Label

REMOVALS = {
    Ground.NOT_OUR_CUSTOMER: Removal.NOT_CUSTOMER,
    Ground.FALSE_FACT: Removal.NAMED_PERSON,
    Ground.PERSONAL_DATA: Removal.PERSONAL_DATA,
    Ground.DUPLICATE: Removal.DUPLICATE,
    Ground.UNLAWFUL: Removal.UNLAWFUL,
}


@dataclass(frozen=True)
class Verdict:
    """What a moderator decides: the finding of the closed list, the words to both sides, and what an upheld contest does."""

    uphold: bool
    finding: Finding | None
    message: str
    effect: Effect | None = None


@unit_of_work
def decide(contest: Contest, verdict: Verdict, *, by: User, seen: int | None = None) -> None:
    """Uphold or reject a contest. Rejected, what it covered is shown again; upheld, passages are covered or the letter goes.

    An author who is asked is heard first, or has let their time pass, unless the ground covers at once; a rejection may come at any
    time. Raises NotAllowed, Stale, NotNow (already_decided, author_not_heard) or Invalid.
    """
    letter = lock(contest.letter)
    lock(contest)
    ensure(policy.may_decide, by, dispute(contest))
    if not contest.is_open or contest.ground is None:
        raise NotNow("already_decided")
    ensure_fresh(contest, seen)
    finding, message, effect = _checked(contest, contest.ground, verdict)
    if effect is None:
        put_back(contest, by=by)
    elif effect is Effect.TAKE_DOWN or contest.redaction_id is not None:
        settle(contest, by=by)
    else:
        cover(contest, by=by, label=Label.PASSAGE, reason=REASONS[contest.ground])
    contest.move(ContestMove.UPHOLD if verdict.uphold else ContestMove.REJECT)
    contest.finding, contest.effect, contest.message = finding, effect, message
    contest.decided_by_id, contest.ended_at = by.id, utcnow()
    stamp(letter)
    tell(
        Kind.CONTEST_DECIDED,
        contest,
        by=by,
        role=Role.MODERATOR,
        decision=contest.state.value,
        reason=finding.value,
        asked_at=None if contest.filed_at is None else contest.filed_at.isoformat(),
        effect=None if effect is None else effect.value,
        message=message,
    )
    if effect is Effect.TAKE_DOWN:
        letters.take_down(letter, by=by, reason=REMOVALS[contest.ground].value, message=message, asked_by=contest.side.value, contest_id=contest.id)


def _checked(contest: Contest, ground: Ground, verdict: Verdict) -> tuple[Finding, str, Effect | None]:
    allowed = (UPHELD_FOR if verdict.uphold else REJECTED_FOR)[ground]
    if verdict.finding not in allowed:
        raise Invalid("reason_needed", field="reason")
    message, (least, most) = verdict.message.strip(), MESSAGE_CHARACTERS
    if not least <= len(message) <= most:
        raise Invalid("words_needed", field="message", length=len(message), least=least, most=most)
    if not verdict.uphold:
        return verdict.finding, message, None
    if contest.state is not ContestState.HEARD and not contest.hides:
        raise NotNow("author_not_heard")
    if verdict.effect not in EFFECTS[ground]:
        raise Invalid("effect_needed", field="effect")
    return verdict.finding, message, verdict.effect
