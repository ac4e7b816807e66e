"""The business proposes that a case is solved; the author gets one question, and silence answers nothing."""

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.letters.lifecycle import Outcome, OutcomeMove, ResponseState
from forum.responses import policy
from forum.responses.actions.holding import guard_words, hold
from forum.responses.actions.outcome import conclude
from forum.responses.lifecycle import ProposalAnswer
from forum.responses.models import LONGEST_PROPOSAL_CHARACTERS, Response

PROPOSAL_CHARACTERS = (20, LONGEST_PROPOSAL_CHARACTERS)
MOVES = {
    ProposalAnswer.SOLVED: OutcomeMove.SAY_SOLVED,
    ProposalAnswer.PARTLY: OutcomeMove.SAY_PARTLY,
    ProposalAnswer.NO: OutcomeMove.SAY_NOT_SOLVED,
}


@unit_of_work
def propose_solved(response: Response, *, by: User, words: str) -> None:
    """Propose to the author that the case is solved, once for each response, with public words why.

    Raises NotAllowed, NotNow (proposed before with other words, not answered, solved already, closed), Invalid, GuardStopped.
    """
    case = response.case
    letter = hold(case)
    ensure(policy.may_propose, by, response)
    lock(response)
    if response.proposed_at is not None:
        if response.proposal == words:
            return
        raise NotNow("proposed_before")
    if (
        response.hidden_at is not None
        or not response.counts
        or case.response is not ResponseState.ANSWERED
        or case.outcome in {Outcome.SOLVED, Outcome.UNCONFIRMED}
    ):
        raise NotNow("nothing_to_propose")
    least, most = PROPOSAL_CHARACTERS
    if not least <= len(words) <= most:
        raise Invalid("length", field="text", least=least, most=most)
    guard_words(case, letter, text=words)
    response.proposal, response.proposed_at = words, utcnow()
    _record(Kind.SOLVED_PROPOSED, response, by, Role.BUSINESS)


@unit_of_work
def answer_proposal(response: Response, answer: ProposalAnswer, *, by: User) -> None:
    """Say yes, partly or no to the proposal, which is how the case ended; the same answer twice is one.

    Later the author changes the outcome itself. Raises NotAllowed for everybody but the author, or NotNow.
    """
    case = response.case
    hold(case)
    ensure(policy.may_answer_proposal, by, response)
    lock(response)
    if response.proposed_at is None:
        raise NotNow("nothing_to_propose")
    if response.proposal_answer is not None:
        if response.proposal_answer is answer:
            return
        raise NotNow("proposal_answered")
    conclude(case, MOVES[answer], by=by)
    response.proposal_answer, response.proposal_answered_at = answer, utcnow()
    _record(Kind.PROPOSAL_ANSWERED, response, by, Role.AUTHOR, answer=answer.value)


def _record(kind: Kind, response: Response, by: User, role: Role, **data: str) -> None:
    record(
        kind,
        by=by,
        role=role,
        letter_id=response.case.letter_id,
        case_id=response.case_id,
        merchant_id=response.case.merchant_id,
        about=f"response:{response.id}",
        **data,
    )
