"""Codes of an app (TOTP, RFC 6238): six digits that change every 30 seconds."""

import hmac
import unicodedata

import pyotp
import segno

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.secrecy import sign, signed_by_us

STEP_SECONDS = 30
DRIFT_STEPS = 1  # a clock may be this much off, before and after
CODE_DIGITS = 6
QUIET_ZONE = 4  # of a QR code, in modules


def new_secret() -> str:
    """Return 160 random bits in base32."""
    return pyotp.random_base32()


def in_groups(secret: str) -> str:
    """Return the secret in groups of four, to be typed."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def address_of(secret: str, email: str) -> str:
    """Return the `otpauth://` address that apps read from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=settings().site_name)


def qr_path(text: str) -> tuple[int, str]:
    """Return the side in modules and the path of a QR code's dark modules, to be drawn by a template as SVG."""
    matrix = segno.make(text, error="m", micro=False).matrix
    rows = [
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    ]
    return len(matrix) + 2 * QUIET_ZONE, "".join(rows)


def seal(user_id: int, secret: str) -> str:
    """Return what a form carries beside a secret, so that nobody is given one that somebody else chose."""
    return sign("totp", f"{user_id}:{secret}")


def is_sealed(user_id: int, secret: str, seal: str) -> bool:
    """Whether we gave this person this secret."""
    return signed_by_us("totp", f"{user_id}:{secret}", seal)


def counter_now() -> int:
    """Return the number of the present step."""
    return int(utcnow().timestamp()) // STEP_SECONDS


def normal_code(typed: str) -> str:
    """Return the digits of a code, however it was grouped; empty for anything else."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", typed) if not c.isspace() and c not in "-.")
    return digits if len(digits) == CODE_DIGITS and digits.isascii() and digits.isdigit() else ""


def matching_counter(secret: str, typed: str, *, after: int) -> int | None:
    """Return the step of a right code, None for a wrong one, or one of a step not later than `after`: no code counts twice."""
    code, now, found = normal_code(typed), counter_now(), None
    for counter in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        right = hmac.compare_digest(pyotp.TOTP(secret).generate_otp(counter), code)
        if right and counter > after:
            found = counter
    return found


def next_code(secret: str, *, after: int) -> str:
    """Return the code of the present step, or of the next one when that was taken."""
    return pyotp.TOTP(secret).generate_otp(max(counter_now(), after + 1))
