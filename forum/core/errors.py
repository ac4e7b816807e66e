"""What can go wrong in the domain: codes and facts, never sentences."""

from typing import Any


class DomainError(Exception):
    """A refusal with a code, the field it belongs to (or none) and facts for the sentence."""

    code = "problem"

    def __init__(self, code: str | None = None, *, field: str | None = None, **facts: Any) -> None:
        self.code = code or self.code
        self.field = field
        self.facts = facts
        super().__init__(self.code)


class NotAllowed(DomainError):
    """This person may see the thing but not do this with it (403)."""

    code = "not_allowed"


class SecondFactorNeeded(NotAllowed):
    """This person could do it with a second factor, and has none yet (403; in a browser they are led to set one up)."""

    code = "second_factor_needed"


class Suspended(NotAllowed):
    """This person could do it, and is suspended for now (403); facts hold `until`."""

    code = "suspended"


class Limited(NotAllowed):
    """A moderator took just this away from the person for a while (403); facts hold `scope` and `until`."""

    code = "limited"


class Missing(DomainError):
    """There is no such thing for this person (404)."""

    code = "missing"


class Moved(DomainError):
    """The thing has another address now (301); facts hold the view arguments that are others."""

    code = "moved"


class Gone(DomainError):
    """The thing was removed and left a tombstone (410); facts hold `letter`."""

    code = "gone"


class Stale(DomainError):
    """The thing changed since the person read it."""

    code = "stale"


class NotNow(DomainError):
    """The move does not exist in the present state."""

    code = "not_now"


class Invalid(DomainError):
    """A value cannot be taken; `field` names it."""

    code = "invalid"


class ReadOnly(DomainError):
    """The site can only be read for now (503); facts hold `why` and `retry_after` in seconds."""

    code = "read_only"


class TooMany(DomainError):
    """A limit is reached; facts hold `retry_after` in seconds (429)."""

    code = "too_many"
