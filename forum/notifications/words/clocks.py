"""What the clock itself tells: reminders to the business with the days due, and to the author what is late or about to lapse."""

from collections.abc import Callable
from datetime import date

from flask_babel import gettext as _

from forum.config import settings
from forum.core import formats
from forum.core.clock import local_date
from forum.notifications.subjects import Subject, about
from forum.notifications.words.business import new_letter
from forum.notifications.words.form import Words, letter, path, title


def _day(s: Subject, name: str) -> date | None:
    """The date in the event's data, None when it is not there."""
    text = s.data(name)
    return date.fromisoformat(text) if text else None


def _limit(s: Subject) -> int:
    return settings().clock_days(s.letter.category if s.letter is not None else "")[1]


def _reminder(s: Subject) -> Words:
    if s.case is not None and s.case.waits:
        return new_letter(s)
    due, told = _day(s, "due"), local_date(s.event.at, settings().time_zone)
    more = [
        _(
            "%(day)s of %(last)s working days have passed. The page shows this to every reader.",
            day=s.data("used") or s.data("day"),
            last=_limit(s),
        )
    ]
    received = _day(s, "acknowledge")
    if received is not None and received >= told:
        more.append(
            _(
                "By %(date)s it should say at least that you have received it; one button does.",
                date=formats.day(received),
            )
        )
    if due is not None and due == told:
        more.append(_("Today is the last day to answer in time."))
    elif due is not None and due > told:
        more.append(_("The last day to answer in time is %(date)s.", date=formats.day(due)))
    elif due is not None:
        more.append(_("The last day to answer in time was %(date)s.", date=formats.day(due)))
    return Words(
        _("The letter “%(title)s” about %(business)s still waits for an answer.", title=title(s), business=s.business),
        tuple(more),
        path=path("responses.respond", case_id=s.case.id) if s.case is not None else letter(s),
        button=_("Send an official response"),
    )


def _question_reminder(s: Subject) -> Words:
    question = about(s.event, "question")
    until = _day(s, "until")
    return Words(
        _("%(business)s still waits for your answer about “%(title)s”.", business=s.business, title=title(s)),
        (_("The days for it end on %(date)s. Then its clock runs on without your answer.", date=formats.day(until)),),
        path=letter(s, f"question-{question}" if question else ""),
        button=_("Answer the question"),
    )


def _untold(s: Subject) -> Words:
    return Words(
        _("Nobody of %(business)s could be told of your letter “%(title)s” so far.", business=s.business, title=title(s)),
        (
            _(
                "%(days)s working days have passed since it was published. They are not counted against the business, and the page "
                "says so; its days to answer begin when somebody there can be told. Do you know an address? Write to the editors.",
                days=s.data("day"),
            ),
            _("With the hand-over pack you can turn to a body outside this site all the same."),
        ),
        path=path("handover.pack", case_id=s.event.case_id),
        button=_("Take the hand-over pack"),
    )


def _overdue(s: Subject) -> Words:
    if s.event.data.get("untold"):
        return _untold(s)
    return Words(
        _("%(business)s has not answered your letter “%(title)s” in time.", business=s.business, title=title(s)),
        (
            _(
                "The %(days)s working days to answer have passed without an answer that counts. The page says so to every reader.",
                days=_limit(s),
            ),
            _(
                "You can take a hand-over pack now: a dated document with your letter, its versions, the evidence, what was "
                "said and the count of days, for the body that is competent for it."
            ),
        ),
        path=path("handover.pack", case_id=s.event.case_id),
        button=_("Take the hand-over pack"),
    )


def _very_late(s: Subject) -> Words:
    if s.event.data.get("untold"):
        return _untold(s)
    return Words(
        _("%(business)s is very late with an answer to your letter “%(title)s”.", business=s.business, title=title(s)),
        (
            _("Working day %(days)s has begun without an answer that counts.", days=s.data("day")),
            _(
                "With the hand-over pack you can turn to a body outside this site. Its page says which ones, and what each "
                "wants you to have done first."
            ),
        ),
        path=path("handover.pack", case_id=s.event.case_id),
        button=_("Take the hand-over pack"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "reminder": _reminder,
    "question_reminder": _question_reminder,
    "overdue": _overdue,
    "very_late": _very_late,
}
