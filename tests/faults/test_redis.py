"""Redis stands still or is gone: pages and forms work, and the database counts what may be done how often."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import needs
from tests.databases import PROCESS, fresh_database_url
from tests.faults.ground import Ground
from tests.processes import free_port, is_free, until

pytestmark = [pytest.mark.processes, pytest.mark.faults, pytest.mark.timeout(600)]

COMMENTS = 3


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis of our own."""
    needs.need("redis", found=shutil.which("redis-server") is not None, how="apt install redis-server")
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until(lambda: not is_free(port), what="Redis")
    yield f"redis://127.0.0.1:{port}/0", server
    server.kill()
    server.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, redis: tuple[str, subprocess.Popen[bytes]]) -> Iterator[Ground]:
    folder: Path = tmp_path_factory.mktemp("counted")
    url = fresh_database_url(f"{PROCESS}_counted", folder)
    ground = Ground(folder, url, FORUM_REDIS_URL=redis[0], comments_per_hour=COMMENTS)
    yield ground
    ground.close()


def beyond_the_limit(site: Ground, name: str) -> list[int]:
    """What this person hears of one comment more than may be written."""
    return [site.post(name, f"Komentar {number} dari {name}.") for number in range(COMMENTS + 1)]


def counted_here(site: Ground) -> int:
    return site.one("SELECT count(*) FROM counter")


def test_the_limits_hold_with_redis_without_it_and_while_it_stands_still(
    site: Ground, redis: tuple[str, subprocess.Popen[bytes]]
) -> None:
    within = [302] * COMMENTS
    assert beyond_the_limit(site, "citra")[:COMMENTS] == within
    assert counted_here(site) == 0
    os.kill(redis[1].pid, signal.SIGSTOP)
    told = beyond_the_limit(site, "hasan")
    assert (told[:COMMENTS], told[COMMENTS] < 500, told[COMMENTS] != 302) == (within, True, True)
    assert site.guest.open(site.page).status == site.people["ana"].open("/").status == 200
    os.kill(redis[1].pid, signal.SIGKILL)
    told = beyond_the_limit(site, "intan")
    assert (told[:COMMENTS], told[COMMENTS] < 500, told[COMMENTS] != 302) == (within, True, True)
    assert counted_here(site) == 2
