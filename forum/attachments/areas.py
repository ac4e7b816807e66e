"""Parts of a page that are painted over: [page from 1, x, y, width, height], in parts of the upright page."""

import math
from collections.abc import Iterable
from typing import Any, Final

from forum.core.errors import Invalid

Area = list[float]
MOST_AREAS: Final = 50  # of a file
STEPS: Final = 10_000  # to which a part of a page is kept; always outwards, so that nothing peeps out
WHOLE_PAGE: Final = (0.0, 0.0, 1.0, 1.0)
FIGURES: Final = 5


def checked(values: object, *, pages: int) -> list[Area]:
    """Return areas as they are kept; raises Invalid("no_areas"), ("too_many_areas") with `most`, or ("bad_areas")."""
    if not isinstance(values, list | tuple):
        raise Invalid("bad_areas", field="areas")
    if not values:
        raise Invalid("no_areas", field="areas")
    if len(values) > MOST_AREAS:
        raise Invalid("too_many_areas", field="areas", most=MOST_AREAS)
    return [_area(value, pages) for value in values]


def joined(there: Iterable[Area], more: Iterable[Area]) -> list[Area]:
    """Return both without repeats, in their order; raises Invalid("too_many_areas") with `most`."""
    found = [list(area) for area in there]
    found += [area for area in more if area not in found]
    if len(found) > MOST_AREAS:
        raise Invalid("too_many_areas", field="areas", most=MOST_AREAS)
    return found


def _area(value: Any, pages: int) -> Area:
    if not isinstance(value, list | tuple) or len(value) != FIGURES:
        raise Invalid("bad_areas", field="areas")
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in value):
        raise Invalid("bad_areas", field="areas")
    page, x, y, width, height = value
    if not 1 <= page <= pages or page != int(page):
        raise Invalid("bad_areas", field="areas")
    left, over = _side(x, width)
    top, below = _side(y, height)
    return [int(page), left, top, over, below]


def _side(start: float, length: float) -> tuple[float, float]:
    """The start and the length of a side, rounded outwards; what is not wholly on the page (but for a rounding) is none."""
    slack = 1 / STEPS
    if not (-slack <= start < 1 and 0 < length <= 1 + slack and start + length <= 1 + slack):
        raise Invalid("bad_areas", field="areas")
    first = max(0, math.floor(start * STEPS + slack))
    last = min(STEPS, math.ceil((start + length) * STEPS - slack))
    return first / STEPS, max(1, last - first) / STEPS
