"""How a stored file is sent: as what it is, doing nothing, and into no cache that is not for it."""

import io
import logging
from pathlib import PurePath
from typing import BinaryIO

from flask import Response, current_app, request
from werkzeug import Response as Answer
from werkzeug.wsgi import wrap_file

from forum.attachments.kinds import Variant
from forum.attachments.models import Attachment, FileKind
from forum.attachments.names import content_disposition
from forum.attachments.queries import copy_of
from forum.core.errors import Missing
from forum.core.secrecy import unseal
from forum.core.storage import Storage

log = logging.getLogger(__name__)

ENDINGS = {"image/webp": ".webp", "image/jpeg": ".jpg", "application/pdf": ".pdf"}
POLICY = "sandbox; default-src 'none'"


def answer(found: Attachment, variant: Variant = Variant.FULL, *, everybody: bool = False) -> Answer:
    """Return one form of a file with the headers that keep it from doing harm; `everybody`: shared caches may keep it.

    Raises Missing where there is no such form.
    """
    copy = copy_of(found, variant)
    if copy is None:
        raise Missing
    size, content = _open(found, copy.key)
    shown = variant is not Variant.FULL or found.kind is FileKind.IMAGE  # a sandboxed page cannot show a PDF
    name = PurePath(found.name).stem + ENDINGS[copy.mime]
    response = _response(content, size, copy.mime, content_disposition(name, inline=shown))
    response.headers["Cache-Control"] = "public, no-cache" if everybody else "private, no-store"
    response.set_etag(copy.key)
    return response.make_conditional(request, accept_ranges=True, complete_length=size)


def answer_original(found: Attachment) -> Answer:
    """Return the sealed original as it was sent, to be saved and never shown by the browser; raises Missing when it is gone."""
    if found.original_key is None or found.original_gone_at is not None:
        raise Missing
    _size, content = _open(found, found.original_key)
    with content:
        data = unseal(content.read())
    name = content_disposition(PurePath(found.name).stem + ".original", inline=False)
    response = _response(io.BytesIO(data), len(data), "application/octet-stream", name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _open(found: Attachment, key: str) -> tuple[int, BinaryIO]:
    storage: Storage = current_app.extensions["storage"]
    try:
        return storage.size(key), storage.open(key)
    except FileNotFoundError:
        log.error("file %s of attachment %s is not in the storage", key, found.id)  # noqa: TRY400 - no failure of ours
        raise Missing from None


def _response(content: BinaryIO, size: int, mime: str, disposition: str) -> Response:
    response = Response(wrap_file(request.environ, content), mimetype=mime, direct_passthrough=True)
    response.content_length = size
    response.headers["Content-Disposition"] = disposition
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
