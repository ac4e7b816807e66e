"""Areas to be painted over before anything of a file is written, in the child."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image

from forum.attachments.kinds import MAX_BOXES, Unfit

ROUNDING = 1e-6  # what a browser's sums may lie over the edge


@dataclass(frozen=True)
class Box:
    """A rectangle of a page (the first is 1), in fractions 0..1 of the upright page, measured from its top left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


def boxes_of(text: str) -> tuple[Box, ...]:
    """Read a JSON list of [page, x, y, width, height]; raises Unfit("bad_boxes") for whatever lies outside a page."""
    try:
        rows = json.loads(text)
        boxes = tuple(_box(*row) for row in rows)
    except (ValueError, TypeError, OverflowError, RecursionError) as problem:
        raise Unfit("bad_boxes") from problem
    if not isinstance(rows, list) or len(boxes) > MAX_BOXES:
        raise Unfit("bad_boxes")
    return boxes


def ensure_pages(boxes: Iterable[Box], pages: int) -> None:
    """Raise Unfit("bad_boxes") for an area of a page that does not exist."""
    if any(box.page > pages for box in boxes):
        raise Unfit("bad_boxes")


def paint(picture: Image.Image, boxes: Iterable[Box]) -> None:
    """Paint the areas over in the upright picture itself, each rounded outwards to whole pixels."""
    for box in boxes:
        corner = (math.floor(box.x * picture.width), math.floor(box.y * picture.height))
        end = (math.ceil((box.x + box.width) * picture.width), math.ceil((box.y + box.height) * picture.height))
        picture.paste("black", (*corner, min(end[0], picture.width), min(end[1], picture.height)))


def _box(page: float, x: float, y: float, width: float, height: float) -> Box:
    numbers = (page, x, y, width, height)
    if any(isinstance(one, bool) or not isinstance(one, int | float) or not math.isfinite(one) for one in numbers):
        raise ValueError(numbers)
    if page != int(page) or page < 1 or x < 0 or y < 0 or width <= 0 or height <= 0:
        raise ValueError(numbers)
    if x + width > 1 + ROUNDING or y + height > 1 + ROUNDING:
        raise ValueError(numbers)
    return Box(int(page), x, y, width, height)
