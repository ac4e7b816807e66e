"""What people do with accounts: one verb per button, each one unit of work."""

from forum.accounts.actions.changes import (
    ask_email_change,
    change_password,
    choose_language,
    confirm_email_change,
    rehash,
    update_profile,
)
from forum.accounts.actions.closing import close_account, close_unconfirmed
from forum.accounts.actions.office import appoint_moderator
from forum.accounts.actions.opening import confirm, open_account, resend_confirmation, sign_up
from forum.accounts.actions.resetting import ask_reset, reset_password, send_reset
from forum.accounts.actions.sessions import end_sessions, open_session, prune_sessions

__all__ = [
    "appoint_moderator",
    "ask_email_change",
    "ask_reset",
    "change_password",
    "choose_language",
    "close_account",
    "close_unconfirmed",
    "confirm",
    "confirm_email_change",
    "end_sessions",
    "open_account",
    "open_session",
    "prune_sessions",
    "rehash",
    "resend_confirmation",
    "reset_password",
    "send_reset",
    "sign_up",
    "update_profile",
]
