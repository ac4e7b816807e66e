"""A running site for each file of tests, on a database of its own."""

from collections.abc import Iterator

import pytest

from tests.databases import Shelf
from tests.faults.ground import Ground


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, shelf: Shelf) -> Iterator[Ground]:
    """A site whose mails are files."""
    ground = Ground(shelf, tmp_path_factory.mktemp("faults"), "faults")
    yield ground
    ground.close()
