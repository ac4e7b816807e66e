"""What is said of files before they are chosen, from the registry of kinds and limits."""

from dataclasses import dataclass

from flask_babel import gettext as _

from forum.attachments.kinds import (
    FORMATS_IN_WORDS,
    IMAGE,
    MAX_BYTES_PER_DAY,
    MAX_FILE_BYTES,
    MAX_PAGES,
    MAX_PIXELS,
    MEBIBYTE,
)
from forum.attachments.receive import Refused
from forum.core.formats import number
from forum.core.sentences import sentence

OFFERED = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WebP": "image/webp",
    "GIF": "image/gif",
    "HEIC": "image/heic,image/heif,.heic,.heif",
    "AVIF": "image/avif,.avif",
}
"""How a browser is told to offer the pictures of a format."""
MEGAPIXEL = 1_000_000


@dataclass(frozen=True)
class Choosing:
    """Words and values for a field of files: `accept` for the browser, `formats` and `limits` for people, refusals by code."""

    accept: str
    photos: str  # as `accept`, for a camera
    largest: int  # bytes of one file
    pixels: int  # of one picture
    formats: str
    limits: str
    refusals: dict[str, str]


def choosing() -> Choosing:
    """Return what a page says of files before one is chosen, in the reader's language."""
    return Choosing(
        accept=",".join([*(OFFERED[name] for name in FORMATS_IN_WORDS.split(", ")), "application/pdf"]),
        photos=f"{IMAGE}/*",
        largest=MAX_FILE_BYTES,
        pixels=MAX_PIXELS,
        formats=str(
            _(
                "Pictures (%(formats)s) or PDF, at most %(most)s MB each.",
                formats=FORMATS_IN_WORDS,
                most=MAX_FILE_BYTES // MEBIBYTE,
            )
        ),
        limits=str(
            _(
                "A picture holds at most %(megapixels)s megapixels, a PDF %(pages)s pages; %(megabytes)s MB of one person fit into a day. Video and sound are not taken.",
                megapixels=number(MAX_PIXELS // MEGAPIXEL),
                pages=number(MAX_PAGES),
                megabytes=number(MAX_BYTES_PER_DAY // MEBIBYTE),
            )
        ),
        refusals={
            code: sentence(Refused(code, limit=limit))
            for code, limit in (
                ("empty", None),
                ("too_big", MAX_FILE_BYTES),
                ("too_many_pixels", MAX_PIXELS),
                ("video", None),
                ("audio", None),
                ("unknown_type", None),
            )
        },
    )
