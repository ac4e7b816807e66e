"""From the first published response of a business on, whoever acts in its name needs a second factor; no word is lost on the way."""

import pyotp
import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts import totp
from forum.accounts.models import User
from forum.accounts.views.second import BUSINESS_SIDE
from forum.attachments.models import Attachment, FileAudience
from forum.comments import actions as comments
from forum.contests import actions as contests
from forum.contests.actions import Claimed
from forum.contests.lifecycle import Ground
from forum.core.db import db
from forum.core.errors import NotAllowed, SecondFactorNeeded
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case, Question
from forum.letters.policy import may_see_details, may_see_file
from forum.letters.queries import case_for, letter_for
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Merchant
from forum.responses import actions
from forum.responses.models import Response
from forum.team import actions as team
from tests.cast import answers_letters, give_second_factor, represent, take_second_factor
from tests.responses.words import TEXT, said

FILLED = {"text": TEXT, "signatory": "Bima Santoso", "job_title": "Humas", "remedy": "explanation"}
COMMENT = "Kami akan memeriksa ini bersama gudang kami besok pagi."


@pytest.fixture
def bima(cast):
    """Bima before he has an app for codes."""
    person = cast.bima
    take_second_factor(person)
    return person


def case_of(cast, person, **fields):
    return case_for(person, cast.letter(**fields).cases[0].id)


def set_up(browser):
    """Set up an app from the page where one is led to; returns the page one comes back to."""
    page = browser.open(browser.page.link("Pasang aplikasi"))
    secret = page.find("input", name="secret")[0].get("value")
    page = browser.submit(form="/app", code=pyotp.TOTP(secret).generate_otp(totp.counter_now()))
    return browser.open(page.link("Sudah saya simpan"))


def test_the_first_answer_is_possible_without_and_the_second_is_not(cast, bima):
    first, second = case_of(cast, bima), case_of(cast, bima)
    actions.respond(first, said(), by=bima)
    assert db.session.get(Merchant, cast.shop.id).answers_since is not None
    with pytest.raises(SecondFactorNeeded):
        actions.respond(second, said(), by=bima)
    give_second_factor(bima)
    actions.respond(case_for(bima, second.id), said(text=TEXT + " Terima kasih."), by=bima)
    assert db.session.scalar(select(func.count(Response.id))) == 2


def test_the_day_of_the_first_answer_stays(cast):
    first, second = case_of(cast, cast.bima), case_of(cast, cast.bima)
    actions.respond(first, said(), by=cast.bima)
    since = db.session.get(Merchant, cast.shop.id).answers_since
    actions.respond(second, said(text=TEXT + " Terima kasih."), by=cast.bima)
    db.session.expire_all()
    assert db.session.get(Merchant, cast.shop.id).answers_since == since
    assert db.session.get(Merchant, cast.courier.id).answers_since is None


ACTS = {
    "respond": lambda cast, case, by: actions.respond(case, said(), by=by),
    "acknowledge": lambda cast, case, by: actions.acknowledge(case, by=by),
    "ask": lambda cast, case, by: actions.ask(case, by=by, text="Berapa nomor pesanan Anda?"),
    "comment": lambda cast, case, by: comments.post(case.letter, by=by, text=COMMENT),
    "contest": lambda cast, case, by: contests.contest(
        case.letter, Claimed(Ground.DUPLICATE, [case.letter.title], "x" * 30), by=by, case=case, address="::1"
    ),
    "invite": lambda cast, case, by: team.invite(
        cast.shop, by=by, email="baru@tokomelati.example", role=TeamRole.AGENT, job_title="Humas"
    ),
    "change a role": lambda cast, case, by: team.change_role(by.representations[0], by=by, role=TeamRole.AGENT),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_act_called_directly_refuses_too(cast, bima, act):
    answers_letters(cast.shop)
    with pytest.raises(SecondFactorNeeded):
        ACTS[act](cast, case_of(cast, bima), bima)
    give_second_factor(bima)
    ACTS[act](cast, case_of(cast, bima), bima)


def test_it_is_the_only_thing_missing_or_it_is_not_named(cast, bima):
    """Of a business that is not theirs, or as a reader, nobody is told to set up anything: it would not help."""
    answers_letters(cast.shop)
    answers_letters(cast.courier)
    other = case_for(bima, cast.letter(merchants=[cast.courier]).cases[0].id)
    with pytest.raises(NotAllowed) as refused:
        actions.respond(other, said(), by=bima)
    assert not isinstance(refused.value, SecondFactorNeeded)
    represent(cast.citra, cast.shop, TeamRole.READER)
    with pytest.raises(NotAllowed) as refused:
        actions.respond(case_of(cast, cast.citra), said(), by=cast.citra)
    assert not isinstance(refused.value, SecondFactorNeeded)


def test_private_details_and_files_wait_for_it(cast, bima):
    case = case_of(cast, bima, details={"order": "TM-1"})
    letter = letter_for(bima, case.letter_id)

    receipt = Attachment(audience=FileAudience.BUSINESS)
    assert may_see_details(bima, case)
    assert may_see_file(bima, receipt, letter)
    answers_letters(cast.shop)
    assert not may_see_details(bima, case)
    assert not may_see_file(bima, receipt, letter)
    assert letter.cases[0].merchant_id in bima.merchant_ids  # they stay of the team: no moderator of its letters
    give_second_factor(bima)
    assert may_see_details(bima, case)


def test_who_acts_without_is_led_to_it_and_told_why(cast, bima, browse):
    case = case_of(cast, bima)
    answers_letters(cast.shop)
    for path in (f"/cases/{case.id}/respond", f"/cases/{case.id}/ask", "/desk", "/merchants/toko-melati/team"):
        page = browse(bima).open(path)
        assert page.url.endswith(f"/settings/second-factor?next={path}"), path
        assert "Sejak tanggapan pertamanya, siapa pun yang bertindak atas namanya memerlukan faktor kedua" in page


def test_a_written_response_comes_back_after_the_set_up(cast, bima, browse):
    """The form was open when a colleague published the first answer of the business."""
    case = case_of(cast, bima)
    browser = browse(bima)
    browser.open(f"/cases/{case.id}/respond")
    answers_letters(cast.shop)
    page = browser.submit(**FILLED)
    assert "/settings/second-factor" in page.url
    assert "Yang Anda tulis disimpan" in page
    assert db.session.scalar(select(func.count(Response.id))) == 0
    page = set_up(browser)
    assert page.url.split("?")[0].endswith(f"/cases/{case.id}/respond")
    assert page.find("textarea", name="text")[0].text.strip() == TEXT
    assert "diterbitkan" in browser.submit(remedy="explanation") or db.session.scalar(select(func.count(Response.id))) == 1
    assert db.session.scalar(select(func.count(Response.id))) == 1


def test_a_written_question_comes_back_after_the_set_up(cast, bima, browse):
    case = case_of(cast, bima)
    browser = browse(bima)
    browser.open(f"/cases/{case.id}/ask")
    answers_letters(cast.shop)
    browser.submit(text="Berapa nomor pesanan Anda, dan kapan?")
    page = set_up(browser)
    assert "Berapa nomor pesanan Anda, dan kapan?" in page.text
    assert db.session.scalar(select(func.count(Question.id))) == 0


def test_a_written_comment_comes_back_after_the_set_up(cast, bima, browse):
    letter = cast.letter()
    answers_letters(cast.shop)
    browser = browse(bima)
    browser.submit(f"/letters/{letter.id}", form="/comments", text=COMMENT)
    assert "/settings/second-factor" in browser.page.url
    assert COMMENT in set_up(browser).text


def test_a_receipt_is_given_after_the_set_up_not_before(cast, bima, browse):
    case = case_of(cast, bima)
    browser = browse(bima)
    browser.open(f"/letters/{case.letter_id}")
    token = browser.page.find("input", name="csrf_token")[0].get("value")
    answers_letters(cast.shop)
    page = browser.follow(
        browser.request("POST", f"/cases/{case.id}/acknowledge", data={"csrf_token": token, "seen": case.version})
    )
    assert "/settings/second-factor" in page.url
    assert db.session.get(Case, case.id, populate_existing=True).response is ResponseState.AWAITING


def test_a_script_is_refused_with_words(cast, bima, browse):
    case = case_of(cast, bima)
    answers_letters(cast.shop)
    browser = browse(bima)
    token = browser.open("/about").find("input", name="csrf_token")[0].get("value")
    page = browser.request(
        "POST", f"/cases/{case.id}/acknowledge", data={"csrf_token": token}, headers={"Accept": "application/json"}
    )
    assert page.status == 403
    assert "faktor kedua" in page.text


def test_a_reader_of_a_team_needs_none(cast, browse):
    case = case_of(cast, cast.citra, details={"order": "TM-1"})
    represent(cast.citra, cast.shop, TeamRole.READER)
    answers_letters(cast.shop)
    assert may_see_details(cast.citra, case)
    page = browse(cast.citra).open(f"/desk/cases/{case.id}")
    assert page.status == 200
    assert "TM-1" in page


def test_an_author_who_speaks_for_another_business_is_not_troubled(cast, bima, browse):
    letter = cast.letter(author=bima, merchants=[cast.courier])
    answers_letters(cast.shop)
    assert browse(bima).open(f"/letters/{letter.id}/updates").status == 200
    assert browse(bima).open("/letters/mine").status == 200


def test_every_page_of_the_business_side_asks_for_it(cast, bima, browse, app: Flask):
    """Whatever stands in these blueprints; a route there cannot forget it."""
    answers_letters(cast.shop)
    browser = browse(bima)
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] in BUSINESS_SIDE and "GET" in (rule.methods or set()):
            path = app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, 1))
            assert "/settings/second-factor" in browser.request("GET", path).response.headers["Location"], path


def test_the_representatives_of_the_cast_have_one(cast):
    assert cast.bima.has_second_factor
    assert cast.fajar.has_second_factor
    assert db.session.scalar(select(func.count(User.id)).where(User.second_factor_since.is_not(None))) == 2
