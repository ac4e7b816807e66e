"""What was parked comes back: to the browser that sent it, or to the account that was opened in that browser."""

from urllib.parse import parse_qs, urlsplit

from flask import Response, request
from flask_login import current_user

from forum.config import settings
from forum.core import parking
from forum.core.secrecy import new_token


def _cookie_name() -> str:
    return "__Host-parked" if settings().secure else "parked"


def _browser() -> str:
    return request.cookies.get(_cookie_name(), "")


def park(endpoint: str, fields: dict[str, list[str]]) -> tuple[str, str]:
    """Keep these fields for this browser; returns the token of the words and the mark that the browser has to keep."""
    browser = _browser() or new_token()
    return parking.park(endpoint, fields, browser=browser), browser


def mark(response: Response, browser: str) -> None:
    """Give the browser its mark, for as long as the words are kept."""
    response.set_cookie(
        _cookie_name(),
        browser,
        max_age=int(parking.KEPT.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings().secure,
        path="/",
    )


def parked(endpoint: str) -> dict[str, list[str]] | None:
    """Return the words of this address for this form, None when there are none (any more) or they are somebody else's."""
    token = request.args.get("parked")
    return parking.parked(token, endpoint, browser=_browser(), owner_id=current_user.id) if token else None


def hand_over(target: str | None, owner_id: int) -> None:
    """Let a new account find the words on its way also where the mailed link is opened in another browser."""
    for token in parse_qs(urlsplit(target or "").query).get("parked", []):
        parking.give(token, browser=_browser(), owner_id=owner_id)
