"""Decisions and appeals in the reader's language."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.appeals.lifecycle import AppealState
from forum.contests.words import finding_words
from forum.core.events import Event, Kind
from forum.core.sentences import sentences
from forum.merchants.words import objection_words, refusal_words
from forum.moderation.words import reason_words
from forum.people.words import sanction_reason_words, sanction_words
from forum.redactions.words import reason_words as redaction_reason_words
from forum.reply.words import refusal_words as reply_refusal_words

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
    Kind.CONTEST_DECIDED: _l("A contest of a letter was decided"),
    Kind.OBJECTION_DECIDED: _l("An objection to a proof was decided"),
    Kind.COMMENT_REFUSED: _l("A comment was not published"),
    Kind.REPLY_REFUSED: _l("A right of reply was not published"),
    Kind.ANSWER_DECIDED: _l("A response by mail was not published"),
}
ENDS = {
    (Kind.CONTEST_DECIDED, "upheld"): _l("A contest of a letter was upheld"),
    (Kind.CONTEST_DECIDED, "rejected"): _l("A contest of a letter was rejected"),
    (Kind.OBJECTION_DECIDED, "upheld"): _l("A proof was withdrawn after an objection"),
    (Kind.OBJECTION_DECIDED, "dismissed"): _l("An objection to a proof was dismissed"),
}
REASONS: dict[Kind, Callable[[Any], Any]] = {
    Kind.SANCTION_GIVEN: sanction_reason_words,
    Kind.WORDS_REDACTED: redaction_reason_words,
    Kind.CLAIM_REFUSED: refusal_words,
    Kind.CONTEST_DECIDED: finding_words,
    Kind.OBJECTION_DECIDED: objection_words,
    Kind.REPLY_REFUSED: reply_refusal_words,
    Kind.REPORT_DECIDED: lambda _reason: "",
    Kind.ANSWER_DECIDED: lambda _reason: "",
}
"""The closed list of the reasons of a decision, where it is not the moderators' own of a removal."""

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
    end = ENDS.get((event.kind, str(event.data.get("decision"))))
    return kind_words(event.kind) if end is None else str(end)


def kind_words(kind: Any) -> str:
    """Return the words for a kind of decision, none for one that cannot be appealed."""
    return str(DECISIONS[Kind(kind)]) if kind in set(Kind) and Kind(kind) in DECISIONS else ""


def decision_reason_words(event: Event) -> str:
    """Return the reason of a decision, of whichever closed list it is."""
    return str(REASONS.get(event.kind, reason_words)(event.data.get("reason")))
