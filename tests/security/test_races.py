"""The same form sent ten times in one moment, through the whole site on its real engine: it counts once, and nobody meets a crash."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import User
from forum.appeals.models import Appeal
from forum.comments.models import Comment
from forum.contests.models import Contest
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.crowds.models import Term
from forum.legal.models import LegalHold, LegalNotice
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter, Question, Revision, Update
from forum.merchants.models import Claim, Merchant, Objection
from forum.moderation.models import Report
from forum.orders.models import Order
from forum.people.models import JointRequest
from forum.privacy.models import DataRequest, Processing
from forum.reply.models import Reply
from forum.responses.models import Response
from tests.browser import Browser
from tests.cast import Cast, make_comment
from tests.moderation.stage import SAID
from tests.security.forms import FORMS, Form, _letter
from tests.security.hostile import Target, forget, target
from tests.security.rooms import EVERY

CLICKS = 10
DONE, TOLD = {302, 303}, {200, 400, 403, 404, 409, 410, 422, 429}
BUSY = 503  # on a machine that stood still for a while one is told to send it again

ONCE: dict[str, tuple[Any, Kind | None]] = {
    "write": (Letter, Kind.LETTER_SUBMITTED),
    "mend": (None, Kind.LETTER_SUBMITTED),
    "revise": (Revision, Kind.REVISION_SUBMITTED),
    "withdraw": (None, Kind.LETTER_WITHDRAWN),
    "update": (Update, Kind.UPDATE_ADDED),
    "comment": (Comment, Kind.COMMENT_POSTED),
    "reply": (Comment, Kind.COMMENT_POSTED),
    "respond": (Response, Kind.CASE_ANSWERED),
    "ask": (Question, Kind.CASE_ASKED),
    "answer": (None, Kind.QUESTION_ANSWERED),
    "outcome": (None, Kind.OUTCOME_SET),
    "claim": (Claim, Kind.CLAIM_STARTED),
    "decide": (None, Kind.LETTER_RETURNED),
    "decide report": (None, Kind.REPORT_DECIDED),
    "decide claim": (None, Kind.CLAIM_REFUSED),
    "documents": (None, Kind.CLAIM_STARTED),
    "object": (Objection, Kind.OBJECTION_MADE),
    "object to claim": (Objection, Kind.OBJECTION_MADE),
    "decide objection": (None, Kind.OBJECTION_DECIDED),
    "decide revision": (None, Kind.REVISION_REFUSED),
    "report": (Report, Kind.REPORT_MADE),
    "sign up": (User, Kind.ACCOUNT_OPENED),
    "close": (None, Kind.ACCOUNT_CLOSED),
    "contest": (Contest, Kind.CONTEST_FILED),
    "answer contest": (None, Kind.CONTEST_ANSWERED),
    "decide contest": (None, Kind.CONTEST_DECIDED),
    "right of reply": (Reply, None),
    "decide reply": (None, Kind.REPLY_PUBLISHED),
    "appeal": (Appeal, Kind.APPEAL_MADE),
    "judge appeal": (None, Kind.APPEAL_DECIDED),
    "enter order": (Order, Kind.ORDER_RECEIVED),
    "carry out order": (None, Kind.ORDER_DECIDED),
    "object to order": (None, Kind.ORDER_OBJECTED),
    "settle order": (None, Kind.ORDER_SETTLED),
    "record notice": (LegalNotice, Kind.LETTER_HELD),
    "answer notice": (None, Kind.NOTICE_ANSWERED),
    "hold": (LegalHold, Kind.LETTER_HELD),
    "release hold": (JointRequest, Kind.SECOND_ASKED),
    "ask about data": (DataRequest, None),
    "ask about data as guest": (DataRequest, None),
    "decide data request": (Processing, None),
    "lift": (None, Kind.SANCTION_LIFTED),
    "ask for rights": (JointRequest, Kind.SECOND_ASKED),
    "ask for an identity": (JointRequest, Kind.SECOND_ASKED),
    "term": (Term, Kind.TERM_ADDED),
    "correct the ledger": (None, Kind.LEDGER_CORRECTED),
    "category": (None, Kind.SITE_CHANGED),
    "read-only": (None, Kind.SITE_CHANGED),
}
"""What each form adds: a row of this table (or none), and one event of this kind."""


def _count(model: Any, kind: Kind | None) -> tuple[int, int]:
    db.session.remove()
    rows = db.session.scalar(select(func.count()).select_from(model)) if model else 0
    events = db.session.scalar(select(func.count(Event.id)).where(Event.kind == kind)) if kind else 0
    db.session.remove()
    return rows or 0, events or 0


def _anew(person_id: int) -> User:
    return db.session.get_one(User, person_id)


def _prepared(app: Flask, cast: Cast, form: Form) -> tuple[Target, str]:
    """The form as one person's browser has it open, and the cookie of that person."""
    cast.ana, cast.bima, cast.citra, cast.dewi  # noqa: B018 - makes them
    browser = Browser(app, getattr(cast, form.person) if form.person else None)
    aim = target(browser, form.stage(cast), form.action, form.given)
    kept = browser.client.get_cookie("session_token")
    forget()
    db.session.remove()
    return aim, kept.value if kept else ""


def _together(app: Flask, sent: list[tuple[Target, str]]) -> list[int]:
    """Send all of these at one moment, each from a browser of its own; returns the statuses."""
    start = Barrier(len(sent))

    def click(one: tuple[Target, str]) -> int:
        aim, cookie = one
        client = app.test_client()
        if cookie:
            client.set_cookie("session_token", cookie)
        body = urlencode([(key, value) for key, values in aim.honest.items() for value in values])
        start.wait()
        return client.post(
            aim.action,
            data=body,
            content_type="application/x-www-form-urlencoded",
            headers={"Sec-Fetch-Site": "same-origin"},
        ).status_code

    with ThreadPoolExecutor(len(sent)) as pool:
        return list(pool.map(click, sent))


@pytest.mark.parametrize("name", ONCE)
def test_ten_clicks_count_once(committing_app: Flask, setting: Any, name: str) -> None:
    setting(letters_per_day=1000, comments_per_hour=1000, reports_per_hour=1000, sign_ups_per_hour=1000)
    model, kind = ONCE[name]
    aim = _prepared(committing_app, Cast(), EVERY[name])
    before = _count(model, kind)
    statuses = _together(committing_app, [aim] * CLICKS)
    assert set(statuses) <= DONE | TOLD | {BUSY}, statuses
    assert set(statuses) & (DONE | {200} if EVERY[name].done else DONE), statuses
    rows, events = _count(model, kind)
    assert (rows - before[0], events - before[1]) == (1 if model else 0, 1 if kind else 0)


def test_distinct_comments_at_once_are_all_there(committing_app: Flask, setting: Any) -> None:
    setting(comments_per_hour=1000)
    cast = Cast()
    (aim, cookie) = _prepared(committing_app, cast, FORMS["comment"])
    each = [
        Target(aim.action, {**aim.honest, "once": [f"{number}" * 32], "text": [f"Komentar {number}."]}, aim.kinds)
        for number in range(CLICKS)
    ]
    assert set(_together(committing_app, [(one, cookie) for one in each])) <= DONE
    numbers = db.session.scalars(select(Comment.number).order_by(Comment.number)).all()
    assert numbers == list(range(1, CLICKS + 1))


def test_of_two_representatives_one_is_told(committing_app: Flask) -> None:
    cast = Cast()
    gita_id = cast.representative("Gita Permata", cast.shop).id
    form = FORMS["respond"]
    aim, bima = _prepared(committing_app, cast, form)
    other = Browser(committing_app, _anew(gita_id))
    second = target(other, aim.action, None, {**form.given, "signatory": "Gita Permata"})
    gita = other.client.get_cookie("session_token")
    assert gita is not None
    db.session.remove()
    statuses = _together(committing_app, [(aim, bima), (second, gita.value)])
    assert len(set(statuses) & DONE) == 1, statuses
    assert len(set(statuses) & TOLD) == 1, statuses
    assert _count(Response, Kind.CASE_ANSWERED) == (1, 1)


def test_of_two_moderators_one_is_told(committing_app: Flask) -> None:
    cast = Cast()
    eko_id = cast.eko.id
    form = FORMS["decide"]
    aim, dewi = _prepared(committing_app, cast, form)
    other = Browser(committing_app, _anew(eko_id))
    page = aim.action.removesuffix("/decide")
    second = target(other, page, None, {"decision": "publish", "message": SAID})
    eko = other.client.get_cookie("session_token")
    assert eko is not None
    db.session.remove()
    statuses = _together(committing_app, [(aim, dewi), (second, eko.value)])
    assert len(set(statuses) & DONE) == 1, statuses
    decided = _count(None, Kind.LETTER_RETURNED)[1] + _count(None, Kind.LETTER_PUBLISHED)[1]
    assert decided == 1


def test_a_vote_and_a_me_too_count_once_each(committing_app: Flask) -> None:
    cast = Cast()
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    browser = Browser(committing_app, cast.fajar)
    token = browser.open("/about").find("input", name="csrf_token")[0].get("value")
    kept = browser.client.get_cookie("session_token")
    assert kept is not None
    letter_id, comment_id = letter.id, comment.id
    db.session.remove()
    for path in (f"/comments/{comment_id}/vote", f"/letters/{letter_id}/me-too"):
        aim = Target(path, {"csrf_token": [token], "on": ["1"]}, {})
        assert set(_together(committing_app, [(aim, kept.value)] * CLICKS)) <= DONE
    db.session.remove()
    assert db.session.get_one(Comment, comment_id).votes == 1
    assert db.session.get_one(Letter, letter_id).me_too_count == 1


def test_a_withdrawal_and_a_publication_at_once_leave_one_state(committing_app: Flask) -> None:
    cast = Cast()
    dewi_id = cast.dewi.id
    form = Form("ana", _letter("/letters/{}/withdraw", publication=Publication.SUBMITTED), {}, r"withdraw$")
    aim, ana = _prepared(committing_app, cast, form)
    number = int(aim.action.split("/")[-2])
    other = Browser(committing_app, _anew(dewi_id))
    second = target(other, f"/moderation/letters/{number}", None, {"decision": "publish", "message": SAID})
    dewi = other.client.get_cookie("session_token")
    assert dewi is not None
    db.session.remove()
    statuses = _together(committing_app, [(aim, ana), (second, dewi.value)])
    assert set(statuses) <= DONE | TOLD | {BUSY}
    letter = db.session.get_one(Letter, number)
    gone = "author_only" if letter.published_at is None else "tombstone"
    shown = {Publication.PUBLISHED: "public", Publication.WITHDRAWN: gone}
    assert letter.visibility == shown[letter.publication]


def test_businesses_named_alike_at_once_are_one(committing_app: Flask, setting: Any) -> None:
    setting(letters_per_day=1000)
    sent = []
    aim, cookie = _prepared(committing_app, Cast(), FORMS["write"])
    for number in range(CLICKS):
        fields = {
            **aim.honest,
            "once": [f"{number}" * 32],
            "merchants": ["Warung  Serentak" if number % 2 else "warung serentak"],
        }
        sent.append((Target(aim.action, fields, aim.kinds), cookie))
    assert set(_together(committing_app, sent)) <= DONE
    assert len(db.session.scalars(select(Merchant).where(Merchant.name.ilike("warung%serentak"))).all()) == 1
