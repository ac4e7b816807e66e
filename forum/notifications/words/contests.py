"""What people are told of contests and of the right of reply."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.config import settings
from forum.contests import links as contest_links
from forum.contests.words import effect_words, finding_words, ground_words
from forum.core import formats
from forum.notifications.audiences_of_contests import contest_of, reply_of
from forum.notifications.subjects import Subject, about
from forum.notifications.words.form import Words, letter, path, reason, title
from forum.reply import links as reply_links
from forum.reply.words import refusal_words

CLOSED = {
    "contest_decided",
    "contest_decision",
    "contest_closed",
    "reply_accepted",
    "reply_refused",
    "reply_hidden",
    "reply_restored",
}
"""They name no letter, so they stay true when it is gone."""


def _ground(s: Subject) -> str:
    return str(_("Ground: %(ground)s", ground=ground_words(s.data("ground"))))


def _own(s: Subject) -> str:
    """The page of the contest for its sides: of a person without an account the mailed one."""
    contest = contest_of(s)
    if contest is None:
        return path("contests.one", contest_id=about(s.event, "contest") or 0)
    return contest_links.path_of(contest) if s.reader.is_guest and contest.email else path("contests.one", contest_id=contest.id)


def _desk(s: Subject) -> str:
    return path("contests.desk", contest_id=about(s.event, "contest") or 0)


def _by(s: Subject) -> str:
    """When the author's deadline ends, in words; empty when it has."""
    contest = contest_of(s)
    return formats.moment(contest.author_due) if contest is not None and contest.author_due else ""


def _filed(s: Subject) -> Words:
    business = s.data("asked_by") == "business"
    line = (
        _("%(business)s contests a passage of “%(title)s”.", business=s.business, title=title(s))
        if business
        else _("A person named in “%(title)s” contests a passage.", title=title(s))
    )
    return Words(
        line,
        (
            _ground(s),
            _("The passage is covered until the editors decide.") if s.event.data.get("hides") else _("Your letter stays readable; the passage is marked."),
            _(
                "Please react within %(hours)s hours, by %(date)s; then you have %(days)s days to prove or change it. If you do not answer, the editors decide with what is there.",
                hours=settings().contest_react_hours,
                days=settings().contest_answer_days,
                date=_by(s),
            ),
        ),
        path=_own(s),
        button=_("See the contest and answer"),
    )


def _hides(s: Subject) -> Words:
    return Words(
        _("A passage of “%(title)s” is contested; please decide.", title=title(s)),
        (_ground(s), _("It should be decided %(hours)s hours after it came in.", hours=settings().contest_hours)),
        path=_desk(s),
        button=_("Open it on the desk"),
    )


def _ready(s: Subject) -> Words:
    return Words(
        _("The contest of “%(title)s” can be decided.", title=title(s)), (_ground(s),), path=_desk(s), button=_("Open it on the desk")
    )


def _alarm(s: Subject) -> Words:
    return Words(
        _("A contest of “%(title)s” should have been decided by now.", title=title(s)), path=_desk(s), button=_("Open it on the desk")
    )


def _reminder(s: Subject) -> Words:
    return Words(
        _("A passage of “%(title)s” is contested: you have until %(date)s.", title=title(s), date=_by(s)),
        (_ground(s), _("If you do not answer, the editors decide with what is there.")),
        path=_own(s),
        button=_("See the contest and answer"),
    )


def _answered(s: Subject) -> Words:
    return Words(
        _("The author has answered your contest of “%(title)s”.", title=title(s)),
        (_("The editors decide now."),),
        path=_own(s),
        button=_("See the contest"),
    )


def _lapsed(s: Subject) -> Words:
    return Words(
        _("Your time to answer the contest of “%(title)s” is over.", title=title(s)),
        (_("Silence alone decides nothing: the editors decide with what is there."),),
        path=_own(s),
        button=_("See the contest"),
    )


def _outcome(s: Subject) -> tuple[str, ...]:
    effect = effect_words(s.data("effect"))
    said = (_ground(s), _("Reason: %(reason)s", reason=finding_words(s.data("reason"))))
    return (*said, _("What follows: %(effect)s.", effect=effect)) if effect else said


def _ended(s: Subject, line: str) -> Words:
    return Words(line, _outcome(s), quote=s.data("message"), path=_own(s), button=_("See the decision"))


def _decided(s: Subject) -> Words:
    upheld = s.data("decision") == "upheld"
    return _ended(s, _("The contest of your letter was upheld.") if upheld else _("The contest of your letter was rejected: it stays as it is."))


def _decision(s: Subject) -> Words:
    upheld = s.data("decision") == "upheld"
    return _ended(s, _("Your contest of a letter was upheld.") if upheld else _("Your contest of a letter was rejected."))


def _withdrawn(s: Subject) -> Words:
    return Words(_("The contest of “%(title)s” was taken back.", title=title(s)), (_ground(s),), path=letter(s), button=_("Open the letter"))


def _closed(s: Subject) -> Words:
    return Words(_("Your contest has ended: the letter is not in print any more."), path=_own(s), button=_("See the contest"))


def _mailed(s: Subject) -> str:
    reply = reply_of(s)
    return reply_links.path_of(reply) if reply is not None else path("pages.home")


def _reply_waiting(s: Subject) -> Words:
    return Words(
        _("A right of reply to “%(title)s” waits for review.", title=title(s)),
        (_("It should be decided %(hours)s hours after it came in.", hours=settings().reply_hours),),
        path=path("reply.review", reply_id=about(s.event, "reply") or 0),
        button=_("Open it on the desk"),
    )


def _reply_alarm(s: Subject) -> Words:
    return Words(
        _("A right of reply to “%(title)s” should have been decided by now.", title=title(s)),
        path=path("reply.review", reply_id=about(s.event, "reply") or 0),
        button=_("Open it on the desk"),
    )


def _reply_published(s: Subject) -> Words:
    return Words(
        _("A person named in “%(title)s” used the right of reply.", title=title(s)),
        path=letter(s, f"reply-{about(s.event, 'reply')}"),
        button=_("Read the right of reply"),
    )


def _reply_accepted(s: Subject) -> Words:
    return Words(_("Your reply stands under the letter now."), path=_mailed(s), button=_("See your reply"))


def _reply_refused(s: Subject) -> Words:
    reply = reply_of(s)
    return Words(
        _("Your reply was not published."),
        (_("Reason: %(reason)s", reason=refusal_words(s.data("reason"))),),
        quote="" if reply is None else reply.message,
        path=_mailed(s),
        button=_("See your reply"),
    )


def _reply_hidden(s: Subject) -> Words:
    return Words(_("Your reply is hidden now."), reason(s), quote=s.data("message"), path=_mailed(s), button=_("See your reply"))


def _reply_restored(s: Subject) -> Words:
    return Words(_("Your reply is shown again."), quote=s.data("message"), path=_mailed(s), button=_("See your reply"))


WORDS: dict[str, Callable[[Subject], Words]] = {
    "contest_filed": _filed,
    "contest_hides": _hides,
    "contest_ready": _ready,
    "contest_unanswered": _ready,
    "contest_reminder": _reminder,
    "contest_alarm": _alarm,
    "contest_answered": _answered,
    "contest_lapsed": _lapsed,
    "contest_decided": _decided,
    "contest_decision": _decision,
    "contest_withdrawn": _withdrawn,
    "contest_closed": _closed,
    "reply_waiting": _reply_waiting,
    "reply_alarm": _reply_alarm,
    "reply_published": _reply_published,
    "reply_accepted": _reply_accepted,
    "reply_refused": _reply_refused,
    "reply_hidden": _reply_hidden,
    "reply_restored": _reply_restored,
}
