"""What 10,000 letters to one business cost against 100: its team's desk, its public pages, and the site's statistics.

The same page of both is pressed on in turn in the same minutes, so what the machine does meanwhile falls on both.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.browser import Browser
from benchmarks.load import Run, middle, wrk
from benchmarks.people import people, sign_in
from benchmarks.servers import Served
from forum.demo.rows import SMALL_DESK_CASES, SMALL_DESK_CATEGORY

MOST_TIMES = 1.2
WARM_SECONDS = 1
CASE = re.compile(r"/desk/cases/\d+")
LISTS = {  # of the desk: name and address
    "desk": "/desk",
    "desk, overdue": "/desk?show=overdue",
    "desk, to be answered in one category": f"/desk?category={SMALL_DESK_CATEGORY}",
    "desk, all in one category": f"/desk?show=all&category={SMALL_DESK_CATEGORY}",
}


@dataclass(frozen=True)
class Side:
    """A page of one of the two: where, who asks, and a file of paths where several are asked for in turn."""

    server: Served
    path: str
    cookie: str = ""
    turn: Path | None = None

    def press(self, seconds: int) -> Run:
        """Press on it for some seconds."""
        return wrk(self.server.url(self.path), seconds, self.server.pid, self.turn, cookie=self.cookie)


@dataclass(frozen=True)
class Pair:
    """The same page with many letters and with few."""

    name: str
    many: Side
    few: Side


@dataclass(frozen=True)
class Compared:
    """The medians of both, and how many times as much the page with many costs: medians of the runs taken in turn."""

    pair: Pair
    many: Run
    few: Run
    times: float  # as long, by requests/s
    times_cpu: float  # as much of the server's processor

    @property
    def is_held(self) -> bool:
        """Whether it stays within the aim."""
        return self.times <= MOST_TIMES


@dataclass(frozen=True)
class Desk:
    """The desk of one voice: the cookie of their sign-in, the cases of the first page, and the public page of the business."""

    cookie: str
    cases: list[str]
    merchant: str

    def in_turn(self, file: Path) -> Path:
        """Write the cases of the first page into a file, one address a line."""
        file.write_text("".join(f"{path}\n" for path in self.cases), encoding="utf-8")
        return file


def open_desk(site: Served, person: dict[str, str]) -> Desk:
    """Sign a voice in and look at their desk; raises RuntimeError where a list is not full, for it would compare nothing."""
    browser = Browser(site.port)
    sign_in(browser, person)
    for path in LISTS.values():
        cases = _cases(browser, path)
        if len(cases) < len(_cases(browser, "/desk")):
            raise RuntimeError(f"{path} of {person['email']} has only {len(cases)} cases")
    cases = _cases(browser, "/desk")
    if not cases:
        raise RuntimeError(f"the desk of {person['email']} is empty")
    merchant = _merchant(browser, cases)
    return Desk("; ".join(f"{name}={value}" for name, value in browser.cookies.items()), cases, merchant)


def _cases(browser: Browser, path: str) -> list[str]:
    found = (CASE.match(href) for href in browser.open(path).links(CASE.pattern))
    return list(dict.fromkeys(one[0] for one in found if one))


def _merchant(browser: Browser, cases: Sequence[str]) -> str:
    """Return the public page of the business: the one that the letters of all its cases link to."""
    common: set[str] = set()
    for case in cases:
        letter = browser.open(browser.open(case).links(r"/letters/\d+-")[0])
        linked = {browser.open(href).path for href in letter.links(r"/merchants/[^/?#]+$")}
        common = common & linked if common else linked
        if len(common) == 1:
            return common.pop()
    raise RuntimeError(f"no single business stands in all of {len(cases)} letters")


def pairs(cold: Served, small: Served | None, data: Path) -> list[Pair]:
    """Return the pages under comparison; `small` is a site with few letters in all, where there is one."""
    voices = [one for one in people(data) if one["role"] == "business"]
    many, few = (open_desk(cold, person) for person in voices)

    def both(name: str, path: Callable[[Desk], str]) -> Pair:
        return Pair(name, Side(cold, path(many)), Side(cold, path(few)))

    lists = [Pair(name, Side(cold, path, many.cookie), Side(cold, path, few.cookie)) for name, path in LISTS.items()]
    turns = [one.in_turn(data / f"cases-{name}.txt") for name, one in (("many", many), ("few", few))]
    case = Pair(
        f"desk, {len(few.cases)} cases in turn",
        Side(cold, many.cases[0], many.cookie, turns[0]),
        Side(cold, few.cases[0], few.cookie, turns[1]),
    )
    public = [
        both("business, cold", lambda desk: desk.merchant),
        both("letters behind its figures, cold", lambda desk: f"{desk.merchant}/letters"),
    ]
    if small is not None:
        public.append(Pair("statistics of the site, cold", Side(cold, "/statistics"), Side(small, "/statistics")))
    return [*lists, case, *public]


def compare(pair: Pair, rounds: int, seconds: int) -> Compared:
    """Press on both in turn, after a press on each that is not counted."""
    pair.few.press(WARM_SECONDS)
    pair.many.press(WARM_SECONDS)
    taken = []
    for _ in range(rounds):
        few = pair.few.press(seconds)
        taken.append((pair.many.press(seconds), few))
    return Compared(
        pair,
        middle([many for many, _ in taken]),
        middle([few for _, few in taken]),
        median(few.per_second / many.per_second for many, few in taken),
        median(many.cpu / few.cpu for many, few in taken),
    )


def report(found: Sequence[Compared], cases: int) -> str:
    """Return the table of both, page by page."""
    lines = [
        (
            f"| page with {cases:,} letters and with {SMALL_DESK_CASES} | requests/s | p50 / p99 ms | CPU ms/request "
            "| times as long | times the CPU | aim |"
        ),
        "| --- | --- | --- | --- | --- | --- | --- |",
        *map(row, found),
    ]
    return "\n".join(lines)


def row(one: Compared) -> str:
    """Return one line of the table."""
    many, few = one.many, one.few
    refused = many.refused + few.refused
    name = one.pair.name + (f" ({refused} refused!)" if refused else "")
    figures = (
        f"{many.per_second:,.0f} : {few.per_second:,.0f} | {many.p50:.2f} / {many.p99:.1f} : {few.p50:.2f} / {few.p99:.1f} "
        f"| {many.cpu:.2f} : {few.cpu:.2f} | {one.times:.2f} | {one.times_cpu:.2f}"
    )
    return f"| {name} | {figures} | {MOST_TIMES:g} {'held' if one.is_held else 'MISSED'} |"
