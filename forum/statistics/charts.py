"""Where the lines and bars of a chart stand; the templates draw them as SVG and set a table beside."""

from collections.abc import Iterable
from dataclasses import dataclass

from forum.statistics.counted import Month, Part
from forum.statistics.measures import STATES
from forum.statistics.tally import LONGEST_DRAWN_DAYS

WIDTH, HEIGHT = 480, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 40
SHORTEST_AXIS_DAYS = 20
GRID_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
BAR_SHARE = 0.7  # of a month's place


@dataclass(frozen=True)
class Tick:
    """A mark at an axis, in units of the drawing."""

    at: float
    value: float


@dataclass(frozen=True)
class CurveChart:
    """The share answered by working day, with its band; `limit` is the last day in time."""

    line: str
    band: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    limit: Tick
    median: Tick | None
    last: int


@dataclass(frozen=True)
class Block:
    """A piece of a stacked bar."""

    state: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class MonthsChart:
    """Cases by month of publication, parted by state, one on top of the other."""

    blocks: tuple[Block, ...]
    across: tuple[Tick, ...]  # value: the number of the month, 202611
    up: tuple[Tick, ...]


def _y(share: float) -> float:
    return float(round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 2))


def curve_chart(part: Part, limit: int) -> CurveChart | None:
    """Return the drawing of a curve, None when nobody was answered yet."""
    curve = part.curve
    if not curve["steps"]:
        return None
    last: int = min(LONGEST_DRAWN_DAYS, max(SHORTEST_AXIS_DAYS, limit, curve["longest"]))

    def x(day: float) -> float:
        return round(LEFT + day / last * (WIDTH - LEFT - RIGHT), 2)

    end = x(min(last, curve["longest"]))
    days = [step for step in curve["steps"] if step[0] <= last]
    line = f"M{x(0)} {_y(0)}" + "".join(f"H{x(day)}V{_y(share)}" for day, share, *_ in days) + f"H{end}"
    band = ""
    if days:
        upper = (
            f"M{x(days[0][0])} {_y(0)}" + "".join(f"H{x(day)}V{_y(high)}" for day, _, _, high, _ in days) + f"H{end}"
        )
        lower = ""
        for day, _share, low, _high, _n in reversed(days):
            lower += f"V{_y(low)}H{x(day)}"
        band = f"{upper}{lower}Z"
    every = 5 if last <= 2 * SHORTEST_AXIS_DAYS else 10
    median = curve["median"]
    return CurveChart(
        line=line,
        band=band,
        across=tuple(Tick(x(day), day) for day in range(0, last + 1, every)),
        up=tuple(Tick(_y(share), share) for share in GRID_SHARES),
        limit=Tick(x(limit), limit),
        median=Tick(x(median), median) if median is not None and median <= last else None,
        last=last,
    )


def months_chart(months: Iterable[Month]) -> MonthsChart | None:
    """Return the drawing of the months, None when there is no letter in them."""
    shown = list(months)
    most = max((sum(one.counts[state] for state in STATES) for one in shown), default=0)
    if not most:
        return None
    top = _round_up(most)
    place = (WIDTH - LEFT - RIGHT) / len(shown)
    blocks, across = [], []
    for number, one in enumerate(shown):
        below = 0
        left = round(LEFT + place * (number + (1 - BAR_SHARE) / 2), 2)
        for state in STATES:
            count = one.counts[state]
            if count:
                upper, lower = _y((below + count) / top), _y(below / top)
                blocks.append(Block(state, left, upper, round(place * BAR_SHARE, 2), round(lower - upper, 2)))
            below += count
        across.append(Tick(round(left + place * BAR_SHARE / 2, 2), one.month))
    return MonthsChart(tuple(blocks), tuple(across), tuple(Tick(_y(step / 2), top * step / 2) for step in (0, 1, 2)))


def _round_up(most: int) -> int:
    """Return an even number at or above, with one or two digits and zeros."""
    unit = 1
    while most > 20 * unit:
        unit *= 10
    number = -(-most // unit)
    return max(2, number + number % 2) * unit
