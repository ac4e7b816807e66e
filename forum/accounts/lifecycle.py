"""What an account begins with and what it leaves behind."""

from datetime import timedelta

RULES_VERSION = "2026-11"  # of the rules a person consents to; change it with the page of rules
CLOSED_NAME = "Penulis menghapus akun"  # stands under what a closed account wrote
RESERVED_NAMES = frozenset({"redaksi", "moderator", "admin", "administrator", CLOSED_NAME.casefold()})
TIME_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

CONFIRM_LIVES = timedelta(days=3)
RESET_LIVES = timedelta(minutes=60)
CHANGE_EMAIL_LIVES = timedelta(hours=24)
