"""The doors of guests under attack: the sum of the browser, the field that nobody sees, and a way in without a script."""

import json
from base64 import b64encode
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from forum.accounts.models import User
from forum.core import limits, work
from forum.core.db import db
from forum.moderation.models import Report
from forum.moderation.weighing import GUEST
from tests.cast import PASSWORD

PERSON = {"name": "Rani", "email": "rani@surat.example", "password": PASSWORD, "adult": "y", "consent": "y"}


def solved(asked: dict) -> str:
    number = next(n for n in range(asked["maxNumber"] + 1) if sha256(f"{asked['salt']}{n}".encode()).hexdigest() == asked["challenge"])
    sent = {name: asked[name] for name in ("algorithm", "challenge", "salt", "signature")} | {"number": number}
    return b64encode(json.dumps(sent).encode()).decode()


def people() -> int:
    return db.session.scalar(select(func.count(User.id)))


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(work, "MOST", 50)


def test_a_sum_is_taken_once_and_only_ours(app, quick) -> None:
    answer = solved(work.challenge())
    assert work.is_done(answer)
    assert not work.is_done(answer)
    again = solved(work.challenge())
    sent = json.loads(__import__("base64").b64decode(again))
    for wrong in ("", "x", "-", b64encode(b"[]").decode(), b64encode(b"{}").decode(), b64encode(json.dumps({**sent, "number": sent["number"] + 1}).encode()).decode()):
        assert not work.is_done(wrong)
    spaced = b64encode(json.dumps(sent, indent=2).encode()).decode()
    assert work.is_done(again)
    assert not work.is_done(spaced)


def test_a_sum_does_not_hold_for_ever(app, quick, monkeypatch) -> None:
    monkeypatch.setattr(work, "HOLDS", -work.HOLDS)
    assert not work.is_done(solved(work.challenge()))


def test_it_is_asked_for_when_half_of_the_hour_is_used_up(app, setting, limit) -> None:
    limit("sign-up-site", 4)
    limits.allow("sign-up-site", "")
    assert not work.is_asked("sign-up-site")
    limits.allow("sign-up-site", "")
    assert work.is_asked("sign-up-site")
    setting(proof_of_work="off")
    assert not work.is_asked("sign-up-site")


def test_under_attack_a_sign_up_with_the_sum_goes_on_and_without_it_in_a_narrow_limit(browse, setting, quick, limit) -> None:
    setting(proof_of_work="on")
    limit("sign-up-unproven", 1)
    browser = browse()
    page = browser.open("/sign-up")
    assert page.find("form", data_behaviour="work")
    for number in range(3):
        answer = solved(json.loads(browser.request("GET", "/sign-up/work").text))
        browser.submit("/sign-up", form="/sign-up", **{**PERSON, "email": f"rani{number}@surat.example"}, work=answer)
    assert people() == 3
    browser.submit("/sign-up", form="/sign-up", **PERSON)  # no script
    assert people() == 4
    page = browser.submit("/sign-up", form="/sign-up", **{**PERSON, "email": "rani9@surat.example"})
    assert (page.status, people()) == (429, 4)
    assert "rani9@surat.example" in page.text


def test_a_guests_report_without_the_sum_waits_at_the_end_of_the_queue(cast, browse, setting, quick) -> None:
    setting(proof_of_work="on")
    letter = cast.letter()
    browser = browse()
    browser.submit(f"/report/letter/{letter.id}", reason="insult", text="Ada hinaan.")
    answer = solved(json.loads(browser.request("GET", "/sign-up/work").text))
    browser.submit(f"/report/letter/{letter.id}", reason="insult", text="Ada hinaan lain.", work=answer)
    weights = list(db.session.scalars(select(Report.weight).order_by(Report.id)))
    assert weights == [GUEST // 2, GUEST]


def test_the_field_that_nobody_sees_is_told_of_and_keeps_the_words(browse) -> None:
    browser = browse()
    page = browser.submit("/sign-up", form="/sign-up", **PERSON, website="https://iklan.example")
    assert people() == 0
    assert "tidak terlihat" in page
    assert page.find("input", name="name")[0].get("value") == "Rani"
    assert page.find("input", name="website")[0].get("value") == ""
    browser.submit(form="/sign-up", password=PASSWORD)
    assert people() == 1


def test_nobody_is_that_quick_and_who_is_sends_once_more(browse, setting) -> None:
    setting(least_form_seconds=5)
    browser = browse()
    page = browser.submit("/sign-up", form="/sign-up", **PERSON)
    assert people() == 0
    assert "sangat cepat" in page
    setting(least_form_seconds=1)
    import time

    time.sleep(1.1)
    browser.submit(form="/sign-up", password=PASSWORD)
    assert people() == 1
    page = browser.submit("/sign-up", form="/sign-up", **{**PERSON, "email": "lain@surat.example"}, opened="1.x.y")
    assert people() == 1
    assert "sekali lagi" in page
