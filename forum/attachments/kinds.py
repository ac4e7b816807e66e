"""What we take in, told by content, and the limits of it; shared by the site and the re-encoding child."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

MEBIBYTE: Final = 1024**2  # what people are told as MB
MAX_FILE_BYTES: Final = 15 * MEBIBYTE
MAX_FILES_PER_LETTER: Final = 20
MOST_DOCUMENTS: Final = 3  # of a claim
MAX_PIXELS: Final = 40_000_000
MAX_PAGES: Final = 100
MAX_BOXES: Final = 500  # painted over in one file
FULL_SIDE_PIXELS: Final = 2048
MEDIUM_SIDE_PIXELS: Final = 1280
THUMB_SIDE_PIXELS: Final = 480
FORMATS_IN_WORDS: Final = "JPEG, PNG, WebP, GIF, HEIC, AVIF"  # of pictures

NO_ROOM: Final = 28  # the child's exit status when the disk is full

IMAGE: Final = "image"
PDF: Final = "pdf"
MIME: Final = {IMAGE: "image/webp", PDF: "application/pdf"}


class Variant(StrEnum):
    """The forms in which a file is shown; each picture also as JPEG, for what reads no WebP."""

    FULL = "full"
    FULL_JPEG = "full-jpeg"
    MEDIUM = "medium"
    MEDIUM_JPEG = "medium-jpeg"
    THUMB = "thumb"
    THUMB_JPEG = "thumb-jpeg"


VARIANTS: Final = ", ".join(f"'{one.value}'" for one in Variant)
"""For the converter `any` of an address."""

HEVC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
AVIF_BRANDS = frozenset({b"avif", b"avis"})
ANY_HEIF_BRANDS = frozenset({b"mif1", b"msf1"})  # a container only: the other brands tell what is inside
AUDIO_BRANDS = frozenset({b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B "})
BOXES_OF_OLD_FILMS = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})  # QuickTime without ftyp
FILM_STARTS = (
    b"\x1a\x45\xdf\xa3",  # WebM, Matroska
    b"\0\0\1\xba",  # MPEG programme stream
    b"\0\0\1\xb3",
    b"FLV\1",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # Windows Media
)
SOUND_STARTS = (b"ID3", b"OggS", b"#!AMR", b"fLaC", b"MThd", b"ADIF", b"caff", b".snd")


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
    """Tell the type from the first 64 bytes, which must stand at the very start; None for all we do not take."""
    if head.startswith(b"\xff\xd8\xff"):
        return Source(IMAGE, "JPEG")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Source(IMAGE, "PNG")
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return Source(IMAGE, "GIF")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Source(IMAGE, "WEBP")
    if head.startswith(b"%PDF-"):
        return Source(PDF, "PDF")
    major, *others = _brands(head) or [b""]
    if major in HEVC_BRANDS:
        return Source(IMAGE, "HEIF")
    if major in AVIF_BRANDS:
        return Source(IMAGE, "AVIF")
    if major in ANY_HEIF_BRANDS:
        return Source(IMAGE, "HEIF" if HEVC_BRANDS & {*others} or not AVIF_BRANDS & {*others} else "AVIF")
    return None


def refused_kind(head: bytes) -> str | None:
    """Return the code for what we know and do not take (video, audio), by the first 64 bytes; None for anything else."""
    if brands := _brands(head):
        return None if source_of(head) else "audio" if brands[0] in AUDIO_BRANDS else "video"
    if head[4:8] in BOXES_OF_OLD_FILMS or head.startswith(FILM_STARTS) or _is_riff(head, b"AVI "):
        return "video"
    if head.startswith(b"OggS") and b"\x80theora" in head[:64]:
        return "video"
    if head.startswith(SOUND_STARTS) or _is_riff(head, b"WAVE") or (head[:4] == b"FORM" and head[8:11] == b"AIF"):
        return "audio"
    return "audio" if _is_bare_sound(head) else None


def fitted(width: float, height: float, side: int) -> tuple[int, int]:
    """Return the size in whole pixels whose longest side is at most `side`, in the same shape, never enlarged nor 0."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def mime_of(kind: str, variant: Variant) -> str:
    """Return the type of a form of a file of this kind."""
    if variant.endswith("-jpeg"):
        return "image/jpeg"
    return MIME[kind] if variant is Variant.FULL else "image/webp"


def _brands(head: bytes) -> list[bytes]:
    """Return the major brand and those it goes with, of a file in ISO boxes (MP4, HEIC, AVIF, M4A). Source: ISO 14496-12, 4.3."""
    if head[4:8] != b"ftyp" or len(head) < 12:
        return []
    end = min(len(head), max(16, int.from_bytes(head[:4], "big")))
    return [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]


def _is_riff(head: bytes, kind: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == kind


def _is_bare_sound(head: bytes) -> bool:
    """Whether it begins with a frame of MP3 (layer II or III) or AAC. Source: ISO 11172-3, 2.4.1.3; ISO 13818-7, 6.2."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    layer = head[1] >> 1 & 3
    if layer == 0:
        return head[1] & 0xF6 == 0xF0
    return layer in {1, 2} and head[1] & 0x18 != 0x08 and head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C
