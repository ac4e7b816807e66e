"""What stands in a letter's closed lists, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.config import settings
from forum.letters.lifecycle import LetterKind, MarkReason, NameShown, WritesAs
from forum.letters.models import DETAILS
from forum.letters.places import PROVINCES

MARK_REASONS = {
    MarkReason.PERSONAL_DATA: _l("Private details: leave them out, or cover them"),
    MarkReason.NAMED_PERSON: _l("A private person by name: initials are enough"),
    MarkReason.CRIME: _l("Accuses of a crime without a verdict: say what happened instead"),
    MarkReason.INSULT: _l("Insult or threat"),
    MarkReason.UNCLEAR: _l("Not clear: what, when, how much?"),
    MarkReason.UNPROVED: _l("Needs evidence, or what you saw yourself"),
    MarkReason.ADVERTISING: _l("Advertising"),
    MarkReason.OFF_TOPIC: _l("Does not belong to the matter"),
    MarkReason.UNLAWFUL: _l("Against the law"),
}


def mark_reason_words(value: str) -> str:
    """Return why a passage was marked."""
    return str(MARK_REASONS[MarkReason(value)])


def kind_words(kind: LetterKind) -> str:
    """Return what the letter is."""
    words = {
        LetterKind.COMPLAINT: _("Complaint"),
        LetterKind.QUESTION: _("Question"),
        LetterKind.REQUEST: _("Request"),
        LetterKind.PRAISE: _("Praise"),
    }
    return str(words[kind])


def writes_as_words(part: WritesAs) -> str:
    """Return in which part the author writes."""
    words = {
        WritesAs.CONSUMER: _("Consumer"),
        WritesAs.SELLER: _("Seller"),
        WritesAs.CUSTOMER: _("Bank or insurance customer"),
        WritesAs.OTHER: _("Other"),
    }
    return str(words[part])


def name_shown_words(choice: NameShown, full: str, short: str) -> str:
    """Return how the author's name would be printed."""
    if choice is NameShown.FULL:
        return str(_("Full name: %(name)s", name=full) if full else _("Full name"))
    return str(_("Initials: %(name)s", name=short) if short else _("Initials"))


def detail_words(name: str) -> str:
    """Return the name of a private field of a case."""
    words = dict(
        zip(
            DETAILS,
            (
                _("Order number"),
                _("Tracking number"),
                _("Ticket number"),
                _("Customer number"),
                _("Phone number"),
            ),
            strict=True,
        )
    )
    return str(words[name])


def place_words(letter: Any) -> str:
    """Return the place line: "Surabaya, Jawa Timur", or what there is of it."""
    province = PROVINCES[letter.province].name if letter.province else ""
    return ", ".join(part for part in (letter.place, province) if part)


def review_words() -> str:
    """Return the time in which a moderator reads a letter, as words for a sentence: "1 working day"."""
    return str(ngettext("%(num)s working day", "%(num)s working days", settings().review_days))
