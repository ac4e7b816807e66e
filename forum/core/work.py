"""A sum that the browser does before a form is taken, while many come at once: ALTCHA's challenge, made and checked here alone.

A browser needs about a second for it, a crowd of ten thousand forms three hours. Whoever has no script is not shut out: a
sign-up without it counts in a narrow limit of its own, a guest's report without it waits at the end of the queue.
"""

import json
from base64 import b64decode
from datetime import timedelta
from typing import Any, Final

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution

from forum.config import settings
from forum.core import limits, steering
from forum.core.clock import utcnow
from forum.core.rates import LIMITS
from forum.core.secrecy import sign

MOST: Final = 50_000
"""The number to be found lies below; on average half of them are tried."""
HOLDS: Final = timedelta(minutes=15)
LONGEST_CHARACTERS: Final = 2_000


def is_asked(name: str, *, permitted: bool = False) -> bool:
    """Whether the sum is asked for now; `name` is the limit of the whole site that tells of an attack, `permitted` as it counts."""
    wanted = steering.value(steering.PROOF_OF_WORK) or settings().proof_of_work
    if wanted != "auto":
        return wanted == "on"
    return 2 * limits.so_far(name, "", permitted=permitted) >= LIMITS[name].number


def challenge() -> dict[str, Any]:
    """Return a fresh sum as the browser takes it."""
    options = ChallengeOptions(max_number=MOST, hmac_key=_key(), expires=(utcnow() + HOLDS).astimezone())
    made: dict[str, Any] = create_challenge(options).to_dict()
    return made


def is_done(solution: str) -> bool:
    """Whether this is the solved sum of a challenge of ours that holds and was not used before; it is used up by asking."""
    if not solution or len(solution) > LONGEST_CHARACTERS or not solution.isascii():
        return False
    try:
        sent = json.loads(b64decode(solution))
        right, _problem = verify_solution(sent, _key(), check_expires=True)
    except (ValueError, TypeError, KeyError, AttributeError):  # the library looks into what a stranger sent
        return False
    return right and limits.count("work", sent["challenge"])[0] <= LIMITS["work"].number


def _key() -> str:
    return sign("work", "key")
