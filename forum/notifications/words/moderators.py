"""What moderators are told."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.config import settings
from forum.notifications.subjects import Subject
from forum.notifications.words.form import Words, path, title


def _desk(s: Subject) -> str:
    return path("moderation.letter", letter_id=s.event.letter_id)


def _to_review(s: Subject) -> Words:
    return Words(
        _("A letter waits for review: “%(title)s”.", title=title(s)), path=_desk(s), button=_("Open it on the desk")
    )


def _queue_alarm(s: Subject) -> Words:
    return Words(
        _(
            "A letter has waited for review for more than %(hours)s hours: “%(title)s”.",
            hours=settings().review_alarm_hours,
            title=title(s),
        ),
        path=_desk(s),
        button=_("Open it on the desk"),
    )


def _report_alarm(s: Subject) -> Words:
    kind, _colon, number = (s.event.about or "").partition(":")
    return Words(
        _(
            "A report about “%(title)s” has waited for more than %(hours)s hours.",
            hours=settings().report_alarm_hours,
            title=title(s),
        ),
        (_("It should be decided %(hours)s hours after it came in.", hours=settings().report_hours),),
        path=path("moderation.thing", kind=kind, thing_id=int(number)) if number else path("moderation.reports"),
        button=_("Open it on the desk"),
    )


def _claim_started(s: Subject) -> Words:
    return Words(
        _("Somebody says that they speak for %(business)s.", business=s.business),
        (_("Please look at the proof and decide."),),
        path=path("moderation.claim", claim_id=s.claim.id) if s.claim is not None else path("moderation.claims"),
        button=_("Open the claim"),
    )


def _answer_waiting(s: Subject) -> Words:
    _kind, _colon, number = (s.event.about or "").partition(":")
    return Words(
        _("An official response to “%(title)s” came by mail and waits for your look.", title=title(s)),
        (_("Its address does not prove by itself that it comes from %(business)s.", business=s.business),),
        path=path("moderation.answer", link_id=int(number)) if number else path("moderation.answers"),
        button=_("Open it on the desk"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "to_review": _to_review,
    "queue_alarm": _queue_alarm,
    "report_alarm": _report_alarm,
    "claim_started": _claim_started,
    "answer_waiting": _answer_waiting,
}
