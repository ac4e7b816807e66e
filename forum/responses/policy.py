"""Who may do what on the business's side of a case: pure functions of (who, thing)."""

from datetime import datetime
from enum import StrEnum

from forum.accounts import conflict
from forum.accounts.models import Visitor
from forum.letters.lifecycle import OUTCOME_MOVES, Outcome, OutcomeMove, Publication, ResponseState
from forum.letters.models import MOST_QUESTIONS, Case, Letter, Question
from forum.letters.policy import (
    OPEN,
    is_author,
    matter_of,
    may_conclude,
    may_moderate,
    may_read,
    may_represent,
    may_write,
)
from forum.merchants.models import Merchant
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink, Response

__all__ = [
    "Over",
    "is_gone",
    "link_over",
    "may_acknowledge",
    "may_answer_proposal",
    "may_answer_question",
    "may_ask",
    "may_conclude",
    "may_decide_answer",
    "may_judge",
    "may_manage_numbers",
    "may_offer",
    "may_overrule",
    "may_propose",
    "may_reopen",
    "may_respond",
    "may_say_done",
    "outcome_moves",
    "questions_left",
]


def may_offer(who: Visitor, case: Case) -> bool:
    """Whether this person may write a response at all, to be published once they prove to speak for the business.

    Needs `case.letter`. Nobody answers their own letter.
    """
    return (
        not who.is_guest
        and who.is_active
        and case.letter.publication is Publication.PUBLISHED
        and may_read(who, case.letter)
        and not is_author(who, case.letter)
        and (case.merchant_id not in who.merchant_ids or case.merchant_id in who.acting_ids)  # readers write nothing
    )


def may_respond(who: Visitor, case: Case) -> bool:
    """Whether this person may publish an official response: an owner or agent of the business; needs `case.letter`."""
    return (
        may_write(who)
        and case.merchant_id in who.answering_ids
        and may_represent(who, case)
        and case.letter.publication is Publication.PUBLISHED
    )


def may_say_done(who: Visitor, response: Response) -> bool:
    """Whether this person may say that a promise is done: whoever may respond. Needs `response.case.letter`."""
    return may_respond(who, response.case)


def may_judge(who: Visitor, response: Response) -> bool:
    """Whether this person may say what became of a promise: the author alone. Needs `response.case.letter`."""
    letter = response.case.letter
    return is_author(who, letter) and letter.publication is Publication.PUBLISHED


def may_propose(who: Visitor, response: Response) -> bool:
    """Whether this person may propose that the case is solved: whoever may respond. Needs `response.case.letter`."""
    return may_respond(who, response.case)


def may_answer_proposal(who: Visitor, response: Response) -> bool:
    """Whether this person may answer such a proposal: the author alone. Needs `response.case.letter`."""
    return may_judge(who, response)


def may_overrule(who: Visitor, response: Response) -> bool:
    """Whether this moderator may let a uniform response count: never on an own letter or for a business they speak for.

    Needs `response.case.letter` with its cases.
    """
    return may_moderate(who, response.case.letter) and response.case.letter.publication is Publication.PUBLISHED


def may_manage_numbers(who: Visitor, merchant: Merchant) -> bool:
    """Whether this person may change the public phone numbers of a business: an owner of it."""
    return may_write(who) and merchant.id in who.owned_ids


class Over(StrEnum):
    """Why a mailed link opens no form."""

    USED = "used"  # its response is published, or a moderator refused it
    WAITING = "waiting"  # what was sent waits for a moderator
    EXPIRED = "expired"
    ENDED = "ended"  # it was mailed to somebody who is not in the team any more, or the address was removed
    GONE = "gone"  # the letter is withdrawn or taken down


def is_gone(letter: Letter) -> bool:
    """Whether nobody can answer the letter any more: it is not in print, or not to be read by everybody."""
    return letter.publication is not Publication.PUBLISHED or letter.visibility not in OPEN


def link_over(link: AnswerLink, case: Case, now: datetime, *, ended: bool) -> Over | None:
    """Return why the link opens no form, None while it does; needs `case.letter`."""
    if link.state is LinkState.WAITING:
        return Over.WAITING
    if link.state is not LinkState.OPEN:
        return Over.USED
    if is_gone(case.letter):
        return Over.GONE
    if ended:
        return Over.ENDED
    return Over.EXPIRED if link.expires_at <= now else None


def may_decide_answer(who: Visitor, link: AnswerLink) -> bool:
    """Whether this moderator may let an answer by mail be published; needs `link.case.letter` with its cases."""
    return who.is_moderator and conflict.may_judge(
        who, matter_of(link.case.letter).also(people=frozenset({link.user_id}), addresses=frozenset({link.address}))
    )


def may_acknowledge(who: Visitor, case: Case) -> bool:
    """Whether this person may say that the business has received the letter; needs `case.letter`."""
    return may_respond(who, case) and case.response in {ResponseState.AWAITING, ResponseState.ACKNOWLEDGED}


def may_ask(who: Visitor, case: Case) -> bool:
    """Whether this person may put a question to the author, which stops the clock; needs `case.letter`."""
    return may_respond(who, case)


def questions_left(case: Case) -> int:
    """How many questions the business may still ask; needs `case.questions`."""
    return max(0, MOST_QUESTIONS - len(case.questions))


def may_answer_question(who: Visitor, question: Question) -> bool:
    """Whether this person may answer the question: the author alone; needs `question.case.letter`."""
    letter = question.case.letter
    return is_author(who, letter) and letter.publication is Publication.PUBLISHED


def may_reopen(who: Visitor, case: Case) -> bool:
    """Whether the author may take the outcome back; needs `case.letter`."""
    return may_conclude(who, case) and case.outcome is not Outcome.NONE


def outcome_moves(case: Case) -> list[OutcomeMove]:
    """Return what the author can say in this state, in the order of the buttons."""
    return [move for move in OutcomeMove if move is not OutcomeMove.LAPSE and (case.outcome, move) in OUTCOME_MOVES]
