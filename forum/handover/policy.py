"""Who may do what with packs and bodies: pure functions of (who, thing)."""

from forum.accounts.models import Visitor
from forum.core.access import kept_while_suspended
from forum.letters.lifecycle import Publication
from forum.letters.models import Case
from forum.letters.policy import is_author

PRINTED = frozenset({Publication.PUBLISHED, Publication.TAKEN_DOWN})


@kept_while_suspended
def may_take_pack(who: Visitor, case: Case) -> bool:
    """Whether this person may see and take packs of the case: the author alone, also of a letter that was taken down.

    Needs `case.letter`. Whether there is a ground for one is another question (`responses.lifecycle.ground_of`).
    """
    return is_author(who, case.letter) and case.started_at is not None and case.letter.publication in PRINTED


def may_edit_bodies(who: Visitor, _thing: object = None) -> bool:
    """Whether this person may change the bodies and their order."""
    return who.is_moderator
