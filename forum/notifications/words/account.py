"""What people are told of their account, their claims and their reports."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.moderation.lifecycle import ReportState
from forum.notifications.subjects import Subject
from forum.notifications.words.form import Words, path

CLOSED = {"report_decided"}  # they name no letter, so they stay true when it is gone


def _claim_approved(s: Subject) -> Words:
    return Words(
        _("You now speak for %(business)s.", business=s.business),
        (_("Responses that you wrote meanwhile are published now."),),
        quote=s.data("message"),
        path=path("desk.board"),
        button=_("Open the response desk"),
    )


def _claim_refused(s: Subject) -> Words:
    return Words(
        _("Your claim to speak for %(business)s was refused.", business=s.business),
        (_("What you wrote is kept as a draft, and you may claim again with better proof."),),
        quote=s.data("message"),
        path=path("desk.board"),
        button=_("Open the response desk"),
    )


def _report_decided(s: Subject) -> Words:
    report = s.report
    number = report.number if report is not None else ""
    if s.data("decision") == ReportState.UPHELD:
        line = _("Your report %(number)s is decided: something was done.", number=number)
    else:
        line = _("Your report %(number)s is decided: it stays as it is.", number=number)
    return Words(
        line,
        quote=report.answer if report is not None else "",
        path=path("moderation.report_status", number=number) if number else "",
        button=_("Read the decision"),
    )


def _password_changed(_s: Subject) -> Words:
    return Words(
        _("Your password was changed."),
        (_("If it was not you, ask for a new password at once."),),
        path=path("accounts.settings"),
        button=_("Open the settings"),
    )


def _email_changed(_s: Subject) -> Words:
    return Words(
        _("Your e-mail address was changed."), path=path("accounts.settings"), button=_("Open the settings")
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "claim_approved": _claim_approved,
    "claim_refused": _claim_refused,
    "report_decided": _report_decided,
    "password_changed": _password_changed,
    "email_changed": _email_changed,
}
