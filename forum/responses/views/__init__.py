"""Pages of the business's side, and of the outcome by the author."""

import logging

from flask import Blueprint, Response, g, request
from sqlalchemy.exc import OperationalError

from forum.core.web import visitor
from forum.responses import actions, queries, words

log = logging.getLogger(__name__)
bp = Blueprint("responses", __name__)
OPENINGS = {"letters.read", "responses.respond", "responses.ask", "desk.case"}

for say in (
    words.remedy_words,
    words.proof_words,
    words.outcome_words,
    words.move_words,
    words.detail_words,
    words.how_words,
    words.promise_words,
    words.uniform_words,
    words.proposal_words,
    words.answer_words,
):
    bp.add_app_template_global(say)

from forum.responses.views import answers, author, files, later, mailed, numbers  # noqa: E402  the routes need `bp`

bp.add_app_template_global(files.tiles, "response_tiles")

__all__ = ["answers", "author", "bp", "files", "later", "mailed", "numbers"]


@bp.after_app_request
def opened(response: Response) -> Response:
    """Write down that a proven representative opened the letter; nothing for guests, readers and later visits."""
    if request.endpoint not in OPENINGS or request.method != "GET" or response.status_code != 200:
        return response
    letter_id = g.get("letter_opened") or (request.view_args or {}).get("letter_id")
    if g.get("session_row") is None or letter_id is None or not visitor().merchant_ids:
        return response
    try:
        if queries.unopened(visitor(), letter_id):
            actions.note_opened(letter_id, by=visitor())
    except OperationalError:
        log.warning("the opening of letter %s was not written down: the database is busy", letter_id)
    return response
