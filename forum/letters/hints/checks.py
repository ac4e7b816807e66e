"""Whether digits are what they look like: identity numbers by their structure, cards by their check digit."""

import re

from forum.letters.places import PROVINCE_CODES


def digits_of(found: str) -> str:
    """Return the digits of a stretch, without what stands between them."""
    return "".join(character for character in found if character.isdigit())


def is_nik(digits: str) -> bool:
    """16 digits with a province, a date of birth (women: day + 40) and a serial, as on an identity or family card."""
    if len(digits) != 16:
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        digits[:2] in PROVINCE_CODES
        and digits[2:4] != "00"
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
        and digits[12:] != "0000"
    )


def is_card(digits: str) -> bool:
    """A payment card's number: a known first digit and length, and the check digit of Luhn (ISO/IEC 7812-1)."""
    if not re.fullmatch(r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|35\d{14}|6\d{15}", digits):
        return False
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
