"""Pictures that stand in a PDF, in the child: their coded pixels stay as they are, what they tell beside them goes.

They are read as decoders read them: what these skip to reach the next marker is dropped, never a reason to keep the whole.
"""

import re
from collections.abc import Callable

SOI, EOI = b"\xff\xd8", b"\xff\xd9"
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
DRAWING = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)})  # frames, tables, scans
JFIF, ADOBE = 0xE0, 0xEE
PLAIN_JFIF = b"\xff\xe0\x00\x10JFIF\x00%b\x00\x00"  # without the small picture that may follow
JFIF_FACTS = slice(9, 16)  # of the segment: version and density
ADOBE_BYTES = 14  # what says how colours are stored
MARKER = re.compile(rb"\xff+([^\x00\xff])", re.DOTALL)
MARKER_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)

CODESTREAM = b"\xff\x4f"
FIRST_TILE, COMMENT = b"\xff\x90", b"\xff\x64"
DRAWN_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h"})
CODESTREAM_BOX = b"jp2c"
SIZE_FOLLOWS = 1


def bare_jpeg(data: bytes) -> bytes:
    """Return the JPEG without EXIF, GPS, comments, small pictures, other application segments and appended data.

    Of JFIF and Adobe's segment stays what says how the pixels are stored. Source: ITU-T T.81, annex B.
    """
    first = data.find(SOI)
    if first < 0:
        return b""
    kept, at = [SOI], first + len(SOI)
    while (marker := MARKER.search(data, at)) is not None:
        code, start = marker[1][0], marker.end() - 2
        if code == END_OF_IMAGE:
            break
        at = marker.end()
        if code in ALONE:
            continue
        at = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        segment = data[start:at]
        kept.append(segment if code in DRAWING else _told(code, segment))
        if code == START_OF_SCAN:
            end = MARKER_AFTER_SCAN.search(data, at)
            kept.append(data[at : end.start()] if end is not None else data[at:])
            at = len(data) if end is None else end.start()
    return b"".join([*kept, EOI])


def bare_jpeg2000(data: bytes) -> bytes:
    """Return the JPEG 2000 file without XML, UUID and other boxes that only tell of the picture, nor what follows a broken one.

    Comments at the head of its codestream go as well. Source: ITU-T T.800, annexes A and I.
    """
    if data.startswith(CODESTREAM):
        return _without_comments(data)
    kept = []
    at = 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        head = 8
        if size == SIZE_FOLLOWS:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = at + size if size else len(data)
        if not at + head <= end <= len(data):
            break
        if kind in DRAWN_BOXES:
            kept.append(data[at:end])
        elif kind == CODESTREAM_BOX:
            plain = _without_comments(data[at + head : end])
            kept += [(len(plain) + 8).to_bytes(4, "big"), kind, plain]
        at = end
    return b"".join(kept)


def _told(code: int, segment: bytes) -> bytes:
    """What stays of a segment that tells something."""
    if code == JFIF and segment[4:9] == b"JFIF\0" and len(segment) >= JFIF_FACTS.stop:
        return PLAIN_JFIF % segment[JFIF_FACTS]
    if code == ADOBE and segment[4:9] == b"Adobe" and len(segment) >= 2 + ADOBE_BYTES:
        return segment[:2] + ADOBE_BYTES.to_bytes(2, "big") + segment[4 : 2 + ADOBE_BYTES]
    return b""


def _without_comments(codestream: bytes) -> bytes:
    kept, at = [codestream[:2]], 2
    while at + 4 <= len(codestream) and codestream[at : at + 2] != FIRST_TILE:
        end = at + 2 + int.from_bytes(codestream[at + 2 : at + 4], "big")
        if codestream[at : at + 2] != COMMENT:
            kept.append(codestream[at:end])
        at = end
    return b"".join([*kept, codestream[at:]])


BARE: dict[str, Callable[[bytes], bytes]] = {
    "/DCTDecode": bare_jpeg,
    "/DCT": bare_jpeg,
    "/JPXDecode": bare_jpeg2000,
}
