"""Pictures, in the child: decode the first frame, turn it upright, and write new WebP and JPEG files from the pixels alone."""

import struct
import warnings
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pi_heif
from PIL import AvifImagePlugin, Image, ImageChops, UnidentifiedImageError

from forum.attachments.kinds import (
    FULL_SIDE_PIXELS,
    IMAGE,
    MAX_PIXELS,
    MEDIUM_SIDE_PIXELS,
    THUMB_SIDE_PIXELS,
    Unfit,
    Variant,
    fitted,
)
from forum.attachments.reencode_boxes import Box, ensure_pages, paint

QUALITY = 82
FLAT_SHARE = 0.5
LOSSLESS_MAY_BE_TIMES_LARGER = 2
BAND_PIXELS = 1_000_000
ORIENTATION_TAG = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow's decoders raise for bytes that are not what they claim to be.
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, Warning)


def reencode_image(source: Path, expected: str, folder: Path, boxes: Sequence[Box] = ()) -> dict[str, Any]:
    """Write all six variants, the boxes painted over; `expected` is Pillow's name of the format. Raises Unfit."""
    ensure_pages(boxes, 1)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with warnings.catch_warnings():
        _warnings_as_errors()
        try:
            picture = _pixels(source, expected, boxes)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
            raise Unfit("too_many_pixels", limit=MAX_PIXELS) from problem
        except BROKEN as problem:
            raise Unfit("damaged") from problem
    outputs = write_picture(picture, folder, Variant.FULL, Variant.FULL_JPEG, flat_without_loss=True)
    outputs |= write_smaller(picture, folder)
    return {"kind": IMAGE, "width": picture.width, "height": picture.height, "pages": 1, "outputs": outputs}


def write_smaller(picture: Image.Image, folder: Path) -> dict[str, Any]:
    """Write the middle size and the small one that stands for the file in lists; returns what they are."""
    medium = _resized(picture, fitted(*picture.size, MEDIUM_SIDE_PIXELS))
    outputs = write_picture(medium, folder, Variant.MEDIUM, Variant.MEDIUM_JPEG)
    thumb = _resized(medium, fitted(*picture.size, THUMB_SIDE_PIXELS))
    return outputs | write_picture(thumb, folder, Variant.THUMB, Variant.THUMB_JPEG)


def write_picture(
    picture: Image.Image, folder: Path, webp: Variant, jpeg: Variant, *, flat_without_loss: bool = False
) -> dict[str, Any]:
    """Write one size as WebP and as JPEG; returns what they are."""
    (folder / webp).write_bytes(_webp(picture) if flat_without_loss else _lossy(picture))
    (folder / jpeg).write_bytes(encode_jpeg(picture))
    size = {"width": picture.width, "height": picture.height}
    return {webp.value: {"mime": "image/webp", **size}, jpeg.value: {"mime": "image/jpeg", **size}}


def encode_jpeg(picture: Image.Image) -> bytes:
    """Return the picture as a progressive JPEG without anything told beside the pixels."""
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _warnings_as_errors() -> None:
    warnings.simplefilter("error")
    # Phones write odd EXIF and odd multi-picture JPEGs by the million; neither survives, so neither is a reason to refuse.
    warnings.filterwarnings("ignore", module=r"PIL\.TiffImagePlugin")
    warnings.filterwarnings("ignore", message="Image appears to be a malformed MPO")


def _pixels(source: Path, expected: str, boxes: Sequence[Box]) -> Image.Image:
    """Decode, turn upright, paint over and only then make smaller, so that no pixel under a box reaches one beside it."""
    if expected == "HEIF":
        pi_heif.register_heif_opener(decode_threads=1, thumbnails=False)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    with Image.open(source, formats=(expected,)) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise Unfit("too_many_pixels", limit=MAX_PIXELS, width=width, height=height)
        orientation = _orientation(image)
        size = fitted(width, height, FULL_SIDE_PIXELS)
        image.draft(None, size)
        image.load()
        whole = _on_white(image)
    if orientation in UPRIGHT:
        whole = whole.transpose(UPRIGHT[orientation])
        size = fitted(width, height, FULL_SIDE_PIXELS) if orientation < 5 else fitted(height, width, FULL_SIDE_PIXELS)
    paint(whole, boxes)
    whole = _resized(whole, size)
    clean = Image.new("RGB", whole.size)  # a new picture knows nothing of what the file told beside its pixels
    clean.paste(whole)
    return clean


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture as RGB: a transparent one must be readable on a dark page too, and nothing may hide under transparency.

    It is done band by band, so that a large picture never stands in memory more than twice.
    """
    if image.mode == "RGB" and not image.has_transparency_data:
        return image.copy() if image.readonly else image
    clean = Image.new("RGB", image.size, "white")
    rows = max(1, BAND_PIXELS // image.width)
    for top in range(0, image.height, rows):
        band = _eight_bit(image.crop((0, top, image.width, min(top + rows, image.height))))
        clean.paste(band, (0, top), band.getchannel("A") if band.mode == "RGBA" else None)
    return clean


def _eight_bit(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # Pillow cuts 16-bit grey at 255 instead of scaling it.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 when there is none that can be read (pi-heif has already turned its pictures)."""
    try:
        value = image.getexif().get(ORIENTATION_TAG, 1)
    except BROKEN:
        return 1
    return value if isinstance(value, int) else 1


def _resized(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _webp(picture: Image.Image) -> bytes:
    """Encode lossy, but flat pictures such as screenshots of text without loss as long as that stays reasonable."""
    lossy = _lossy(picture)
    if not _is_flat(picture):
        return lossy
    out = BytesIO()
    picture.save(out, "WEBP", lossless=True, method=4)
    lossless = out.getvalue()
    return lossless if len(lossless) <= LOSSLESS_MAY_BE_TIMES_LARGER * len(lossy) else lossy


def _is_flat(picture: Image.Image) -> bool:
    """Say whether most pixels equal the one to their left: text and drawings do, photos (grey ones too) and noise do not."""
    change = ImageChops.difference(picture, ImageChops.offset(picture, 1, 0)).convert("L")
    return change.histogram()[0] >= FLAT_SHARE * picture.width * picture.height


def _lossy(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
