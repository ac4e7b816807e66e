"""The interface itself, version 1."""

from typing import Any

from flask import current_app, g, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from spectree import Response as Answers
from spectree import SecurityScheme, SpecTree
from spectree.models import SecureType, SecuritySchemeData

from forum.api import queries
from forum.api.lifecycle import Scope
from forum.api.shapes import CaseOut, CasesIn, CasesOut, ProblemOut, ResponseIn, ResponseOut, SeenIn, told
from forum.api.views import bp
from forum.api.views.bearer import body, checked, problem, with_token
from forum.core.errors import Invalid
from forum.core.web import open_to_others
from forum.letters.lifecycle import ResponseState
from forum.responses import actions

KEY_CHARACTERS = (8, 64)
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
document = SpecTree(
    "flask",
    title="Surat Pembaca",
    version="1",
    mode="strict",
    annotations=False,
    page_templates={},
    security_schemes=[SecurityScheme(name="token", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer"))],
    security={"token": []},
)
REFUSED = {"HTTP_401": ProblemOut, "HTTP_403": ProblemOut, "HTTP_429": ProblemOut}
OF_A_CASE = {**REFUSED, "HTTP_400": ProblemOut, "HTTP_404": ProblemOut, "HTTP_409": ProblemOut}


@bp.route("/api/v1/cases", methods=["GET"])
@document.validate(query=CasesIn, resp=Answers(HTTP_200=CasesOut, **REFUSED), skip_validation=True, tags=["cases"])
@with_token(Scope.READ_CASES)
def cases() -> ResponseReturnValue:
    """List the cases of the business, the oldest first."""
    asked = checked(CasesIn, request.args.to_dict())
    state = ResponseState(asked.response) if asked.response else None
    page = queries.cases_of(g.token, response=state, after=asked.after)
    return _json({"cases": [told(one, g.token) for one in page.items], "next": page.next})


@bp.route("/api/v1/cases/<int:case_id>", methods=["GET"])
@document.validate(resp=Answers(HTTP_200=CaseOut, **OF_A_CASE), skip_validation=True, tags=["cases"])
@with_token(Scope.READ_CASES)
def case(case_id: int) -> ResponseReturnValue:
    """Return one case."""
    return _json(told(queries.case_of(g.token, case_id), g.token))


@bp.route("/api/v1/cases/<int:case_id>/acknowledgement", methods=["POST"])
@document.validate(
    json=SeenIn, resp=Answers(HTTP_200=CaseOut, **OF_A_CASE), skip_validation=True, tags=["responses"]
)
@with_token(Scope.WRITE_RESPONSES)
def acknowledge(case_id: int) -> ResponseReturnValue:
    """Say that the business has received the letter."""
    actions.acknowledge(queries.case_of(g.token, case_id).case, by=g.token.user, seen=body(SeenIn).seen)
    return _json(told(queries.case_of(g.token, case_id), g.token))


@bp.route("/api/v1/cases/<int:case_id>/responses", methods=["POST"])
@document.validate(
    json=ResponseIn, resp=Answers(HTTP_201=ResponseOut, **OF_A_CASE), skip_validation=True, tags=["responses"]
)
@with_token(Scope.WRITE_RESPONSES)
def respond(case_id: int) -> ResponseReturnValue:
    """Publish an official response; the header Idempotency-Key makes a second sending the same one."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY_CHARACTERS[0] <= len(key) <= KEY_CHARACTERS[1] or not key.isascii() or not key.isprintable():
        raise Invalid("key_needed", words="The header Idempotency-Key is needed: 8 to 64 printable ASCII characters.")
    sent = body(ResponseIn)
    case_ = queries.case_of(g.token, case_id).case
    made = actions.respond(case_, sent.words(), by=g.token.user, seen=sent.seen, once=key)
    facts = queries.case_of(g.token, case_id)
    given: dict[str, Any] = next(one for one in told(facts, g.token)["responses"] if one["id"] == made.id)
    return _json(given, 201)


@bp.route("/api/v1/openapi.json", methods=["GET"])
def openapi() -> ResponseReturnValue:
    """Describe the interface (OpenAPI 3.1)."""
    document.app = current_app
    return jsonify(document.spec)


@bp.route("/api/v1/", defaults={"address": ""}, methods=METHODS)
@bp.route("/api/v1/<path:address>", methods=METHODS)
@open_to_others
def nothing_there(address: str) -> ResponseReturnValue:
    """Refuse an address or a method that this version does not have, in the shape of every refusal here."""
    return problem(404, "no_such_address", f"There is no {request.method} /api/v1/{address[:80]}: /api lists what there is.")


def _json(value: dict[str, Any], status: int = 200) -> ResponseReturnValue:
    reply = make_response(jsonify(value), status)
    reply.headers["Cache-Control"] = "no-store"
    return reply
