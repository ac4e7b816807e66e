"""What we take in, told by content, and the limits of it; shared by the site and the re-encoding child."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MAX_FILE_BYTES = 15 * 1024**2
MAX_FILES_PER_LETTER = 20
MAX_BYTES_PER_DAY = 200 * 1024**2  # of one person
MOST_DOCUMENTS = 3  # of a claim
MAX_PIXELS = 40_000_000
MAX_PAGES = 50
NO_ROOM = 28  # the child's exit status when the disk is full
FULL_SIDE_PIXELS = 2048
THUMB_SIDE_PIXELS = 480
FORMATS_IN_WORDS = "JPEG, PNG, WebP, HEIC"  # of pictures

IMAGE = "image"
PDF = "pdf"
MIME = {IMAGE: "image/webp", PDF: "application/pdf"}


class Variant(StrEnum):
    """The forms in which a file is shown; each picture also as JPEG, for what reads no WebP."""

    FULL = "full"
    FULL_JPEG = "full-jpeg"
    MEDIUM = "medium"
    MEDIUM_JPEG = "medium-jpeg"
    THUMB = "thumb"
    THUMB_JPEG = "thumb-jpeg"


VARIANTS = ", ".join(f"'{one.value}'" for one in Variant)
"""For the converter `any` of an address."""

HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})


@dataclass(frozen=True)
class Source:
    """What a file is by its first bytes; `format` is Pillow's word for it."""

    kind: str
    format: str


class Unfit(Exception):
    """The file cannot be taken; `code` and `facts` become those of `receive.Refused`."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


def source_of(head: bytes) -> Source | None:
    """Tell the type from at least the first 12 bytes, which must stand at the very start; None for all we do not take."""
    if head.startswith(b"\xff\xd8\xff"):
        return Source(IMAGE, "JPEG")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Source(IMAGE, "PNG")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Source(IMAGE, "WEBP")
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return Source(IMAGE, "HEIF")
    if head.startswith(b"%PDF-"):
        return Source(PDF, "PDF")
    return None


def fitted(width: float, height: float, side: int) -> tuple[int, int]:
    """Return the size in whole pixels whose longest side is at most `side`, in the same shape, never enlarged nor 0."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def mime_of(kind: str, variant: Variant) -> str:
    """Return the type of a form of a file of this kind."""
    if variant.endswith("-jpeg"):
        return "image/jpeg"
    return MIME[kind] if variant is Variant.FULL else "image/webp"


def refused_kind(head: bytes) -> str | None:
    """Return the code for what we know and do not take (video, audio); None for anything else."""
    return None
