"""Load by wrk: one thread, eight connections, answers asked for as browsers do."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.processes import cpu_seconds

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
CONNECTIONS = 8
TURN = Path(__file__).with_name("turn.lua")


@dataclass(frozen=True)
class Run:
    """One run of wrk: requests a second, latencies in ms, CPU ms of the server's processes for each request."""

    per_second: float
    p50: float
    p99: float
    cpu: float
    refused: int


def wrk(url: str, seconds: int, server: int, turn: Path | None = None, *, cookie: str = "") -> Run:
    """Press on a URL for some seconds and return what came; `server` is the root of the tree whose CPU counts.

    `turn` is a file of paths that are asked for one after the other instead of the URL's own; `cookie` is that of a sign-in.
    """
    before = cpu_seconds(server)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip", url]
    if cookie:
        command[1:1] = ["-H", f"Cookie: {cookie}"]
    if turn is not None:
        command[1:1] = ["-s", str(TURN)]
        command += ["--", str(turn)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spent = cpu_seconds(server) - before
    return parse(said, spent)


def parse(said: str, cpu_spent_seconds: float) -> Run:
    """Read wrk's report; raises ValueError when it is not one."""
    count = re.search(r"(\d+) requests in", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if count is None or rate is None:
        raise ValueError(f"not a report of wrk: {said!r}")
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    requests = max(int(count[1]), 1)
    return Run(
        per_second=float(rate[1]),
        p50=_percentile(said, 50),
        p99=_percentile(said, 99),
        cpu=cpu_spent_seconds * 1000 / requests,
        refused=int(refused[1]) if refused else 0,
    )


def _percentile(said: str, share: int) -> float:
    found = re.search(rf"^\s+{share}%\s+([\d.]+)(us|ms|s|m)\b", said, flags=re.MULTILINE)
    if found is None:
        raise ValueError(f"no {share}% line in wrk's report")
    return float(found[1]) * UNITS[found[2]]


def middle(runs: list[Run]) -> Run:
    """Return the medians of several runs; refused answers are added up."""
    return Run(
        per_second=median(run.per_second for run in runs),
        p50=median(run.p50 for run in runs),
        p99=median(run.p99 for run in runs),
        cpu=median(run.cpu for run in runs),
        refused=sum(run.refused for run in runs),
    )
