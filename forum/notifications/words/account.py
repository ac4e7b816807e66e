"""What people are told of their account, their claims and their reports."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.merchants.lifecycle import ObjectionState
from forum.merchants.words import advice_words, refusal_words
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


def _objection_decided(s: Subject) -> Words:
    line = (
        _("Your objection is upheld: the proof for %(business)s is withdrawn or the claim refused.", business=s.business)
        if s.data("decision") == ObjectionState.UPHELD
        else _("Your objection is dismissed: who speaks for %(business)s stays as it is.", business=s.business)
    )
    return Words(
        line,
        quote=s.data("message"),
        path=path("merchants.proof", slug=s.merchant.slug) if s.merchant is not None else "",
        button=_("The public proof"),
    )


def _claim_refused(s: Subject) -> Words:
    reason = refusal_words(s.data("reason"))
    return Words(
        _("Your claim to speak for %(business)s was refused.", business=s.business),
        (
            *((_("Reason: %(reason)s", reason=reason), advice_words(s.data("reason"))) if reason else ()),
            _("You may claim again with better proof. A response that you have written already is kept as a draft."),
        ),
        quote=s.data("message"),
        path=path("merchants.claim", slug=s.merchant.slug) if s.merchant is not None else path("desk.board"),
        button=_("Claim again"),
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
    "objection_decided": _objection_decided,
    "report_decided": _report_decided,
    "password_changed": _password_changed,
    "email_changed": _email_changed,
}
