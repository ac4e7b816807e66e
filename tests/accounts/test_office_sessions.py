"""Sessions of an office are short, with or without a second factor; those of members are not."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forum.accounts.models import LoginSession
from forum.core.db import db, unit_of_work
from tests.cast import take_second_factor

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@unit_of_work
def let_pass(person, *, idle: timedelta = timedelta(), age: timedelta = timedelta()) -> None:
    row = db.session.scalars(select(LoginSession).where(LoginSession.user_id == person.id)).one()
    db.session.execute(
        update(LoginSession)
        .where(LoginSession.id == row.id)
        .values(seen_at=row.seen_at - idle, created_at=row.created_at - age)
    )


@pytest.mark.parametrize("name", ["dewi", "surya"])
@pytest.mark.parametrize("secured", [True, False])
@pytest.mark.parametrize(
    ("passed", "status"),
    [({"idle": 29 * MINUTE}, 200), ({"idle": 31 * MINUTE}, 302), ({"age": 11 * HOUR}, 200), ({"age": 12 * HOUR}, 302)],
)
def test_an_office_is_left_soon(cast, browse, name: str, secured: bool, passed: dict, status: int) -> None:
    person = getattr(cast, name)
    if not secured:
        take_second_factor(person)
    browser = browse(person)
    let_pass(person, **passed)
    assert browser.request("GET", "/settings").status == status


def test_a_member_stays_for_days(cast, browse) -> None:
    ana = browse(cast.ana)
    let_pass(cast.ana, idle=timedelta(days=13), age=timedelta(days=89))
    assert ana.request("GET", "/settings").status == 200


def test_a_page_every_twenty_minutes_keeps_an_office_in(cast, browse) -> None:
    dewi = browse(cast.dewi)
    for _page in range(4):
        let_pass(cast.dewi, idle=20 * MINUTE)
        assert dewi.request("GET", "/moderation").status == 200
