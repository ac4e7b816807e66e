"""A business's own system reads its cases and answers them with a token, and nothing beyond it."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from forum.api import actions
from forum.api.lifecycle import LIVES, Scope
from forum.api.models import MOST_TOKENS, ApiToken
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, Missing, NotAllowed
from forum.letters.lifecycle import Publication
from forum.merchants.actions import end_representation
from forum.merchants.lifecycle import TeamRole
from forum.responses.models import Response
from tests.responses.words import TEXT, case_of

EVERYTHING = frozenset(Scope)
SAID = {"seen": 1, "text": TEXT, "remedy": "refund", "how": {"amount": 105_000}, "signatory": "Bima Santoso", "job_title": "Humas"}


def token(cast, scopes: frozenset[Scope] = EVERYTHING, who=None, merchant=None) -> str:
    return actions.make_token(
        merchant or cast.shop, by=who or cast.bima, name="Sistem tiket", scopes=set(scopes), life=LIVES[0]
    )


class Caller:
    """A program that calls the interface: no cookie, no header of a browser."""

    def __init__(self, app, secret: str | None) -> None:
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret is not None else {}

    def get(self, path: str):
        db.session.expire_all()
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def post(self, path: str, body: object, key: str = "kunci-0001"):
        db.session.expire_all()
        return self.client.post(f"/api/v1{path}", json=body, headers={**self.headers, "Idempotency-Key": key})


def test_own_cases_are_read_oldest_first_by_pages(app, cast, monkeypatch):
    monkeypatch.setattr("forum.api.queries.PAGE_CASES", 2)
    letters = [cast.letter(published_at=utcnow() - timedelta(days=days)) for days in (9, 7, 5)]
    caller = Caller(app, token(cast))
    first = caller.get("/cases").get_json()
    second = caller.get(f"/cases?after={first['next']}").get_json()
    assert [one["letter_id"] for one in first["cases"] + second["cases"]] == [letter.id for letter in letters]
    assert second["next"] is None
    assert first["cases"][0]["clock"]["answer_within"] == 10


def test_the_list_costs_the_same_however_many(app, cast, browse):
    from sqlalchemy import event

    def cost() -> int:
        asked: list[str] = []

        def note(_c, _cursor, statement, *_rest) -> None:
            asked.append(statement) if statement.startswith("SELECT") else None

        event.listen(db.engines[None], "before_cursor_execute", note)
        assert caller.get("/cases").status_code == 200
        event.remove(db.engines[None], "before_cursor_execute", note)
        return len(asked)

    caller = Caller(app, token(cast))
    cast.letter()
    caller.get("/cases")
    few = cost()
    for _ in range(12):
        cast.letter()
    assert cost() == few <= 10


def test_nobody_reads_the_cases_of_another_business(app, cast):
    case = case_of(cast.letter(details={"order": "INV-77123"}), cast.bima)
    caller = Caller(app, token(cast, who=cast.fajar, merchant=cast.courier))
    assert caller.get("/cases").get_json()["cases"] == []
    assert caller.get(f"/cases/{case.id}").status_code == 404
    assert caller.post(f"/cases/{case.id}/acknowledgement", {"seen": 1}).status_code == 404
    assert caller.post(f"/cases/{case.id}/responses", SAID).status_code == 404
    assert "INV-77123" not in caller.get(f"/cases/{case.id}").text


@pytest.mark.parametrize("publication", [Publication.WITHDRAWN, Publication.TAKEN_DOWN, Publication.SUBMITTED])
def test_a_letter_that_is_not_in_print_is_not_there(app, cast, publication):
    case = case_of(cast.letter(publication=publication), cast.dewi)
    caller = Caller(app, token(cast))
    assert caller.get("/cases").get_json()["cases"] == []
    assert caller.get(f"/cases/{case.id}").status_code == 404
    assert caller.post(f"/cases/{case.id}/responses", SAID).status_code == 404


def test_private_details_need_their_own_scope(app, cast):
    case = case_of(cast.letter(details={"order": "INV-77123"}), cast.bima)
    assert Caller(app, token(cast)).get(f"/cases/{case.id}").get_json()["details"] == {"order": "INV-77123"}
    assert "INV-77123" not in Caller(app, token(cast, frozenset({Scope.READ_CASES}))).get(f"/cases/{case.id}").text


def test_a_response_is_published_once_under_one_key(app, cast):
    case = case_of(cast.letter(), cast.bima)
    caller = Caller(app, token(cast))
    first = caller.post(f"/cases/{case.id}/responses", {**SAID, "seen": case.version})
    again = caller.post(f"/cases/{case.id}/responses", {**SAID, "seen": case.version})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json()["id"] == again.get_json()["id"]
    assert db.session.scalar(select(func.count(Response.id))) == 1
    told = caller.get(f"/cases/{case.id}").get_json()
    assert told["response"] == "answered"
    assert told["responses"][0]["text"] == TEXT


def test_the_guard_and_the_version_hold_here_too(app, cast):
    case = case_of(cast.letter(details={"order": "INV-77123"}), cast.bima)
    caller = Caller(app, token(cast))
    stopped = caller.post(f"/cases/{case.id}/responses", {**SAID, "seen": case.version, "text": f"{TEXT} Pesanan INV-77123."})
    assert stopped.status_code == 400
    assert stopped.mimetype == "application/problem+json"
    told = stopped.get_json()
    assert (told["code"], told["field"], told["status"]) == ("guard_stopped", "text", 400)
    assert "77123" not in stopped.text
    assert caller.post(f"/cases/{case.id}/responses", {**SAID, "seen": 999}).status_code == 409


def test_a_letter_is_acknowledged(app, cast):
    case = case_of(cast.letter(), cast.bima)
    told = Caller(app, token(cast)).post(f"/cases/{case.id}/acknowledgement", {"seen": case.version})
    assert told.get_json()["response"] == "acknowledged"


def test_a_token_without_the_scope_is_refused(app, cast):
    case = case_of(cast.letter(), cast.bima)
    caller = Caller(app, token(cast, frozenset({Scope.READ_CASES})))
    refused = caller.post(f"/cases/{case.id}/responses", SAID)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "scope_missing")
    assert Caller(app, token(cast, frozenset({Scope.WRITE_RESPONSES}))).get("/cases").status_code == 403


@pytest.mark.parametrize("secret", [None, "", "sp_x", "sp_" + "a" * 43, "Bearer", "\xff", "a" * 5_000])
def test_without_a_working_token_nothing_opens(app, cast, secret):
    cast.letter()
    refused = Caller(app, secret).get("/cases")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert "Set-Cookie" not in refused.headers


def test_a_session_opens_nothing_here(app, cast, browse):
    cast.letter()
    assert browse(cast.bima).request("GET", "/api/v1/cases").status == 401


def test_a_token_ends_with_its_owners_word_its_days_and_its_makers_part(app, cast):
    ended, over, left = token(cast), token(cast), token(cast)
    made = db.session.scalars(select(ApiToken).order_by(ApiToken.id)).all()
    actions.end_token(made[0].id, by=cast.bima)
    assert Caller(app, ended).get("/cases").status_code == 401
    assert Caller(app, over).get("/cases").status_code == 200
    with time_machine.travel(utcnow() + LIVES[0] + timedelta(minutes=1)):
        assert Caller(app, over).get("/cases").status_code == 401
    end_representation(cast.bima.representations[0], by=cast.bima)
    assert Caller(app, left).get("/cases").status_code == 401


def test_a_maker_who_becomes_a_reader_leaves_a_token_that_opens_nothing(app, cast):
    secret = token(cast)
    cast.bima.representations[0].role = TeamRole.READER
    db.session.commit()
    assert Caller(app, secret).get("/cases").status_code == 401


def test_only_the_hash_of_a_token_is_kept(app, cast):
    secret = token(cast)
    row = db.session.scalars(select(ApiToken)).one()
    assert secret not in json.dumps({column.key: str(getattr(row, column.key)) for column in ApiToken.__table__.columns})


def test_tokens_are_made_by_owners_with_a_scope_and_an_end(app, cast):
    with pytest.raises(NotAllowed):
        token(cast, who=cast.fajar)
    with pytest.raises(Invalid, match="no_scope"):
        token(cast, frozenset())
    with pytest.raises(Invalid, match="bad_life"):
        actions.make_token(cast.shop, by=cast.bima, name="abc", scopes={Scope.READ_CASES}, life=timedelta(days=4000))
    for _ in range(MOST_TOKENS):
        token(cast)
    with pytest.raises(Invalid, match="tokens_full"):
        token(cast)
    with pytest.raises(Missing):
        actions.end_token(db.session.scalar(select(ApiToken.id).limit(1)), by=cast.fajar)


@pytest.mark.parametrize(
    "body",
    [
        None, [], "x", 7, {}, {**SAID, "more": 1}, {**SAID, "seen": "a"}, {**SAID, "seen": -1}, {**SAID, "seen": 10**30},
        {**SAID, "text": "pendek"}, {**SAID, "text": "a" * 10_001}, {**SAID, "text": None}, {**SAID, "remedy": "free_beer"},
        {**SAID, "promise_due": "kemarin"}, {**SAID, "signatory": ""}, {**SAID, "job_title": "x" * 5_000}, {**SAID, "text": {"a": 1}},
        {**SAID, "how": {}}, {**SAID, "how": {"amount": -1}}, {**SAID, "how": {"amount": 10**30}}, {**SAID, "how": 7},
        {**SAID, "text": "\x00" * 60}, {**SAID, "text": "\ud800" * 60},
    ],
)  # fmt: skip
def test_a_wrong_body_is_refused_with_its_field(app, cast, body):
    case = case_of(cast.letter(), cast.bima)
    refused = Caller(app, token(cast)).post(f"/cases/{case.id}/responses", body)
    assert refused.status_code == 400, refused.text
    assert refused.mimetype == "application/problem+json"
    assert db.session.scalar(select(func.count(Response.id))) == 0


@pytest.mark.parametrize("body", [b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 50_000, b"\xff\xfe", b"{" * 9])
def test_a_body_that_cannot_be_read_is_refused(app, cast, body):
    case, caller = case_of(cast.letter(), cast.bima), Caller(app, token(cast))
    for what in ("responses", "acknowledgement"):
        refused = caller.client.post(
            f"/api/v1/cases/{case.id}/{what}",
            data=body,
            content_type="application/json",
            headers={**caller.headers, "Idempotency-Key": "kunci-0001"},
        )
        assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", "nothing"), ("DELETE", "cases"), ("PUT", "cases/1"), ("GET", "cases/x")])
def test_what_is_not_there_is_refused_in_the_shape_of_every_refusal(app, method, path):
    reply = app.test_client(use_cookies=False).open(f"/api/v1/{path}", method=method)
    assert (reply.status_code, reply.mimetype, reply.json["code"]) == (404, "application/problem+json", "no_such_address")
    assert "Set-Cookie" not in reply.headers


def test_words_are_cleaned_as_those_of_the_forms(app, cast):
    case = case_of(cast.letter(), cast.bima)
    sent = {
        **SAID,
        "text": f" {TEXT}\x00\u202e\r\nSalam.\ud800 ",
        "signatory": "Bima\u202e\n  Santoso\x07",
        "job_title": "Hu\u2066mas",
        "promise": "Uang\x00 kembali\nsegera",
        "promise_due": (utcnow() + timedelta(days=9)).date().isoformat(),
    }
    assert Caller(app, token(cast)).post(f"/cases/{case.id}/responses", sent).status_code == 201
    made = db.session.scalars(select(Response)).one()
    assert made.text == f"{TEXT}\nSalam.\ufffd"
    assert (made.signatory, made.job_title, made.promise) == ("Bima Santoso", "Humas", "Uang kembali segera")


def test_hostile_queries_are_refused(app, cast):
    caller = Caller(app, token(cast))
    for query in ("after=x", "response=solved", "limit=1000", "after=" + "a" * 2_000, "response=%00"):
        assert caller.get(f"/cases?{query}").status_code == 400, query
    assert caller.get(f"/cases/{10**30}").status_code in {400, 404}


def test_too_many_calls_are_told_when_to_come_again(app, cast, monkeypatch, limit):
    limit("api", 2)
    caller = Caller(app, token(cast))
    assert [caller.get("/cases").status_code for _ in range(3)] == [200, 200, 429]
    assert int(caller.get("/cases").headers["Retry-After"]) > 0


def test_a_key_is_needed_to_answer(app, cast):
    case = case_of(cast.letter(), cast.bima)
    assert Caller(app, token(cast)).post(f"/cases/{case.id}/responses", SAID, key="x").get_json()["code"] == "key_needed"


def test_the_document_describes_what_there_is(app):
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    described = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    routed = {
        (rule.rule.replace("<int:case_id>", "{case_id}"), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.endpoint not in {"api.openapi", "api.nothing_there"}
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert described == routed


def test_a_new_token_is_shown_once(app, cast, browse):
    bima = browse(cast.bima)
    page = bima.submit(f"/merchants/{cast.shop.slug}/tokens", name="Sistem tiket", scopes="cases:read", life="30")
    (shown,) = re.findall(r"sp_[\w-]{43}", page.words)
    assert page.find("input", name="name")[0].get("value") in {None, ""}, "the form begins anew"
    assert Caller(app, shown).get("/cases").status_code == 200
    assert shown not in bima.open(f"/merchants/{cast.shop.slug}/tokens").text
    page = bima.submit(form="/end$")
    assert Caller(app, shown).get("/cases").status_code == 401


def test_a_form_of_a_token_sent_twice_makes_one(app, cast, browse):
    bima = browse(cast.bima)
    bima.open(f"/merchants/{cast.shop.slug}/tokens")
    form = bima.page
    bima.submit(name="Satu", scopes="cases:read", life="30")
    bima.page = form
    bima.submit(name="Satu", scopes="cases:read", life="30")
    assert db.session.scalar(select(func.count(ApiToken.id))) == 1
