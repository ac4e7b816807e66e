"""Who may cover words, and whose: pure functions of (who, thing)."""

from forum.accounts.models import Visitor
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.access import kept_while_suspended
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.moderation.models import Thing
from forum.moderation.policy import may_decide_thing
from forum.redactions.lifecycle import Reach
from forum.responses.models import Response


def reach_for(who: Visitor, thing: Thing) -> Reach | None:
    """Whose words this person may cover from here; None: nobody's. Needs `thing.letter.cases`.

    A moderator everybody's under the letter, but neither on an own letter or comment nor where they speak for a business; an
    author their own, of a letter that was sent or of a comment that stands. A response is covered by moderators alone.
    """
    row = thing.row
    if not isinstance(row, Letter | Comment | Response) or thing.letter.publication is Publication.DRAFT:
        return None
    if isinstance(row, Comment) and row.state not in {CommentState.VISIBLE, CommentState.HIDDEN}:
        return None
    mine = not who.is_guest and who.id == thing.person_id
    if may_decide_thing(who, thing):
        return Reach.ALL
    return Reach.OWN if mine and not isinstance(row, Response) else None


@kept_while_suspended
def may_redact(who: Visitor, thing: Thing) -> bool:
    """Whether this person may cover words from here."""
    return reach_for(who, thing) is not None


def may_undo(who: Visitor, thing: Thing) -> bool:
    """Whether this person may read what was covered here and put it back: moderators who may decide about it."""
    return reach_for(who, thing) is Reach.ALL
