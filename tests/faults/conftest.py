"""A running site for each file of tests, on a database of its own."""

from collections.abc import Iterator

import pytest

from tests.databases import PROCESS, fresh_database_url
from tests.faults.ground import Ground


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A site whose mails are files."""
    folder = tmp_path_factory.mktemp("faults")
    ground = Ground(folder, fresh_database_url(f"{PROCESS}_faults", folder))
    yield ground
    ground.close()
