"""The sign-ins of the demo, whose codes its visitors are shown; nothing of it outside FORUM_ENV=demo."""

import json

from forum.accounts.models import User
from forum.config import settings

FILE = "demo-accounts.json"


def secret_of(user: User) -> str | None:
    """Return the secret of the app of a demo account, as the demo left it in the data folder; None for anybody else."""
    if settings().environment != "demo":
        return None
    try:
        people = json.loads((settings().data_dir / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return next((one.get("totp") or None for one in people if one.get("email") == user.email), None)
