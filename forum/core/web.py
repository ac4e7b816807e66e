"""What every request passes: who asks, from where, in which language; and what every answer carries."""

import re
from collections.abc import Callable
from functools import wraps
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Any, ParamSpec, cast
from urllib.parse import urlsplit

from flask import Response, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup, escape
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.routing import IntegerConverter

from forum.config import settings
from forum.core import limits, returning
from forum.core.db import LARGEST_ID
from forum.core.forms import TURNING, UNSAFE, typed
from forum.core.notices import NoticeSessions
from forum.core.secrecy import sign_anew, signed_anew_by_us
from forum.core.uploads import WholeRequest

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

LANGUAGE_COOKIE = "language"
LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
LONGEST_NEXT_CHARACTERS = 500
LARGEST_PLAIN_BYTES = 2 * 1024**2  # of a body without files, which is read into memory at once
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Frame-Options": "DENY",
}


EMBEDDED_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *"


class BoundedInteger(IntegerConverter):
    """A whole number in an address, no larger than a key of the database; anything else is not found."""

    def __init__(self, map: Any, **kwargs: Any) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map, max=LARGEST_ID, **kwargs)


def visitor() -> Any:
    """Return who asks: a User, or the Guest."""
    return current_user._get_current_object()  # noqa: SLF001 - flask_login's documented way to the object


def remote_address() -> str:
    """Return the network address of the other side; IPv6 is cut to its /64, which one household shares."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:  # a socket file, or a proxy that tells a name
        return request.remote_addr or ""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((address.packed[:8] + bytes(8), 64)))


def language() -> str:
    """Return the language of this answer: the person's, else the cookie's, else the site's first."""
    offered = settings().languages
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if "session_row" in g and g.session_row is not None:
        chosen = visitor().language
    return chosen if chosen in offered else offered[0]


def time_zone() -> str | None:
    """Return the time zone this person chose, None for the site's."""
    return visitor().time_zone if "session_row" in g and g.session_row is not None else None


def local_path(target: str | None) -> str | None:
    """Return a path of this site that may be gone to, or None: no other host, no trick of backslashes or controls."""
    if not target or len(target) > LONGEST_NEXT_CHARACTERS or not LOCAL_PATH.fullmatch(target):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return target if not parts.scheme and not parts.netloc else None


def same_origin() -> bool:
    """Whether an unsafe request comes from our own pages: Sec-Fetch-Site, else Origin, else Referer."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if not source:
        return False
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (request.scheme, request.host)


def csrf_token() -> str:
    """Return a token for this person's forms, bound to the session and new each time; empty for a guest."""
    row = g.get("session_row")
    return "" if row is None else sign_anew("csrf", row.token_hash)


def csrf_field() -> Markup:
    """Return the hidden field that every form of a signed-in person carries."""
    token = csrf_token()
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(token) if token else Markup("")


def _bound_body() -> None:
    """Bound what is read before it is: a guest's files are dropped on the way, and large bodies of guests are counted."""
    asked = cast("WholeRequest", request)
    if asked.mimetype != "multipart/form-data":
        asked.max_content_length = LARGEST_PLAIN_BYTES
    elif visitor().is_guest:
        asked.takes_files = False
        if asked.content_length is None or asked.content_length > LARGEST_PLAIN_BYTES:
            limits.allow("guest-body", remote_address())


def _refuse_junk() -> None:
    values = list(request.args.values())
    if any("\x00" in value for value in values) or "\x00" in request.path or TURNING.search(request.path):
        raise BadRequest
    if any(TURNING.search(value) for value in values):  # as numbers copied from a messenger have them
        request.args = ImmutableMultiDict([(n, TURNING.sub("", v)) for n, v in request.args.items(multi=True)])


def _guard_unsafe() -> ResponseReturnValue | None:
    if request.method not in UNSAFE or request.endpoint in current_app.config["OPEN_TO_OTHERS"]:
        return None
    if not same_origin():
        raise Forbidden
    visitor()  # loads the session
    row = g.get("session_row")
    sent = request.form.get("csrf_token") or request.headers.get("X-CSRF-Token") or ""
    if row is not None and not signed_anew_by_us("csrf", row.token_hash, sent):
        return render_template("errors/resend.html", fields=typed()), 409
    return None


def open_to_others(view: View[P]) -> View[P]:
    """Take unsafe requests from elsewhere: only for addresses that carry their own proof, as one-click unsubscribe."""
    view.open_to_others = True  # type: ignore[attr-defined]
    return view


def embeddable(view: View[P]) -> View[P]:
    """Let other sites show this answer in a frame or as a picture: only for what is the same for everybody and does nothing."""

    @wraps(view)
    def framed(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        response = make_response(view(*args, **kwargs))
        response.headers["Content-Security-Policy"] = EMBEDDED_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        g.embedded = True
        return response

    return framed


def lead_through(stop: str, words: str, *, back: str | None = None, anchor: str = "") -> Response:
    """Send the person to the page `stop`, from where `next` leads back to this one; what this request sends is kept meanwhile.

    `back` names the page to come back to (same view arguments) when this route takes no GET; `words` tell that all is kept.
    """
    target, browser = request.full_path if request.query_string else request.path, ""
    if back:
        target = url_for(back, **(request.view_args or {}))
    if request.method in UNSAFE and request.form:
        fields: dict[str, list[str]] = {}
        for name, value in typed():
            fields.setdefault(name, []).append(value)
        limits.allow("park", remote_address())
        token, browser = returning.park(request.endpoint or "", fields)
        joint = "&" if "?" in target else "?"
        target = f"{target}{joint}parked={token}"
        flash(words, "info")
    if anchor:
        target += f"#{anchor}"
    response = make_response(redirect(url_for(stop, next=target)))
    if browser:
        returning.mark(response, browser)
    return response


def login_required(view: View[P] | None = None, *, back: str | None = None, anchor: str = "") -> Any:
    """Let only signed-in people in; a guest is led through sign-in and comes back with every word typed.

    `back` names the page to come back to (same view arguments) when this route takes no GET.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if visitor().is_authenticated:
                return view(*args, **kwargs)
            words = _("Please sign in first. What you wrote is kept and comes back afterwards.")
            return lead_through("accounts.sign_in", words, back=back, anchor=anchor)

        guarded.back, guarded.anchor = back, anchor  # type: ignore[attr-defined]
        guarded.login_required = True  # type: ignore[attr-defined]
        return guarded

    return decorate(view) if view is not None else decorate


def _finish(response: Response) -> Response:
    headers, given = response.headers, {name.lower() for name, _ in response.headers}
    for name, value in HEADERS.items():
        if name == "Content-Security-Policy" and settings().files_address:
            value = value.replace("img-src 'self'", f"img-src 'self' {settings().files_address}", 1)
        if name.lower() not in given and not (name == "X-Frame-Options" and g.pop("embedded", False)):
            headers.add(name, value)
    wait = g.pop("told_to_wait", None)
    if wait:  # a form that is shown again, for a limit was reached
        response.status_code = 429
        headers["Retry-After"] = str(wait)
    if settings().secure and "strict-transport-security" not in given:
        headers.add("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if "cache-control" not in given:
        public = request.method in {"GET", "HEAD"} and g.get("session_row") is None and response.status_code < 300
        response.headers["Cache-Control"] = "no-cache" if public else "no-store"
    if response.mimetype == "text/html":
        response.vary.add("Cookie")
    return response


def paragraph(words: str) -> Markup:
    """Return plain words as one or more escaped paragraphs."""
    return Markup("").join(Markup("<p>{}</p>").format(escape(part)) for part in words.split("\n\n") if part.strip())


def init_app(app: Any) -> None:
    """Hang the checks and headers onto every request."""
    app.url_map.converters["int"] = BoundedInteger
    app.request_class = WholeRequest
    app.session_interface = NoticeSessions()
    app.before_request(_bound_body)
    app.before_request(_refuse_junk)
    app.before_request(_guard_unsafe)
    app.after_request(_finish)

    @app.before_request
    def _fresh() -> None:
        g.session_row = g.get("session_row")
