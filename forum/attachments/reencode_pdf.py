"""Documents, in the child: copy pages, and nothing but pages, into a new PDF, and draw the first one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Name

from forum.attachments.kinds import MAX_PAGES, MEDIUM_SIDE_PIXELS, PDF, Unfit, Variant
from forum.attachments.reencode_bare import BARE
from forum.attachments.reencode_boxes import Box, ensure_pages
from forum.attachments.reencode_content import drop_comments, ensure_drawable
from forum.attachments.reencode_image import write_smaller
from forum.attachments.reencode_pages import draw_page, saved, with_pictures

TAIL_BYTES = 1024
PAGE_KEYS = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"})
RESOURCE_KEYS = frozenset({"/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet"})
# What a stream may carry beside what it draws: histories, files, other documents, external data.
STREAM_BAGGAGE = ("/Metadata", "/PieceInfo", "/AF", "/Ref", "/OPI", "/Alternates", "/LastModified", "/F", "/FFilter")
# What acts, in whatever dictionary of a page's resources it may hide.
ACTS_OR_TELLS = (
    "/A", "/AA", "/AF", "/AcroForm", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Launch", "/Metadata", "/OC",
    "/OpenAction", "/PieceInfo", "/URI", "/XFA",
)  # fmt: skip
PLAIN_COLOURS: dict[Any, Name] = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
BROKEN = (pikepdf.PdfError, pypdfium2.PdfiumError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError)


def reencode_pdf(source: Path, folder: Path, boxes: Sequence[Box] = ()) -> dict[str, Any]:
    """Write the clean document as `full` and pictures of its first page; sizes of `full` are points of that page.

    A page with a box becomes a picture with the box painted over, so that nothing lies under it. Raises Unfit.
    """
    if b"%%EOF" not in source.read_bytes()[-TAIL_BYTES:]:
        raise Unfit("damaged")
    try:
        clean, pages = _copy(source)
        ensure_pages(boxes, pages)
        if boxes:
            clean = with_pictures(clean, boxes)
        (folder / Variant.FULL).write_bytes(clean)
        (width, height), first = draw_page(clean, 0, MEDIUM_SIDE_PIXELS)
    except pikepdf.PasswordError as problem:
        raise Unfit("encrypted") from problem
    except BROKEN as problem:
        raise Unfit("damaged") from problem
    size = {"width": max(1, round(width)), "height": max(1, round(height))}
    outputs = {Variant.FULL.value: {"mime": "application/pdf", **size}, **write_smaller(first, folder)}
    return {"kind": PDF, **size, "pages": pages, "outputs": outputs}


def _copy(source: Path) -> tuple[bytes, int]:
    with pikepdf.open(source) as old, pikepdf.new() as new:
        if old.is_encrypted:
            raise Unfit("encrypted")
        pages = len(old.pages)
        if pages == 0:
            raise Unfit("damaged")
        if pages > MAX_PAGES:
            raise Unfit("too_many_pages", pages=pages, limit=MAX_PAGES)
        ensure_drawable(old)
        _draw_annotations_into_pages(old)
        old.remove_unreferenced_resources()  # what a page cut out of a longer document still carries of the others
        for page in old.pages:
            _keep_only(page.obj, PAGE_KEYS | {"/Parent"})
            new.pages.append(page)
        drop_comments(new)
        for thing in new.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and "/Resources" in thing:
                _keep_only(thing.Resources, RESOURCE_KEYS)
            if isinstance(thing, pikepdf.Stream):
                _lighten(new, thing)
            _disarm(thing)
        return saved(new), pages


def _draw_annotations_into_pages(document: pikepdf.Pdf) -> None:
    """Make filled-in fields, stamps and notes part of the page, so that what was seen stays when the annotations go."""
    form = document.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and form.get("/NeedAppearances", False):
        document.generate_appearance_streams()
    document.flatten_annotations("screen")


def _keep_only(dictionary: pikepdf.Object, keys: frozenset[str]) -> None:
    for key in set(dictionary.keys()) - keys:
        del dictionary[key]


def _disarm(thing: pikepdf.Object) -> None:
    """Remove what acts or tells from an object and from those that stand in it directly."""
    inside = [thing]
    while inside:
        one = inside.pop()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            for key in ACTS_OR_TELLS:
                if key in one:
                    del one[key]
            values = [value for _key, value in one.items()]
        elif isinstance(one, pikepdf.Array):
            _without_profile(one)
            values = list(one)
        else:
            values = []
        inside += [value for value in values if isinstance(value, pikepdf.Object) and not value.is_indirect]


def _without_profile(space: pikepdf.Object) -> None:
    """Turn a colour space with a profile, which tells of a device, into that of as many plain colours."""
    if len(space) == 2 and space[0] == Name.ICCBased and isinstance(space[1], pikepdf.Stream):
        colours = space[1].get("/N")
        if colours not in PLAIN_COLOURS:
            raise Unfit("damaged")
        space[0] = PLAIN_COLOURS[colours]
        del space[1]


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
