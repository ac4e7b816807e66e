"""What representatives and contact addresses of a business are told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from flask_babel import gettext as _

from forum.config import settings
from forum.core import formats
from forum.core.clock import utcnow
from forum.letters.clocks import clock
from forum.letters.lifecycle import Outcome
from forum.notifications.subjects import Subject
from forum.notifications.words.form import Words, letter, path, reason, title
from forum.responses.actions.mailed import LINK_LIFE
from forum.responses.words import outcome_words

LATE = timedelta(days=2)  # after publication: told by then, it is no news


def _respond(s: Subject) -> str:
    return path("responses.respond", case_id=s.case.id) if s.case is not None else letter(s)


def _category(s: Subject) -> str:
    return s.letter.category if s.letter is not None else ""


def _days(s: Subject) -> int:
    return settings().clock_days(_category(s))[1]


def _due(s: Subject) -> str:
    case = s.case
    if case is None or case.started_at is None:
        return ""
    return formats.day(clock(_category(s), case.started_at, s.event.at).due)


def by_link(words: Words, token: str) -> Words:
    """Return the words with the link that opens the response form without an account."""
    return replace(
        words,
        more=(
            *words.more,
            _(
                "The button opens the letter and the form for your response without an account. It works once, for %(days)s days. "
                "Whoever holds the link can answer in the name of the business: please pass it only to the person who does.",
                days=LINK_LIFE.days,
            ),
        ),
        path=path("responses.mailed", token=token),
    )


def _told_late(s: Subject) -> bool:
    case = s.case
    return case is not None and case.started_at is not None and utcnow() - case.started_at > LATE


def _new_letter(s: Subject) -> Words:
    due = _due(s)
    if _told_late(s) and s.case is not None:
        return Words(
            _("A letter about %(business)s is published: “%(title)s”.", business=s.business, title=title(s)),
            (
                _(
                    "It was published on %(date)s; until now we knew no working address of the business. The page says so.",
                    date=formats.day(s.case.started_at),
                ),
                _("An official response costs nothing, is never edited, and stands with the letter for good."),
            ),
            path=_respond(s),
            button=_("Send an official response"),
        )
    terms = (
        _("You have %(days)s working days to answer, until %(date)s.", days=_days(s), date=due)
        if due
        else _("You have %(days)s working days to answer.", days=_days(s))
    )
    return Words(
        _("A letter about %(business)s is published: “%(title)s”.", business=s.business, title=title(s)),
        (
            terms,
            _("An official response costs nothing, is never edited, and stands with the letter for good."),
        ),
        path=_respond(s),
        button=_("Send an official response"),
    )


def _reminder(s: Subject) -> Words:
    day, last = s.data("day"), _days(s)
    return Words(
        _("The letter “%(title)s” about %(business)s still waits for an answer.", title=title(s), business=s.business),
        (
            _(
                "%(day)s working days have passed since it was published; %(last)s are allowed. The page shows this to every reader.",
                day=day,
                last=last,
            ),
        ),
        path=_respond(s),
        button=_("Send an official response"),
    )


def _question_answered(s: Subject) -> Words:
    return Words(
        _("The author answered your question about “%(title)s”.", title=title(s)),
        (_("The clock runs again."),),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("Read the answer"),
    )


def _outcome_set(s: Subject) -> Words:
    said = s.data("outcome")
    return Words(
        _(
            "The author of “%(title)s” says how it ended: %(outcome)s.",
            title=title(s),
            outcome=outcome_words(Outcome(said)) if said in set(Outcome) else said,
        ),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


def _outcome_reopened(s: Subject) -> Words:
    return Words(
        _("The author opened “%(title)s” again.", title=title(s)),
        (_("What you answered stands; you may answer once more."),),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


def _update_added(s: Subject) -> Words:
    return Words(
        _("The author added an update to “%(title)s”.", title=title(s)),
        path=letter(s, (s.event.about or "").replace(":", "-")),
        button=_("Read the update"),
    )


def _response_hidden(s: Subject) -> Words:
    return Words(
        _("Your official response to “%(title)s” was hidden.", title=title(s)),
        reason(s),
        quote=s.data("message"),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


def _response_restored(s: Subject) -> Words:
    return Words(
        _("Your official response to “%(title)s” is shown again.", title=title(s)),
        quote=s.data("message"),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


def _answer_decided(s: Subject) -> Words:
    approved = s.data("decision") == "approved"
    return Words(
        _("Your official response to “%(title)s” is published.", title=title(s))
        if approved
        else _("Your official response to “%(title)s” was not published.", title=title(s)),
        (_("A moderator checked that it comes from %(business)s.", business=s.business),)
        if approved
        else (
            _("A moderator could not see that it comes from %(business)s, or it cannot stand as it is.", business=s.business),
            _("You can still answer with an account, and prove there that you speak for the business."),
        ),
        quote=s.data("message"),
        path=letter(s, f"case-{s.event.case_id}") if approved else path("responses.respond", case_id=s.event.case_id),
        button=_("See the letter") if approved else _("Send an official response"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "new_letter": _new_letter,
    "reminder": _reminder,
    "question_answered": _question_answered,
    "outcome_set": _outcome_set,
    "outcome_reopened": _outcome_reopened,
    "update_added": _update_added,
    "response_hidden": _response_hidden,
    "response_restored": _response_restored,
    "answer_decided": _answer_decided,
}
