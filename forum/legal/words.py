"""Closed lists of legal matters in the reader's language, and what each demand means for an author."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.core.sentences import sentences
from forum.legal.lifecycle import Demand, NoticeOutcome, NoticeState, Sender

SENDERS = {Sender.BUSINESS: _l("a business"), Sender.PERSON: _l("a person")}
DEMANDS = {
    Demand.REMOVE: _l("Remove it"),
    Demand.CORRECT: _l("Correct it"),
    Demand.APOLOGISE: _l("Apologise"),
    Demand.IDENTITY: _l("Say who wrote it"),
    Demand.DAMAGES: _l("Pay damages"),
}
MEANS = {
    Demand.REMOVE: _l(
        "They want it taken away. A demand alone takes nothing away here: it stays while the editors look at it, unless a court or an authority orders otherwise."
    ),
    Demand.CORRECT: _l(
        "They say that something in it is wrong. If they are right, propose a change; if not, keep what proves it."
    ),
    Demand.APOLOGISE: _l(
        "They ask for an apology. Whether you give one is yours to decide; nobody here does it in your name."
    ),
    Demand.IDENTITY: _l(
        "They want to know who you are. We do not say it on a demand. Only an order of a court, the police or another authority with this power, confirmed by two moderators, can change that, and you are told of it as soon as the law allows."
    ),
    Demand.DAMAGES: _l(
        "They ask for money. A demand is not a judgment: only a court can decide that you owe anything."
    ),
}
STATES = {
    NoticeState.RECEIVED: _l("Waits for our answer"),
    NoticeState.ANSWERED: _l("Answered"),
    NoticeState.CLOSED: _l("Closed"),
}
OUTCOMES = {
    NoticeOutcome.STANDS: _l("It stays as it is"),
    NoticeOutcome.REFERRED: _l("Referred to the contest in place or the right of reply"),
    NoticeOutcome.CORRECTED: _l("Its author corrected it"),
    NoticeOutcome.COVERED: _l("Words were covered"),
    NoticeOutcome.REMOVED: _l("It was taken down"),
    NoticeOutcome.ORDER_NEEDED: _l("An identity is given out on an order alone"),
    NoticeOutcome.WITHDRAWN: _l("Taken back by its sender"),
}


def demand_words(value: str) -> str:
    """Return what is demanded, none for an unknown value."""
    return str(DEMANDS[Demand(value)]) if value in set(Demand) else ""


def demand_means(value: str) -> str:
    """Return what a demand means for an author, none for an unknown value."""
    return str(MEANS[Demand(value)]) if value in set(Demand) else ""


def state_words(value: str) -> str:
    """Return where a notice stands."""
    return str(STATES[NoticeState(value)]) if value in set(NoticeState) else ""


def outcome_words(value: str | None) -> str:
    """Return how a notice was answered; none while there is no answer."""
    return str(OUTCOMES[NoticeOutcome(value)]) if value in set(NoticeOutcome) else ""


sentences(
    {
        "another_handles": lambda _facts: _("You have a part in this matter. Another moderator handles it."),
        "nobody_handles": lambda _facts: _(
            "You have a part in this matter, and there is no other moderator who could handle it. It waits: ask an administrator to appoint one."
        ),
        "sender_needed": lambda _facts: _("Please choose who sends it."),
        "demands_needed": lambda _facts: _("Please tick at least one demand."),
        "things_needed": lambda facts: _(
            "Please paste at least one address of a letter or comment, %(most)s at most, each on a line of its own.",
            most=facts["most"],
        ),
        "things_unfit": lambda facts: _(
            "Line %(number)s is no address of a letter or comment of this site.", number=facts["number"]
        ),
        "business_unfit": lambda _facts: _("This is no address of a business's page of this site."),
        "outcome_needed": lambda _facts: _("Please choose how it is answered."),
        "hold_over": lambda _facts: _("This hold is released already."),
    }
)
