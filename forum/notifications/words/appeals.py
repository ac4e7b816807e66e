"""What people are told of appeals, of measures about their account and of what takes two persons; and the way to appeal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from forum.accounts.rights import Standing
from forum.appeals.decisions import kinds
from forum.appeals.lifecycle import AppealState
from forum.appeals.models import last_moment
from forum.appeals.words import kind_words
from forum.config import settings
from forum.core.events import Kind, Role
from forum.core.formats import moment
from forum.moderation.lifecycle import ReportState
from forum.notifications.audiences_of_appeals import report_of
from forum.notifications.subjects import Subject, about
from forum.notifications.words.form import Words, path
from forum.people.lifecycle import SanctionKind
from forum.people.words import request_words, sanction_reason_words, sanction_words, standing_words

TELLS_DECISION = {
    "returned",
    "rejected",
    "taken_down",
    "revision_refused",
    "words_redacted",
    "attachment_hidden",
    "file_covered",
    "comment_hidden",
    "comments_locked",
    "response_hidden",
    "claim_refused",
    "report_decided",
    "sanctioned",
}
"""Notices by which somebody learns of a decision that they may appeal against."""


def with_appeal(words: Words, kind: str, s: Subject) -> Words:
    """Add the way to appeal, with its last day, to the notice of a decision."""
    event = s.event
    if kind not in TELLS_DECISION or event.role is not Role.MODERATOR or event.kind not in kinds():
        return words
    way = path("appeals.decision", event_id=event.id)
    if event.kind is Kind.REPORT_DECIDED:
        if s.data("decision") != ReportState.DISMISSED:
            return words
        if s.report is not None and s.report.reporter_id is None:
            way = path("appeals.of_report", number=s.report.number)
    elif s.reader.is_guest or s.event.data.get("off"):
        return words
    last = _("You can appeal until %(moment)s: another moderator decides.", moment=moment(last_moment(event)))
    return replace(words, more=(*words.more, last), appeal=way, appeal_button=_("Appeal"))


def _until(s: Subject) -> tuple[str, ...]:
    if s.data("sanction") == SanctionKind.WARNING:
        return (_("It takes nothing away. If it happens again, a limit or a suspension may follow."),)
    until = s.data("until")
    if not until:
        return (_("It holds until the editors lift it."),)
    return (_("It holds until %(moment)s and ends by itself.", moment=moment(datetime.fromisoformat(until))),)


def _sanctioned(s: Subject) -> Words:
    kept: tuple[str, ...] = ()
    if s.data("sanction") == SanctionKind.SUSPENSION:
        kept = (_("You can still read, reach your own letters and data, and appeal."),)
    return Words(
        _("A decision of the editors about your account: %(what)s.", what=sanction_words(s.data("sanction"), s.data("scope"))),
        (_("Reason: %(reason)s", reason=sanction_reason_words(s.data("reason"))), *_until(s), *kept),
        quote=s.data("message"),
        path=path("people.sanctions"),
        button=_("Read the decision"),
    )


def _lifted(s: Subject) -> Words:
    return Words(
        _("The editors lifted this about your account: %(what)s.", what=sanction_words(s.data("sanction"), None)),
        quote=s.data("message"),
        path=path("people.sanctions"),
        button=_("See it"),
    )


def _decision(s: Subject) -> str:
    return path("appeals.decision", event_id=int(s.event.data.get("decision_id") or 0))


def _appeal_made(s: Subject) -> Words:
    return Words(
        _("We received your appeal: %(decision)s.", decision=kind_words(s.data("decision"))),
        (_("Another moderator than the first decides within %(days)s days.", days=settings().appeal_decision_days),),
        path=_decision(s),
        button=_("See the appeal"),
    )


def _appeal_waits(s: Subject) -> Words:
    return Words(
        _("An appeal waits: %(decision)s.", decision=kind_words(s.data("decision"))),
        (_("It should be decided within %(days)s days.", days=settings().appeal_decision_days),),
        path=path("appeals.judge", appeal_id=about(s.event, "appeal") or 0),
        button=_("Open it on the desk"),
    )


def _appeal_alarm(s: Subject) -> Words:
    return Words(
        _("An appeal has waited for more than %(days)s days.", days=settings().appeal_alarm_days),
        (_("It should be decided within %(days)s days.", days=settings().appeal_decision_days),),
        path=path("appeals.judge", appeal_id=about(s.event, "appeal") or 0),
        button=_("Open it on the desk"),
    )


def _appeal_decided(s: Subject) -> Words:
    what = kind_words(s.data("decision"))
    line = (
        _("Your appeal is granted, the decision undone: %(decision)s.", decision=what)
        if s.data("outcome") == AppealState.GRANTED
        else _("Your appeal is refused, the decision stays: %(decision)s.", decision=what)
    )
    alone = (_("The site had only one moderator who could decide: the same as the first. The record says so."),)
    return Words(
        line,
        alone if s.event.data.get("alone") else (),
        quote=s.data("message"),
        path=_decision(s) if not s.reader.is_guest else _of_report(s),
        button=_("Read the decision"),
    )


def _of_report(s: Subject) -> str:
    """The page of a guest's appeal, by the number that only they have."""
    report = report_of(s)
    return "" if report is None else path("appeals.of_report", number=report.number)


def _letter_reopened(s: Subject) -> Words:
    return Words(
        _("Your letter is reviewed once more: your appeal was granted."),
        quote=s.data("message"),
        path=path("letters.read_by_number", letter_id=s.event.letter_id),
        button=_("See the letter"),
    )


def _claim_reopened(s: Subject) -> Words:
    return Words(
        _("A refused claim on %(business)s is looked at once more: an appeal was granted.", business=s.business),
        path=path("moderation.claim", claim_id=s.claim.id) if s.claim is not None else path("moderation.claims"),
        button=_("Open the claim"),
    )


def _second_asked(s: Subject) -> Words:
    return Words(
        _("A second person is needed: %(what)s.", what=request_words(s.data("asks"))),
        (_("Please look at it within %(days)s days, then it lapses.", days=settings().second_person_days),),
        quote=s.data("why"),
        path=path("people.people"),
        button=_("Open the request"),
    )


def _second_confirmed(s: Subject) -> Words:
    return Words(
        _("What you asked for is confirmed: %(what)s.", what=request_words(s.data("asks"))),
        path=path("people.people"),
        button=_("Open the request"),
    )


def _rights_changed(s: Subject) -> Words:
    more: tuple[str, ...] = ()
    if s.data("standing") != Standing.MEMBER:
        more = (_("Please sign in again. The desk opens once you have a second factor."),)
    return Words(
        _("Your office on this site: %(office)s.", office=standing_words(s.data("standing"))),
        (_("One person asked for it, another confirmed it."), *more),
        path=path("accounts.settings"),
        button=_("Open the settings"),
    )


def _rights_changed_beside(s: Subject) -> Words:
    return Words(
        _(
            "Somebody's rights changed: %(before)s becomes %(standing)s.",
            before=standing_words(s.data("before")),
            standing=standing_words(s.data("standing")),
        ),
        (_("If you know nothing of it, look who asked and who confirmed."),),
        path=path("people.people"),
        button=_("People with an office"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "sanctioned": _sanctioned,
    "sanction_lifted": _lifted,
    "appeal_made": _appeal_made,
    "appeal_waits": _appeal_waits,
    "appeal_alarm": _appeal_alarm,
    "appeal_decided": _appeal_decided,
    "letter_reopened": _letter_reopened,
    "claim_reopened": _claim_reopened,
    "second_asked": _second_asked,
    "second_confirmed": _second_confirmed,
    "rights_changed": _rights_changed,
    "rights_changed_beside": _rights_changed_beside,
}
