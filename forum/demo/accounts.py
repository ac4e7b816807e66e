"""The sign-ins of a demo: a password made for this data folder, kept in a file for its owner alone."""

import json
import os
import secrets
from dataclasses import asdict, dataclass

from forum.accounts.demo import FILE
from forum.config import settings

MODE = 0o600


@dataclass(frozen=True)
class Account:
    """One sign-in; `role` is consumer, business, moderator or administrator."""

    name: str
    role: str
    email: str
    password: str
    totp: str = ""  # secret of the app for codes, of those who have one


def new_password() -> str:
    """Return a password nobody else has: 72 random bits, easy to type."""
    return "-".join(secrets.token_hex(3) for _ in range(3))


def write(accounts: list[Account]) -> None:
    """Keep the sign-ins in the data folder, mode 0600; the file appears whole."""
    path = settings().data_dir / FILE
    fresh = path.with_name(f".{FILE}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE), "w", encoding="utf-8") as file:
        json.dump([asdict(account) for account in accounts], file, ensure_ascii=False, indent=1)
    fresh.rename(path)
