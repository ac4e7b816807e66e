"""What the database refuses becomes a page: 503 when it may pass, 500 when the fault is ours; the words typed stand on both."""

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import InternalError, OperationalError

from forum.core.db import Busy, db
from forum.core.storage import StorageFull

WORDS = "Kata yang tidak boleh hilang."


class Failure(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (Busy(), 503),
        (StorageFull(), 503),
        (OperationalError("INSERT", {}, Failure("53100")), 503),
        (InternalError("INSERT", {}, Failure("25006")), 503),
        (InternalError("INSERT", {}, Failure("XX000")), 500),
    ],
)
def test_the_words_typed_stand_on_the_page(app, problem, status):
    sent = {"text": WORDS, "once": "k" * 32, "password": "rahasia sekali", "csrf_token": "x"}
    with app.test_request_context("/letters/1/comments", method="POST", data=sent):
        answer = app.make_response(app.handle_user_exception(problem))
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert f">\n{WORDS}</textarea>" in page
    assert f'name="once" value="{"k" * 32}"' in page
    assert "rahasia" not in page
    assert ("Retry-After" in answer.headers) is (status == 503)


def test_a_page_that_was_only_read_offers_nothing_to_send(app):
    with app.test_request_context("/letters/1"):
        page = app.make_response(app.handle_user_exception(Busy())).get_data(as_text=True)
    assert 'action="/letters/1"' not in page


def test_where_nobody_can_tell_who_asks_the_words_stand_on_the_page_too(app, cast, browse):
    browser = browse(cast.ana)
    browser.open("/about")
    db.session.remove()
    reached, db.engines[None] = db.engines[None], create_engine("sqlite:////nowhere/none.sqlite3")
    try:
        headers = {"Sec-Fetch-Site": "same-origin"}
        answer = browser.client.post("/letters/1/comments", data={"text": WORDS}, headers=headers)
    finally:
        db.session.remove()
        db.engines[None] = reached
    assert answer.status_code == 503
    assert WORDS in answer.get_data(as_text=True)
