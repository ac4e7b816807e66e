"""Who may do what at the response desk: pure functions of (who, thing). The team reads, owners and agents act."""

from forum.accounts.models import Visitor
from forum.desk.models import CaseNote, ResponseTemplate
from forum.letters.models import Case
from forum.letters.policy import may_represent
from forum.responses.policy import may_acknowledge, may_respond

__all__ = [
    "may_acknowledge",
    "may_assign",
    "may_delete_note",
    "may_handle",
    "may_note",
    "may_open",
    "may_respond",
    "may_use_desk",
    "may_use_template",
    "may_write_templates",
]


def may_use_desk(who: Visitor, _thing: object = None) -> bool:
    """Whether this person has a desk: everybody signed in; it lists only cases of businesses whose team they are of.

    It shows private details, so whoever needs a second factor for one of these businesses sets it up first.
    """
    return not who.is_guest and not who.unsecured_ids


def may_open(who: Visitor, case: Case) -> bool:
    """Whether this person may see the case on the desk: the team of its business alone; needs `case.letter`."""
    return case.merchant_id in who.reading_ids and may_represent(who, case)


def may_note(who: Visitor, case: Case) -> bool:
    """Whether this person may read and write the team's notes on the case; needs `case.letter`."""
    return may_open(who, case)


def may_delete_note(who: Visitor, note: CaseNote) -> bool:
    """Whether this person may take the note away: its author alone."""
    return not who.is_guest and who.id == note.author_id


def may_assign(who: Visitor, case: Case) -> bool:
    """Whether this person may give the case to somebody of the team: owners and agents; needs `case.letter`."""
    return may_open(who, case) and case.merchant_id in who.answering_ids


may_handle = may_assign


def may_write_templates(who: Visitor, merchant_id: int) -> bool:
    """Whether this person may write and change the templates of the business: owners and agents."""
    return not who.is_guest and merchant_id in who.answering_ids


def may_use_template(who: Visitor, template: ResponseTemplate) -> bool:
    """Whether this person may begin a response with the template: it is in use, and theirs to use."""
    return template.ended_at is None and may_write_templates(who, template.merchant_id)
