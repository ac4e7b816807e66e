"""What the editors did about one's own account: every measure in words, with its end and the way to appeal."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.core.web import login_required, visitor
from forum.people import words
from forum.people.queries import people
from forum.people.views import bp


@bp.route("/sanctions", methods=["GET"])
@login_required
def sanctions() -> ResponseReturnValue:
    """Every measure about this account, newest first."""
    found = [(one, words.sanction_words(one.kind, one.scope)) for one in people.sanctions_of(visitor().id)]
    return render_template("people/own.html", sanctions=found)


@bp.route("/sanctions/<int:sanction_id>", methods=["GET"])
@login_required
def sanction(sanction_id: int) -> ResponseReturnValue:
    """One measure: to the decision that it is."""
    found = people.sanction_for(visitor(), sanction_id)
    return redirect(url_for("appeals.decision", event_id=found.event_id))
