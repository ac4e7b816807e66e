"""A stored file as an answer: sandboxed, never indexed, kept by shared caches only when everybody may see it."""

import logging
from typing import Any

from flask import Response, current_app, request
from werkzeug import Response as Answer
from werkzeug.wsgi import wrap_file

from forum.attachments.kinds import THUMB_MIME
from forum.attachments.models import Attachment, FileKind
from forum.attachments.names import content_disposition
from forum.core.errors import Missing

log = logging.getLogger(__name__)

FULL, THUMB = "full", "thumb"
POLICY = "sandbox; default-src 'none'"


def answer(found: Attachment, variant: str, *, everybody: bool) -> Answer:
    """Return the stored bytes of a file for this request; who may see it was decided before."""
    storage: Any = current_app.extensions["storage"]
    key = found.full_key if variant == FULL else found.thumb_key
    try:
        size, content = storage.size(key), storage.open(key)
    except FileNotFoundError:
        log.error("file %s of attachment %s is not in the storage", key, found.id)  # noqa: TRY400 - no failure of ours
        raise Missing from None
    response = Response(
        wrap_file(request.environ, content),
        mimetype=found.mime if variant == FULL else THUMB_MIME,
        direct_passthrough=True,
    )
    response.content_length = size
    shown = variant == THUMB or found.kind is FileKind.IMAGE  # a sandboxed page cannot show a PDF
    response.headers["Content-Disposition"] = content_disposition(
        found.name if variant == FULL else "thumb.webp", inline=shown
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "public, no-cache" if everybody else "private, no-store"
    response.set_etag(key)
    return response.make_conditional(request, accept_ranges=True, complete_length=size)
