"""What one file costs the child that re-encodes it, and what that costs a reader meanwhile: `python -m benchmarks.files`."""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

from benchmarks.browser import Browser
from benchmarks.servers import ROOT, Served, fill, whole_site
from forum.attachments.confined import DEFAULT_LIMITS

READS = 300
MOST_TIMES = 2.0
SLOWEST = "JPEG of 2,000 scans"
MEASURED = """
import json, os, sys
folder, out = sys.argv[1], os.open(sys.argv[1] + "/out", os.O_WRONLY | os.O_CREAT, 0o600)
child = os.posix_spawn(sys.argv[2], sys.argv[2:], {"MALLOC_ARENA_MAX": "1"}, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)])
_pid, status, used = os.wait4(child, 0)
print(json.dumps([status, used.ru_maxrss, used.ru_utime + used.ru_stime]))
"""
"""Starts the child from a small process: a forked one would count its parent's memory as its own."""


@dataclass(frozen=True)
class Cost:
    """Peak memory (MB of 1,024 KB), processor and clock seconds of one file, and how it ended."""

    name: str
    size: int
    megabytes: float
    cpu: float
    seconds: float
    ended: str


def photo(megapixels: int) -> Image.Image:
    """Return a picture with the grain and the soft shapes of a photo, four to three."""
    width = round((megapixels * 1_000_000 * 4 / 3) ** 0.5)
    small = Image.effect_noise((width // 4, width * 3 // 16), 40).convert("RGB")
    return small.resize((width, width * 3 // 4), Image.Resampling.BICUBIC)


def screenshot() -> Image.Image:
    """Return a phone's screen full of text."""
    screen = Image.new("RGB", (1080, 2400), "white")
    pen = ImageDraw.Draw(screen)
    for row in range(110):
        pen.text((30, 20 + row * 21), "Saya sudah menunggu dua minggu tanpa kabar dari toko. " * 3, fill="black")
    return screen


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the picture as a file."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def scanned_pdf(pages: int) -> bytes:
    """Return pages of text, each with a scan of one megapixel."""
    document, scan = pikepdf.new(), encoded(photo(1), "JPEG", quality=70)
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for number in range(pages):
        picture = pikepdf.Stream(document, scan + b"%d" % number)
        picture.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1155, Height=866, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        page = document.add_blank_page(page_size=(595, 842)).obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font), XObject=pikepdf.Dictionary(P=picture))
        lines = b"".join(
            b"1 0 0 1 40 %d Tm (Baris nomor %d dari faktur) Tj " % (380 - row * 9, row) for row in range(40)
        )
        page.Contents = document.make_stream(b"q 500 0 0 375 40 420 cm /P Do Q BT /F 8 Tf " + lines + b"ET")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def many_scans() -> bytes:
    """Return a progressive JPEG whose last scan comes 2,000 times: it takes all the time the child is given."""
    plain = encoded(Image.new("RGB", (4000, 4000), (9, 99, 200)), "JPEG", progressive=True, quality=30)
    last = plain.rindex(b"\xff\xda")
    return plain[:-2] + plain[last:-2] * 2_000 + b"\xff\xd9"


def gif() -> bytes:
    """Return an animation of 60 frames of a screen."""
    frames = [Image.new("P", (1080, 1080), one) for one in range(60)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


KINDS: dict[str, Callable[[], bytes]] = {
    "photo, 12 MP, JPEG": lambda: encoded(photo(12), "JPEG", quality=85),
    "photo, 12 MP, AVIF": lambda: encoded(photo(12), "AVIF", quality=60, speed=9),
    "photo, 12 MP, WebP": lambda: encoded(photo(12), "WEBP", quality=75, method=0),
    "photo, 40 MP, JPEG": lambda: encoded(photo(39), "JPEG", quality=75),
    "photo, 40 MP, progressive JPEG": lambda: encoded(photo(39), "JPEG", quality=75, progressive=True),
    "photo, 40 MP, WebP": lambda: encoded(photo(39), "WEBP", quality=50, method=0),
    "picture, 40 MP, PNG with transparency": lambda: encoded(
        Image.merge("RGBA", (*Image.new("RGB", (7200, 5400), "navy").split(), Image.new("L", (7200, 5400), 99))), "PNG"
    ),
    "screenshot, PNG": lambda: encoded(screenshot(), "PNG"),
    "animation of 60 frames, GIF": gif,
    "PDF of 1 page": lambda: scanned_pdf(1),
    "PDF of 30 pages": lambda: scanned_pdf(30),
    "PDF of 100 pages": lambda: scanned_pdf(100),
    SLOWEST: many_scans,
}


def cost(name: str, data: bytes, areas: str = "[]") -> Cost:
    """Re-encode one file in a child of its own, with the limits of the site."""
    with tempfile.TemporaryDirectory(prefix="forum-files-") as folder:
        Path(folder, "input").write_bytes(data)
        begun = time.perf_counter()
        said = subprocess.run(
            [sys.executable, "-c", MEASURED, folder, *_child(folder), areas], cwd=ROOT, capture_output=True, check=True
        ).stdout
        seconds = time.perf_counter() - begun
        status, kilobytes, cpu = json.loads(said)
        words = Path(folder, "out").read_bytes()
    ended = "stopped" if status else str(json.loads(words).get("refused", "made"))
    return Cost(name, len(data), kilobytes / 1024, cpu, seconds, ended)


def _child(folder: str) -> list[str]:
    limits = [str(DEFAULT_LIMITS.memory_bytes), str(DEFAULT_LIMITS.cpu_seconds)]
    return [sys.executable, "-s", "-m", "forum.attachments.reencode", f"{folder}/input", folder, *limits]


def costs(heic: Path | None) -> list[Cost]:
    """Measure every kind; HEIC only where a photo is given, as nothing here can make one."""
    made = [cost(name, make()) for name, make in KINDS.items()]
    made.append(
        cost(
            "PDF of 100 pages, an area on each",
            scanned_pdf(100),
            json.dumps([[one, 0.1, 0.1, 0.3, 0.1] for one in range(1, 101)]),
        )
    )
    return [cost("photo, HEIC", heic.read_bytes()), *made] if heic else made


@contextmanager
def being_made(data: bytes) -> Iterator[None]:
    """Have one child after the other work on a file meanwhile."""
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            with tempfile.TemporaryDirectory(prefix="forum-files-") as folder:
                Path(folder, "input").write_bytes(data)
                environment = {"MALLOC_ARENA_MAX": "1"}
                with subprocess.Popen(_child(folder), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as child:
                    while child.poll() is None and not over.wait(0.05):
                        pass
                    child.kill()

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(1)
    try:
        yield
    finally:
        over.set()
        thread.join()


def reads(served: Served, path: str) -> list[float]:
    """Ask for a page time after time as one reader; returns the ms of each answer."""
    connection, spent = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60), []
    for _ in range(READS):
        begun = time.perf_counter()
        connection.request("GET", path)
        connection.getresponse().read()
        spent.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return spent


def meanwhile(served: Served, rounds: int = 3) -> tuple[list[float], list[float]]:
    """Read a letter with and without the slowest file being made, in turn; returns the ms of both."""
    data, path = many_scans(), Browser(served.port).open("/letters/1").path
    quiet: list[float] = []
    busy: list[float] = []
    reads(served, path)
    for _ in range(rounds):
        quiet += reads(served, path)
        with being_made(data):
            busy += reads(served, path)
    return quiet, busy


def report(found: list[Cost], quiet: list[float], busy: list[float]) -> str:
    """Return the table and the sentence below it."""
    rows = [
        f"| {one.name} | {one.size / 1e6:.2f} | {one.megabytes:.0f} | {one.cpu:.2f} | {one.seconds:.2f} | {one.ended} |"
        for one in found
    ]
    times = median(busy) / median(quiet)
    return "\n".join(
        [
            "| file | MB | peak memory MB | CPU s | seconds | ended |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
            "",
            (
                f"A letter for one reader: median {median(quiet):.2f} ms, p95 {quantiles(quiet, n=20)[18]:.2f} ms; while a "
                f"{SLOWEST} is made {median(busy):.2f} and {quantiles(busy, n=20)[18]:.2f} ms: {times:.2f} times "
                f"(aim: at most {MOST_TIMES:g}, {'held' if times <= MOST_TIMES else 'MISSED'})"
            ),
        ]
    )


def main() -> None:
    """Measure alone, on a small site of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.files", description=__doc__)
    parser.add_argument("--heic", type=Path, help="a photo of a phone to be measured as well")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="forum-bench-") as folder:
        data = Path(folder)
        fill(data, 300)
        found = costs(chosen.heic)
        with whole_site(data) as served:
            quiet, busy = meanwhile(served)
    print(f"load {os.getloadavg()[0]:.1f}\n\n{report(found, quiet, busy)}")


if __name__ == "__main__":
    main()
