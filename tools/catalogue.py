"""Keeps the Indonesian catalogue: `python -m tools.catalogue add FILE.json | missing | compile`."""

import argparse
import fcntl
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "id"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "Limit": (4,),  # what counts: a page of administrators says it
}
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg", ".md", ".jinja", ".j2"}
HEADER = (
    'msgid ""\n'
    'msgstr ""\n'
    '"Language: id\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)
PLACEHOLDER = re.compile(r"%(?:\((?P<name>[^)]*)\))?(?P<kind>[a-zA-Z%])")


class BadEntry(ValueError):
    """A translation that cannot go into the catalogue; the message says which and why."""


class Entry(NamedTuple):
    """One sentence: `plural` is None when the number does not matter."""

    msgid: str
    plural: str | None
    translation: str


class Place(NamedTuple):
    """Where a sentence is used."""

    msgid: str
    plural: str | None
    file: str
    line: int


def placeholders(text: str) -> list[str]:
    """The sorted placeholders of a sentence, such as ["(name)s"]; a doubled percent sign is not one."""
    found = PLACEHOLDER.finditer(text)
    return sorted(
        f"({hit['name']}){hit['kind']}" if hit["name"] is not None else hit["kind"]
        for hit in found
        if hit["kind"] != "%"
    )


def parse_entries(data: object) -> list[Entry]:
    """Read `{msgid: translation}` or `{msgid: {"plural": …, "id": …}}`; raises BadEntry."""
    if not isinstance(data, dict):
        raise BadEntry("the file must hold one JSON object")
    entries = []
    for msgid, value in data.items():
        plural, translation = None, value
        if isinstance(value, dict):
            plural, translation = value.get("plural"), value.get(LANGUAGE)
            if set(value) != {"plural", LANGUAGE} or not isinstance(plural, str):
                raise BadEntry(f'{msgid!r}: a plural entry is {{"plural": …, "id": …}}')
        if not msgid or not isinstance(translation, str) or not translation.strip():
            raise BadEntry(f"{msgid!r}: no translation")
        wanted, given = set(placeholders(plural or msgid)), set(placeholders(translation))
        if wanted != given:
            raise BadEntry(f"{msgid!r}: placeholders {sorted(wanted)} expected, {sorted(given)} found")
        entries.append(Entry(msgid, plural, translation))
    return entries


def po_path(root: Path = ROOT) -> Path:
    """The catalogue's source file."""
    return root / "forum" / "translations" / LANGUAGE / "LC_MESSAGES" / "messages.po"


def load(path: Path) -> Catalog:
    """Read the catalogue; an absent file is an empty one."""
    data = path.read_bytes() if path.exists() else HEADER.encode()
    return read_po(io.BytesIO(data), locale=LANGUAGE, abort_invalid=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that two runs do not lose each other's sentences."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def replace_file(path: Path, data: bytes) -> None:
    """Write beside the file and rename, so that a reader never meets half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise


def save(path: Path, catalog: Catalog) -> None:
    """Write the catalogue sorted by msgid, without places or dates, so that a change shows as itself."""
    body = io.BytesIO()
    write_po(body, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    replace_file(path, HEADER.encode() + body.getvalue())


def _text(message: Message) -> str:
    string = message.string
    return (string[0] if string else "") if isinstance(string, list | tuple) else string or ""


def _singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else message.id


def add(entries: list[Entry], path: Path) -> list[str]:
    """Merge the entries; returns one line for each translation that was replaced."""
    notes = []
    with locked(path.parent):
        catalog = load(path)
        for entry in entries:
            old = catalog.get(entry.msgid)
            if old is not None and _text(old) != entry.translation:
                notes.append(f"replaced {entry.msgid!r}: {_text(old)!r} -> {entry.translation!r}")
            if old is not None and entry.plural is None and old.pluralizable:
                raise BadEntry(f"{entry.msgid!r} has a plural in the catalogue")
            catalog.delete(entry.msgid)
            if entry.plural is None:
                catalog.add(entry.msgid, entry.translation)
            else:
                catalog.add((entry.msgid, entry.plural), (entry.translation,))
        save(path, catalog)
    return notes


def sources(root: Path) -> Iterator[tuple[Path, str]]:
    """Each file that may hold sentences, with the extractor that reads it."""
    for path in sorted((root / "forum").rglob("*.py")):
        yield path, "python"
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in TEMPLATE_SUFFIXES and path.is_file():
            yield path, "jinja2"


def used(root: Path = ROOT) -> list[Place]:
    """Every sentence in code and templates with its place; raises what a broken template raises."""
    found = []
    for path, method in sources(root):
        name = str(path.relative_to(root))
        options = {"silent": "false", "extensions": "forum.core.ready.ReadyParts"} if method == "jinja2" else {}
        with path.open("rb") as file:
            for line, message, _comments, _context in extract(method, file, keywords=KEYWORDS, options=options):
                parts = message if isinstance(message, tuple) else (message, None)
                if parts[0]:
                    found.append(Place(parts[0], parts[1], name, line))
    return found


def missing(root: Path = ROOT) -> list[Place]:
    """The sentences in use that have no Indonesian translation, or only one without its plural."""
    catalog = load(po_path(root))
    gaps = []
    for place in used(root):
        message = catalog.get(place.msgid)
        if message is None or not _text(message) or (place.plural is not None and not message.pluralizable):
            gaps.append(place)
    return gaps


def unused(root: Path = ROOT) -> list[str]:
    """The sentences of the catalogue that no code or template uses."""
    in_use = {place.msgid for place in used(root)}
    catalog = load(po_path(root))
    return sorted(_singular(message) for message in catalog if message.id and _singular(message) not in in_use)


def compile_catalogue(path: Path, *, force: bool = False) -> bool:
    """Write the .mo when it is older than the .po; True when it was written."""
    target = path.with_suffix(".mo")
    if not force and target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
        return False
    body = io.BytesIO()
    with locked(path.parent):
        write_mo(body, load(path))
        replace_file(target, body.getvalue())
    return True


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status, 1 when a sentence is missing or refused."""
    parser = argparse.ArgumentParser(prog="python -m tools.catalogue", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("add", help="merge a JSON file of translations").add_argument("file", type=Path)
    commands.add_parser("missing", help="list sentences without a translation, and unused ones")
    commands.add_parser("compile", help="write the .mo when it is older than the .po")
    chosen = parser.parse_args(arguments)
    if chosen.command == "add":
        try:
            entries = parse_entries(json.loads(chosen.file.read_text(encoding="utf-8")))
            notes = add(entries, po_path())
        except (BadEntry, json.JSONDecodeError) as problem:
            print(problem, file=sys.stderr)
            return 1
        print("\n".join([*notes, f"{len(entries)} in"]))
        return 0
    if chosen.command == "missing":
        gaps = missing()
        for place in gaps:
            print(f"{place.file}:{place.line}: {place.msgid!r}" + (f" / {place.plural!r}" if place.plural else ""))
        leftover = unused()
        print(
            "\n".join([*(f"unused: {msgid!r}" for msgid in leftover), f"{len(gaps)} missing, {len(leftover)} unused"])
        )
        return 1 if gaps else 0
    print("compiled" if compile_catalogue(po_path()) else "up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
