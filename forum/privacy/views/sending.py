"""How a copy is handed out: saved, never shown by the browser, and into no cache."""

from flask import Response

from forum.core.clock import utcnow


def answer(data: bytes) -> Response:
    """Return the ZIP as something to save."""
    response = Response(data, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="data-{utcnow():%Y-%m-%d}.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
