"""A decision on a contest that was wrong: all is as it was before, and moderators decide once more."""

from forum.accounts.models import User
from forum.contests import policy
from forum.contests.actions.standing import cover_at_once, put_back, stamp, tell
from forum.contests.lifecycle import ContestMove, Effect
from forum.contests.models import Contest
from forum.contests.queries.one import dispute
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import NotNow
from forum.core.events import Kind, Role
from forum.letters import actions as letters
from forum.redactions.lifecycle import Reason
from forum.redactions.models import Redaction


@unit_of_work
def reopen(contest: Contest, *, by: User, message: str = "") -> None:
    """Let a decided contest be decided once more: the letter is in print, and covered is what the contest covers at once.

    Raises NotAllowed, or NotNow when it is not decided or its letter is gone for another reason.
    """
    letter = lock(contest.letter)
    lock(contest)
    ensure(policy.may_decide, by, dispute(contest))
    if not contest.is_decided:
        raise NotNow("already_decided")
    if contest.effect is Effect.TAKE_DOWN:
        letters.reinstate(letter, by=by, message=message)
    if not policy.is_in_print(letter):
        raise NotNow("letter_gone")
    if contest.hides:
        _keep_covered(contest)
    else:
        put_back(contest, by=by)
        contest.redaction_id = None
    contest.move(ContestMove.REOPEN)
    contest.finding = contest.effect = contest.decided_by_id = contest.ended_at = None
    contest.message, contest.reopened_at = "", utcnow()
    contest.heard_at = contest.heard_at or contest.reopened_at
    stamp(letter)
    tell(Kind.DECISION_REOPENED, contest, by=by, role=Role.MODERATOR, message=message)


def _keep_covered(contest: Contest) -> None:
    known = None if contest.redaction_id is None else lock(db.session.get_one(Redaction, contest.redaction_id))
    if known is None or known.undone_at is not None:
        cover_at_once(contest)
    else:  # until the next decision nobody undoes it by hand
        known.reason, known.by_id, known.role = Reason.CONTESTED, None, Role.SYSTEM
        db.session.flush()
