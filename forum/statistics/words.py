"""What each figure is called, and how many days it took, in words."""

from flask_babel import gettext as _

from forum.statistics.counted import Days

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("letters", ("letters", "cases")),
    ("time", ("due", "in_time", "late", "overdue", "waiting", "watched", "unnotified", "answered", "unanswered")),
    ("outcome", ("solved", "partly", "not_solved", "unconfirmed", "no_verdict", "unrated", "confirmed", "rated")),
    (
        "promises",
        (
            "promises",
            "promises_kept",
            "promises_broken",
            "promises_confirmed",
            "promises_due",
            "promises_unconfirmed",
            "promises_pending",
        ),
    ),
    ("responses", ("responses", "copied", "not_counting")),
    ("contests", ("contested", "contests_open", "contests_upheld", "contests_rejected")),
    (
        "removals",
        (
            "taken_down",
            "taken_for_business",
            "taken_for_reader",
            "taken_for_authority",
            "taken_by_moderator",
            "reinstated",
            "withdrawn",
        ),
    ),
)
"""The measures as the table of all figures shows them."""


def measure_words() -> dict[str, str]:
    """Return the name of each measure."""
    return {
        "letters": _("Letters"),
        "cases": _("Cases: a letter and one business"),
        "answered": _("Answered"),
        "unanswered": _("Not answered"),
        "due": _("Due: answered, or past the limit"),
        "in_time": _("Answered in time"),
        "late": _("Answered late"),
        "overdue": _("Waiting past the limit"),
        "waiting": _("Waiting, the limit not passed"),
        "unnotified": _("Waiting, the business was never told"),
        "watched": _("Waiting, the business was told"),
        "solved": _("Solved"),
        "partly": _("Partly solved"),
        "not_solved": _("Not solved"),
        "unconfirmed": _("Closed without a verdict"),
        "no_verdict": _("No verdict yet"),
        "unrated": _("Answered, not rated"),
        "confirmed": _("Confirmed: solved or not solved"),
        "rated": _("Rated: solved, partly or not solved"),
        "promises": _("Promises"),
        "promises_confirmed": _("Promises the author spoke about"),
        "promises_kept": _("Promises kept"),
        "promises_broken": _("Promises broken"),
        "promises_due": _("Promises due, the author is being asked"),
        "promises_unconfirmed": _("Promises past, the author said nothing"),
        "promises_pending": _("Promises whose day is to come"),
        "responses": _("Official responses"),
        "copied": _("Responses with the same text as others"),
        "not_counting": _("Responses that did not stop the clock"),
        "contested": _("Letters the business contested"),
        "contests_open": _("Contests not decided yet"),
        "contests_upheld": _("Contests upheld"),
        "contests_rejected": _("Contests rejected"),
        "taken_down": _("Letters taken down"),
        "taken_for_business": _("Taken down at the business's request"),
        "taken_for_reader": _("Taken down at a reader's request"),
        "taken_for_authority": _("Taken down by order of a court or authority"),
        "taken_by_moderator": _("Taken down by the moderators themselves"),
        "reinstated": _("Taken down and put back"),
        "withdrawn": _("Withdrawn by the author"),
    }


def group_words() -> dict[str, str]:
    """Return the name of each group of measures."""
    return {
        "letters": _("Letters"),
        "time": _("Time to the first response"),
        "outcome": _("How the cases ended"),
        "promises": _("Promises"),
        "responses": _("Responses"),
        "contests": _("Contests"),
        "removals": _("Removals"),
    }


def rate_words() -> dict[str, str]:
    """Return the name of each share."""
    return {
        "in_time": _("Answered in time"),
        "of_confirmed": _("Solved, of those confirmed"),
        "of_rated": _("Solved, of those rated"),
        "of_all": _("Solved, of all letters"),
        "kept": _("Promises kept, of those confirmed"),
        "copied": _("Same text sent to several letters"),
    }


def state_words() -> dict[str, str]:
    """Return the name of each state that parts all cases."""
    words = measure_words()
    return {
        **{name: words[name] for name in ("solved", "partly", "not_solved", "unrated", "overdue")},
        "waiting": _("Waiting"),
        "unnotified": _("Business never told"),
    }


def span_words(span: str) -> str:
    """Return a span of time: "year", "all"; of a month its caller writes the name."""
    return str(_("last 12 months") if span == "year" else _("all time"))


def days_words(days: Days) -> str:
    """Return a quantile: "8 working days", or "more than 20 working days" where the curve does not reach it."""
    if not days.answered:
        return str(_("no response yet"))
    if days.days is None:
        return str(_("more than %(days)s working days", days=days.longest))
    return str(_("%(days)s working days", days=days.days))
