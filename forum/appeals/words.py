"""Decisions and appeals in the reader's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.appeals.lifecycle import AppealState
from forum.core.events import Event, Kind
from forum.core.sentences import sentences
from forum.merchants.words import refusal_words
from forum.moderation.words import reason_words
from forum.people.words import sanction_reason_words, sanction_words
from forum.redactions.words import reason_words as redaction_reason_words

STATES = {
    AppealState.OPEN: _l("waits for a decision"),
    AppealState.GRANTED: _l("granted: the decision is undone"),
    AppealState.REFUSED: _l("refused: the decision stays"),
}
DECISIONS = {
    Kind.LETTER_RETURNED: _l("A letter was returned to be mended"),
    Kind.LETTER_REJECTED: _l("A letter was not accepted"),
    Kind.LETTER_TAKEN_DOWN: _l("A letter was taken down"),
    Kind.REVISION_REFUSED: _l("A new version was refused"),
    Kind.COMMENTS_LOCKED: _l("The comments of a letter were locked"),
    Kind.COMMENT_HIDDEN: _l("A comment was hidden"),
    Kind.RESPONSE_HIDDEN: _l("An official response was hidden"),
    Kind.ATTACHMENT_HIDDEN: _l("A file was hidden"),
    Kind.FILE_COVERED: _l("Parts of a file were covered"),
    Kind.WORDS_REDACTED: _l("Words were covered"),
    Kind.REPORT_DECIDED: _l("A report was dismissed"),
    Kind.CLAIM_REFUSED: _l("A claim of a business was refused"),
    Kind.SANCTION_GIVEN: _l("A measure about an account"),
}

sentences(
    {
        "appeal_late": lambda _facts: _("The days to appeal against this decision are over."),
        "decision_over": lambda _facts: _("This decision does not hold any more, so there is nothing to appeal against."),
        "appealed_already": lambda _facts: _("There is an appeal against this decision already. There is one for each side."),
    }
)


def decision_words(event: Event) -> str:
    """Return what was decided: one line without the name of anybody."""
    if event.kind is Kind.SANCTION_GIVEN:
        return sanction_words(str(event.data.get("sanction")), event.data.get("scope"))
    return kind_words(event.kind)


def kind_words(kind: Any) -> str:
    """Return the words for a kind of decision, none for one that cannot be appealed."""
    return str(DECISIONS[Kind(kind)]) if kind in set(Kind) and Kind(kind) in DECISIONS else ""


def decision_reason_words(event: Event) -> str:
    """Return the reason of a decision, of whichever closed list it is."""
    reason = event.data.get("reason")
    if event.kind is Kind.SANCTION_GIVEN:
        return sanction_reason_words(reason)
    if event.kind is Kind.WORDS_REDACTED:
        return str(redaction_reason_words(reason))
    if event.kind is Kind.CLAIM_REFUSED:
        return str(refusal_words(reason))
    return "" if event.kind is Kind.REPORT_DECIDED else str(reason_words(reason))
