"""Pages of a PDF as pictures, in the child: drawn, painted over, put back in place of the page."""

import math
from collections.abc import Sequence
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name
from PIL import Image

from forum.attachments.kinds import Unfit
from forum.attachments.reencode_boxes import Box, paint
from forum.attachments.reencode_image import encode_jpeg

PIXELS_A_POINT = 150 / 72
LONGEST_SIDE_PIXELS = 2600  # A3 at 150 dpi


def draw_page(document: bytes, index: int, side: int) -> tuple[tuple[float, float], Image.Image]:
    """Return the size of a page in points and its picture of this longest side; raises Unfit for a page without a size."""
    with pypdfium2.PdfDocument(document) as opened:
        page = opened[index]
        size = _size(page)
        return size, _picture(page, side / max(size))


def with_pictures(document: bytes, boxes: Sequence[Box]) -> bytes:
    """Return the document with each page that has a box replaced by its picture, the boxes painted over."""
    with pypdfium2.PdfDocument(document) as drawn, pikepdf.open(BytesIO(document)) as old, pikepdf.new() as new:
        for number, page in enumerate(old.pages, 1):
            here = [box for box in boxes if box.page == number]
            if here:
                _add_picture(new, drawn[number - 1], here)
            else:
                new.pages.append(page)
        return saved(new)


def saved(document: pikepdf.Pdf) -> bytes:
    """Return the bytes of a document; the same document gives the same bytes."""
    out = BytesIO()  # pikepdf 10.17 aborts the process when a file it writes itself finds the disk full
    document.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise Unfit("damaged")
    return width, height


def _picture(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    drawn: Image.Image = page.render(scale=scale, may_draw_forms=False, draw_annots=False).to_pil()
    return drawn.convert("RGB")


def _add_picture(new: pikepdf.Pdf, page: pypdfium2.PdfPage, boxes: Sequence[Box]) -> None:
    width, height = _size(page)
    picture = _picture(page, min(PIXELS_A_POINT, LONGEST_SIDE_PIXELS / max(width, height)))
    paint(picture, boxes)
    stream = pikepdf.Stream(new, encode_jpeg(picture))
    stream.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    added = new.add_blank_page(page_size=(width, height))
    added.obj.Resources = Dictionary(XObject=Dictionary(P=new.make_indirect(stream)))
    added.obj.Contents = new.make_stream(b"q %.4f 0 0 %.4f 0 0 cm /P Do Q" % (width, height))
