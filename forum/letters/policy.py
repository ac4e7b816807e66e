"""Who may do what with a letter: pure functions of (who, thing). `may_read` is the one visibility function of the site."""

from forum.accounts import conflict
from forum.accounts.conflict import Matter
from forum.accounts.models import Visitor
from forum.attachments.models import Attachment, FileAudience
from forum.core.access import kept_while_suspended
from forum.core.events import Role
from forum.letters.headline import Headline
from forum.letters.lifecycle import Outcome, Publication, ResponseState, Visibility
from forum.letters.models import Case, Letter, LetterDraft

OPEN = frozenset({Visibility.PUBLIC, Visibility.UNLISTED})
NO_TRADE = frozenset({"penipuan", "lain-lain"})
"""Categories in which businesses of every kind stand: nobody is a rival there."""


def is_author(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether this person wrote the letter."""
    return not who.is_guest and who.id == letter.author_id


@kept_while_suspended
def may_read(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether this person may see the letter's text and everything public that hangs on it."""
    return letter.visibility in OPEN or is_author(who, letter) or who.is_moderator


def leaves_tombstone(letter: Letter | Headline) -> bool:
    """Whether others are told that the letter was there (410) instead of nothing (404)."""
    return letter.visibility is Visibility.TOMBSTONE


def speaks_for(who: Visitor, letter: Letter) -> bool:
    """Whether this person is of the team of one of the letter's businesses; needs `letter.cases`."""
    return any(case.merchant_id in who.merchant_ids for case in letter.cases)


def may_write(who: Visitor, _thing: object = None) -> bool:
    """Whether this person may send letters, comments and updates: a confirmed address is needed."""
    return not who.is_guest and who.is_active and who.is_confirmed


def may_mend(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether the author may change and send again a returned letter."""
    return is_author(who, letter) and letter.publication is Publication.RETURNED


@kept_while_suspended
def may_change_draft(who: Visitor, draft: LetterDraft) -> bool:
    """Whether this person may read, change or throw away the draft: nobody but its owner."""
    return not who.is_guest and who.id == draft.owner_id


def may_revise(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether the author may propose a new version of the published letter."""
    return is_author(who, letter) and letter.publication is Publication.PUBLISHED


@kept_while_suspended
def may_withdraw(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether the author may withdraw the letter."""
    return is_author(who, letter) and letter.publication in {
        Publication.SUBMITTED,
        Publication.RETURNED,
        Publication.PUBLISHED,
    }


def may_add_update(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether the author may add a dated update."""
    return is_author(who, letter) and letter.publication is Publication.PUBLISHED


def may_comment(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether this person may write under the letter."""
    return may_write(who) and letter.publication is Publication.PUBLISHED and letter.comments_locked_at is None


def may_say_me_too(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether this person may say that they met the same."""
    return may_write(who) and letter.publication is Publication.PUBLISHED and not is_author(who, letter)


def matter_of(letter: Letter) -> Matter:
    """Return who has a part in whatever is decided under this letter; needs `letter.cases`."""
    return Matter(
        people=frozenset({letter.author_id}),
        merchants=frozenset(case.merchant_id for case in letter.cases),
        trades=frozenset({letter.category}) - NO_TRADE,
        texts=(letter.title, letter.text, letter.ask),
    )


def may_moderate(who: Visitor, letter: Letter) -> bool:
    """Whether this moderator may decide here: nobody with a part in the letter; needs `letter.cases`."""
    return who.is_moderator and conflict.may_judge(who, matter_of(letter))


def may_see_file(who: Visitor, file: Attachment, letter: Letter | None, *, covered_of: int | None = None) -> bool:
    """Whether this person may open the file; `letter` (with `cases`) is None while it belongs to a draft.

    `covered_of`: it hangs on a response of this business that moderators hid, which that business and they still see.
    A moderator who speaks for one of the letter's businesses opens what that business may open, and no more. What proves a
    claim and documents of legal matters have other ways, on which each opening is recorded; what is only kept has none.
    """
    if file.claim_id is not None or file.legal_notice_id is not None or file.identity_order_id is not None or file.kept_letter_id is not None:
        return False
    if file.order_id is not None:
        return who.is_moderator
    if not who.is_guest and who.id == file.owner_id and _still_owns(who, file, letter):
        return True
    if file.contest_id is not None:
        return who.is_moderator
    if letter is None or not may_read(who, letter):
        return False
    if who.is_moderator and not speaks_for(who, letter):
        return True
    if file.hidden_at is not None or (covered_of is not None and covered_of not in who.merchant_ids):
        return False
    return file.audience is FileAudience.PUBLIC or any(
        case.merchant_id in who.reading_ids for case in letter.cases if is_shown_to_business(file, case)
    )


def _still_owns(who: Visitor, file: Attachment, letter: Letter | None) -> bool:
    """Whether a file is its sender's own: what came with a response is the business's, and leaves them with their role."""
    if file.response_id is None:
        return True
    cases = [] if letter is None else letter.cases
    return any(case.id == file.case_id and case.merchant_id in who.merchant_ids for case in cases)


def is_shown_to_business(file: Attachment, case: Case) -> bool:
    """Whether the business of this case may open the file of a letter that is in print."""
    return file.claim_id is None and file.hidden_at is None and file.meant_for(case.id)


def is_for_everybody(file: Attachment, letter: Letter | None, *, covered_of: int | None = None) -> bool:
    """Whether no view of the file is written down, since everybody may open it; the arguments are those of `may_see_file`."""
    return (
        letter is not None
        and letter.visibility in OPEN
        and file.audience is FileAudience.PUBLIC
        and file.hidden_at is None
        and covered_of is None
    )


def opens_as(
    who: Visitor, file: Attachment, letter: Letter, *, covered_of: int | None = None
) -> tuple[Role, Case | None]:
    """Return as whom this person, who may, opens a file that is not for everybody, and in which case of the letter."""
    for case in letter.cases:
        own = is_shown_to_business(file, case) and case.merchant_id in who.reading_ids
        if own or (case.merchant_id == covered_of and covered_of in who.merchant_ids):
            return Role.BUSINESS, case
    if who.is_moderator:
        return Role.MODERATOR, None
    return (Role.AUTHOR if is_author(who, letter) else Role.READER), None


def may_see_details(who: Visitor, case: Case) -> bool:
    """Whether this person may see the private details of the case; needs `case.letter`.

    Moderators read them on their desk, with a reason and a row of it (`accounts.actions.read_private`).
    """
    if is_author(who, case.letter):
        return True
    return may_represent(who, case) and case.merchant_id in who.reading_ids


def may_represent(who: Visitor, case: Case) -> bool:
    """Whether this person is of the team of the case's business, in any role; needs `case.letter`. Nobody answers their own letter."""
    return case.merchant_id in who.merchant_ids and not is_author(who, case.letter) and may_read(who, case.letter)


def may_conclude(who: Visitor, case: Case) -> bool:
    """Whether the author may say how the case ended; from the first response until it closes. Needs `case.letter`."""
    return (
        is_author(who, case.letter)
        and case.letter.publication is Publication.PUBLISHED
        and case.response is ResponseState.ANSWERED
        and case.outcome is not Outcome.UNCONFIRMED
    )
