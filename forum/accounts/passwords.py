"""Password hashes: argon2id with OWASP's parameters, a few at a time, and the same work where there is no account."""

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import CHEAPEST

from forum.config import settings

PASSWORD_CHARACTERS = (10, 256)
HASHES_AT_ONCE = 2  # a flood of sign-ins must not take every core

_owasp = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_cheapest = PasswordHasher.from_parameters(CHEAPEST)
_turns = BoundedSemaphore(HASHES_AT_ONCE)


def as_typed_anywhere(password: str) -> str:
    """Return the same characters whichever keyboard composed them (NFC); a lone surrogate becomes a question mark."""
    return unicodedata.normalize("NFC", password.encode("utf-8", "replace").decode())


def _hasher() -> PasswordHasher:
    return _cheapest if settings().environment == "test" else _owasp


def hash_password(password: str) -> str:
    """Return the argon2id hash that is stored; about 30 ms, never inside a unit of work of a request."""
    with _turns:
        return _hasher().hash(as_typed_anywhere(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is right; without a stored hash the same work is done and the answer is no.

    More than the longest password is never hashed.
    """
    if len(password) > PASSWORD_CHARACTERS[1]:
        return False
    password = as_typed_anywhere(password)
    with _turns:
        try:
            return _hasher().verify(stored or _decoy(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(stored)


_decoys: dict[str, str] = {}


def _decoy() -> str:
    kind = settings().environment
    if kind not in _decoys:
        _decoys[kind] = _hasher().hash("nobody has this password")
    return _decoys[kind]
