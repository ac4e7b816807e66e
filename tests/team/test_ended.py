"""An ended agent: whatever was open, kept or parked, the next request does nothing in the name of the business."""

import re

import pytest
from sqlalchemy import func, select

from forum.accounts import actions as accounts
from forum.comments import actions as comments
from forum.core.db import db
from forum.core.errors import Gone, NotAllowed
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case, Question
from forum.letters.queries import case_for
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Claim, Representative
from forum.responses import actions
from forum.responses.models import Response, ResponseDraft
from forum.team import actions as team
from forum.team.models import Invitation
from tests.cast import PASSWORD, answers_letters, give_second_factor, represent
from tests.responses.words import TEXT, said

FILLED = {"text": TEXT, "remedy": "explanation", "signatory": "Gita", "job_title": "Humas"}


@pytest.fixture
def gita(cast):
    person = cast.person("Gita Permata")
    give_second_factor(person)
    represent(person, cast.shop, TeamRole.AGENT)
    assert cast.bima
    answers_letters(cast.shop)
    return person


@pytest.fixture
def case_id(cast):
    return cast.letter(details={"order": "TM-778899"}).cases[0].id


def end(cast, gita, how="owner"):
    by = {"owner": cast.bima, "moderator": cast.dewi, "self": gita}[how]
    voice = db.session.scalars(select(Representative).where(Representative.user_id == gita.id)).one()
    merchants.end_representation(voice, by=by)


def nothing_happened(case_id):
    case = db.session.get(Case, case_id, populate_existing=True)
    assert case.response is ResponseState.AWAITING
    assert db.session.scalar(select(func.count(Response.id))) == 0
    assert db.session.scalar(select(func.count(Question.id))) == 0
    assert db.session.scalar(select(func.count(Event.id)).where(Event.kind == Kind.CASE_ACKNOWLEDGED)) == 0


@pytest.mark.parametrize("how", ["owner", "moderator", "self"])
def test_called_directly_every_act_refuses(cast, gita, case_id, how):
    end(cast, gita, how)
    for act in (
        lambda: actions.respond(case_for(gita, case_id), said(), by=gita),
        lambda: actions.acknowledge(case_for(gita, case_id), by=gita),
        lambda: actions.ask(case_for(gita, case_id), by=gita, text="Berapa nomor pesanan Anda?"),
        lambda: team.invite(cast.shop, by=gita, email="a@b.example", role=TeamRole.OWNER, job_title="Humas"),
    ):
        with pytest.raises(NotAllowed):
            act()
    nothing_happened(case_id)


@pytest.mark.parametrize("how", ["owner", "moderator"])
def test_an_open_session_is_over(cast, gita, case_id, browse, how):
    browser = browse(gita)
    assert "TM-778899" in browser.open(f"/desk/cases/{case_id}")
    end(cast, gita, how)
    for path in ("/desk", f"/cases/{case_id}/ask", "/settings"):
        assert "/sign-in" in browser.request("GET", path).response.headers["Location"]


def test_who_left_by_themselves_goes_on_as_a_reader_of_the_site(cast, gita, case_id, browse):
    browser = browse(gita)
    end(cast, gita, "self")
    assert "TM-778899" not in browser.open("/desk")
    assert browser.open(f"/cases/{case_id}/ask").status == 403
    assert "TM-778899" not in browser.open(f"/cases/{case_id}/respond").text


@pytest.mark.parametrize("how", ["owner", "self"])
def test_an_open_form_publishes_nothing_and_loses_no_word(cast, gita, case_id, browse, how):
    browser = browse(gita)
    browser.open(f"/cases/{case_id}/respond")
    end(cast, gita, how)
    page = browser.submit(**FILLED)
    if how == "owner":  # signed out: the words wait behind the sign-in
        assert "/sign-in" in page.url
        page = browser.submit(email=gita.email, password=PASSWORD)
        assert TEXT in page.text
        page = browser.submit(**FILLED)
    assert "/claim" in page.url  # like anybody: first prove that you speak for the business
    nothing_happened(case_id)
    assert db.session.scalars(select(ResponseDraft.fields)).one()["text"] == [TEXT]


def test_open_buttons_do_nothing(cast, gita, case_id, browse):
    browser = browse(gita)
    browser.open("/desk")
    page = browser.page
    token = page.find("input", name="csrf_token")[0].get("value")
    end(cast, gita, "self")
    for path, fields in ((f"/cases/{case_id}/acknowledge", {"seen": "1"}), (f"/cases/{case_id}/ask", {"text": "Berapa nomornya?"})):
        assert browser.request("POST", path, data={"csrf_token": token, **fields}).status == 403
    nothing_happened(case_id)


def test_a_saved_draft_is_published_by_nobody(cast, gita, case_id, browse):
    actions.save_draft(case_for(gita, case_id), by=gita, fields={key: [value] for key, value in FILLED.items()}, seen=1)
    end(cast, gita)
    with pytest.raises(NotAllowed):
        actions.respond(case_for(gita, case_id), said(), by=gita)
    page = browse(gita).open(f"/cases/{case_id}/respond")
    assert TEXT in page.text  # it is theirs
    nothing_happened(case_id)
    assert db.session.scalar(select(func.count(Claim.id))) == 0


def test_a_parked_form_comes_back_and_publishes_nothing(cast, gita, case_id, browse):
    browser = browse(gita)
    browser.open(f"/cases/{case_id}/ask")
    browser.client.delete_cookie("session_token")
    browser.submit(text="Berapa nomor pesanan Anda, dan kapan?")
    assert "/sign-in" in browser.page.url
    end(cast, gita)
    page = browser.submit(email=gita.email, password=PASSWORD)
    assert page.status == 403
    nothing_happened(case_id)


def test_a_labelled_comment_is_not_rewritten(cast, gita, case_id):
    letter = case_for(gita, case_id).letter
    comment = comments.post(letter, by=gita, text="Kami akan memeriksa ini besok pagi bersama gudang.")
    assert comment.merchant_name == "Toko Melati"
    end(cast, gita)
    with pytest.raises(NotAllowed):
        comments.edit(comment, by=gita, text="Pelanggan ini berbohong, kata toko kami.", seen=comment.version)
    assert comments.post(letter, by=gita, text="Sebagai orang biasa saya ikut prihatin.").merchant_name is None


def test_an_old_invitation_leads_nobody_back(cast, gita):
    made = Invitation(
        merchant_id=cast.shop.id, email=gita.email, role=TeamRole.OWNER, job_title="Humas", token_hash="h" * 64,
        invited_by_id=cast.bima.id, expires_at=cast.bima.created_at,
    )  # fmt: skip
    db.session.add(made)
    db.session.commit()
    end(cast, gita)
    assert db.session.scalars(select(Invitation.cancelled_at)).one() is not None


@pytest.mark.parametrize("how", ["owner", "moderator", "self", "demoted", "closed"])
def test_what_a_former_owner_sent_leads_nobody_in(cast, gita, how):
    voice = db.session.scalars(select(Representative).where(Representative.user_id == gita.id)).one()
    team.change_role(voice, by=cast.bima, role=TeamRole.OWNER)
    team.invite(cast.shop, by=gita, email="hantu@surat.example", role=TeamRole.OWNER, job_title="Humas")
    kept = team.invite(cast.shop, by=cast.bima, email="baru@surat.example", role=TeamRole.AGENT, job_title="Humas")
    sent = next(mail for mail in db.session.scalars(select(Mail)) if mail.to == "hantu@surat.example")
    planted = re.search(r"/invitations/([\w-]+)", sent.content["text"])[1]
    if how == "demoted":
        team.change_role(voice, by=cast.bima, role=TeamRole.AGENT)
    elif how == "closed":
        accounts.close_account(gita, by=gita, withdraw=False)
    else:
        end(cast, gita, how)
    with pytest.raises(Gone):
        team.accept_invitation(planted, by=cast.citra)
    assert db.session.get(Invitation, kept.id, populate_existing=True).is_open


def test_somebody_demoted_to_reader_reads_on_and_writes_nothing(cast, gita, case_id, browse):
    browser = browse(gita)
    browser.open(f"/cases/{case_id}/ask")
    voice = db.session.scalars(select(Representative).where(Representative.user_id == gita.id)).one()
    team.change_role(voice, by=cast.bima, role=TeamRole.READER)
    page = browser.submit(text="Berapa nomor pesanan Anda, dan kapan?")
    assert "/sign-in" in page.url
    page = browser.submit(email=gita.email, password=PASSWORD)
    assert page.status == 403
    assert "TM-778899" in browser.open(f"/desk/cases/{case_id}")
    nothing_happened(case_id)
