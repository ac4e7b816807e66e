"""Words of the pack: grounds, days, promises."""

from datetime import date

from babel.dates import format_date
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from forum.config import settings
from forum.core import formats
from forum.core.case_clock import Stop
from forum.handover.counting import Day, Why, is_own_holiday
from forum.letters.clocks import Clock
from forum.responses.lifecycle import PackGround


def ground_words(ground: PackGround, clock: Clock) -> str:
    """Return why the pack may be taken, in words."""
    if ground is PackGround.PROMISE_BROKEN:
        return str(_("A promise of the business was broken"))
    if ground is PackGround.NOT_SOLVED:
        return str(_("Answered, not solved"))
    if ground is PackGround.UNTOLD:
        return str(_("The business could not be told · working day %(used)s since publication", used=clock.used))
    return str(
        _(
            "No answer that counts · working day %(used)s, %(answer)s were allowed",
            used=clock.used,
            answer=clock.answer,
        )
    )


def weekday_words(day: date) -> str:
    """Return the name of the weekday."""
    return format_date(day, "EEEE", locale=str(get_locale() or settings().languages[0]))


def day_words(day: Day, clock: Clock, published: date) -> str:
    """Return why a day counts or not, and which limit it is; day 0 is that of publication or a later one."""
    if day.why is Why.START:
        late = day.day > published
        return str(_("the business learns of the letter: day 0") if late else _("the letter is published: day 0"))
    if day.why is Why.WEEKEND:
        return str(_("weekend"))
    if day.why is Why.HOLIDAY:
        own = is_own_holiday(day.day)
        return str(_("day off, set by the operator") if own else _("public holiday: %(name)s", name=day.holiday))
    if day.why is Why.QUESTION:
        return str(_("the clock stood: the author owed an answer"))
    if day.why is Why.AWAY:
        return str(_("the clock stood: the letter was out of print"))
    limits = {
        clock.acknowledge: _("last working day to acknowledge"),
        clock.answer: _("last working day to answer"),
        clock.answer + 1: _("past the limit"),
        clock.very_late + 1: _("very late"),
    }
    return str(limits.get(day.number, ""))


def stop_words(stop: Stop) -> str:
    """Return what a stop of the clock was, in one sentence."""
    days = ngettext("%(num)d working day", "%(num)d working days", stop.days)
    if stop.away:
        return str(
            _(
                "The letter was out of print from %(since)s to %(last)s: %(days)s.",
                since=formats.day(stop.since),
                last=formats.day(stop.last),
                days=days,
            )
        )
    return str(
        _(
            "Question of %(since)s: the clock stood until %(last)s, %(days)s.",
            since=formats.day(stop.since),
            last=formats.day(stop.last),
            days=days,
        )
    )


def promise_words(state: str) -> str:
    """Return how a promise stands, in words; "" of none."""
    words = {
        "pending": _("not due yet"),
        "due": _("due, the author has not said"),
        "kept": _("kept, says the author"),
        "broken": _("broken, says the author"),
        "unconfirmed": _("due, not confirmed"),
    }
    return str(words[state]) if state else ""
