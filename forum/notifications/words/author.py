"""What authors and commenters are told."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.attachments.receive import Refused
from forum.config import settings
from forum.core.sentences import sentence
from forum.core.text import excerpt
from forum.letters.lifecycle import Outcome, Publication
from forum.letters.words import mark_reason_words, review_words
from forum.notifications.subjects import Subject, about
from forum.notifications.words.form import QUOTED_CHARACTERS, Words, letter, path, reason, title


def _submitted(s: Subject) -> Words:
    return Words(
        _("We received your letter “%(title)s”.", title=title(s)),
        (_("The editors read it, as a rule within %(days)s. You will hear what they decide.", days=review_words()),),
        path=letter(s),
        button=_("See the letter"),
    )


def _published(s: Subject) -> Words:
    return Words(
        _("Your letter “%(title)s” is published.", title=title(s)),
        (
            _(
                "From now on the business has %(days)s working days to answer. The page shows how many have passed.",
                days=settings().clock_days(s.letter.category if s.letter is not None else "")[1],
            ),
        ),
        path=letter(s),
        button=_("Read the letter"),
    )


def _marked(s: Subject) -> tuple[str, ...]:
    """The passages that have to change, each with why; the page shows them in the letter."""
    lines = [
        _("“%(passage)s”: %(reason)s", passage=excerpt(one.passage, QUOTED_CHARACTERS), reason=mark_reason_words(one.reason))
        + (f" ({one.words})" if one.words else "")
        for one in s.marks
    ]
    return (_("These passages have to change:"), *lines) if lines else ()


def _returned(s: Subject) -> Words:
    waits = s.letter is not None and s.letter.publication is Publication.RETURNED
    return Words(
        _("Your letter “%(title)s” needs changes before it can be published.", title=title(s)),
        (*reason(s), *_marked(s), _("Nothing is lost: change it and send it again.")),
        quote=s.data("message"),
        path=path("letters.mend", letter_id=s.event.letter_id) if waits else letter(s),
        button=_("Change the letter"),
    )


def _rejected(s: Subject) -> Words:
    return Words(
        _("Your letter “%(title)s” was not accepted.", title=title(s)),
        (*reason(s), _("You can still read it yourself.")),
        quote=s.data("message"),
        path=letter(s),
        button=_("See the letter"),
    )


def _taken_down(s: Subject) -> Words:
    return Words(
        _("Your letter “%(title)s” was taken down.", title=title(s)),
        (
            *reason(s),
            _("A dated notice stands in its place. You can still read the letter yourself."),
        ),
        quote=s.data("message"),
        path=letter(s),
        button=_("See the letter"),
    )


def _reinstated(s: Subject) -> Words:
    return Words(
        _("Your letter “%(title)s” is public again.", title=title(s)),
        quote=s.data("message"),
        path=letter(s),
        button=_("Read the letter"),
    )


def _readdressed(s: Subject) -> Words:
    return Words(
        _("Your letter “%(title)s” goes to %(business)s now.", title=title(s), business=s.business),
        (_("The editors moved it, for it stood under another business. The clock of this one starts today."),),
        path=letter(s),
        button=_("Read the letter"),
    )


def _revision_accepted(s: Subject) -> Words:
    return Words(
        _("The new version of your letter “%(title)s” is published.", title=title(s)),
        (_("The earlier version stays in the revision history."),),
        quote=s.data("message"),
        path=letter(s),
        button=_("Read the letter"),
    )


def _revision_refused(s: Subject) -> Words:
    return Words(
        _("The new version of your letter “%(title)s” was not accepted.", title=title(s)),
        (*reason(s), _("The letter stays as it was.")),
        quote=s.data("message"),
        path=letter(s),
        button=_("Read the letter"),
    )


def _attachment_hidden(s: Subject) -> Words:
    return Words(
        _("An attachment of your letter “%(title)s” was hidden.", title=title(s)),
        reason(s),
        quote=s.data("message"),
        path=letter(s),
        button=_("See the letter"),
    )


def _attachment_restored(s: Subject) -> Words:
    return Words(
        _("An attachment of your letter “%(title)s” is shown again.", title=title(s)),
        quote=s.data("message"),
        path=letter(s),
        button=_("See the letter"),
    )


def _file_covered(s: Subject) -> Words:
    if s.event.data.get("off"):
        return Words(
            _("Parts of a file of your letter “%(title)s” are not covered any more.", title=title(s)),
            (_("A moderator had covered them by mistake."),),
            quote=s.data("message"),
            path=letter(s),
            button=_("See the letter"),
        )
    return Words(
        _("Parts of a file of your letter “%(title)s” were covered.", title=title(s)),
        (*reason(s), _("The rest of the file is shown as before. What its receipt proves has not changed.")),
        quote=s.data("message"),
        path=letter(s),
        button=_("See the letter"),
    )


def _file_refused(s: Subject) -> Words:
    return Words(
        _("A file of your letter “%(title)s” cannot be shown.", title=title(s)),
        (
            sentence(Refused(s.data("code"))),
            _(
                "Nobody sees it. The rest of your letter is as it was; you can describe what the file shows in an update."
            ),
        ),
        path=letter(s),
        button=_("See the letter"),
    )


def _response(s: Subject) -> Words:
    return Words(
        _("%(business)s answered your letter “%(title)s”.", business=s.business, title=title(s)),
        (_("Please read it. How it ended, only you can say; you may wait until you know."),),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("Read the response"),
    )


def _acknowledged(s: Subject) -> Words:
    return Words(
        _("%(business)s says that it has received your letter “%(title)s”.", business=s.business, title=title(s)),
        path=letter(s, f"case-{s.event.case_id}"),
        button=_("See the letter"),
    )


def _question(s: Subject) -> Words:
    question = about(s.event, "question")
    return Words(
        _("%(business)s asks you something about your letter “%(title)s”.", business=s.business, title=title(s)),
        (
            _("Many letters got the same question; it does not stop the clock. You may answer it or leave it.")
            if s.event.data.get("stops") is False
            else _(
                "Its clock stands still until you answer, for %(days)s days at most.", days=settings().question_days
            ),
        ),
        path=letter(s, f"question-{question}" if question else ""),
        button=_("Answer the question"),
    )


def _outcome_asked(s: Subject) -> Words:
    waits = s.case is not None and s.case.outcome is Outcome.NONE
    return Words(
        _("How did it end? %(business)s answered your letter “%(title)s”.", business=s.business, title=title(s)),
        (_("Only you can say whether it is solved. Without your word the page says: answered, not rated."),),
        path=path("responses.conclude", case_id=s.event.case_id) if waits else letter(s, f"case-{s.event.case_id}"),
        button=_("Say how it ended"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "submitted": _submitted,
    "published": _published,
    "returned": _returned,
    "rejected": _rejected,
    "taken_down": _taken_down,
    "reinstated": _reinstated,
    "readdressed": _readdressed,
    "revision_accepted": _revision_accepted,
    "revision_refused": _revision_refused,
    "file_refused": _file_refused,
    "attachment_hidden": _attachment_hidden,
    "file_covered": _file_covered,
    "attachment_restored": _attachment_restored,
    "response": _response,
    "acknowledged": _acknowledged,
    "question": _question,
    "outcome_asked": _outcome_asked,
}
