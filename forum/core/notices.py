"""The cookie that carries a notice to the next page: Flask's signed session, which holds nothing else."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class NoticeSessions(SecureCookieSessionInterface):
    """Flask's own, but without the cookie no signature is prepared to be read."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of the cookie, an empty one without it; a page that is fetched ahead takes nobody's notice."""
        if self.get_cookie_name(app) not in request.cookies or "prefetch" in request.headers.get("Sec-Purpose", ""):
            return self.session_class()
        return super().open_session(app, request)
