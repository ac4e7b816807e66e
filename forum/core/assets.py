"""The served files: built once from `static/` into a folder named after its contents."""

import gzip
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

import brotli

LAYERS = ("tokens", "reset", "base", "ui", "pages")
STYLE = "site.css"
TAG_LENGTH = 12
COMPRESSED = {".css", ".js", ".svg", ".json", ".txt", ".webmanifest"}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FORMAT = "2"  # enters the tag: change it when the way of building changes


class Assets:
    """Knows the public address of each built file."""

    def __init__(self, tag: str, prefix: str = "/static") -> None:
        self.tag = tag
        self.prefix = prefix

    def url(self, path: str) -> str:
        """Return the address of a file, which changes whenever any served file changes."""
        return f"{self.prefix}/{self.tag}/{path}"


def build(source: Path, target: Path) -> str:
    """Build `source` into `target/<tag>/` unless it is there already, and return the tag.

    The folder appears by one rename, so that two processes that start together both find it whole.
    Folders of earlier tags stay: a page opened before an update still finds its style.
    """
    tag = fingerprint(source)
    if (target / tag).is_dir():
        return tag
    target.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=target))
    try:
        work.chmod(0o755)
        _fill(source, work)
        try:
            work.rename(target / tag)
        except OSError:
            if not (target / tag).is_dir():  # otherwise another process was first
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return tag


def fingerprint(source: Path) -> str:
    """Return a short SHA-256 of every path and byte under `source`."""
    digest = hashlib.sha256(FORMAT.encode())
    for path in _files(source):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(source).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:TAG_LENGTH]


def style(source: Path) -> str:
    """Return the whole CSS as one sheet, each part inside the cascade layer of its folder or file name."""
    css = source / "css"
    parts = [f"@layer {','.join(LAYERS)};"]
    for layer in LAYERS:
        sheets = [css / f"{layer}.css"] if (css / f"{layer}.css").is_file() else sorted((css / layer).glob("*.css"))
        text = "\n".join(sheet.read_text("utf-8") for sheet in sheets)
        parts.append(f"@layer {layer}{{{_squeeze(text)}}}")
    return "\n".join(parts) + "\n"


def _squeeze(css: str) -> str:
    """Drop comments and indentation, which compression does not remove wholly."""
    lines = (line.strip() for line in COMMENT.sub("", css).splitlines())
    return "\n".join(line for line in lines if line)


def _files(source: Path) -> list[Path]:
    return sorted(path for path in source.rglob("*") if path.is_file() and not path.name.startswith("."))


def _fill(source: Path, work: Path) -> None:
    (work / STYLE).write_text(style(source), "utf-8")
    for path in _files(source):
        relative = path.relative_to(source)
        if relative.parts[0] == "css":
            continue
        (work / relative).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, work / relative)
    for path in _files(work):
        if path.suffix in COMPRESSED:
            _compress(path)


def _compress(path: Path) -> None:
    content = path.read_bytes()
    packed = {".br": brotli.compress(content, quality=11), ".gz": gzip.compress(content, 9, mtime=0)}
    for suffix, smaller in packed.items():
        if len(smaller) < len(content):
            Path(os.fspath(path) + suffix).write_bytes(smaller)
