"""What moderators are told."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.config import settings
from forum.notifications.subjects import Subject, about
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


def _data_alarm(s: Subject) -> Words:
    return Words(
        _("A request of a person about their own data has waited for half of its time."),
        (_("The law gives %(hours)s hours in all.", hours=settings().data_request_hours),),
        path=path("privacy.review", request_id=about(s.event, "data_request") or 0),
        button=_("Open it on the desk"),
    )


def _report_alarm(s: Subject) -> Words:
    kind, _colon, number = (s.event.about or "").partition(":")
    config = settings()
    return Words(
        _(
            "A report about “%(title)s” has waited for more than %(hours)s hours.",
            hours=config.report_hours if s.event.data.get("alarm") == 2 else config.report_alarm_hours,
            title=title(s),
        ),
        (_("It should be decided %(hours)s hours after it came in.", hours=settings().report_hours),),
        path=path("moderation.thing", kind=kind, thing_id=int(number)) if number else path("moderation.reports"),
        button=_("Open it on the desk"),
    )


def _held_alarm(s: Subject) -> Words:
    _kind, _colon, number = (s.event.about or "").partition(":")
    return Words(
        _("A comment on “%(title)s” has been held for more than %(hours)s hours.", title=title(s), hours=settings().held_hours),
        path=path("moderation.held_comment", comment_id=int(number)) if number else path("moderation.held_comments"),
        button=_("Open it on the desk"),
    )


def _claim_started(s: Subject) -> Words:
    return Words(
        _("Somebody says that they speak for %(business)s.", business=s.business),
        (_("Please look at the proof and decide."),),
        path=path("moderation.claim", claim_id=s.claim.id) if s.claim is not None else path("moderation.claims"),
        button=_("Open the claim"),
    )


def _claim_second(s: Subject) -> Words:
    return Words(
        _("A claim on %(business)s was approved once; a second moderator has to look at it.", business=s.business),
        (_("Many letters are about this business, so two moderators decide who speaks for it."),),
        quote=s.data("note"),
        path=path("moderation.claim", claim_id=s.claim.id) if s.claim is not None else path("moderation.claims"),
        button=_("Open the claim"),
    )


def _objection_made(s: Subject) -> Words:
    number = about(s.event, "objection")
    return Words(
        _("Somebody objects to who speaks for %(business)s.", business=s.business),
        (_("Please look at the proof and decide."),),
        path=path("moderation.objection", objection_id=number) if number else path("moderation.objections"),
        button=_("Open the objection"),
    )


def _domain_lost(s: Subject) -> Words:
    return Words(
        _("The domain of %(business)s does not exist any more.", business=s.business),
        (
            _(
                "%(domain)s was not found for a week, so it proves nobody any more. Whoever registers it next must convince a moderator.",
                domain=s.data("domain"),
            ),
        ),
        path=path("moderation.business", merchant_id=s.event.merchant_id or 0),
        button=_("Open the business"),
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
    "to_review_again": _to_review,
    "queue_alarm": _queue_alarm,
    "data_alarm": _data_alarm,
    "report_alarm": _report_alarm,
    "held_alarm": _held_alarm,
    "claim_started": _claim_started,
    "claim_second": _claim_second,
    "objection_made": _objection_made,
    "domain_lost": _domain_lost,
    "answer_waiting": _answer_waiting,
}
