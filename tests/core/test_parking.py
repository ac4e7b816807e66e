"""Parked forms: what a guest typed comes back to that person alone, for a day."""

from datetime import timedelta

import time_machine
from sqlalchemy import select, text

from forum.core import parking
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.parking import ParkedForm

BROWSER = "browser"
OURS = {"browser": BROWSER, "owner_id": 0}


def test_what_is_parked_comes_back_as_typed(app):
    fields = {"text": ["satu\r\ndua  🙂 <b>"], "merchants": ["Toko A", "", "Toko B"]}
    token = parking.park("letters.write", fields, browser=BROWSER)
    assert parking.parked(token, "letters.write", **OURS) == fields
    assert parking.parked(token, "letters.write", **OURS) == fields  # opening the page again loses nothing


def test_only_with_its_token_and_for_its_form(app):
    token = parking.park("comments.post", {"text": ["rahasia"]}, browser=BROWSER)
    assert parking.parked(token, "letters.write", **OURS) is None
    for wrong in ("", "x", token[:-1], token + "a", "\ud800", "é" * 5_000):
        assert parking.parked(wrong, "comments.post", **OURS) is None


def test_the_table_holds_neither_words_nor_token(app):
    token = parking.park("comments.post", {"text": ["rahasia"]}, browser=BROWSER)
    row = db.session.execute(text("SELECT token_hash, fields FROM parked_form")).one()
    assert token not in row
    assert "rahasia" not in row.fields


def test_a_day_later_it_is_gone(app):
    token = parking.park("comments.post", {"text": ["x"]}, browser=BROWSER)
    with time_machine.travel(utcnow() + timedelta(hours=23), tick=False):
        parking.prune()
        assert parking.parked(token, "comments.post", **OURS)
    with time_machine.travel(utcnow() + timedelta(hours=25), tick=False):
        assert parking.parked(token, "comments.post", **OURS) is None
        parking.prune()
    assert db.session.scalar(select(ParkedForm.id)) is None


def test_too_much_is_cut_at_the_end(app):
    token = parking.park("x", {"a": ["y" * (parking.MOST_CHARACTERS - 10)], "b": ["z" * 100], "c": ["w"]}, browser=BROWSER)
    kept = parking.parked(token, "x", **OURS)
    assert len(kept["a"][0]) == parking.MOST_CHARACTERS - 10
    assert kept["b"] == ["z" * 10]
    assert kept["c"] == [""]


def test_many_values_of_one_field_are_cut_together(app):
    token = parking.park("x", {"a": ["y" * 60_000, "z" * 60_000, "w" * 60_000]}, browser=BROWSER)
    assert sum(len(value) for value in parking.parked(token, "x", **OURS)["a"]) == parking.MOST_CHARACTERS


def test_names_and_empty_values_take_no_room_without_end(app):
    token = parking.park("x", {"a": [""] * 200_000, "n" * 100_000: ["b"]} | {f"n{number}": ["c"] for number in range(200_000)}, browser=BROWSER)
    kept = parking.parked(token, "x", **OURS)
    assert sum(len(values) for values in kept.values()) == parking.MOST_VALUES
    token = parking.park("x", {"n" * 100_000: ["b"], "a": ["c"]}, browser=BROWSER)
    assert parking.parked(token, "x", **OURS) == {"a": ["c"]}


def test_a_stranger_cannot_fill_the_disk_with_forms_that_nobody_sent(cast, browse, monkeypatch, limit):
    letter = cast.letter()
    limit("park", 2)
    sent = [browse().request("POST", f"/letters/{letter.id}/comments", data={"text": "kata"}) for _ in range(3)]
    assert [page.status for page in sent] == [302, 302, 429]
    assert int(sent[2].response.headers["Retry-After"]) > 0
    assert db.session.query(ParkedForm).count() == 2
    elsewhere = browse()
    elsewhere.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert elsewhere.request("POST", f"/letters/{letter.id}/comments", data={"text": "kata"}).status == 302
