"""Who keeps the lists."""

from forum.accounts.models import Visitor


def may_keep_lists(who: Visitor, _thing: object = None) -> bool:
    """Whether this person reads and changes the lists of words and links."""
    return who.is_moderator
