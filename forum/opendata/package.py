"""What the data package says of itself: `datapackage.json` after the Frictionless standard (specs.frictionlessdata.io, version 1). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from forum.config import settings
from forum.core.text import slug
from forum.opendata.cells import Table, written

FORMAT: Final = "surat-pembaca-open-data/1"
DESCRIPTION: Final = "datapackage.json"
LICENCES: Final = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODC-By-1.0": ("Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "ODbL-1.0": ("Open Data Commons Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "PDDL-1.0": (
        "Open Data Commons Public Domain Dedication and License 1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
    ),
}


@dataclass(frozen=True)
class Written:
    """A file as it was put into the package; `rows` of a table, without its heads."""

    path: str
    size: int  # bytes
    sha256: str
    rows: int | None = None


def file_name(day: date) -> str:
    """Return the name under which the package of a day is saved."""
    return f"{slug(settings().site_name)}-{day.isoformat()}.zip"


def description(made_at: datetime, day: date, working_day: int, tables: Mapping[str, Table], files: Sequence[Written]) -> dict[str, Any]:
    """Return the description of a package: of its files, its licence, and of the day that its figures are counted for."""
    config = settings()
    title, path = LICENCES[config.open_licence]
    return {
        "profile": "data-package",
        "name": f"{slug(config.site_name)}-open-data",
        "title": f"{config.site_name}: open data",
        "description": "Letters to businesses, their responses and outcomes as facts, without words and names of people.",
        "homepage": f"{config.site_url}/open",
        "version": day.isoformat(),
        "created": written(made_at),
        "licenses": [{"name": config.open_licence, "title": title, "path": path}],
        "counting": {
            "format": FORMAT,
            "day": day.isoformat(),
            "working_day": working_day,
            "time_zone": config.time_zone.key,
        },
        "resources": [_resource(one, tables.get(one.path)) for one in files],
    }


def _resource(one: Written, table: Table | None) -> dict[str, Any]:
    name = one.path.lower().removeprefix("data/").removesuffix(".csv").removesuffix(".md").replace(".", "-")
    said: dict[str, Any] = {"name": name, "path": one.path, "bytes": one.size, "hash": f"sha256:{one.sha256}", "encoding": "utf-8"}
    if table is None:
        return {**said, "profile": "data-resource", "format": "md", "mediatype": "text/markdown"}
    return {
        **said,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "description": table.meaning,
        "rows": one.rows,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": table.schema,
    }
