"""One migrated database a test process; each test in a transaction that is rolled back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from forum import config
from forum.app import create_app
from forum.config import Settings
from forum.core import ready, steering
from forum.core.db import Base, db
from forum.core.rates import LIMITS
from forum.ledger.guards import open_to_change
from forum.privacy.guards import GUARDS
from tests.browser import Browser
from tests.cast import Cast
from tests.databases import PROCESS, Shelf
from tools import catalogue

pytest_plugins = ["tests.dns_server", "tests.migrating", "tests.needs", "tests.s3", "tests.smtp"]
SITE_URL = "http://localhost"
BORN_FULL = {"freshness", "category"}  # their rows come with the migrations
ENVIRONMENT = {
    "FORUM_ENV": "test",
    "FORUM_SITE_URL": SITE_URL,
    "FORUM_SECRET_KEY": "a key for tests only, long enough to be taken",
    "FORUM_PAGE_CACHE": "0",
    "FORUM_FIRST_COMMENTS": "0",  # where it is about them, a test says otherwise
    "FORUM_LEAST_FORM_SECONDS": "0",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file whose tests may take long begins first, so that no process waits for another at the end."""
    for item in items:
        if item.get_closest_marker("pure") and "environment" in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid} is marked pure, and asks the database")
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


def migrate(url: str, folder: Path) -> str:
    """Give this database its tables."""
    where = {"FORUM_DATABASE_URL": url, "FORUM_DATA_DIR": str(folder)}
    with create_app(Settings.from_environment({**ENVIRONMENT, **where})).app_context():
        flask_migrate.upgrade()
        db.session.remove()
        db.engine.dispose()
    return ""


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The one shelf of this run, whichever process asks."""
    base = tmp_path_factory.getbasetemp()
    return Shelf(base if PROCESS == "main" else base.parent)


@pytest.fixture(scope="session")
def migrated(shelf: Shelf) -> Callable[[str, Path], str]:
    """Return `migrated(name, folder)`: the address of a new database with every table."""
    return lambda name, folder: shelf.copy("migrated", migrate, name, folder)[0]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory, migrated: Callable[[str, Path], str]) -> dict[str, str]:
    """The environment of the site under test, with its migrated database."""
    folder = tmp_path_factory.mktemp("site")
    return {**ENVIRONMENT, "FORUM_DATA_DIR": str(folder), "FORUM_DATABASE_URL": migrated(PROCESS, folder)}


@pytest.fixture(scope="session")
def whole_app(environment: dict[str, str]) -> Flask:
    """The site on its migrated database."""
    catalogue.compile_catalogue(catalogue.po_path())
    return create_app(Settings.from_environment(environment))


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    """The site inside one transaction that the end of the test rolls back."""
    with whole_app.app_context():
        engine = db.engines[None]
        connection = engine.connect()
        outer = connection.begin()
        db.engines[None] = connection  # type: ignore[assignment]
        ready.shelf.clear()  # the numbers of rows that were rolled back come again
        steering.forget()
        try:
            yield whole_app
        finally:
            db.session.remove()
            outer.rollback()
            connection.close()
            db.engines[None] = engine


@pytest.fixture
def committing_app(whole_app: Flask) -> Iterator[Flask]:
    """The site on its real engine, for tests of threads and processes; every row is removed afterwards."""
    with whole_app.app_context():
        ready.shelf.clear()
        steering.forget()
        yield whole_app
        db.session.remove()
        with db.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            connection.exec_driver_sql("DELETE FROM letter_search")
            with open_to_change(connection), GUARDS.open_to_change(connection):
                for table in reversed(Base.metadata.sorted_tables):
                    if table.name not in BORN_FULL:
                        connection.execute(table.delete())


@pytest.fixture
def setting(whole_app: Flask) -> Iterator[Callable[..., None]]:
    """Return `setting(name=value, …)`: settings changed for one test."""
    before = config.settings()

    def change(**values: object) -> None:
        config.activate(replace(config.settings(), **values))

    yield change
    config.activate(before)


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    """Return `limit(name, most)`: another number of a limit for one test."""

    def change(name: str, most: int) -> None:
        monkeypatch.setitem(LIMITS, name, replace(LIMITS[name], most=most))

    return change


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The named people and their businesses."""
    return Cast()


@pytest.fixture
def browse(app: Flask):  # type: ignore[no-untyped-def]
    """Return `browse(person)`: a browser of that person, of a guest without one."""

    def start(person: object = None, **options: object) -> Browser:
        return Browser(app, person, **options)

    return start
