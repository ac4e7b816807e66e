"""What of the ledger an address asks for."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from flask import request
from flask_babel import gettext as _

from forum.core.errors import Invalid
from forum.core.templating import address
from forum.ledger import words
from forum.ledger.lifecycle import GROUPS, Act, AskedBy, Group
from forum.ledger.queries import Filters, business_named
from forum.merchants.models import Merchant

MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
ABOUT: Final = re.compile(r"(letter|comment|response|attachment|merchant|objection|appeal|sanction):[1-9]\d{0,17}")
LONGEST_NAME_CHARACTERS: Final = 200
NAMES: Final = ("business", "kind", "reason", "month", "asked_by", "about")
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Asked:
    """What the address says, as it was typed, and what is looked for; `unknown` where there is no such business."""

    typed: dict[str, str]
    filters: Filters
    merchant: Merchant | None
    unknown: bool

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.typed

    def url(self, endpoint: str, **more: str | None) -> str:
        """Return the address of a page or file with the same filters."""
        return address(endpoint, **{**self.typed, **more})


def asked() -> Asked:
    """Read the address; raises Invalid for a value of a closed list that it does not hold."""
    typed = {name: value.strip() for name, value in request.args.items() if name in NAMES and value.strip()}
    kind, name = typed.get("kind"), typed.get("business", "")[:LONGEST_NAME_CHARACTERS]
    merchant = business_named(name) if name else None
    filters = Filters(
        merchant_id=None if merchant is None else merchant.id,
        act=Act(kind) if kind in set(Act) else None,
        group=_one_of(Group, kind, "kind") if kind not in set(Act) else None,
        reason=_reason(typed.get("reason")),
        month=_matching(MONTH, typed.get("month"), "month"),
        asked_by=_one_of(AskedBy, typed.get("asked_by"), "asked_by"),
        about=_matching(ABOUT, typed.get("about"), "about"),
    )
    if merchant is not None:
        typed["business"] = merchant.slug
    return Asked(typed, filters, merchant, unknown=bool(name) and merchant is None)


def kinds() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the groups of acts with their acts, each with its words, as the form offers them."""
    return [
        (group.value, str(words.GROUPS[group]), [(act.value, str(words.ACTS[act])) for act in acts])
        for group, acts in GROUPS.items()
    ]


def title(found: Asked) -> str:
    """Return the ledger's name with what is looked for, as feeds and tabs of browsers name it."""
    parts = [_("Moderation ledger")]
    if found.merchant is not None:
        parts.append(found.merchant.name)
    if found.filters.act is not None:
        parts.append(str(words.ACTS[found.filters.act]))
    if found.filters.group is not None:
        parts.append(str(words.GROUPS[found.filters.group]))
    if found.filters.month is not None:
        parts.append(words.month(found.filters.month))
    return " · ".join(parts)


def _one_of(kind: type[Choice], value: str | None, name: str) -> Choice | None:
    if value is None:
        return None
    if value not in set(kind):
        raise Invalid(field=name)
    return kind(value)


def _reason(value: str | None) -> str | None:
    if value is not None and value not in words.reasons():
        raise Invalid(field="reason")
    return value


def _matching(pattern: re.Pattern[str], value: str | None, name: str) -> str | None:
    if value is not None and not pattern.fullmatch(value):
        raise Invalid(field=name)
    return value
