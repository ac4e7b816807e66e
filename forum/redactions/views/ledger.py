"""The public record of every redaction: who, what kind of words, why, when; never the words."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.redactions import queries
from forum.redactions.views import bp


@bp.route("/ledger/redactions", methods=["GET"])
def ledger() -> ResponseReturnValue:
    after = request.args.get("after")
    found = queries.ledger(after)
    return render_template(
        "redactions/ledger.html",
        rows=found.items,
        first=url_for("redactions.ledger") if after else None,
        following=url_for("redactions.ledger", after=found.next) if found.next else None,
    )
