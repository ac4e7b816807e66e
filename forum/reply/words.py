"""The closed lists of the right of reply in words."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.core.proposing import proposed
from forum.reply.lifecycle import Refusal, ReplyState

REFUSALS = {
    Refusal.NOT_NAMED: _l("The letter does not speak of this person"),
    Refusal.NO_ANSWER: _l("It answers nothing that the letter says"),
    Refusal.OTHERS_DATA: _l("It shows private details of somebody else"),
    Refusal.INSULT: _l("Insult or threat"),
    Refusal.ADVERTISING: _l("Advertising"),
    Refusal.UNLAWFUL: _l("Against the law"),
    Refusal.FOR_BUSINESS: _l("It speaks for a business"),
}
PROPOSALS: dict[Refusal, Callable[[], str]] = {
    Refusal.NOT_NAMED: lambda: _("The right of reply is for people of whom the letter speaks. We do not find you in it. Please tell us which words are about you."),
    Refusal.NO_ANSWER: lambda: _("The right of reply answers what the letter says of you. Please write to that, and send it again."),
    Refusal.OTHERS_DATA: lambda: _("It shows private details of somebody else. Please leave them out and send it again; we change no word ourselves."),
    Refusal.INSULT: lambda: _("It holds insults or threats. Please say what happened without them, and send it again."),
    Refusal.ADVERTISING: lambda: _("It advertises something. Please leave that out and send it again."),
    Refusal.UNLAWFUL: lambda: _("It holds something that the law does not allow us to show. Please leave that out and send it again."),
    Refusal.FOR_BUSINESS: lambda: _("A business answers by an official response under the letter. The right of reply is for people in their own name."),
}
STATES = {
    ReplyState.UNPROVEN: _l("Waiting for you to confirm it"),
    ReplyState.WAITING: _l("Waiting for the editors"),
    ReplyState.PUBLISHED: _l("Published under the letter"),
    ReplyState.REFUSED: _l("Not published"),
    ReplyState.WITHDRAWN: _l("Taken back"),
}


def refusal_words(value: str | None) -> str:
    """Return why it is not published; empty for none."""
    return str(REFUSALS[Refusal(value)]) if value in set(Refusal) else ""


def proposal(why: Refusal, language: str | None = None) -> str:
    """Return the text proposed to the moderator for the writer, in the writer's language, with the rule."""
    return proposed(PROPOSALS[why], language=language, rule="contests")
