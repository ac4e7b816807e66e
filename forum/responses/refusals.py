"""Why something of a response, a question or an outcome was refused, in words."""

from collections.abc import Callable, Iterable
from typing import Any

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from forum.core.formats import number
from forum.responses.words import private_words


def _listed(parts: Iterable[Any]) -> str:
    return format_list([str(part) for part in parts], locale=get_locale())


def _guarded(facts: dict[str, Any]) -> str:
    return str(
        _(
            "Not published: this holds a private detail (%(what)s). Please take it out and send again; "
            "readers must not see it. All your words are still here.",
            what=_listed(private_words(kind) for kind in facts.get("kinds") or (facts.get("kind") or "order",)),
        )
    )


def _empty(facts: dict[str, Any]) -> str:
    missing = {
        "found": _("what you found"),
        "done": _("what you did or will do"),
        "when": _("when"),
    }
    said = [
        _(
            "This holds courtesies and stock phrases only: %(words)s words of its own are left, %(least)s are needed.",
            words=facts.get("words", 0),
            least=facts.get("least", 0),
        )
    ]
    if facts.get("stock"):
        said.append(_("Not counted: %(phrases)s.", phrases=", ".join(f"“{one}”" for one in facts["stock"])))
    lacks = _listed(missing[one] for one in facts.get("missing") or missing)
    said.append(_("Please say %(lacks)s: readers and the author want to know.", lacks=lacks))
    return " ".join(map(str, said))


REFUSALS: dict[str, Callable[[dict[str, Any]], str]] = {
    "guard_stopped": _guarded,
    "no_substance": _empty,
    "how_missing": lambda _facts: _("Please fill this in: it belongs to what was done."),
    "not_done_yet": lambda _facts: _("This day has not come: what is still to be done is a promise, in the field below."),
    "how_day": lambda _facts: _("This is not a day that we can show."),
    "rupiah": lambda _facts: _("Please write whole rupiah, for example 1.250.000."),
    "promise_done_before": lambda _facts: _("It was said before that this promise is done."),
    "promise_not_due": lambda _facts: _("The day of the promise has not come yet."),
    "no_promise": lambda _facts: _("Nothing was promised here."),
    "proposed_before": lambda _facts: _("With this response it was proposed once already. The author decides."),
    "nothing_to_propose": lambda _facts: _("This case cannot be proposed as solved now."),
    "proposal_answered": lambda _facts: _(
        "You answered this already. You can still change how it ended on the page."
    ),
    "no_phone": lambda _facts: _("Please write one phone number, with 7 to 13 digits."),
    "too_many_numbers": lambda facts: _("At most %(most)s numbers fit.", most=facts["most"]),
    "length": lambda facts: _(
        "Between %(least)s and %(most)s characters, please.", least=number(facts["least"]), most=number(facts["most"])
    ),
    "promise_half": lambda _facts: _("A promise needs both: what is promised, and by which day."),
    "promise_due": lambda _facts: _("The day of a promise lies in the future, at most one year from now."),
    "questions_used": lambda facts: _(
        "%(most)s questions were asked in this case already; more would let the clock stand without end. Please answer now.",
        most=facts["most"],
    ),
    "no_question": lambda _facts: _(
        "This asks nothing that the author could answer. A question lets the clock stand, so please say what you need to know."
    ),
    "question_over": lambda _facts: _(
        "This question is closed: it was answered, or its days are over. You can still add an update to your letter."
    ),
    "outcome_over": lambda facts: _(
        "The %(days)s days in which the outcome could be said are over.", days=facts["days"]
    ),
    "no_such_response": lambda _facts: _("The response to correct does not belong to this case."),
}
