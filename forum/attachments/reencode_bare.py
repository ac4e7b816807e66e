"""Pictures that stand in a PDF, in the child: their coded pixels stay as they are, what they tell beside them goes."""

import re

START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
DROPPED_SEGMENTS = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
CODESTREAM = b"\xff\x4f"
DRAWN_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
SIZE_FOLLOWS = 1
MARKER_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def bare_jpeg(data: bytes) -> bytes:
    """Return the JPEG without EXIF, GPS, comments, other application segments and appended data, its pixels untouched.

    Kept: APP0 (JFIF) and APP14 (Adobe), which say how colours are stored. A broken file is returned as it is.
    Source: ITU-T T.81, annex B.
    """
    if not data.startswith(b"\xff\xd8"):
        return data
    kept = [data[:2]]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        code = data[at + 1]
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if code not in DROPPED_SEGMENTS:
            kept.append(data[at:end])
        at = end
        if code == START_OF_SCAN:
            marker = MARKER_AFTER_SCAN.search(data, at)
            if marker is None:
                return data
            kept.append(data[at : marker.start()])
            at = marker.start()
            if data[at + 1] == END_OF_IMAGE:
                return b"".join([*kept, data[at : at + 2]])
    return data


def bare_jpeg2000(data: bytes) -> bytes:
    """Return the JPEG 2000 file without XML, UUID and other boxes that only tell of the picture, nor what follows a broken one.

    A bare codestream is returned as it is. Source: ITU-T T.800, annex I.
    """
    if data.startswith(CODESTREAM):
        return data
    kept = []
    at = 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size == SIZE_FOLLOWS:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        end = at + size if size else len(data)
        if not at + 8 <= end <= len(data):
            break
        if kind in DRAWN_BOXES:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


BARE = {"/DCTDecode": bare_jpeg, "/JPXDecode": bare_jpeg2000}
