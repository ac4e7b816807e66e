"""Who may contest, answer, withdraw, see and decide: pure functions of (who, thing)."""

from dataclasses import dataclass

from forum.accounts import conflict
from forum.accounts.models import User, Visitor
from forum.contests.lifecycle import Side
from forum.contests.models import Contest
from forum.core.secrecy import sign
from forum.letters import policy as letters
from forum.letters.headline import Headline
from forum.letters.lifecycle import Publication
from forum.letters.models import Case, Letter


@dataclass(frozen=True)
class Dispute:
    """A contest with those moderators who wrote a letter against the business that contests."""

    contest: Contest
    critic_ids: frozenset[int] = frozenset()


def address_key(email: str) -> str:
    """Return what stands for an address of a person: the same for the same one."""
    return sign("contest-address", email)


def is_in_print(letter: Letter | Headline) -> bool:
    """Whether everybody can read the letter."""
    return letter.publication is Publication.PUBLISHED and letter.visibility in letters.OPEN


def may_file(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether this person may contest the letter in their own name, with or without an account: anybody but its author."""
    return is_in_print(letter) and not letters.is_author(who, letter)


def may_file_for(who: Visitor, case: Case) -> bool:
    """Whether this person may contest the letter for the business of the case: whoever may answer; needs `case.letter`."""
    return case.merchant_id in who.answering_ids and may_file(who, case.letter) and letters.may_write(who)


def is_challenger(who: Visitor, contest: Contest) -> bool:
    """Whether this person contests, or may act for the business that does; needs `contest.case`."""
    if who.is_guest:
        return False
    if contest.case is not None:
        return contest.case.merchant_id in who.answering_ids
    return who.id == contest.by_id


def may_withdraw(who: Visitor, contest: Contest) -> bool:
    """Whether this person may take the contest back; needs `contest.case`."""
    return is_challenger(who, contest)


def may_answer(who: Visitor, contest: Contest) -> bool:
    """Whether this person may answer it: the author of the letter; needs `contest.letter`."""
    return letters.is_author(who, contest.letter)


def may_see(who: Visitor, contest: Contest) -> bool:
    """Whether this person may read what both sides say: they, and moderators; needs `contest.letter` and `contest.case`."""
    if who.is_moderator or may_answer(who, contest) or is_challenger(who, contest):
        return True
    return contest.case is not None and contest.case.merchant_id in who.reading_ids


def may_decide(who: Visitor, dispute: Dispute) -> bool:
    """Whether this moderator may decide: nobody who has a part in it. Needs `contest.letter` with its cases."""
    contest = dispute.contest
    if not isinstance(who, User):
        return False
    own = contest.side is Side.PERSON and contest.email_key == address_key(who.email or "")
    matter = letters.matter_of(contest.letter).also(people=dispute.critic_ids | {contest.by_id})
    return not own and conflict.may_judge(who, matter)
