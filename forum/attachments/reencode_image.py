"""Pictures, in the child: decode the first frame, turn it upright, and write new WebP files from the pixels alone."""

import struct
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

import pi_heif
from PIL import Image, ImageChops, UnidentifiedImageError

from forum.attachments.kinds import FULL_SIDE_PIXELS, IMAGE, MAX_PIXELS, THUMB_SIDE_PIXELS, Unfit, fitted

QUALITY = 82
FLAT_SHARE = 0.5
LOSSLESS_MAY_BE_TIMES_LARGER = 2
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
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, Warning)


def reencode_image(source: Path, expected: str, folder: Path) -> dict[str, Any]:
    """Write `full` and `thumb` as WebP; `expected` is Pillow's name of the format. Raises Unfit."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with warnings.catch_warnings():
        _warnings_as_errors()
        try:
            picture = _pixels(source, expected)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
            raise Unfit("too_many_pixels", limit=MAX_PIXELS) from problem
        except BROKEN as problem:
            raise Unfit("damaged") from problem
    (folder / "full").write_bytes(_webp(picture))
    write_thumb(picture, folder)
    return {
        "kind": IMAGE,
        "width": picture.width,
        "height": picture.height,
        "pages": 1,
        "outputs": {one: {"width": 1, "height": 1} for one in ("full", "thumb")},
    }


def write_thumb(picture: Image.Image, folder: Path) -> None:
    """Write the small WebP that stands for the file in lists."""
    small = picture.resize(fitted(*picture.size, THUMB_SIDE_PIXELS), Image.Resampling.LANCZOS, reducing_gap=3.0)
    (folder / "thumb").write_bytes(_lossy(small))


def _warnings_as_errors() -> None:
    warnings.simplefilter("error")
    # Phones write odd EXIF and odd multi-picture JPEGs by the million; neither survives, so neither is a reason to refuse.
    warnings.filterwarnings("ignore", module=r"PIL\.TiffImagePlugin")
    warnings.filterwarnings("ignore", message="Image appears to be a malformed MPO")


def _pixels(source: Path, expected: str) -> Image.Image:
    if expected == "HEIF":
        pi_heif.register_heif_opener(decode_threads=1, thumbnails=False)
    with Image.open(source, formats=(expected,)) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise Unfit("too_many_pixels", limit=MAX_PIXELS, width=width, height=height)
        orientation = _orientation(image)
        size = fitted(width, height, FULL_SIDE_PIXELS)
        image.draft(None, size)
        image.load()
        whole = _eight_bit(image)
    if whole.size != size:
        whole = whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    # On white: a transparent screenshot must be readable on a dark page too, and nothing may hide under transparency.
    clean = Image.new("RGB", whole.size, "white")
    clean.paste(whole, mask=whole.getchannel("A") if whole.mode == "RGBA" else None)
    return clean.transpose(UPRIGHT[orientation]) if orientation in UPRIGHT else clean


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
