"""Redis stands still or is gone: pages and forms work, and the database counts the tries of passwords."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from http import HTTPStatus

import pytest

from forum.core.rates import LIMITS
from forum.core.secrecy import digest
from tests import needs
from tests.databases import Shelf
from tests.faults.ground import Ground
from tests.processes import free_port, is_free, until

pytestmark = [pytest.mark.processes, pytest.mark.faults, pytest.mark.timeout(600)]


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
def site(
    tmp_path_factory: pytest.TempPathFactory, shelf: Shelf, redis: tuple[str, subprocess.Popen[bytes]]
) -> Iterator[Ground]:
    ground = Ground(shelf, tmp_path_factory.mktemp("counted"), "counted", FORUM_REDIS_URL=redis[0])
    yield ground
    ground.close()


def wrong_passwords(site: Ground, name: str) -> list[int]:
    """What somebody hears who tries one password more for this person than may be tried."""
    fields = {**site.guest.open("/sign-in").form(""), "email": [address(name)], "password": ["bukan sandinya"]}
    return [site.guest.send("/sign-in", fields).status for _ in range(LIMITS["sign-in"].most + 1)]


def counted_here(site: Ground, name: str) -> int:
    """How many tries for this person the database counted."""
    key = digest(f"sign-in:{address(name)}|127.0.0.1")
    return site.one("SELECT coalesce(sum(count), 0) FROM counter WHERE key = :key", key=key)


def address(name: str) -> str:
    return f"{name}@surat.example"


def test_the_limits_hold_with_redis_without_it_and_while_it_stands_still(
    site: Ground, redis: tuple[str, subprocess.Popen[bytes]]
) -> None:
    told = [HTTPStatus.OK] * LIMITS["sign-in"].most + [HTTPStatus.TOO_MANY_REQUESTS]
    assert wrong_passwords(site, "citra") == told
    assert counted_here(site, "citra") == 0
    for name, blow in (("hasan", signal.SIGSTOP), ("intan", signal.SIGKILL)):
        os.kill(redis[1].pid, blow)
        assert wrong_passwords(site, name) == told
        assert counted_here(site, name) == LIMITS["sign-in"].most + 1
        assert site.guest.open(site.page).status == site.people["ana"].open("/").status == HTTPStatus.OK
        assert site.post(name, f"Komentar dari {name}.") == HTTPStatus.FOUND
