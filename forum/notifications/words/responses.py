"""What authors and businesses are told of responses beyond the first: uniform ones, proofs, promises, proposals."""

from collections.abc import Callable
from datetime import date

from flask_babel import gettext as _

from forum.config import settings
from forum.core import formats
from forum.notifications.subjects import Subject, about
from forum.notifications.words.form import Words, letter, path, title
from forum.responses.lifecycle import PromiseVerdict


def _of_response(s: Subject) -> str:
    number = about(s.event, "response")
    return letter(s, f"response-{number}" if number else f"case-{s.event.case_id}")


def _response_uniform(s: Subject) -> Words:
    return Words(
        _("%(business)s answered your letter “%(title)s” with the words it sent to many.", business=s.business, title=title(s)),
        (_("This does not answer the case: its clock runs on until the business adds something special."),),
        path=_of_response(s),
        button=_("Read the response"),
    )


def _response_counts(s: Subject) -> Words:
    return Words(
        _("The response of %(business)s to “%(title)s” counts as its answer now.", business=s.business, title=title(s)),
        (_("The editors decided so. How it ended, only you can say."),),
        quote=s.data("message"),
        path=_of_response(s),
        button=_("Read the response"),
    )


def _proof_asked(s: Subject) -> Words:
    return Words(
        _("%(business)s says that you are not its customer: “%(title)s”.", business=s.business, title=title(s)),
        (
            _(
                "Please give one proof within %(days)s days: an order number, the day of the purchase or a receipt. Only the "
                "business and the editors see it. Without any, that response stands as its answer.",
                days=settings().question_days,
            ),
        ),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("Give the proof"),
    )


def _response_stands(s: Subject) -> Words:
    return Words(
        _("Without a proof the response of %(business)s to “%(title)s” stands.", business=s.business, title=title(s)),
        (_("How it ended, only you can say."),),
        path=_of_response(s),
        button=_("Read the response"),
    )


def _promise(s: Subject) -> str:
    number = about(s.event, "response")
    return path("responses.judge", response_id=number) if number else letter(s)


def _promise_done(s: Subject) -> Words:
    return Words(
        _("%(business)s says that it did what it promised: “%(title)s”.", business=s.business, title=title(s)),
        (_("Was the promise kept? Only you can say so."),),
        path=_promise(s),
        button=_("Say whether it was kept"),
    )


def _promise_asked(s: Subject) -> Words:
    return Words(
        _("Did %(business)s keep its promise? It is about “%(title)s”.", business=s.business, title=title(s)),
        (_("Only you can say so. Without your word the page says: unconfirmed."),),
        path=_promise(s),
        button=_("Say whether it was kept"),
    )


def _solved_proposed(s: Subject) -> Words:
    number = about(s.event, "response")
    return Words(
        _("%(business)s proposes that “%(title)s” is solved. Is it?", business=s.business, title=title(s)),
        (_("You are asked once. Your silence is never taken as a yes."),),
        path=path("responses.answer_proposal", response_id=number) if number else letter(s),
        button=_("Answer yes, partly or no"),
    )


def _response_counted(s: Subject) -> Words:
    return Words(
        _("The editors let your response to “%(title)s” count.", title=title(s)),
        quote=s.data("message"),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


def _promise_reminder(s: Subject) -> Words:
    due = s.data("due")
    day = formats.day(date.fromisoformat(due)) if due else ""
    number = about(s.event, "response")
    return Words(
        _("%(business)s promised something by %(date)s: “%(title)s”.", business=s.business, date=day, title=title(s)),
        (_("The author will be asked whether it was kept. When it is done, say so on the page."),),
        path=path("responses.say_done", response_id=number) if number else letter(s),
        button=_("Say that it is done"),
    )


def _promise_judged(s: Subject) -> Words:
    kept = s.data("verdict") == PromiseVerdict.KEPT
    return Words(
        _("The author of “%(title)s” says that your promise was kept.", title=title(s))
        if kept
        else _("The author of “%(title)s” says that your promise was broken.", title=title(s)),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "response_uniform": _response_uniform,
    "response_counts": _response_counts,
    "response_counted": _response_counted,
    "proof_asked": _proof_asked,
    "response_stands": _response_stands,
    "promise_done": _promise_done,
    "promise_reminder": _promise_reminder,
    "promise_asked": _promise_asked,
    "promise_judged": _promise_judged,
    "solved_proposed": _solved_proposed,
}
