"""What people are told of legal matters."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.config import settings
from forum.core import formats
from forum.legal.lifecycle import Demand
from forum.legal.models import LegalNotice
from forum.legal.words import demand_means, demand_words, outcome_words
from forum.notifications.audiences_of_legal import notice_of
from forum.notifications.subjects import Subject, about
from forum.notifications.words.form import Words, path

CLOSED = {"legal_notice", "legal_answered", "legal_answer", "legal_closed", "identity_given", "legal_alarm"}
"""They name no letter, so they stay true when it is gone."""


def _number(s: Subject) -> int:
    return about(s.event, "legal_notice") or 0


def _own(s: Subject) -> str:
    return path("legal.own", notice_id=_number(s))


def demanded(notice: LegalNotice | None) -> str:
    """Return the demands of a notice on one line."""
    return ", ".join(demand_words(one) for one in notice.demands) if notice is not None else ""


def _notice(s: Subject) -> Words:
    notice = notice_of(s)
    is_comment = s.data("thing").startswith("comment:")
    identity = notice is not None and Demand.IDENTITY in notice.demands
    more = [
        _("What is demanded: %(demands)s.", demands=demanded(notice)),
        *([demand_means(Demand.IDENTITY)] if identity else []),
        _("Nothing is taken away by a demand alone, and nobody is told who you are because of it. From now on the data of the letter are kept for this matter."),
        _(
            "Please read it and take the time that you need. If something in your words is wrong, you may change them; if it is right, keep what proves it. You may ask a lawyer or a legal aid office (LBH)."
        ),
    ]
    if notice is not None:
        more.append(_("We answer by %(date)s.", date=formats.day(notice.due)))
    line = _("We have received a legal notice (somasi) about a comment of yours.") if is_comment else _("We have received a legal notice (somasi) about a letter of yours.")
    return Words(line, tuple(more), quote="" if notice is None else notice.text, path=_own(s), button=_("See what it means and what you can do"))


def _answered(s: Subject) -> Words:
    return Words(
        _("We have answered the legal notice about what you wrote."),
        (_("Our answer: %(outcome)s.", outcome=outcome_words(s.data("outcome"))),),
        path=_own(s),
        button=_("See how the matter stands"),
    )


def _closed(s: Subject) -> Words:
    return Words(
        _("The matter of the legal notice about what you wrote is closed."),
        (_("How it ended: %(outcome)s.", outcome=outcome_words(s.data("outcome"))),),
        path=_own(s),
        button=_("See how the matter stands"),
    )


def _answer(s: Subject) -> Words:
    notice = notice_of(s)
    reference = notice.reference if notice is not None else ""
    return Words(
        _("Our answer to your legal notice %(reference)s", reference=reference) if reference else _("Our answer to your legal notice"),
        (_("In short: %(outcome)s.", outcome=outcome_words(s.data("outcome"))), _("The whole answer follows.")),
        quote="" if notice is None else notice.answer,
        path=path("legal.serve"),
        button=_("How we treat legal notices"),
    )


def _alarm(s: Subject) -> Words:
    return Words(
        _("A legal notice waits for its answer, and its day is near."),
        (_("It should be answered within %(days)s working days.", days=settings().legal_answer_days),),
        path=path("legal.desk", notice_id=_number(s)),
        button=_("Open it on the desk"),
    )


def _identity(_s: Subject) -> Words:
    return Words(
        _("Your name and e-mail address were given out on an order of an authority."),
        (
            _("Two moderators looked at the order before. Which authority ordered it and under which reference stands on your page."),
            _("You may ask a lawyer or a legal aid office (LBH) whether the order can be challenged."),
        ),
        path=path("legal.mine"),
        button=_("See the order"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "legal_notice": _notice,
    "legal_answered": _answered,
    "legal_answer": _answer,
    "legal_closed": _closed,
    "legal_alarm": _alarm,
    "identity_given": _identity,
}
