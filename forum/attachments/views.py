"""The one address of files: whoever may not see a file learns nothing of it."""

import logging
from typing import Any

from flask import Blueprint, Response, current_app, request
from werkzeug import Response as Answer
from werkzeug.wsgi import wrap_file

from forum.attachments import queries
from forum.attachments.kinds import THUMB_MIME
from forum.attachments.models import Attachment, FileAudience, FileKind
from forum.attachments.names import content_disposition
from forum.core.errors import Missing
from forum.core.web import visitor
from forum.letters import policy
from forum.letters.queries import letter_for
from forum.responses.queries import place_of

bp = Blueprint("attachments", __name__)
log = logging.getLogger(__name__)

FULL, THUMB = "full", "thumb"
POLICY = "sandbox; default-src 'none'"


@bp.route("/files/<token>/<any(full, thumb):variant>/<name>", methods=["GET"])
def file(token: str, variant: str, name: str) -> Answer:  # noqa: ARG001 - the name is for people
    """One file for whoever may see it; `name` only makes the address readable."""
    found = queries.by_token(token)
    if found is None:
        raise Missing
    who = visitor()
    place = None if found.response_id is None else place_of(found.response_id)
    letter_id = found.letter_id if place is None else place.letter_id
    covered_of = None if place is None or not place.hidden else place.merchant_id
    letter = None if letter_id is None else letter_for(who, letter_id)
    if not policy.may_see_file(who, found, letter, covered_of=covered_of):
        raise Missing
    everybody = (
        letter is not None
        and letter.visibility in policy.OPEN
        and found.audience is FileAudience.PUBLIC
        and found.hidden_at is None
        and covered_of is None
    )
    return _answer(found, variant, everybody=everybody)


def _answer(found: Attachment, variant: str, *, everybody: bool) -> Answer:
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
