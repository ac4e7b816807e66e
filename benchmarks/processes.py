"""What a process tree costs, read from /proc: CPU seconds and proportional memory."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """Return a process and all that descend from it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            parents[int(entry.name)] = int(fields[1])
    found, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found, grown = found | more, bool(more)
    return sorted(found)


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat after the name, or none when the process has gone. Source: proc(5)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def cpu_seconds(root: int) -> float:
    """Return user and system time of the tree so far, children that ended included."""
    return sum(sum(int(value) for value in fields[11:15]) for pid in tree(root) if (fields := _stat(pid))) / TICKS


def wanted_seconds(root: int) -> float:
    """Return how long the threads of the tree ran or waited for a processor: on a full machine the busy mostly wait."""
    nanoseconds = 0
    for pid in tree(root):
        for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                ran, waited, _slices = thread.read_text(encoding="ascii").split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            nanoseconds += int(ran) + int(waited)
    return nanoseconds / 1e9


def memory_megabytes(root: int) -> float:
    """Return the tree's proportional set size (PSS): shared pages are counted once, in shares."""
    total = 0
    for pid in tree(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024
