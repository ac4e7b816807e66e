"""What every decision against somebody must carry."""

from forum.core.errors import Invalid
from forum.moderation.lifecycle import Reason
from forum.moderation.models import MESSAGE_CHARACTERS


def ensure_reason(reason: Reason | None) -> Reason:
    """Return the reason; raises Invalid without one."""
    if reason is None:
        raise Invalid("reason_needed", field="reason")
    return reason


def ensure_words(words: str, *, field: str = "message") -> str:
    """Return the words to a person; raises Invalid outside MESSAGE_CHARACTERS."""
    words = words.strip()
    least, most = MESSAGE_CHARACTERS
    if not least <= len(words) <= most:
        raise Invalid("words_needed", field=field, length=len(words), least=least, most=most)
    return words


def ensure_short(words: str, *, field: str = "message") -> str:
    """Return words that may be left out; raises Invalid when they are too long."""
    words = words.strip()
    if len(words) > MESSAGE_CHARACTERS[1]:
        raise Invalid("words_needed", field=field, length=len(words), least=0, most=MESSAGE_CHARACTERS[1])
    return words
