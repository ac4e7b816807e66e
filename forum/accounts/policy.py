"""Who may do what with an account: its owner, nobody else."""

from forum.accounts.models import LoginSession, Passkey, User, Visitor
from forum.core.access import kept_while_suspended


@kept_while_suspended
def may_change(who: Visitor, user: User) -> bool:
    """Whether this person may change, secure or close the account."""
    return not who.is_guest and who.id == user.id and user.is_active


@kept_while_suspended
def may_end(who: Visitor, session: LoginSession) -> bool:
    """Whether this person may end the sign-in."""
    return not who.is_guest and who.id == session.user_id


@kept_while_suspended
def may_remove_passkey(who: Visitor, passkey: Passkey) -> bool:
    """Whether this person may remove the passkey."""
    return not who.is_guest and who.id == passkey.user_id
