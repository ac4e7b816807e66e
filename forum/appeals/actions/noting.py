"""The events of an appeal: in the public journey of a letter only when the decision stands there too."""

from typing import Any

from forum.accounts.models import User
from forum.appeals.lifecycle import Side
from forum.appeals.models import Appeal, Verdict
from forum.core.events import FACTS, Audience, Kind, Role, record
from forum.moderation.lifecycle import Reason


def note(kind: Kind, appeal: Appeal, verdict: Verdict, *, by: User | None, judged: bool = False, **data: Any) -> None:
    """Record what happened to an appeal; of a decision that readers do not see they see no appeal either."""
    event, reason = verdict.event, verdict.event.data.get("reason")
    public = FACTS[event.kind].audience is Audience.PUBLIC
    record(
        kind,
        by=by,
        role=Role.MODERATOR if judged else _role(verdict, appeal.side),
        letter_id=event.letter_id if public else None,
        case_id=event.case_id if public else None,
        merchant_id=event.merchant_id if public else None,
        about=f"appeal:{appeal.id}",
        asked_by=_asking(verdict, appeal.side),
        against=event.kind.value,
        against_id=event.id,
        side=appeal.side.value,
        reason=reason if reason in set(Reason) else None,
        **data,
    )


def _asking(verdict: Verdict, side: Side) -> str:
    """Whose request it is: of who had asked for the decision, what the decision says."""
    asked_by = verdict.event.data.get("asked_by") if side is Side.ASKER else None
    return str(asked_by or _role(verdict, side).value)


def _role(verdict: Verdict, side: Side) -> Role:
    """In which role that side acts."""
    if verdict.businesses.get(side):
        return Role.BUSINESS
    letter = verdict.letter
    if letter is not None and side is Side.CONCERNED and letter.author_id in verdict.people.get(side, frozenset()):
        return Role.AUTHOR
    return Role.READER
