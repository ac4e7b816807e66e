"""Documents, in the child: copy pages, and nothing but pages, into a new PDF, and draw the first one."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Name

from forum.attachments.kinds import MAX_PAGES, PDF, THUMB_SIDE_PIXELS, Unfit
from forum.attachments.reencode_image import write_thumb

TAIL_BYTES = 1024
PAGE_KEYS = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"})
RESOURCE_KEYS = frozenset(
    {"/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/Properties", "/ProcSet"}
)
# What a stream may carry beside what it draws: histories, files, other documents, external data.
STREAM_BAGGAGE = ("/Metadata", "/PieceInfo", "/AF", "/Ref", "/OPI", "/Alternates", "/LastModified", "/F", "/FFilter")
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
DROPPED_SEGMENTS = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
CODESTREAM = b"\xff\x4f"
DRAWN_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
SIZE_FOLLOWS = 1
MARKER_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
BROKEN = (pikepdf.PdfError, pypdfium2.PdfiumError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError)


def reencode_pdf(source: Path, folder: Path) -> dict[str, Any]:
    """Write `full` (PDF) and `thumb` (WebP of the first page); sizes are in points of the first page. Raises Unfit."""
    if b"%%EOF" not in source.read_bytes()[-TAIL_BYTES:]:
        raise Unfit("damaged")
    try:
        pages = _copy(source, folder / "full")
        width, height = _draw(folder)
    except pikepdf.PasswordError as problem:
        raise Unfit("encrypted") from problem
    except BROKEN as problem:
        raise Unfit("damaged") from problem
    return {
        "kind": PDF,
        "width": width,
        "height": height,
        "pages": pages,
        "outputs": {one: {"width": 1, "height": 1} for one in ("full", "thumb")},
    }


def _copy(source: Path, target: Path) -> int:
    with pikepdf.open(source) as old, pikepdf.new() as new:
        if old.is_encrypted:
            raise Unfit("encrypted")
        pages = len(old.pages)
        if pages == 0:
            raise Unfit("damaged")
        if pages > MAX_PAGES:
            raise Unfit("too_many_pages", pages=pages, limit=MAX_PAGES)
        _draw_annotations_into_pages(old)
        old.remove_unreferenced_resources()  # what a page cut out of a longer document still carries of the others
        for page in old.pages:
            _keep_only(page.obj, PAGE_KEYS | {"/Parent"})
            new.pages.append(page)
        for thing in new.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and "/Resources" in thing:
                _keep_only(thing.Resources, RESOURCE_KEYS)
            if isinstance(thing, pikepdf.Stream):
                _lighten(new, thing)
        out = BytesIO()  # pikepdf 10.17 aborts the process when a file it writes itself finds the disk full
        new.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    target.write_bytes(out.getvalue())
    return pages


def _draw_annotations_into_pages(document: pikepdf.Pdf) -> None:
    """Make filled-in fields, stamps and notes part of the page, so that what was seen stays when the annotations go."""
    form = document.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and form.get("/NeedAppearances", False):
        document.generate_appearance_streams()
    document.flatten_annotations("screen")


def _keep_only(dictionary: pikepdf.Object, keys: frozenset[str]) -> None:
    for key in set(dictionary.keys()) - keys:
        del dictionary[key]


def _lighten(document: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    for key in STREAM_BAGGAGE:
        if key in stream:
            del stream[key]
    filters = stream.get("/Filter")
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    bare = BARE.get(str(names[-1]))
    if bare is None:
        return
    raw = stream.read_raw_bytes()
    if len(names) > 1:
        outer = pikepdf.Stream(document, raw)
        outer.Filter = pikepdf.Array(names[:-1])
        raw = outer.read_bytes()
    stream.write(bare(raw), filter=Name(str(names[-1])))


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


def _draw(folder: Path) -> tuple[int, int]:
    """Draw the first page of the clean copy; return its size in points, at least 1."""
    with pypdfium2.PdfDocument(folder / "full") as document:
        page = document[0]
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            raise Unfit("damaged")
        scale = THUMB_SIDE_PIXELS / max(width, height)
        drawn = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
        write_thumb(drawn.to_pil().convert("RGB"), folder)
    return max(1, round(width)), max(1, round(height))
