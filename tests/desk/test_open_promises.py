"""The list of open promises: all of them, by their day, what is overdue marked, each day told once."""

from datetime import timedelta

from flask_babel import force_locale

from forum.core import formats
from forum.core.db import db
from forum.desk.queries.conditions import today
from forum.responses import actions
from forum.responses.lifecycle import PromiseVerdict
from forum.responses.models import Response
from forum.responses.queries import response_for
from tests.desk.team import change
from tests.responses.words import TEXT, case_of, said


def test_they_come_by_their_day_and_say_it_once(cast, browse) -> None:
    days = {"Surat janji jauh": 40, "Surat janji lewat": -2, "Surat janji hari ini": 0}
    for at, (title, offset) in enumerate(days.items()):
        case = case_of(cast.letter(title=title), cast.bima)
        given = said(text=TEXT.replace("105.000", f"{at + 2}15.000"), promise="Barang baru", promise_due=today() + timedelta(days=30))
        response = actions.respond(case, given, by=cast.bima)
        due = today() + timedelta(days=offset)
        change(db.session.get(Response, response.id), promise_due=due)
        change(case_of(case.letter, cast.bima), promise_due=due)
    page = browse(cast.bima).open("/desk?show=promised")
    assert "Janji berjalan" in page
    rows = ["".join(row.itertext()) for row in page.find("li", class_="desk__row")]
    assert [next(title for title in days if title in row) for row in rows] == sorted(days, key=days.__getitem__)
    assert ["lewat waktu" in row for row in rows] == [True, False, False]
    assert len(page.find("li", class_="desk__row--late")) == 1
    with force_locale("id"):
        for row, offset in zip(rows, sorted(days.values()), strict=True):
            assert row.count(formats.day(today() + timedelta(days=offset))) == 1


def test_a_promise_that_was_judged_stays_in_the_stamp(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    response = actions.respond(case, said(promise="Barang", promise_due=today() + timedelta(days=3)), by=cast.bima)
    actions.judge(response_for(cast.ana, response.id), PromiseVerdict.KEPT, by=cast.ana)
    [row] = browse(cast.bima).open("/desk?show=all").find("li", class_="desk__row")
    assert "janji ditepati" in "".join(row.itertext())
