"""Who holds which token, and refusals in the form of RFC 9457. No cookie is read or set here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, g, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import HTTPException

from forum.api import actions, policy, queries
from forum.api.lifecycle import Scope
from forum.api.models import ApiToken
from forum.api.shapes import ProblemOut
from forum.api.views import bp
from forum.core import limits
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import DomainError, Invalid, NotAllowed, ReadOnly
from forum.core.problems import STATUS
from forum.core.sentences import sentence
from forum.core.web import open_to_others, remote_address

Shape = TypeVar("Shape", bound=BaseModel)


def with_token(scope: Scope) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let in who holds a working token of this scope, as `g.token`; 401 without one, 403 with another."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @open_to_others
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            try:
                token = _held()
                if token is None:
                    reply = problem(401, "no_token", "A working token is needed: Authorization: Bearer sp_…")
                    reply.headers["WWW-Authenticate"] = 'Bearer realm="api"'
                    return reply
                if not policy.may(token, scope):
                    raise NotAllowed("scope_missing")
                limits.allow("api", str(token.id))
                actions.note_use(token)
                g.token = token
                return view(*args, **kwargs)
            except DomainError as refusal:
                return _refused(refusal)
            except HTTPException as refusal:
                return problem(refusal.code or 400, "http", refusal.name)

        return guarded

    return decorate


def _held() -> ApiToken | None:
    sent = request.authorization
    secret = sent.token if sent is not None and sent.type == "bearer" else None
    token = queries.token_of(secret) if secret and len(secret) < 100 else None
    if token is not None and policy.works(token, utcnow()):
        return token
    if secret:
        limits.allow("api-wrong", remote_address())
    return None


def body(shape: type[Shape]) -> Shape:
    """Return the JSON body in this shape; raises Invalid("shape") at the first field that is wrong."""
    try:
        sent = request.get_json(silent=True)
    except RecursionError:  # a hundred thousand brackets within each other
        sent = None
    return checked(shape, sent)


def checked(shape: type[Shape], value: Any) -> Shape:
    """Return a value in this shape; raises Invalid("shape") at the first field that is wrong."""
    try:
        return shape.model_validate(value)
    except ValidationError as refusal:
        first = refusal.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise Invalid("shape", field=field or None, words=first["msg"]) from refusal


def problem(status: int, code: str, detail: str, *, field: str | None = None) -> Response:
    """Return a refusal as application/problem+json."""
    told = ProblemOut(title=detail.partition(":")[0], status=status, code=code, field=field, detail=detail)
    reply = make_response(jsonify(told.model_dump(exclude_none=True)), status)
    reply.mimetype = "application/problem+json"
    return reply


@bp.errorhandler(ReadOnly)
def _refused(refusal: DomainError) -> Response:
    db.session.rollback()
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 400)
    reply = problem(status, refusal.code, refusal.facts.get("words") or sentence(refusal), field=refusal.field)
    if refusal.facts.get("retry_after"):
        reply.headers["Retry-After"] = str(refusal.facts["retry_after"])
    return reply
