"""The events of an appeal: in the public journey of a letter only when the decision stands there too."""

from typing import Any

from forum.accounts.models import User
from forum.appeals.lifecycle import Side
from forum.appeals.models import Appeal, Verdict
from forum.core.events import FACTS, Audience, Kind, Role, record


def note(kind: Kind, appeal: Appeal, verdict: Verdict, *, by: User | None, judged: bool = False, **data: Any) -> None:
    """Record what happened to an appeal; of a decision that readers do not see they see no appeal either."""
    event = verdict.event
    public = FACTS[event.kind].audience is Audience.PUBLIC
    record(
        kind,
        by=by,
        role=Role.MODERATOR if judged else _role(verdict, appeal.side),
        letter_id=event.letter_id if public else None,
        case_id=event.case_id if public else None,
        merchant_id=event.merchant_id if public else None,
        about=f"appeal:{appeal.id}",
        asked_by=_role(verdict, appeal.side).value,
        decision=event.kind.value,
        decision_id=event.id,
        side=appeal.side.value,
        reason=event.data.get("reason"),
        **data,
    )


def _role(verdict: Verdict, side: Side) -> Role:
    """In which role that side acts."""
    if verdict.businesses.get(side):
        return Role.BUSINESS
    letter = verdict.letter
    if letter is not None and side is Side.CONCERNED and letter.author_id in verdict.people.get(side, frozenset()):
        return Role.AUTHOR
    return Role.READER
