"""Private data read by somebody with an office: with a reason, and a row that stays."""

from forum.accounts.lifecycle import Private, ReadingReason
from forum.accounts.models import User
from forum.accounts.rights import Right
from forum.core.access import ensure
from forum.core.db import unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Event, Kind, Role, record


@unit_of_work
def read_private(
    what: Private,
    *,
    by: User,
    reason: ReadingReason | None,
    about: str,
    letter_id: int | None = None,
    request_id: int | None = None,
) -> Event:
    """Write down that somebody reads private data, before it is shown; `about` names whose, as `user:5` or `letter:7`.

    `request_id` is the request of two persons that allowed it. Raises NotAllowed, SecondFactorNeeded or Invalid("why_needed").
    """
    ensure(may_read_private, by, None)
    if reason is None:
        raise Invalid("why_needed", field="why")
    return record(
        Kind.PRIVATE_READ,
        by=by,
        role=Role.MODERATOR,
        letter_id=letter_id,
        about=about,
        what=what.value,
        why=reason.value,
        **({} if request_id is None else {"request_id": request_id}),
    )


def may_read_private(who: User, _thing: object) -> bool:
    """Whether this person may read private data with a reason."""
    return who.may(Right.READ_PRIVATE)
