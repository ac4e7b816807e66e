"""While the site can only be read: everything that is sent is refused with its words kept; reading, signing in and the switch work."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.console import actions
from forum.console.views.read_only import GOES_ON
from forum.core import steering
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.core.jobs import enqueue, waiting
from forum.notifications.worker import READ_ONLY_SECONDS, Worker
from tests.browser import Browser
from tests.cast import PASSWORD, Cast
from tests.house import scene as scenes
from tests.house.test_access import address, routes
from tests.moderation.stage import events

WHY = "Kami pindah ke server yang lebih besar sampai pukul 22.00 WIB."
WORDS = "Saya tunggu kabar dari toko sejak minggu lalu, dan belum ada jawaban."
SENDING = {"POST", "PUT", "PATCH", "DELETE"}


def switch_on() -> None:
    actions.set_read_only(WHY, by=None)


def _number() -> int:
    return db.session.scalar(select(func.count()).select_from(Event)) or 0


def test_every_route_that_is_sent_to_is_refused(app: Flask, cast: Cast) -> None:
    scene = scenes.build(cast)
    switch_on()
    before = _number()
    sent = [(method, endpoint) for method, endpoint in routes(app) if method in SENDING and endpoint not in GOES_ON]
    assert len(sent) > 120
    for person in (None, cast.surya, cast.bima):
        browser = Browser(app, person)
        tokens = browser.open("/about").find("input", name="csrf_token")
        data = {"csrf_token": tokens[0].get("value")} if tokens else {"a": ""}
        wrong = {}
        for method, endpoint in sent:
            page = browser.request(method, address(app, scene, endpoint), data=data)
            if page.status != 503 or page.response.headers["Retry-After"] != "300":
                wrong[f"{method} {endpoint}"] = page.status
        assert wrong == {}
    assert _number() == before


def test_words_stay_and_can_be_sent_again(app, cast, browse) -> None:
    letter, citra = cast.letter(), browse(cast.citra)
    citra.open(f"/letters/{letter.id}")
    switch_on()
    page = citra.submit(form=f"/letters/{letter.id}/comments", text=WORDS)
    assert page.status == 503
    assert WHY in page.words
    assert page.find("textarea", name="text")[0].text.strip() == WORDS
    actions.set_read_only(None, by=None)
    citra.submit(form=f"/letters/{letter.id}/comments")
    assert WORDS in citra.open(f"/letters/{letter.id}").words


def test_reading_goes_on_and_says_so_without_a_cookie(cast, browse) -> None:
    letter = cast.letter()
    switch_on()
    for path in ("/", f"/letters/{letter.id}", "/ledger", "/sign-in"):
        page = browse().open(path)
        assert page.status == 200
        assert WHY in page.words
        assert "Set-Cookie" not in page.response.headers


def test_the_interface_answers_in_its_own_form(app, cast) -> None:
    switch_on()
    reply = app.test_client().post("/api/v1/cases/1/responses", json={}, headers={"Authorization": "Bearer sp_nothing"})
    assert (reply.status_code, reply.mimetype) == (503, "application/problem+json")
    assert (reply.json["code"], reply.headers["Retry-After"]) == ("read_only", "300")


def test_an_administrator_signs_in_and_switches_it_off(cast, browse) -> None:
    cast.surya  # noqa: B018
    switch_on()
    browser = browse()
    browser.open("/sign-in")
    browser.submit(form="/sign-in", email="surya@surat.example", password=PASSWORD)
    page = browser.open("/console/read-only")
    assert page.status == 200
    browser.submit(form="/console/read-only/off")
    assert steering.value(steering.READ_ONLY) is None
    told = [(one.data["before"], one.data["after"], one.by_id) for one in events(Kind.SITE_CHANGED)]
    assert told == [({"on": False}, {"on": True}, None), ({"on": True}, {"on": False}, cast.surya.id)]


def test_an_administrator_switches_it_on(cast, browse) -> None:
    surya = browse(cast.surya)
    surya.open("/console/read-only")
    assert surya.submit(form="/console/read-only", why="ya").status == 422
    surya.submit(form="/console/read-only", why=WHY)
    assert steering.value(steering.READ_ONLY)["why"] == WHY
    assert WHY in surya.open("/console/changes").words
    assert not surya.open("/console/read-only").find("form", action="/console/read-only")


def test_the_command_switches_it_too(app) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["read-only", "on"]).exit_code == 2  # no reason
    assert run(args=["read-only", "on", "--why", WHY]).exit_code == 0
    assert steering.value(steering.READ_ONLY)["why"] == WHY
    assert run(args=["read-only", "on", "--why", WHY]).exit_code == 1
    assert run(args=["read-only", "off"]).exit_code == 0
    assert steering.value(steering.READ_ONLY) is None


@unit_of_work
def some_job() -> None:
    enqueue("tick_prune")


@pytest.mark.parametrize("held", [True, False])
def test_the_worker_rests(app, cast, held: bool) -> None:
    some_job()
    if held:
        switch_on()
    worker = Worker(app)
    rest = worker._while_writing(worker.work)()
    assert (rest == READ_ONLY_SECONDS) is held
    assert waiting() or not held
    db.session.rollback()
