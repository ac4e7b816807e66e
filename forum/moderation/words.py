"""The closed lists of the moderators in words, and the text proposed for each reason."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.core.events import Kind
from forum.core.proposing import proposed
from forum.letters.hints import Kind as HintKind
from forum.merchants.lifecycle import ContactState, NameKind
from forum.moderation.lifecycle import JoinReason, OriginalReason, Reason, ReportReason, ReportState, ThingKind
from forum.moderation.queries.panel import Sign
from forum.moderation.queries.ties import Tie
from forum.responses.lifecycle import OwnCheck

REASONS = {
    Reason.PERSONAL_DATA: _l("It shows private details"),
    Reason.NAMED_PERSON: _l("It accuses a private person by name"),
    Reason.INSULT: _l("Insult or threat"),
    Reason.HATE: _l("Hatred against a group"),
    Reason.UNCLEAR: _l("What happened is not clear"),
    Reason.NO_BUSINESS: _l("It is not about a business"),
    Reason.DUPLICATE: _l("It repeats another letter"),
    Reason.ADVERTISING: _l("Advertising"),
    Reason.FALSE: _l("Shown to be untrue"),
    Reason.UNLAWFUL: _l("Against the law"),
    Reason.ORDER: _l("Order of a court or an authority"),
    Reason.OFF_TOPIC: _l("Off the subject"),
    Reason.NOT_CUSTOMER: _l("The author was not shown to be a customer"),
}
REPORT_REASONS = {
    ReportReason.PERSONAL_DATA: _l("It shows private details"),
    ReportReason.ABOUT_ME: _l("It is about me, by name"),
    ReportReason.INSULT: _l("Insult or threat"),
    ReportReason.HATE: _l("Hatred against a group"),
    ReportReason.FALSE: _l("It is not true"),
    ReportReason.ADVERTISING: _l("Advertising"),
    ReportReason.UNLAWFUL: _l("Against the law"),
    ReportReason.OTHER: _l("Something else"),
}
ITEMS = {
    "letter": _l("Letter"),
    "revision": _l("New version"),
    "claim": _l("Claim of a business"),
    "objection": _l("Objection to a proof"),
    "doubted": _l("Look-alike name"),
    "proposed": _l("Proposed name"),
    "answer": _l("Response by mail"),
    "file": _l("File shown to more people"),
    "held": _l("Held comment"),
    "report": _l("Report"),
    "reply": _l("Right of reply"),
    "contest": _l("Contest"),
    "appeal": _l("Appeal against a decision"),
    "data": _l("Request about data"),
    "legal": _l("Legal notice"),
    "order": _l("Order of an authority"),
    "order_objection": _l("Objection to an order"),
}
"""What waits in the one queue; the room that registers a source names it here."""
ORIGINAL_REASONS = {
    OriginalReason.CHECK: _l("To check what it shows"),
    OriginalReason.REPORT: _l("To decide on a report"),
    OriginalReason.COVER: _l("To see what has to be covered"),
    OriginalReason.ORDER: _l("Order of a court or an authority"),
    OriginalReason.RECEIPT: _l("Somebody says that the file was changed"),
}
JOIN_REASONS = {
    JoinReason.SAME_BUSINESS: _l("It is the same business"),
    JoinReason.SPELLING: _l("The name was spelled otherwise"),
    JoinReason.BRAND: _l("It is a brand of the other"),
    JoinReason.TAKEOVER: _l("It was bought, sold or renamed"),
    JoinReason.IMPOSTOR: _l("The name passed for the other"),
    JoinReason.WRONG_BUSINESS: _l("The letter is about another business"),
    JoinReason.WRONG_MERGE: _l("They were merged by mistake"),
}
NAME_KINDS = {
    NameKind.ALIAS: _l("Name in use"),
    NameKind.BRAND: _l("Brand"),
    NameKind.FORMER: _l("Former name"),
    NameKind.LEGAL: _l("Legal name"),
    NameKind.MISSPELLING: _l("Misspelling (found, never shown)"),
}
REPORT_STATES = {
    ReportState.OPEN: _l("Waiting for the editors"),
    ReportState.UPHELD: _l("Upheld: something was done"),
    ReportState.DISMISSED: _l("Dismissed: it stays as it is"),
}
THINGS = {
    ThingKind.LETTER: _l("Letter"),
    ThingKind.COMMENT: _l("Comment"),
    ThingKind.RESPONSE: _l("Official response"),
    ThingKind.ATTACHMENT: _l("Attachment"),
    ThingKind.REPLY: _l("Right of reply"),
}
TIES = {
    Tie.TEAM: _l("The author is or was of its team"),
    Tie.ADDRESS: _l("Signed in from the same network address as somebody of its team"),
    Tie.DEVICE: _l("And from the same kind of device there"),
    Tie.DOMAIN: _l("Mail at the same domain, which is no provider's"),
}
CONTACT_STATES = {
    ContactState.WAITING: _l("Waits until its link is confirmed"),
    ContactState.WORKING: _l("Gets mail"),
    ContactState.FAILED: _l("Does not work: refused by its mail server"),
    ContactState.REFUSED: _l("Somebody there refused mail"),
    ContactState.REMOVED: _l("Removed"),
}
DECISIONS = {
    Kind.LETTER_PUBLISHED: _l("Published"),
    Kind.LETTER_RETURNED: _l("Returned to be mended"),
    Kind.LETTER_REJECTED: _l("Rejected"),
    Kind.LETTER_TAKEN_DOWN: _l("Taken down"),
    Kind.LETTER_REINSTATED: _l("Published again"),
    Kind.REVISION_ACCEPTED: _l("New version accepted"),
    Kind.REVISION_REFUSED: _l("New version refused"),
    Kind.WORDS_REDACTED: _l("Words covered"),
    Kind.WORDS_RESTORED: _l("Covered words shown again"),
    Kind.COMMENT_REDACTED: _l("Words covered by the author of a comment"),
    Kind.RESPONSE_HIDDEN: _l("Official response hidden"),
    Kind.RESPONSE_RESTORED: _l("Official response shown again"),
    Kind.ATTACHMENT_HIDDEN: _l("Attachment hidden"),
    Kind.ATTACHMENT_RESTORED: _l("Attachment shown again"),
    Kind.FILE_AUDIENCE_CHANGED: _l("Audience of a file changed by its author"),
    Kind.FILE_COVERED: _l("Parts of a file covered"),
    Kind.FILE_CHECKED: _l("File checked"),
    Kind.ORIGINAL_OPENED: _l("Original of a file opened"),
    Kind.ORIGINAL_DELETED: _l("Original of a file deleted"),
    Kind.CONTEST_DECIDED: _l("Contest decided"),
    Kind.REPLY_PUBLISHED: _l("Right of reply published"),
    Kind.REPLY_REFUSED: _l("Right of reply refused"),
    Kind.REPLY_HIDDEN: _l("Right of reply hidden"),
    Kind.REPLY_RESTORED: _l("Right of reply shown again"),
    Kind.COMMENT_HIDDEN: _l("Comment hidden"),
    Kind.COMMENT_RESTORED: _l("Comment shown again"),
    Kind.COMMENTS_LOCKED: _l("Comments locked"),
    Kind.COMMENTS_UNLOCKED: _l("Comments opened again"),
    Kind.LETTER_REOPENED: _l("Reviewed once more, after an appeal"),
    Kind.REVISION_REOPENED: _l("New version reviewed once more, after an appeal"),
    Kind.REPORT_REOPENED: _l("Report decided once more, after an appeal"),
    Kind.APPEAL_DECIDED: _l("Appeal decided"),
}
OWN_CHECKS = {
    OwnCheck.CALLED: _l("Called a number from the business's own site"),
    OwnCheck.LETTERHEAD: _l("Looked at a document of the business with its letterhead"),
    OwnCheck.KNOWN_ADDRESS: _l("Found the address where the business publishes it"),
    OwnCheck.OTHER: _l("Another check"),
}
HINTS = {
    HintKind.EMAIL: _l("E-mail address"),
    HintKind.ORDER: _l("Order number"),
    HintKind.TRACKING: _l("Tracking number"),
    HintKind.PHONE: _l("Phone number"),
    HintKind.NIK: _l("Identity number"),
    HintKind.CARD: _l("Card number"),
    HintKind.ACCOUNT: _l("Account number"),
    HintKind.DOCUMENT: _l("Number of an identity paper"),
    HintKind.PLATE: _l("Number plate"),
    HintKind.NAME: _l("Name of a person"),
}
SIGNS = {
    Sign.CRIME: _l("Accuses of a crime: is there a verdict?"),
    Sign.LINK: _l("Link"),
}
RULES = {
    "belongs": _l("What belongs here"),
    "persons": _l("Private persons"),
    "private": _l("Private details"),
    "conduct": _l("Insults, threats, advertising"),
    "once": _l("The same letter twice"),
    "contests": _l("Contests and right of reply"),
}
PROPOSALS: dict[Reason, Callable[[], str]] = {
    Reason.PERSONAL_DATA: lambda: _(
        "It shows private details, such as a phone, account or order number. Our rules ask to cover them, so that nobody can misuse them."
    ),
    Reason.NAMED_PERSON: lambda: _(
        "It accuses a private person by full name. A business may be named; a person, such as a courier or a clerk, is shown by initials only."
    ),
    Reason.INSULT: lambda: _(
        "It holds insults or threats. What happened may be told plainly and sharply, but without words that degrade people."
    ),
    Reason.HATE: lambda: _(
        "It speaks against people for their origin, religion, sex or another trait. Our rules do not allow that."
    ),
    Reason.UNCLEAR: lambda: _(
        "We do not understand yet what happened. Please say what you bought or asked for, when, what went wrong, and what you want now."
    ),
    Reason.NO_BUSINESS: lambda: _(
        "It is not about a product or service of a business or a public office. We publish letters to those only."
    ),
    Reason.DUPLICATE: lambda: _(
        "The same matter has been sent here already. Please add what is new to the first letter, as an update."
    ),
    Reason.ADVERTISING: lambda: _("It advertises a product, a service or a site. Our rules do not allow that."),
    Reason.FALSE: lambda: _(
        "It says something that has been shown to be untrue. You may answer this message with your own evidence."
    ),
    Reason.UNLAWFUL: lambda: _("It holds something that the law does not allow us to show."),
    Reason.ORDER: lambda: _("A court or an authority ordered us to remove it."),
    Reason.OFF_TOPIC: lambda: _("It is not about the matter of this letter."),
    Reason.NOT_CUSTOMER: lambda: _(
        "The business says that you are not its customer, and nothing was shown that says otherwise. A letter needs a deal of its author with the business."
    ),
}

RULE_OF: dict[Reason, str] = {
    Reason.PERSONAL_DATA: "private",
    Reason.NAMED_PERSON: "persons",
    Reason.INSULT: "conduct",
    Reason.HATE: "conduct",
    Reason.UNCLEAR: "belongs",
    Reason.NO_BUSINESS: "belongs",
    Reason.DUPLICATE: "once",
    Reason.ADVERTISING: "conduct",
    Reason.FALSE: "conduct",
    Reason.UNLAWFUL: "conduct",
    Reason.OFF_TOPIC: "belongs",
    Reason.NOT_CUSTOMER: "contests",
}
"""Where on the page of rules it stands; an order of an authority follows from none of ours."""


def reason_words(reason: str | None) -> str:
    """Return a moderator's reason in the reader's language; empty for none or an unknown one."""
    return str(REASONS[Reason(reason)]) if reason in set(Reason) else ""


def original_reason_words(reason: str | None) -> str:
    """Return why a moderator opened the original of a file; empty for none."""
    return str(ORIGINAL_REASONS[OriginalReason(reason)]) if reason in set(OriginalReason) else ""


def report_reason_words(reason: str | None) -> str:
    """Return a reporter's reason in the reader's language; empty for none or an unknown one."""
    return str(REPORT_REASONS[ReportReason(reason)]) if reason in set(ReportReason) else ""


def join_reason_words(value: str) -> str:
    """Return a reason for merging or parting businesses in words, empty when there is none."""
    return str(JOIN_REASONS[JoinReason(value)]) if value in set(JoinReason) else ""


def name_kind_words(value: str) -> str:
    """Return what another name of a business is."""
    return str(NAME_KINDS[NameKind(value)])


def own_check_words(value: str) -> str:
    """Return how a moderator checked who wrote a response, empty where it was not written down."""
    return str(OWN_CHECKS[OwnCheck(value)]) if value in set(OwnCheck) else ""


def removed_by_words(publication: str | None) -> str:
    """Return who removed a letter, told by its state of publication; empty when nobody did."""
    return str({"withdrawn": _("the author"), "taken_down": _("the editors")}.get(publication or "", ""))


def proposal(reason: Reason, language: str | None = None) -> str:
    """Return the text proposed to the moderator for the person concerned, in that person's language, with the rule."""
    return proposed(PROPOSALS[reason], language=language, rule=RULE_OF.get(reason))


def sign_words(kind: str) -> str:
    """Return what a hint is."""
    return str(SIGNS[Sign(kind)]) if kind in set(Sign) else str(HINTS[HintKind(kind)])


def rule_words(anchor: str) -> str:
    """Return what a rule of the page of rules is about."""
    return str(RULES[anchor])


def decided_words(kind: Kind) -> str:
    """Return what moderators decided."""
    return str(DECISIONS[kind])


def item_words(kind: str) -> str:
    """Return what an item of the one queue is."""
    return str(ITEMS.get(kind, kind))
