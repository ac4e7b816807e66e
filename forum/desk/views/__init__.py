"""Pages of the response desk."""

import logging

from flask import Blueprint, Response, g, request
from sqlalchemy.exc import OperationalError

from forum.core.web import visitor
from forum.desk import actions, queries, words

log = logging.getLogger(__name__)
bp = Blueprint("desk", __name__)
WRITING = {"responses.respond", "responses.save_draft"}

bp.add_app_template_global(words.show_words)

from forum.desk.views import board, case, export, templates  # noqa: E402  the routes need `bp`

__all__ = ["board", "bp", "case", "export", "templates"]


@bp.after_app_request
def writing(response: Response) -> Response:
    """Note who of a team has the response form of a case open; nothing for all others."""
    if request.endpoint not in WRITING or response.status_code != 200 or g.get("session_row") is None:
        return response
    case_id, who = (request.view_args or {}).get("case_id"), visitor()
    if case_id is None or not who.answering_ids:
        return response
    try:
        if queries.writes_for(who, case_id):
            actions.stay(case_id, by=who)
    except OperationalError:
        log.warning("that somebody writes on case %s was not noted: the database is busy", case_id)
    return response
