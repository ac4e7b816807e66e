"""Who may do what on the pages around the letters."""

from forum.accounts.models import User, Visitor


def may_choose_language(who: Visitor, person: User) -> bool:
    """Whether the language of this person is theirs to choose: their own alone."""
    return not who.is_guest and who.id == person.id
