"""One place that turns every refusal and failure into a page (or JSON for scripts) with its status."""

import logging
from typing import Any
from uuid import uuid4

from flask import Flask, current_app, g, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from werkzeug.exceptions import HTTPException

from forum.config import settings
from forum.core.blocking import Blocked, blocked_by
from forum.core.db import db
from forum.core.errors import DomainError, Gone, Invalid, Missing, NotAllowed, NotNow, ReadOnly, Stale, TooMany
from forum.core.forms import typed
from forum.core.sentences import sentence
from forum.core.storage import StorageAway, StorageFull
from forum.core.web import visitor

log = logging.getLogger(__name__)
STATUS: dict[type[DomainError], int] = {
    NotAllowed: 403,
    Missing: 404,
    Gone: 410,
    Stale: 409,
    NotNow: 409,
    Invalid: 400,
    TooMany: 429,
    ReadOnly: 503,
}
PAGES = {400, 403, 404, 405, 409, 410, 413, 429, 500, 503}
TOLD = {"Allow", "Content-Range", "Retry-After"}  # headers of an HTTPException that belong to its status
BUSY_RETRY_SECONDS = 5
BLOCKED = 451  # unavailable for legal reasons
OVER = {"25006", "25P03"}  # PostgreSQL: it takes no writing at present; it ended a transaction that was idle


def wants_json() -> bool:
    """Whether a script of ours asks, not a person."""
    return request.accept_mimetypes.best == "application/json"


def answer(status: int, **facts: Any) -> ResponseReturnValue:
    """Return the page of a status."""
    headers = {"Retry-After": str(facts["retry_after"])} if facts.get("retry_after") else {}
    if wants_json():
        return jsonify(problem=facts.get("words") or status), status, headers
    page = status if status in PAGES else (400 if status < 500 else 500)
    return render_template(f"errors/{page}.html", status=status, **facts), status, headers


def kept_away(blocked: Blocked) -> ResponseReturnValue:
    """Return what stands in place of something that an authority ordered away: 451 with who keeps it from view, which is us (RFC 7725)."""
    us = settings().site_url.rstrip("/") + url_for("orders.where")
    headers = {"Link": f'<{us}>; rel="blocked-by"', "X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
    if wants_json():
        said = {"problem": BLOCKED, "authority": blocked.authority, "ground": blocked.ground, "date": blocked.date.isoformat()}
        return jsonify(said), BLOCKED, headers
    return render_template("errors/451.html", status=BLOCKED, blocked=blocked), BLOCKED, headers


def init_app(app: Flask) -> None:
    """Register the handlers; they log a failure by its rule, for the path may hold a token, and Flask logs nothing beside."""
    app.log_exception = _nothing  # type: ignore[assignment,method-assign]

    @app.errorhandler(DomainError)
    def refused(problem: DomainError) -> ResponseReturnValue:
        db.session.rollback()
        blocked = blocked_by(problem.facts.get("about")) if isinstance(problem, Gone) else None
        if blocked is not None:
            return kept_away(blocked)
        status = next((code for kind, code in STATUS.items() if isinstance(problem, kind)), 400)
        kept = {"fields": typed()} if status == 503 else {}
        return answer(status, words=sentence(problem), **kept, **problem.facts)

    @app.errorhandler(HTTPException)
    def http(problem: HTTPException) -> ResponseReturnValue:
        if problem.response is not None or (problem.code or 500) < 400:
            return problem.get_response()
        reply = make_response(answer(problem.code or 500))
        reply.headers.extend([(name, value) for name, value in problem.get_headers() if name in TOLD])
        return reply

    @app.errorhandler(OperationalError)
    @app.errorhandler(StorageFull)
    @app.errorhandler(StorageAway)
    def unavailable(problem: Exception) -> ResponseReturnValue:
        _forget_transaction()
        log.error("the database or the place for files refused: %r", problem)
        return answer(503, retry_after=BUSY_RETRY_SECONDS, fields=typed())

    @app.errorhandler(InternalError)
    def refused_inside(problem: InternalError) -> ResponseReturnValue:
        return unavailable(problem) if getattr(problem.orig, "sqlstate", None) in OVER else broken(problem)

    @app.errorhandler(500)
    def broken(problem: Exception) -> ResponseReturnValue:
        _forget_transaction()
        number = uuid4().hex[:12]
        log.error("failure %s at %s %s", number, request.method, request.url_rule, exc_info=problem)
        return answer(500, number=number, fields=typed())


def _nothing(_exc_info: object) -> None:
    """Stands for Flask's own line about a failure."""


def _forget_transaction() -> None:
    try:
        db.session.rollback()
        visitor()
    except DBAPIError:
        db.session.remove()
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # noqa: SLF001 - nobody can tell who asks
