"""How a stored file is sent: as what it is, doing nothing, and into no cache that is not for it."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import PurePath

from flask import Response, current_app, redirect, request
from werkzeug import Response as Answer
from werkzeug.wsgi import wrap_file

from forum.attachments.kinds import Variant
from forum.attachments.models import Attachment, AttachmentCopy, FileKind
from forum.attachments.names import EXTENSIONS, content_disposition
from forum.attachments.queries import copy_of
from forum.config import settings
from forum.core.errors import Missing
from forum.core.secrecy import unseal
from forum.core.storage import Damaged, Storage

log = logging.getLogger(__name__)

PRESIGNED_SECONDS = 60
POLICY = "sandbox; default-src 'none'"


def answer(found: Attachment, variant: Variant = Variant.FULL, *, everybody: bool = False) -> Answer:
    """Return one form of a file with the headers that keep it from doing harm; `everybody`: shared caches may keep it.

    Raises Missing where there is no such form.
    """
    copy = copy_of(found, variant)
    if copy is None:
        raise Missing
    shown = variant is not Variant.FULL or found.kind is FileKind.IMAGE  # a sandboxed page cannot show a PDF
    disposition = content_disposition(PurePath(found.name).stem + EXTENSIONS[copy.mime], inline=shown)
    if everybody and settings().s3_presign and request.method == "GET":
        return _elsewhere(copy, disposition)
    response = _response(copy.size, copy.mime, disposition)
    response.headers["Cache-Control"] = "public, no-cache" if everybody else "private, no-store"
    response.set_etag(copy.key)
    response.make_conditional(request, accept_ranges=True, complete_length=copy.size)
    if response.status_code != HTTPStatus.NOT_MODIFIED:
        _fill(response, found, copy)
    return response


def answer_original(found: Attachment) -> Answer:
    """Return the sealed original as it was sent, to be saved and never shown by the browser; raises Missing when it is gone."""
    if found.original_key is None or found.original_gone_at is not None:
        raise Missing
    with _found(found, found.original_key), _storage().open(found.original_key) as content:
        data = unseal(content.read())
    name = content_disposition(PurePath(found.name).stem + ".original", inline=False)
    response = _response(len(data), "application/octet-stream", name)
    response.response = wrap_file(request.environ, io.BytesIO(data))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _elsewhere(copy: AttachmentCopy, disposition: str) -> Answer:
    """Send the browser to the storage for a file that is everybody's, by an address that nothing keeps."""
    address = _storage().url(copy.key, disposition=disposition, mime=copy.mime, seconds=PRESIGNED_SECONDS)
    response = redirect(address or "", HTTPStatus.FOUND)
    response.headers["Cache-Control"] = "no-store"
    return response


def _fill(response: Answer, found: Attachment, copy: AttachmentCopy) -> None:
    """Put the bytes that were asked for into the answer, and no more are read; raises Missing for what is not what it should be."""
    storage, asked = _storage(), response.content_range
    with _found(found, copy.key):
        if storage.size(copy.key) != copy.size:
            raise Damaged(copy.key)
        if request.method != "HEAD":
            part = (asked.start or 0, asked.stop) if response.status_code == HTTPStatus.PARTIAL_CONTENT else (0, None)
            content = storage.open(copy.key, *part)
            response.response = wrap_file(request.environ, content)


@contextmanager
def _found(found: Attachment, key: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as problem:
        what = "damaged" if isinstance(problem, Damaged) else "not in the storage"
        log.error("file %s of attachment %s is %s", key, found.id, what)  # noqa: TRY400 - no failure of ours
        raise Missing from None


def _storage() -> Storage:
    storage: Storage = current_app.extensions["storage"]
    return storage


def _response(size: int, mime: str, disposition: str) -> Response:
    response = Response(mimetype=mime, direct_passthrough=True)
    response.content_length = size
    response.headers["Content-Disposition"] = disposition
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
