"""`make bench`: the site against a bare Flask route on the same server, in the same minutes; prints one table."""

import argparse
import http.client
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import make_url

from benchmarks import desks, files
from benchmarks.browser import Browser
from benchmarks.load import CONNECTIONS, Run, middle, wrk
from benchmarks.people import people, sign_in
from benchmarks.processes import memory_megabytes
from benchmarks.servers import DATABASE, Served, environment, fill, web, whole_site
from forum.demo.prose import RARE_WORD
from forum.demo.rows import SMALL_DESK_CASES

COMMON_WORD = "barang"  # every second letter is about goods
WARM_SECONDS = 1
POSTS = 60
COMMENTED_LETTER = 5


@dataclass(frozen=True)
class Target:
    """A page to press on, and the share of the floor it aims at."""

    name: str
    server: Served
    path: str
    aim: float | None = None
    turn: Path | None = None  # a file of paths to be asked for one after the other


def in_turn(browser: Browser, folder: Path) -> tuple[Path, Path]:
    """Write the letters of the first sitemap into a file, and a search for each one's title into another.

    They are more than a process keeps ready parts of.
    """
    found = re.findall(r"<loc>https?://[^/<]+(/letters/\d+-([^<]+))</loc>", browser.open("/sitemap-letters-0.xml").body)
    letters, searches = folder / "letters.txt", folder / "searches.txt"
    letters.write_text("".join(f"{path}\n" for path, _slug in found), encoding="utf-8")
    searches.write_text("".join(f"/search?q={slug.replace('-', '+')}\n" for _path, slug in found), encoding="utf-8")
    return letters, searches


def targets(cold: Served, cached: Served, data: Path) -> list[Target]:
    """Return the pages under measure, each by its final address. Cold is without whole pages kept; parts stay ready."""
    browser = Browser(cold.port)
    letters, searches = in_turn(browser, data)
    letter, long = browser.open("/letters/1").path, browser.open("/letters/2").path
    merchant = browser.open(
        (browser.open("/").links(r"/merchants/.") + browser.open(letter).links(r"/merchants/."))[0]
    ).path
    return [
        Target("letter, 100 comments, cold", cold, letter, 0.05),
        Target("letter, 100 comments, cached", cached, letter, 1.0),
        Target("letter, 5,000 comments, cold", cold, long, 0.05),
        Target("5,000 letters in turn, parts drawn anew", cold, letter, turn=letters),
        Target("home, cold", cold, "/", 0.08),
        Target("home, cached", cached, "/"),
        Target("business, cold", cold, merchant),
        Target("search, common word, cold", cold, f"/search?q={COMMON_WORD}", 0.08),
        Target("search, rare word, cold", cold, f"/search?q={RARE_WORD}", 0.08),
        Target("5,000 searches in turn, none kept", cold, f"/search?q={COMMON_WORD}", turn=searches),
    ]


@dataclass(frozen=True)
class Result:
    """A target's medians, the floor's in the same minutes, and the medians of the ratios taken pair by pair."""

    target: Target
    run: Run
    floor: Run
    ratio: float
    by_cpu: float  # what an answer of the floor costs, as a share of what one of the target costs


def measure(target: Target, floor: Served, rounds: int, seconds: int) -> Result:
    """Press on floor and target in turn, after a press on each that is not counted."""
    wrk(floor.url("/"), WARM_SECONDS, floor.pid)
    wrk(target.server.url(target.path), WARM_SECONDS, target.server.pid, target.turn)
    pairs: list[tuple[Run, Run]] = []
    for _ in range(rounds):
        base = wrk(floor.url("/"), seconds, floor.pid)
        pairs.append((base, wrk(target.server.url(target.path), seconds, target.server.pid, target.turn)))
    ratio = median(run.per_second / base.per_second for base, run in pairs)
    by_cpu = median(base.cpu / run.cpu for base, run in pairs)
    return Result(target, middle([run for _, run in pairs]), middle([base for base, _ in pairs]), ratio, by_cpu)


def comment_posts(site: Served, data: Path, count: int) -> list[float]:
    """Write comments one after the other as a signed-in person; returns the ms of each POST. The page is not timed."""
    known = people(data)
    person = next((one for one in known if one["role"] not in {"moderator", "business"}), known[0])
    browser = Browser(site.port)
    sign_in(browser, person)
    letter, spent = browser.open(f"/letters/{COMMENTED_LETTER}").path, []
    for number in range(count):
        form = browser.open(letter).form("text")
        begun = time.perf_counter()
        status = browser.submit(form, text=f"Pengalaman saya serupa, nomor {number}, diukur {time.time_ns()}.")
        spent.append((time.perf_counter() - begun) * 1000)
        if status not in {302, 303}:
            raise RuntimeError(f"comment {number} was answered with {status}")
    return spent


def floor_alone(floor: Served, count: int) -> list[float]:
    """Ask the floor one time after the other; returns the ms of each answer: what the machine is like just now."""
    connection, spent = http.client.HTTPConnection("127.0.0.1", floor.port, timeout=60), []
    for _ in range(count):
        begun = time.perf_counter()
        connection.request("GET", "/")
        connection.getresponse().read()
        spent.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return spent


def row(result: Result) -> str:
    """Return one line of the table."""
    run, aim = result.run, result.target.aim
    kept = "" if aim is None else f"{aim:g} {'held' if result.ratio >= aim else 'MISSED'}"
    name = result.target.name + (f" ({run.refused} refused!)" if run.refused else "")
    figures = f"{run.per_second:,.0f} | {result.ratio:.3f} | {run.p50:.2f} / {run.p99:.1f} | {run.cpu:.2f} | {result.by_cpu:.3f}"
    return f"| {name} | {figures} | {kept} |"


def report(results: Sequence[Result], posts: Sequence[float], alone: Sequence[float], memory: float) -> str:
    """Return the table and the figures below it."""
    floor = middle([result.floor for result in results])
    by_name = {result.target.name: result for result in results}
    depth = by_name["letter, 100 comments, cold"].ratio / by_name["letter, 5,000 comments, cold"].ratio
    lines = [
        "| page | requests/s | of the floor | p50 / p99 ms | CPU ms/request | of the floor by CPU | aim |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        (
            f"| floor: bare Flask route, 61 KB | {floor.per_second:,.0f} | 1 | {floor.p50:.2f} / {floor.p99:.1f} "
            f"| {floor.cpu:.2f} | 1 | |"
        ),
        *map(row, results),
        "",
        f"5,000 comments against 100: {depth:.2f} times the time (aim: at most 1.1)",
        (
            f"Comment POST, signed in, one after the other: median {median(posts):.1f} ms, "
            f"p95 {quantiles(posts, n=20)[18]:.1f} ms (aim: median below 8 ms); the floor likewise {median(alone):.1f} ms"
        ),
        f"Memory of the whole site at rest after the runs (PSS): {memory:.0f} MB",
    ]
    return "\n".join(lines)


@contextmanager
def few_letters(data: Path) -> Iterator[Served | None]:
    """Serve, without whole pages kept, a site with few letters in all; none on a database of the caller's, which has no second one."""
    if os.environ.get(DATABASE):
        yield None
        return
    small = data / "few"
    fill(small, SMALL_DESK_CASES)
    with web("wsgi:app", environment(small, FORUM_PAGE_CACHE="0"), "--preload", "forum.serve.preload") as served:
        yield served


def main() -> int:
    """Measure and print; returns 1 in words when wrk is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__)
    parser.add_argument("--letters", type=int, default=12_000)
    parser.add_argument("--desk", type=int, default=10_000, help="of the letters, those to one business")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--data", type=Path, help="keep the filled data here and use it again")
    chosen = parser.parse_args()
    if shutil.which("wrk") is None:
        print("wrk is not there. Type: sudo apt install wrk", file=sys.stderr)
        return 1
    with ExitStack() as stack:
        data = chosen.data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="forum-bench-")))
        data = data.resolve()
        print(f"Filling {chosen.letters:,} letters …", flush=True)
        fill(data, chosen.letters, chosen.desk)
        floor = stack.enter_context(web("benchmarks.floor:app", os.environ))
        cached = stack.enter_context(whole_site(data))
        cold_settings = environment(data, PORT=str(cached.port), FORUM_PAGE_CACHE="0")
        cold = stack.enter_context(web("wsgi:app", cold_settings, "--preload", "forum.serve.preload"))
        results = []
        for target in targets(cold, cached, data):
            print(f"  {target.name} …", flush=True)
            results.append(measure(target, floor, chosen.rounds, chosen.seconds))
        compared = []
        for pair in desks.pairs(cold, stack.enter_context(few_letters(data)), data):
            print(f"  {pair.name} …", flush=True)
            compared.append(desks.compare(pair, chosen.rounds, chosen.seconds))
        posts, alone = comment_posts(cached, data, POSTS), floor_alone(floor, POSTS)
        time.sleep(2)
        memory = memory_megabytes(cached.pid)
        print("  files …", flush=True)
        of_files = files.report(files.costs(None), *files.meanwhile(cached))
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    database = make_url(os.environ.get(DATABASE, "sqlite://")).get_backend_name()
    print(f"\nPython {platform.python_version()}, {database}, {os.cpu_count()} cores, load {load}")
    print(
        f"wrk with {CONNECTIONS} connections, {chosen.rounds} rounds of {chosen.seconds} s, medians; gzip asked for; "
        f"{chosen.letters:,} letters\n"
    )
    print(report(results, posts, alone, memory))
    print(f"\n{desks.report(compared, chosen.desk)}")
    print(f"\n{of_files}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
