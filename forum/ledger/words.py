"""The ledger in words."""

from datetime import date, timedelta
from typing import Any, Final

from babel.dates import format_date, format_timedelta
from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.contests.lifecycle import Finding, Ground
from forum.contests.words import FINDINGS
from forum.contests.words import GROUNDS as GROUNDS_OF_CONTESTS
from forum.ledger.lifecycle import Act, AskedBy, Group, Outcome, Why
from forum.ledger.queries import Entry
from forum.ledger.queries.figures import Waits
from forum.ledger.reasons import list_of
from forum.merchants.lifecycle import ObjectionReason
from forum.merchants.words import OBJECTIONS
from forum.moderation.lifecycle import JoinReason, Reason, ReportReason
from forum.moderation.words import JOIN_REASONS, REASONS, REPORT_REASONS
from forum.orders.lifecycle import OrderReason
from forum.orders.words import REASONS as ORDER_REASONS
from forum.people.lifecycle import SanctionReason
from forum.people.words import SANCTION_REASONS
from forum.redactions.lifecycle import Reason as CoverReason
from forum.redactions.words import REASONS as COVER_REASONS

ACTS: Final = {
    Act.LETTER_TAKEN_DOWN: _l("Letter taken down"),
    Act.LETTER_WITHDRAWN: _l("Letter withdrawn by its author"),
    Act.LETTER_REINSTATED: _l("Letter published again"),
    Act.COMMENT_HIDDEN: _l("Comment hidden"),
    Act.COMMENT_RESTORED: _l("Comment shown again"),
    Act.RESPONSE_HIDDEN: _l("Official response hidden"),
    Act.RESPONSE_RESTORED: _l("Official response shown again"),
    Act.FILE_HIDDEN: _l("Attachment hidden"),
    Act.FILE_RESTORED: _l("Attachment shown again"),
    Act.FILE_COVERED: _l("Parts of a file covered"),
    Act.FILE_UNCOVERED: _l("Covered parts of a file shown again"),
    Act.WORDS_COVERED: _l("Words covered"),
    Act.WORDS_RESTORED: _l("Covered words shown again"),
    Act.COMMENTS_LOCKED: _l("Comments locked"),
    Act.COMMENTS_UNLOCKED: _l("Comments opened again"),
    Act.BUSINESSES_MERGED: _l("Businesses merged"),
    Act.BUSINESS_SPLIT: _l("Business split"),
    Act.OBJECTION_DECIDED: _l("Objection to a proof decided"),
    Act.REPORTS_DECIDED: _l("Reports decided"),
    Act.CONTEST_OPENED: _l("Contest filed"),
    Act.CONTEST_DECIDED: _l("Contest decided"),
    Act.APPEAL_OPENED: _l("Appeal filed"),
    Act.APPEAL_DECIDED: _l("Appeal decided"),
    Act.ACCOUNT_WARNED: _l("Account warned"),
    Act.ACCOUNT_LIMITED: _l("Account limited"),
    Act.ACCOUNT_SUSPENDED: _l("Account suspended"),
    Act.ACCOUNT_FREED: _l("Limit or suspension of an account ended"),
    Act.ORDER_RECEIVED: _l("Order of an authority received"),
    Act.ORDER_DECIDED: _l("Order of an authority decided"),
    Act.REPLY_PUBLISHED: _l("Right of reply published"),
    Act.REPLY_HIDDEN: _l("Right of reply hidden"),
    Act.IDENTITY_GIVEN: _l("Identity given out on an order"),
}
ASKED_BY: Final = {
    AskedBy.AUTHOR: _l("The author"),
    AskedBy.BUSINESS: _l("The business"),
    AskedBy.PERSON_NAMED: _l("A person named"),
    AskedBy.AUTHORITY: _l("A court or an authority"),
    AskedBy.READER: _l("A reader"),
    AskedBy.MODERATOR: _l("The editors themselves"),
}
OUTCOMES: Final = {
    Outcome.REMOVED: _l("No longer shown"),
    Outcome.RESTORED: _l("Shown again"),
    Outcome.DONE: _l("Carried out"),
    Outcome.UPHELD: _l("Upheld"),
    Outcome.PARTLY: _l("Partly upheld"),
    Outcome.DISMISSED: _l("Dismissed"),
    Outcome.OPEN: _l("Being decided"),
    Outcome.VOID: _l("Void: nothing of the kind happened"),
}
WHYS: Final = {
    Why.WRONG_REQUESTER: _l("It named the wrong requester"),
    Why.WRONG_REASON: _l("It named the wrong reason"),
    Why.WRONG_OUTCOME: _l("It named the wrong outcome"),
    Why.MISTAKE: _l("It should not have been written"),
}
GROUPS: Final = {
    Group.REMOVED: _l("Taken away"),
    Group.COVERED: _l("Covered"),
    Group.RESTORED: _l("Shown again"),
    Group.LOCKED: _l("Comments locked or opened"),
    Group.BUSINESSES: _l("Businesses"),
    Group.REQUESTS: _l("Requests decided"),
    Group.ACCOUNTS: _l("Accounts"),
    Group.REPLIES: _l("Right of reply"),
}
WAITS: Final = {
    Waits.LETTERS: _l("Letters to review"),
    Waits.REVISIONS: _l("New versions of letters"),
    Waits.REPORTS: _l("Things reported"),
    Waits.CLAIMS: _l("Claims of businesses"),
    Waits.OBJECTIONS: _l("Objections to proofs"),
    Waits.ANSWERS: _l("Responses that came by mail"),
    Waits.HELD: _l("Comments held for review"),
    Waits.CONTESTS: _l("Contests to decide"),
    Waits.REPLIES: _l("Rights of reply to review"),
    Waits.APPEALS: _l("Appeals to decide"),
}
BY_LIST: Final[dict[Any, Any]] = {
    Reason: REASONS,
    ReportReason: REPORT_REASONS,
    JoinReason: JOIN_REASONS,
    CoverReason: COVER_REASONS,
    ObjectionReason: OBJECTIONS,
    SanctionReason: SANCTION_REASONS,
    Ground: GROUNDS_OF_CONTESTS,
    Finding: FINDINGS,
    OrderReason: ORDER_REASONS,
}


def reason_of(act: str, reason: str | None) -> str:
    """Return the reason of a row in words; empty without one."""
    kind = list_of(Act(act))
    return "" if reason not in set(kind) else str(BY_LIST[kind][kind(reason)])


def counted(act: str, count: int) -> str:
    """Return how much a row tells of, where that is more than the thing itself; empty otherwise."""
    match act:
        case Act.WORDS_COVERED | Act.WORDS_RESTORED | Act.FILE_COVERED | Act.FILE_UNCOVERED:
            return str(ngettext("%(num)s place", "%(num)s places", count))
        case Act.BUSINESSES_MERGED | Act.BUSINESS_SPLIT:
            return str(ngettext("%(num)s letter", "%(num)s letters", count))
        case Act.REPORTS_DECIDED:
            return str(ngettext("%(num)s report", "%(num)s reports", count))
    return ""


def duration(took: timedelta | float | None) -> str:
    """Return a time in words, as exact as it matters: `90 menit`, `30 jam`, `3 hari`; empty for none."""
    if took is None:
        return ""
    took = took if isinstance(took, timedelta) else timedelta(seconds=took)
    return format_timedelta(took, granularity="minute", threshold=2, locale=get_locale())


def month(value: str) -> str:
    """Return a month in words: "November 2026"."""
    return format_date(date(int(value[:4]), int(value[5:]), 1), "LLLL y", locale=get_locale())


def reasons() -> dict[str, str]:
    """Return every reason of the closed lists in words, in the order of the alphabet, as filters offer them."""
    known = {str(value): str(label) for labels in reversed(BY_LIST.values()) for value, label in labels.items()}
    return dict(sorted(known.items(), key=lambda one: one[1].casefold()))


def where(entry: Entry) -> tuple[str, str]:
    """Return where the thing still stands, in words and as an address; both empty where nobody may be led to it."""
    kind, _colon, number = entry.row.about.partition(":")
    if entry.row.letter_id is None:
        if not entry.merchants:
            return "", ""
        return entry.merchants[0].name, url_for("pages.merchant", slug=entry.merchants[0].slug)
    if entry.tombstone:
        words = str(_("Notice in the place of letter %(number)s", number=entry.row.letter_id))
        return words, url_for("letters.read_by_number", letter_id=entry.row.letter_id)
    if entry.title is None:
        return "", ""
    if kind == "comment":
        return entry.title, url_for("comments.one", comment_id=int(number))
    anchor = f"response-{number}" if kind == "response" else None
    return entry.title, url_for("letters.read_by_number", letter_id=entry.row.letter_id, _anchor=anchor)


def sentence(entry: Entry) -> str:
    """Return a row as one line of words."""
    row = entry.row
    parts = [
        str(_("Asked by: %(who)s", who=ASKED_BY[row.asked_by])),
        str(_("Outcome: %(outcome)s", outcome=OUTCOMES[row.outcome])),
        str(_("Reason: %(reason)s", reason=reason_of(row.act, row.reason))) if row.reason else "",
        ", ".join(one.name for one in entry.merchants),
        str(_("Corrects row %(number)s", number=row.corrects_id)) if row.corrects_id else "",
    ]
    return " · ".join(part for part in parts if part)
