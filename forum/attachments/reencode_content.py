"""What draws a page of a PDF, in the child: comments among the operators are not seen, so they are not kept."""

import zlib
from typing import Any

import pikepdf
from pikepdf import Name

from forum.attachments.kinds import Unfit
from forum.attachments.reencode_bare import bare_jpeg

MAX_CONTENT_BYTES = 64 * 1024**2  # of all pages, unpacked; a large map takes about ten

UNREADABLE = (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError)


def ensure_drawable(document: pikepdf.Pdf) -> None:
    """Refuse pages that unpack to far more than anybody draws, before they cost their time; raises Unfit("took_too_long")."""
    seen: set[tuple[int, int]] = set()
    total = 0
    for page in document.pages:
        for stream in _streams(page):
            if stream.objgen in seen:
                continue
            seen.add(stream.objgen)
            total += _unpacked_bytes(stream)
            if total > MAX_CONTENT_BYTES:
                raise Unfit("took_too_long")


def drop_comments(document: pikepdf.Pdf) -> None:
    """Write what draws the pages anew without comments, forms and patterns too."""
    for page in document.pages:
        if any(_holds_more(one) for one in _streams(page)):
            plain = _without_comments(page)
            page.obj.Contents = document.make_stream(plain)
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and _draws(thing) and _holds_more(thing):
            thing.write(_without_comments(thing))


def _streams(page: pikepdf.Page) -> list[pikepdf.Stream]:
    contents = page.obj.get("/Contents")
    several = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [one for one in several if isinstance(one, pikepdf.Stream)]


def _unpacked_bytes(stream: pikepdf.Stream) -> int:
    """Return how long the content is, or anything above MAX_CONTENT_BYTES: it stops unpacking there."""
    filters = stream.get("/Filter", Name.FlateDecode)
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    if any(name != Name.FlateDecode for name in names) or "/Filter" not in stream:
        return len(stream.read_raw_bytes())
    data: bytes = stream.read_raw_bytes()
    for _name in names:
        try:
            data = zlib.decompressobj().decompress(data, MAX_CONTENT_BYTES + 1)
        except zlib.error:
            return len(data)
    return len(data)


def _draws(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") == Name.Form or "/PatternType" in stream


def _holds_more(stream: pikepdf.Stream) -> bool:
    """Whether it may hold comments or a JPEG within the line, or cannot be unpacked at all."""
    try:
        drawn = stream.read_bytes()
    except UNREADABLE:
        return True
    return b"%" in drawn or b"/DCT" in drawn


def _without_comments(thing: pikepdf.Page | pikepdf.Stream) -> bytes:
    """Return the operators alone; none of what cannot be unpacked or read, for it draws nothing."""
    try:
        return pikepdf.unparse_content_stream([one for one in pikepdf.parse_content_stream(thing) if not _tells(one)])
    except UNREADABLE:
        return b""


def _tells(drawn: Any) -> bool:
    """Whether it is a JPEG within the line that tells of itself: such a one cannot be written anew, so it goes."""
    if not isinstance(drawn, pikepdf.ContentStreamInlineImage) or "/DCTDecode" not in drawn.iimage.filters:
        return False
    coded = drawn.iimage.read_raw_bytes()
    return not coded.startswith(bare_jpeg(coded))
