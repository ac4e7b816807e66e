"""How a change is written down."""

from typing import Any

from forum.accounts.models import User
from forum.console.lifecycle import What
from forum.console.models import WHY_CHARACTERS
from forum.core import steering
from forum.core.errors import Invalid
from forum.core.events import Kind, Role, record


def note(
    what: What,
    name: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    *,
    by: User | None,
    why: str = "",
) -> None:
    """Record a change, in the unit of work that makes it; `by` None: a command. Every process reads anew what is steered."""
    steering.changed()
    role = Role.SYSTEM if by is None else Role.MODERATOR
    record(
        Kind.SITE_CHANGED,
        by=by,
        role=role,
        about=what.value,
        what=what.value,
        name=name,
        before=before,
        after=after,
        why=why,
    )


def reason(why: str, *, field: str = "why") -> str:
    """Return the reason without white space around it. Raises Invalid."""
    why = why.strip()
    if not WHY_CHARACTERS[0] <= len(why) <= WHY_CHARACTERS[1]:
        raise Invalid("words_needed", field=field, least=WHY_CHARACTERS[0], most=WHY_CHARACTERS[1])
    return why
