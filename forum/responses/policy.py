"""Who may do what on the business's side of a case: pure functions of (who, thing)."""

from forum.accounts.models import Visitor
from forum.letters.lifecycle import OUTCOME_MOVES, Outcome, OutcomeMove, Publication, ResponseState
from forum.letters.models import MOST_QUESTIONS, Case, Question
from forum.letters.policy import is_author, may_conclude, may_read, may_represent, may_write

__all__ = [
    "may_acknowledge",
    "may_answer_question",
    "may_ask",
    "may_conclude",
    "may_offer",
    "may_reopen",
    "may_respond",
    "may_use_desk",
    "outcome_moves",
    "questions_left",
]


def may_use_desk(who: Visitor, _thing: object = None) -> bool:
    """Whether this person has a desk: everybody signed in; it lists only cases of businesses they speak for.

    It shows private details, so whoever needs a second factor for one of these businesses sets it up first.
    """
    return not who.is_guest and not who.unsecured_ids


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
