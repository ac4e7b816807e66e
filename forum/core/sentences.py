"""Domain errors in words: one sentence per code, in the reader's language."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from forum.core.errors import DomainError

Words = Callable[[dict[str, Any]], str]
LONGEST_WAIT_IN_SECONDS = 90


def _wait(facts: dict[str, Any]) -> str:
    seconds = int(facts.get("retry_after", 60))
    if seconds < LONGEST_WAIT_IN_SECONDS:
        return str(_("Too often. Please try again in %(seconds)s seconds.", seconds=seconds))
    return str(_("Too often. Please try again in %(minutes)s minutes.", minutes=-(-seconds // 60)))


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
    "too_many": _wait,
}


def sentences(more: dict[str, Words]) -> None:
    """Add a feature's own codes."""
    SENTENCES.update(more)


def sentence(problem: DomainError) -> str:
    """Return the words for a domain error."""
    return SENTENCES.get(problem.code, SENTENCES["problem"])(problem.facts)
