"""The ledger, newest first, with filters; and what led to it before."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.core.templating import address
from forum.ledger import queries, words
from forum.ledger.views import bp, filtering
from forum.redactions.words import label_words


@bp.route("/ledger")
def ledger() -> ResponseReturnValue:
    """The rows that the address asks for. A business that is not known is told at its field, and every choice is kept."""
    found = filtering.asked()
    after = request.args.get("after")
    page = None if found.unknown else queries.page_of(found.filters, after)
    return render_template(
        "ledger/list.html",
        asked=found,
        title=filtering.title(found),
        entries=page.items if page is not None else [],
        first=found.url("ledger.ledger") if after else None,
        following=found.url("ledger.ledger", after=page.next) if page is not None and page.next else None,
        kinds=filtering.kinds(),
        reasons=words.reasons(),
        months=queries.months(),
        reason_of=words.reason_of,
        counted=words.counted,
        label_words=label_words,
        where=words.where,
    ), 422 if found.unknown else 200


@bp.route("/ledger/redactions")
def redactions() -> ResponseReturnValue:
    """Where covered words had a list of their own."""
    return redirect(address("ledger.ledger", kind="words_covered"), 301)


@bp.route("/ledger/about/<any(letter, comment, response, attachment, reply, order):kind>/<int:number>")
def about(kind: str, number: int) -> ResponseReturnValue:
    """From a tombstone or a placeholder to the newest row about the thing."""
    newest = queries.newest_about(f"{kind}:{number}")
    if newest is None:
        return redirect(address("ledger.ledger", about=f"{kind}:{number}"))
    return redirect(url_for("ledger.row", number=newest))


@bp.route("/ledger/event/<int:event_id>")
def of_event(event_id: int) -> ResponseReturnValue:
    """From a step of a letter's journey to its row."""
    return redirect(url_for("ledger.row", number=queries.of_event(event_id)))
