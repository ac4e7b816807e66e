"""The link by which somebody without an account appeals: mailed with the decision, good for that one alone."""

from forum.core.secrecy import sign, signed_by_us

PURPOSE = "appeal"


def opens(event_id: int, key: str) -> bool:
    """Whether this key is that of this decision."""
    return signed_by_us(PURPOSE, str(event_id), key)


def key_of(event_id: int) -> str:
    """Return the key of a decision."""
    return sign(PURPOSE, str(event_id))
