"""Sign-ins as rows: a random token in the cookie, its hash in the table, loaded for each request, ended at once."""

from datetime import timedelta
from functools import cache
from typing import Any

from flask import Flask, Request, Response, g, request
from flask_login import LoginManager
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import joinedload

from forum.accounts.actions.second_step import STEP_LIVES
from forum.accounts.actions.sessions import LONGEST_IDLE, end_sessions, open_session, prune_sessions
from forum.accounts.devices import device_words
from forum.accounts.models import Guest, LoginSession, User
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work, without_waiting
from forum.core.secrecy import digest
from forum.core.web import remote_address

__all__ = [
    "clear_cookie",
    "clear_step_cookie",
    "cookie_name",
    "end_sessions",
    "init_app",
    "load",
    "open_session",
    "prune_sessions",
    "renew",
    "set_cookie",
    "set_step_cookie",
    "step_cookie_name",
]

IDLE = {False: LONGEST_IDLE, True: timedelta(minutes=30)}  # True: who holds an office
ABSOLUTE = {False: timedelta(days=90), True: timedelta(hours=12)}
SEEN_EVERY = {False: timedelta(minutes=10), True: timedelta(minutes=1)}


def cookie_name() -> str:
    """Return the cookie's name; the `__Host-` prefix needs HTTPS."""
    return "__Host-session" if settings().secure else "session_token"


def _alive(row: LoginSession) -> bool:
    now, kind = utcnow(), row.user.holds_office
    return row.user.is_active and now - row.seen_at < IDLE[kind] and now - row.created_at < ABSOLUTE[kind]


@cache
def _statement() -> Any:
    """A sign-in with its person and whom that person speaks for: one query, made when all models are known, and once."""
    return (
        select(LoginSession)
        .where(LoginSession.token_hash == bindparam("token_hash"))
        .options(joinedload(LoginSession.user).joinedload(User.representations))
    )


def load(asked: Request) -> User | None:
    """Return the person of the session cookie, None without a living session; leaves the row in `g.session_row`."""
    token = asked.cookies.get(cookie_name())
    if not token:
        return None
    row: LoginSession | None = db.session.scalars(_statement(), {"token_hash": digest(token)}).unique().one_or_none()
    if row is None or not _alive(row):
        return None
    db.session.expunge(row)  # what the cookie meant holds to the end of the request, whatever ends it meanwhile
    g.session_row = row
    return row.user


@unit_of_work
def _touch(row: LoginSession) -> None:
    db.session.execute(update(LoginSession).where(LoginSession.id == row.id).values(seen_at=utcnow()))


def _touch_if_possible(row: LoginSession) -> None:
    try:
        with without_waiting():
            _touch(row)
    except DBAPIError:
        db.session.rollback()  # reading goes on while nothing can be written


def set_cookie(response: Response, token: str) -> None:
    """Give the browser its session cookie."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=int(ABSOLUTE[False].total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings().secure,
        path="/",
    )


def renew(response: Response, user: User) -> Response:
    """Let this browser go on as the same person under a new session, as after a change of what they may do.

    When password and second factor were given last goes over to it: they were not given again.
    """
    row: Any = g.get("session_row")
    token = open_session(
        user,
        address=remote_address(),
        device=device_words(request.user_agent.string),
        replaces=request.cookies.get(cookie_name()),
        second_factor_at=None if row is None else row.second_factor_at,
        authenticated_at=None if row is None else row.authenticated_at,
    )
    set_cookie(response, token)
    return response


def clear_cookie(response: Response) -> None:
    """Take the session cookie away."""
    response.delete_cookie(cookie_name(), path="/", secure=settings().secure, httponly=True, samesite="Lax")


def step_cookie_name() -> str:
    """Return the name of the cookie between the two steps of signing in; it opens no page."""
    return "__Host-step" if settings().secure else "sign_in_step"


def set_step_cookie(response: Response, token: str) -> None:
    """Let the browser go on to the second step, for as long as that lives."""
    response.set_cookie(
        step_cookie_name(),
        token,
        max_age=int(STEP_LIVES.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings().secure,
        path="/",
    )


def clear_step_cookie(response: Response) -> None:
    """Take the cookie of the second step away."""
    response.delete_cookie(step_cookie_name(), path="/", secure=settings().secure, httponly=True, samesite="Lax")


def init_app(app: Flask) -> None:
    """Let Flask-Login load people from our sessions."""
    manager = LoginManager()
    manager.anonymous_user = Guest
    manager.session_protection = None
    manager.request_loader(load)
    manager.init_app(app)

    @app.after_request
    def seen(response: Response) -> Response:
        row: Any = g.get("session_row")
        reading = row is not None and request.method == "GET" and response.status_code < 400
        if reading and utcnow() - row.seen_at > SEEN_EVERY[row.user.holds_office]:
            _touch_if_possible(row)
        return response
