"""A pack as ZIP, written to the reader as it is made: the paper, every text whole, the author's files, their hashes."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from forum.config import settings
from forum.core.storage import Storage
from forum.handover.content import Contents, Evidence

LARGEST_BUNDLE_BYTES = 120 * 1024**2
"""Of the files together; the ones that come after it are named in the manifest and left out."""
CHUNK_BYTES = 256 * 1024
LONGEST_FILE_NAME = 80
FILE_MODE = 0o100644 << 16
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Member:
    """One file of the bundle: its bytes, or the key of a stored one."""

    name: str
    size: int
    sha256: str
    data: bytes = b""
    key: str = ""


class _Pipe:
    """Where ZipFile writes to: what was written is taken out again and sent on."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def take(self) -> bytes:
        data = b"".join(self._written)
        self._written.clear()
        return data


def bundle(pack: Contents, pdf: bytes, storage: Storage) -> Iterator[bytes]:
    """Yield the ZIP piece by piece; the same contents give the same bytes. Needs no database."""
    members, left_out = _members(pack, pdf, storage)
    manifest = _text("manifest.json", _json(_manifest(pack, members, left_out)))
    sums = _text("SHA256SUMS", "".join(f"{one.sha256}  {one.name}\n" for one in [*members, manifest]))
    return _stream([*members, manifest, sums], pack.made_at, storage)


def _members(pack: Contents, pdf: bytes, storage: Storage) -> tuple[list[Member], list[dict[str, Any]]]:
    members = [
        _bytes(f"{pack.label}.pdf", pdf),
        _text("isi.json", _json(_plain(pack))),
        *(_text(f"surat/versi-{one.number}.txt", f"{one.title}\n\n{one.text}\n") for one in pack.versions),
        *(
            _text(f"tanggapan/tanggapan-{one.number}.txt", f"{one.signatory}, {one.job_title}\n\n{one.text}\n")
            for one in pack.responses
            if one.text
        ),
        *(_text(f"pertanyaan/pertanyaan-{one.number}.txt", f"{one.text}\n\n{one.answer}\n") for one in pack.questions),
    ]
    left_out: list[dict[str, Any]] = []
    room = LARGEST_BUNDLE_BYTES
    for one in pack.evidence:
        name = file_name(one)
        if not storage.exists(one.key):
            left_out.append({"file": name, "sha256": one.sha256, "why": "missing"})
        elif one.size > room:
            left_out.append({"file": name, "sha256": one.sha256, "why": "too_large", "bytes": one.size})
        else:
            room -= one.size
            members.append(Member(name, one.size, one.sha256, key=one.key))
    return members, left_out


def file_name(one: Evidence) -> str:
    """Return the name of a file in the bundle: numbered, of plain letters, no folder of its own making."""
    stem, dot, ending = one.name.rpartition(".")
    safe = _ODD.sub("-", stem if dot else ending).strip("-.")[:LONGEST_FILE_NAME] or "berkas"
    ending = _ODD.sub("", ending)[:5].lower() if dot else ""
    return f"bukti/{one.number:02d}-{safe}{'.' + ending if ending else ''}"


def _manifest(pack: Contents, members: Iterable[Member], left_out: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "number": pack.label,
        "made_at": pack.made_at,
        "site": settings().site_url,
        "letter": pack.address,
        "addressed_to": pack.body.name if pack.body else None,
        "private_details": bool(pack.details),
        "files": [{"file": one.name, "bytes": one.size, "sha256": one.sha256} for one in members],
        "left_out": left_out,
    }


def _plain(pack: Contents) -> dict[str, Any]:
    """The contents as JSON values, the clock with its days."""
    values = {name: value for name, value in vars(pack).items() if name not in {"body", "clock", "count", "evidence"}}
    for name in ("versions", "questions", "responses"):
        values[name] = [asdict(one) for one in values[name]]
    values["evidence"] = [
        {
            "number": one.number,
            "file": file_name(one),
            "name": one.name,
            "bytes": one.size,
            "sha256": one.sha256,
            "original_sha256": one.original_sha256,
            "hidden": one.hidden,
        }
        for one in pack.evidence
    ]
    values["clock"] = {**asdict(pack.clock), "stopped_days": pack.clock.stopped_days}
    values["days"] = [asdict(day) for day in pack.count.days]
    return values


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True, default=_spoken) + "\n"


def _spoken(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value))


def _text(name: str, text: str) -> Member:
    return _bytes(name, text.encode("utf-8", "replace"))


def _bytes(name: str, data: bytes) -> Member:
    return Member(name, len(data), sha256(data).hexdigest(), data)


def _stream(members: Iterable[Member], made: datetime, storage: Storage) -> Iterator[bytes]:
    pipe = _Pipe()
    local = made.astimezone(settings().time_zone)
    with ZipFile(pipe, "w") as archive:  # type: ignore[call-overload]
        for one in members:
            info = ZipInfo(one.name, local.timetuple()[:6])
            info.external_attr = FILE_MODE
            info.compress_type = ZIP_STORED if one.key or one.name.endswith(".pdf") else ZIP_DEFLATED
            info.file_size = one.size
            with archive.open(info, "w") as target:
                for chunk in _chunks(one, storage):
                    target.write(chunk)
                    yield pipe.take()
            yield pipe.take()
    yield pipe.take()


def _chunks(one: Member, storage: Storage) -> Iterator[bytes]:
    if not one.key:
        yield one.data
        return
    with storage.open(one.key) as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
