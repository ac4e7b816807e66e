"""What people are told of appeals, of measures about their account and of what takes two persons; and the way to appeal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from forum.accounts.rights import Standing
from forum.appeals.decisions import kinds
from forum.appeals.links import key_of
from forum.appeals.models import last_moment
from forum.appeals.words import kind_words
from forum.config import settings
from forum.contests.lifecycle import ContestState
from forum.core.events import Kind, Role
from forum.core.formats import moment
from forum.merchants.lifecycle import ObjectionState
from forum.moderation.lifecycle import ReportState
from forum.notifications.audiences_of_appeals import report_of
from forum.notifications.subjects import Subject, about
from forum.notifications.words.form import Words, path
from forum.people.lifecycle import SanctionKind
from forum.people.words import request_words, sanction_reason_words, sanction_words, standing_words
from forum.responses.lifecycle import LinkState

TELLS_DECISION = {
    "returned": None,
    "rejected": None,
    "taken_down": None,
    "revision_refused": None,
    "words_redacted": None,
    "attachment_hidden": None,
    "file_covered": None,
    "comment_hidden": None,
    "comment_refused": None,
    "comments_locked": None,
    "response_hidden": None,
    "claim_refused": None,
    "report_decided": ReportState.DISMISSED.value,
    "sanctioned": None,
    "contest_decided": ContestState.UPHELD.value,
    "contest_decision": ContestState.REJECTED.value,
    "objection_decided": ObjectionState.DISMISSED.value,
    "proof_decided": ObjectionState.UPHELD.value,
    "reply_refused": None,
    "answer_decided": LinkState.REFUSED.value,
}
"""Notices by which somebody learns of a decision that they may appeal against, and how it has to end for that."""
IDS = {"contest": "contest_id", "objection": "objection_id", "answer": "link_id"}
BY_LINK = {Kind.CONTEST_DECIDED, Kind.REPLY_REFUSED, Kind.ANSWER_DECIDED}
"""Decisions about people without an account, who appeal by a link of its own."""
IN_ANOTHER = ("taken_down", "words_redacted")
"""What an upheld contest did is told with the decision on it, and appealed there."""


def with_appeal(words: Words, kind: str, s: Subject) -> Words:
    """Add the way to appeal, with its last day, to the notice of a decision."""
    event = s.event
    if kind not in TELLS_DECISION or event.role is not Role.MODERATOR or event.kind not in kinds():
        return words
    way = "" if _is_none(kind, s) else _way(s)
    if not way:
        return words
    last = _("You can appeal until %(moment)s: another moderator decides.", moment=moment(last_moment(event)))
    return replace(words, more=(*words.more, last), appeal=way, appeal_button=_("Appeal"))


def _is_none(kind: str, s: Subject) -> bool:
    """Whether the reader has nothing to appeal against here."""
    end, facts = TELLS_DECISION[kind], s.event.data
    other_end = end is not None and s.data("decision") != end
    return other_end or bool(facts.get("off") or facts.get("of_claim")) or (kind in IN_ANOTHER and "contest_id" in facts)


def _way(s: Subject) -> str:
    event = s.event
    if event.kind is Kind.REPORT_DECIDED and s.report is not None and s.report.reporter_id is None:
        return path("appeals.of_report", number=s.report.number)
    if not s.reader.is_guest:
        return path("appeals.decision", event_id=event.id)
    return path("appeals.by_link", event_id=event.id, key=key_of(event.id)) if event.kind in BY_LINK else ""


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
    return path("appeals.decision", event_id=int(s.event.data.get("against_id") or 0))


def _appeal_made(s: Subject) -> Words:
    return Words(
        _("We received your appeal: %(decision)s.", decision=kind_words(s.data("against"))),
        (_("Another moderator than the first decides within %(days)s days.", days=settings().appeal_decision_days),),
        path=_decision(s),
        button=_("See the appeal"),
    )


def _appeal_waits(s: Subject) -> Words:
    return Words(
        _("An appeal waits: %(decision)s.", decision=kind_words(s.data("against"))),
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
    what = kind_words(s.data("against"))
    line = (
        _("Your appeal is granted, the decision undone: %(decision)s.", decision=what)
        if s.data("decision") == "upheld"
        else _("Your appeal is refused, the decision stays: %(decision)s.", decision=what)
    )
    alone = (_("The site had only one moderator who could decide: the same as the first. The record says so."),)
    return Words(
        line,
        alone if s.event.data.get("alone") else (),
        quote=s.data("message"),
        path=_decision(s) if not s.reader.is_guest else _of_guest(s),
        button=_("Read the decision"),
    )


def _of_guest(s: Subject) -> str:
    """The page of a guest's appeal, by the number or the key that only they have."""
    report = report_of(s)
    if report is not None:
        return path("appeals.of_report", number=report.number)
    decision_id = int(s.event.data.get("against_id") or 0)
    return path("appeals.by_link", event_id=decision_id, key=key_of(decision_id))


def _letter_reopened(s: Subject) -> Words:
    return Words(
        _("Your letter is reviewed once more: your appeal was granted."),
        quote=s.data("message"),
        path=path("letters.read_by_number", letter_id=s.event.letter_id),
        button=_("See the letter"),
    )


def _again(s: Subject) -> Words:
    """What was decided and is open once more, to the moderators who may decide."""
    what, _colon, number = (s.event.about or "").partition(":")
    line, way = {
        "contest": (_("A contest is decided once more: an appeal was granted."), "contests.desk"),
        "objection": (_("An objection to a proof is decided once more: an appeal was granted."), "moderation.objection"),
        "answer": (_("A response by mail is looked at once more: an appeal was granted."), "moderation.answer"),
    }[what]
    return Words(line, quote=s.data("message"), path=path(way, **{IDS[what]: int(number)}), button=_("Open it on the desk"))


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
    "contest_again": _again,
    "objection_again": _again,
    "answer_again": _again,
    "second_asked": _second_asked,
    "second_confirmed": _second_confirmed,
    "rights_changed": _rights_changed,
    "rights_changed_beside": _rights_changed_beside,
}
