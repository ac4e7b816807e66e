"""How a remedy was given: the small fields that belong to each, read from what was typed."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.errors import Invalid
from forum.letters.models import LARGEST_LOSS_RUPIAH
from forum.responses.lifecycle import Ground, Way
from forum.responses.models import LONGEST_HOW_CHARACTERS, Remedy

How = Mapping[str, Any]  # JSON: amount (whole rupiah), way, on (ISO date), what, until (ISO date), ground, words

FIELDS: Final[dict[Remedy, dict[str, str]]] = {
    Remedy.REFUND: {"amount": "refund_amount", "way": "refund_way", "on": "refund_on"},
    Remedy.REPLACEMENT: {"what": "goods", "on": "goods_on"},
    Remedy.REPAIR: {"what": "goods", "on": "goods_on"},
    Remedy.OFFER: {"what": "offer", "until": "offer_until"},
    Remedy.REFUSAL: {"ground": "ground", "words": "ground_words"},
    Remedy.EXPLANATION: {},
    Remedy.APOLOGY: {},
    Remedy.NOT_OUR_CUSTOMER: {},
}
"""What belongs to each remedy, and the name of its field in the form."""
NEEDED: Final = frozenset({"amount", "what", "ground", "words"})
FORM_FIELDS: Final = tuple(dict.fromkeys(field for fields in FIELDS.values() for field in fields.values()))
NEEDED_FIELDS: Final = frozenset(field for fields in FIELDS.values() for key, field in fields.items() if key in NEEDED)
LONGEST_DAYS: Final = 366 * 5
"""A day that is told lies within so many of today."""
_RUPIAH = re.compile(
    r"(?:rp\.?|idr)?\s*(?P<whole>\d{1,3}(?:[., ]\d{3})+|\d{1,16})(?:,00|,-|\.00)?", re.IGNORECASE | re.ASCII
)


def of_fields(remedy: Remedy, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the how of a remedy from what was typed into the form's fields; fields of other remedies are left out.

    Raises Invalid at its field where a value is none.
    """
    read = {key: _read(key, typed.get(field), field) for key, field in FIELDS[remedy].items()}
    return {key: value for key, value in read.items() if value is not None}


def problems(remedy: Remedy, typed: Mapping[str, Any]) -> Iterator[Invalid]:
    """Yield what is wrong with each of the remedy's fields, where `of_fields` and `check` stop at the first."""
    for key, field in FIELDS[remedy].items():
        try:
            _check_one(key, _read(key, typed.get(field), field), field)
        except Invalid as problem:
            yield problem


def check(remedy: Remedy, how: How) -> None:
    """Raise Invalid at its field when this how cannot stand for the remedy: something is missing, strange or too long."""
    for key, field in FIELDS[remedy].items():
        _check_one(key, how.get(key), field)
    if set(how) - set(FIELDS[remedy]):
        raise Invalid(field="remedy")


def texts(remedy: Remedy, how: How) -> Iterator[tuple[str, str]]:
    """Yield the free words of a how with their fields in the form."""
    for key, field in FIELDS[remedy].items():
        if key in {"what", "words"} and how.get(key):
            yield field, str(how[key])


def rupiah(value: Any, field: str) -> int:
    """Return whole rupiah from a number or from `Rp1.250.000`; raises Invalid at the field."""
    text = str(value).strip()
    hit = _RUPIAH.fullmatch(text) if len(text) <= 40 else None
    amount = int(re.sub(r"\D", "", hit["whole"])) if hit else 0
    if not 0 < amount <= LARGEST_LOSS_RUPIAH:
        raise Invalid("rupiah", field=field)
    return amount


def _read(key: str, typed: Any, field: str) -> Any:
    if typed in {None, ""}:
        return None
    if key == "amount":
        return rupiah(typed, field)
    if key in {"on", "until"}:
        return _day(key, typed, field).isoformat()
    return " ".join(str(typed).split())


def _check_one(key: str, value: Any, field: str) -> None:
    if value in {None, ""}:
        if key in NEEDED:
            raise Invalid("how_missing", field=field)
    elif key == "amount":
        rupiah(value, field)
    elif key in {"on", "until"}:
        _day(key, value, field)
    elif len(str(value)) > LONGEST_HOW_CHARACTERS:
        raise Invalid("length", field=field, least=1, most=LONGEST_HOW_CHARACTERS)
    elif (key == "ground" and value not in set(Ground)) or (key == "way" and value not in set(Way)):
        raise Invalid(field=field)


def _day(key: str, value: Any, field: str) -> date:
    """Return the day of something that was done (`on`) or holds on (`until`); raises Invalid at the field."""
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as problem:
        raise Invalid("how_day", field=field) from problem
    today = local_date(utcnow(), settings().time_zone)
    if abs(day - today) > timedelta(days=LONGEST_DAYS):
        raise Invalid("how_day", field=field)
    if key == "on" and day > today:
        raise Invalid("not_done_yet", field=field)
    return day
