"""The harness itself: a test's rows are gone afterwards, a page can be opened."""

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.letters.models import Letter


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_starts_with_an_empty_table(cast, turn: int) -> None:
    assert db.session.scalar(select(func.count(Letter.id))) == 0
    letter = cast.letter()
    assert db.session.get(Letter, letter.id).cases[0].merchant_id == cast.shop.id
