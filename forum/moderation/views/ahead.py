"""The next item, fetched by the browser while the present one is decided: a decision then shows it without waiting.

Speculation Rules (https://wicg.github.io/nav-speculation/speculation-rules.html): the page of an item names `static/ahead.json`
in a header, and the browser keeps what `[data-ahead]` leads to for one navigation, a redirect after a form included.
"""

from flask import Response, g, get_flashed_messages, jsonify, url_for
from flask.typing import ResponseReturnValue

from forum.core.access import ensure
from forum.core.templating import asset
from forum.core.web import login_required, visitor
from forum.moderation import policy
from forum.moderation.queries.queue import Waiting
from forum.moderation.views import bp


@bp.app_template_filter("fetched_ahead")
def fetched_ahead(row: Waiting) -> str:
    """Return the address of an item that the browser shall fetch along with the present page."""
    g.fetches_ahead = True
    return url_for(row.endpoint, **row.arguments)


@bp.after_app_request
def name_the_rules(response: Response) -> Response:
    """Name the rules where something is to be fetched."""
    if g.pop("fetches_ahead", False):
        response.headers["Speculation-Rules"] = f'"{asset("ahead.json")}"'
    return response


@bp.route("/moderation/said", methods=["GET"])
@login_required
def said() -> ResponseReturnValue:
    """Return as JSON what was said on the way to a page that had been fetched before: `[[kind, words], …]`."""
    ensure(policy.may_open_desk, visitor(), None)
    return jsonify(get_flashed_messages(with_categories=True))
