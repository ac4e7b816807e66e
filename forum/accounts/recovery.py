"""Recovery codes: 79 random bits each, so that a plain hash keeps them; without letters that look alike."""

import secrets
import unicodedata

from forum.core.secrecy import digest

HOW_MANY = 10
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
SIGNS_PER_CODE = 16
GROUP = 4


def new_codes() -> list[str]:
    """Return fresh codes as they are shown, in groups of four."""
    return [
        "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(SIGNS_PER_CODE // GROUP))
        for _ in range(HOW_MANY)
    ]


def normal_code(typed: str) -> str:
    """Return a code without its groups, in lower case; empty for what can be none."""
    folded = unicodedata.normalize("NFKC", typed[:200]).lower()
    signs = "".join(c for c in folded if not c.isspace() and c != "-")
    return signs if len(signs) == SIGNS_PER_CODE and set(signs) <= set(SIGNS) else ""


def code_hash(user_id: int, code: str) -> str:
    """Return what is kept of a person's code (as `normal_code` gives it)."""
    return digest(f"recovery:{user_id}:{code}")
