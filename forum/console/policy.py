"""Who runs the site."""

from forum.accounts.models import Visitor
from forum.accounts.rights import Right


def may_operate(who: Visitor, _thing: object = None) -> bool:
    """Whether this person sees and uses the pages of administrators."""
    return who.may(Right.OPERATE)
