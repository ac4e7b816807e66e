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
from forum.accounts.actions.factors import (
    add_authenticator,
    add_passkey,
    remove_authenticator,
    remove_passkey,
    renew_codes,
    reset_second_factor,
)
from forum.accounts.actions.office import appoint_first, change_standing
from forum.accounts.actions.opening import confirm, open_account, resend_confirmation, sign_up
from forum.accounts.actions.reading import read_private
from forum.accounts.actions.resetting import ask_reset, reset_password, send_reset
from forum.accounts.actions.second_step import (
    begin_step,
    challenge_passkey,
    finish_step,
    note_proof,
    take_challenge,
    take_code,
    take_passkey,
    warn_of_guesses,
)
from forum.accounts.actions.sessions import end_sessions, open_session, prune_sessions

__all__ = [
    "add_authenticator",
    "add_passkey",
    "appoint_first",
    "ask_email_change",
    "ask_reset",
    "begin_step",
    "challenge_passkey",
    "change_password",
    "change_standing",
    "choose_language",
    "close_account",
    "close_unconfirmed",
    "confirm",
    "confirm_email_change",
    "end_sessions",
    "finish_step",
    "note_proof",
    "open_account",
    "open_session",
    "prune_sessions",
    "read_private",
    "rehash",
    "remove_authenticator",
    "remove_passkey",
    "renew_codes",
    "resend_confirmation",
    "reset_password",
    "reset_second_factor",
    "send_reset",
    "sign_up",
    "take_challenge",
    "take_code",
    "take_passkey",
    "update_profile",
    "warn_of_guesses",
]
