"""What representatives and contact addresses of a business are told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import gettext as _

from forum.config import settings
from forum.core import formats
from forum.core.clock import utcnow
from forum.letters.clocks import clock
from forum.letters.lifecycle import Outcome
from forum.merchants.lifecycle import ObjectionState, Proof
from forum.notifications.subjects import Subject, about
from forum.notifications.words.form import Words, letter, path, reason, title
from forum.responses.actions.mailed import LINK_LIFE
from forum.responses.words import outcome_words

LATE = timedelta(days=2)  # after day 0: told by then, it is no news


def _respond(s: Subject) -> str:
    return path("responses.respond", case_id=s.case.id) if s.case is not None else letter(s)


def _category(s: Subject) -> str:
    return s.letter.category if s.letter is not None else ""


def _begun(s: Subject) -> datetime | None:
    """When the days to answer began; they begin now where they wait for the business to be told."""
    if s.case is None:
        return None
    return utcnow() if s.case.waits else s.case.started_at


def _terms(s: Subject) -> str:
    """What is due when, as of the day on which the business is told."""
    begun = _begun(s)
    ticking = None if begun is None else clock(_category(s), begun, max(begun, s.event.at))
    if ticking is None or ticking.due is None:
        return str(_("You have %(days)s working days to answer.", days=settings().clock_days(_category(s))[1]))
    return str(
        _(
            "You have %(first)s working days to say that you received it, until %(received)s, and %(days)s to answer, until %(date)s.",
            first=ticking.acknowledge,
            received=formats.day(ticking.acknowledge_due),
            days=ticking.answer,
            date=formats.day(ticking.due),
        )
    )


def by_link(words: Words, token: str) -> Words:
    """Return the words with the link that opens the response form without an account."""
    return replace(
        words,
        more=(
            *words.more,
            _(
                "The button opens the letter and the form for your response without an account. It works once, for %(days)s days. "
                "Whoever holds the link can answer in the name of the business: please pass it only to the person who does.",
                days=LINK_LIFE.days,
            ),
        ),
        path=path("responses.mailed", token=token),
    )


def _told_late(s: Subject) -> bool:
    case = s.case
    return case is not None and case.started_at is not None and utcnow() - case.started_at > LATE


def new_letter(s: Subject) -> Words:
    """Return what a business is told of a letter: in print just now, or since before anybody there could be told."""
    if _told_late(s) and s.case is not None and s.letter is not None:
        return Words(
            _("A letter about %(business)s is published: “%(title)s”.", business=s.business, title=title(s)),
            (
                _(
                    "It was published on %(date)s; until now we knew no working address of the business. The page says so.",
                    date=formats.day(s.letter.published_at),
                ),
                *((_terms(s),) if s.case.waits else ()),
                _("An official response costs nothing, is never edited, and stands with the letter for good."),
            ),
            path=_respond(s),
            button=_("Send an official response"),
        )
    return Words(
        _("A letter about %(business)s is published: “%(title)s”.", business=s.business, title=title(s)),
        (
            _terms(s),
            _("An official response costs nothing, is never edited, and stands with the letter for good."),
        ),
        path=_respond(s),
        button=_("Send an official response"),
    )


def _assigned(s: Subject) -> Words:
    return Words(
        _("The letter “%(title)s” about %(business)s is in your hands now.", title=title(s), business=s.business),
        path=path("desk.case", case_id=s.case.id) if s.case is not None else letter(s),
        button=_("Open it on the desk"),
    )


def _question_answered(s: Subject) -> Words:
    return Words(
        _("The author answered your question about “%(title)s”.", title=title(s)),
        () if s.event.data.get("stops") is False else (_("The clock runs again."),),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("Read the answer"),
    )


def _outcome_set(s: Subject) -> Words:
    said = s.data("outcome")
    return Words(
        _(
            "The author of “%(title)s” says how it ended: %(outcome)s.",
            title=title(s),
            outcome=outcome_words(Outcome(said)) if said in set(Outcome) else said,
        ),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


def _outcome_reopened(s: Subject) -> Words:
    return Words(
        _("The author opened “%(title)s” again.", title=title(s)),
        (_("What you answered stands; you may answer once more."),),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


def _update_added(s: Subject) -> Words:
    return Words(
        _("The author added an update to “%(title)s”.", title=title(s)),
        path=letter(s, (s.event.about or "").replace(":", "-")),
        button=_("Read the update"),
    )


def _response_hidden(s: Subject) -> Words:
    return Words(
        _("Your official response to “%(title)s” was hidden.", title=title(s)),
        reason(s),
        quote=s.data("message"),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


def _response_restored(s: Subject) -> Words:
    return Words(
        _("Your official response to “%(title)s” is shown again.", title=title(s)),
        quote=s.data("message"),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


def _claim_on_yours(s: Subject) -> Words:
    number = about(s.event, "claim")
    return Words(
        _("Somebody else says that they speak for %(business)s.", business=s.business),
        (_("Moderators look at it. If it is not true, please object."),),
        path=path("merchants.object_to_claim", claim_id=number) if number else "",
        button=_("See the claim"),
    )


def _proof_failing(s: Subject) -> Words:
    said = (
        _("The DNS record of this site at %(domain)s was not found. Please put it back as it was.", domain=s.data("domain"))
        if s.data("proof") == Proof.DNS
        else _("The domain %(domain)s was not found in the DNS. Please see to it that it is renewed.", domain=s.data("domain"))
    )
    return Words(
        _("The proof that you speak for %(business)s is about to be lost.", business=s.business),
        (said, _("We look again during the next seven days. If it stays so, the badge ends.")),
        path=_proof_page(s),
        button=_("The public proof"),
    )


def _proof_lost(s: Subject) -> Words:
    return Words(
        _("The proof that you speak for %(business)s is lost, and the badge with it.", business=s.business),
        (
            _("%(domain)s did not prove it any more for seven days.", domain=s.data("domain")),
            _("What was signed stays. You can claim the business again at any time."),
        ),
        path=path("merchants.claim", slug=s.merchant.slug) if s.merchant is not None else "",
        button=_("Claim this business"),
    )


def _proof_decided(s: Subject) -> Words:
    line = (
        _("After an objection, your proof to speak for %(business)s is withdrawn.", business=s.business)
        if s.data("decision") == ObjectionState.UPHELD
        else _("Somebody objected to your proof to speak for %(business)s; it is kept.", business=s.business)
    )
    return Words(line, quote=s.data("message"), path=_proof_page(s), button=_("The public proof"))


def _proof_page(s: Subject) -> str:
    return path("merchants.proof", slug=s.merchant.slug) if s.merchant is not None else ""


def _answer_decided(s: Subject) -> Words:
    approved = s.data("decision") == "approved"
    return Words(
        _("Your official response to “%(title)s” is published.", title=title(s))
        if approved
        else _("Your official response to “%(title)s” was not published.", title=title(s)),
        (_("A moderator checked that it comes from %(business)s.", business=s.business),)
        if approved
        else (
            _("A moderator could not see that it comes from %(business)s, or it cannot stand as it is.", business=s.business),
            _("You can still answer with an account, and prove there that you speak for the business."),
        ),
        quote=s.data("message"),
        path=letter(s, f"case-{s.event.case_id}") if approved else path("responses.respond", case_id=s.event.case_id),
        button=_("See the letter") if approved else _("Send an official response"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "new_letter": new_letter,
    "assigned": _assigned,
    "letter_moved_here": new_letter,
    "question_answered": _question_answered,
    "outcome_set": _outcome_set,
    "outcome_reopened": _outcome_reopened,
    "update_added": _update_added,
    "response_hidden": _response_hidden,
    "response_restored": _response_restored,
    "claim_on_yours": _claim_on_yours,
    "proof_failing": _proof_failing,
    "proof_lost": _proof_lost,
    "proof_decided": _proof_decided,
    "answer_decided": _answer_decided,
}
