"""How a column and a table of the open data are told, as the Frictionless Table Schema says it, and how a value is written. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

MOMENT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
Value = str | int | bool | date | datetime | list[Any] | None


class BadValue(ValueError):
    """A cell holds what its column cannot."""


@dataclass(frozen=True)
class Column:
    """A column: `type` as in Table Schema (integer, string, boolean, date, datetime, array), `among` its closed list."""

    name: str
    type: str
    meaning: str
    required: bool = False
    among: Sequence[str] = ()

    @property
    def schema(self) -> dict[str, Any]:
        """It as a field of Table Schema."""
        said: dict[str, Any] = {"name": self.name, "type": self.type, "description": self.meaning}
        if self.type == "datetime":
            said["format"] = MOMENT
        limits: dict[str, Any] = {"required": True} if self.required else {}
        if self.among:
            limits["enum"] = list(self.among)
        return {**said, "constraints": limits} if limits else said

    def read(self, cell: str) -> Any:
        """Return the value of a cell; raises BadValue."""
        if not cell:
            if self.required:
                raise BadValue(f"{self.name} is empty")
            return None
        try:
            found = _READ[self.type](cell)
        except (ValueError, TypeError, KeyError, RecursionError) as problem:
            raise BadValue(f"{self.name} is no {self.type}: {cell[:60]!r}") from problem
        if self.among and found not in self.among:
            raise BadValue(f"{self.name} is none of its list: {cell[:60]!r}")
        return found


@dataclass(frozen=True)
class Table:
    """A file of the package; `key` names the columns by which a row is found, `refers` those that name a row of another table."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"data/{self.name}.csv"

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.columns)

    @property
    def schema(self) -> dict[str, Any]:
        """It as a Table Schema."""
        others = [
            {"fields": [column], "reference": {"resource": other, "fields": [_KEY_OF[other]]}}
            for column, other in self.refers.items()
        ]
        said = {"fields": [one.schema for one in self.columns], "missingValues": [""], "primaryKey": list(self.key)}
        return {**said, "foreignKeys": others} if others else said


def written(value: Value) -> str | int | None:
    """Return a value as its cell holds it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(MOMENT)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value) if isinstance(value, StrEnum) else value


def _moment(cell: str) -> datetime:
    return datetime.strptime(cell, MOMENT).replace(tzinfo=UTC)


def _array(cell: str) -> list[Any]:
    found = json.loads(cell)
    if not isinstance(found, list):
        raise TypeError(cell)
    return found


_READ: Final[dict[str, Any]] = {
    "integer": int,
    "string": str,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": _moment,
    "array": _array,
}
_KEY_OF: Final = {"businesses": "id", "letters": "id", "cases": "id", "responses": "id"}
