"""Writing down who took a copy of a desk."""

from forum.accounts.models import User
from forum.core.db import unit_of_work
from forum.core.errors import NotAllowed
from forum.core.events import Event, Kind, Role, record


@unit_of_work
def note_export(merchant_ids: list[int], *, by: User, form: str, private: bool) -> list[Event]:
    """Record that a person takes the list of these businesses with them, and whether with private details. Raises NotAllowed."""
    if not merchant_ids or not set(merchant_ids) <= (by.answering_ids if private else by.reading_ids):
        raise NotAllowed
    return [
        record(Kind.CASES_EXPORTED, by=by, role=Role.BUSINESS, merchant_id=one, form=form, private=private)
        for one in merchant_ids
    ]
