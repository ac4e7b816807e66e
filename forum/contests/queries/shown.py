"""What readers of a letter see of its contests: the step, the deadline, the passages; never what the sides say."""

from dataclasses import dataclass
from datetime import datetime

from forum.contests.lifecycle import ContestState, Ground, Side
from forum.contests.queries.one import open_on
from forum.letters.models import Letter
from forum.letters.passages import standing


@dataclass(frozen=True)
class Shown:
    """An open contest: `by` is the business's name, empty for a person; `due` the present deadline, None while there is none."""

    id: int
    side: Side
    by: str
    ground: Ground
    state: ContestState
    reacted: bool
    hides: bool
    filed_at: datetime
    due: datetime | None
    decision_due: datetime | None


def shown_on(letter: Letter) -> tuple[list[Shown], list[str]]:
    """Return the open contests of a letter and those of their passages that stand to be marked; no query where it is not contested."""
    if letter.contested_at is None:
        return [], []
    found = open_on(letter.id)
    marked = dict.fromkeys(passage for one in found if not one.hides for passage in one.passages)
    shown = [
        Shown(
            one.id,
            one.side,
            "" if one.case is None else one.case.merchant.name,
            one.ground,
            one.state,
            one.reacted_at is not None,
            one.hides,
            one.filed_at,
            one.author_due,
            one.decision_due,
        )
        for one in found
        if one.ground is not None and one.filed_at is not None
    ]
    return shown, standing(letter, marked)
