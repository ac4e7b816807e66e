"""What a test needs from the machine: skipped in words at home, a failure where FORUM_TEST_REQUIRE names it."""

import os
import shutil

import pytest

REQUIRED = frozenset(part.strip() for part in os.environ.get("FORUM_TEST_REQUIRE", "").split(",") if part.strip())
"""Names of needs whose absence is a failure, for example `postgresql,browser,redis`; set in CI."""

_skipped: list[str] = []


def need(name: str, *, found: bool, how: str) -> None:
    """Skip the running test in words when `name` is not there; fail it when FORUM_TEST_REQUIRE lists it.

    `how` says what to install or set, for example "apt install chromium".
    """
    if found:
        return
    if name in REQUIRED:
        pytest.fail(f"{name} is required here and missing: {how}", pytrace=False)
    pytest.skip(f"{name} is not there: {how}")


def chromium() -> str:
    """Return the path of Debian's chromium (FORUM_CHROMIUM overrides it), or skip or fail as `need` does."""
    path = os.environ.get("FORUM_CHROMIUM") or shutil.which("chromium") or ""
    need("browser", found=bool(path), how="apt install chromium, or set FORUM_CHROMIUM to its path")
    return path


def postgresql_url() -> str:
    """Return the PostgreSQL URL the suite runs on (FORUM_TEST_DATABASE_URL), or skip or fail as `need` does."""
    url = os.environ.get("FORUM_TEST_DATABASE_URL", "")
    need(
        "postgresql",
        found=url.startswith("postgresql"),
        how="set FORUM_TEST_DATABASE_URL=postgresql+psycopg://user:password@host/name",
    )
    return url


def redis_url() -> str:
    """Return the Redis URL for tests (FORUM_TEST_REDIS_URL), or skip or fail as `need` does."""
    url = os.environ.get("FORUM_TEST_REDIS_URL", "")
    need("redis", found=bool(url), how="set FORUM_TEST_REDIS_URL=redis://127.0.0.1:6379/15")
    return url


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if REQUIRED and _skipped and exitstatus == pytest.ExitCode.OK and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if REQUIRED and _skipped:
        terminalreporter.write_line(
            f"nothing may be skipped here (FORUM_TEST_REQUIRE), but {len(_skipped)} were: " + ", ".join(_skipped[:10]),
            red=True,
        )
