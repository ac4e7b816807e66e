"""Domain errors in words: one sentence per code, in the reader's language."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from forum.core.errors import DomainError

Words = Callable[[dict[str, Any]], str]
LONGEST_WAIT_IN_SECONDS = 90
LONGEST_WAIT_IN_MINUTES = 120


def _again(facts: dict[str, Any]) -> str:
    """When it goes on."""
    seconds = int(facts.get("retry_after", 60))
    if seconds < LONGEST_WAIT_IN_SECONDS:
        return str(_("Please try again in %(seconds)s seconds.", seconds=seconds))
    minutes = -(-seconds // 60)
    if minutes > LONGEST_WAIT_IN_MINUTES:
        return str(_("Please try again in %(hours)s hours.", hours=-(-minutes // 60)))
    return str(_("Please try again in %(minutes)s minutes.", minutes=minutes))


def _wait(words: Callable[[], str]) -> Words:
    return lambda facts: f"{words()} {_again(facts)}"


SENTENCES: dict[str, Words] = {
    "problem": lambda _facts: _("This did not work. Please try again."),
    "not_allowed": lambda _facts: _("This is only for those concerned: its author, the business or the editors."),
    "missing": lambda _facts: _("This does not exist."),
    "gone": lambda _facts: _("This was removed."),
    "stale": lambda _facts: _(
        "This changed while you were writing. Your words are still here: please look at the new state, then send again."
    ),
    "not_now": lambda _facts: _("This is not possible any more in the present state."),
    "invalid": lambda _facts: _("This value cannot be taken."),
    "bad_cursor": lambda _facts: _("This page address is not valid."),
    "read_only": lambda facts: _("The site can only be read for a while: %(why)s", why=facts["why"]),
    "too_many": _wait(lambda: str(_("Too often."))),
    "too_many_from_here": _wait(lambda: str(_("Too often from your network address, which others may share."))),
    "too_many_of_business": _wait(lambda: str(_("Too often for this business within a short time."))),
    "too_many_at_all": _wait(lambda: str(_("The site gets more of this than usual at present."))),
}


def sentences(more: dict[str, Words]) -> None:
    """Add a feature's own codes."""
    SENTENCES.update(more)


def sentence(problem: DomainError) -> str:
    """Return the words for a domain error."""
    return SENTENCES.get(problem.code, SENTENCES["problem"])(problem.facts)
