"""The way to everything that administrators do, how the site is, and what was changed."""

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.console import health as looking
from forum.console import policy, words
from forum.console.queries import announcements, changes, jobs, mails
from forum.console.views import bp
from forum.core.access import ensure
from forum.core.web import login_required, visitor

NEWEST = 5


@bp.route("/console", methods=["GET"])
@login_required
def index() -> ResponseReturnValue:
    """Lead to every page of operators, with what wants to be looked at."""
    ensure(policy.may_operate, visitor(), None)
    return render_template(
        "console/index.html",
        queue=jobs.counted(),
        refused=mails.refused(),
        shown=len(announcements.shown()),
        changes=changes.newest(NEWEST),
        whats=words.WHATS,
        values=words.VALUES,
    )


@bp.route("/console/changes", methods=["GET"])
@login_required
def changed() -> ResponseReturnValue:
    """Every change by administrators, the newest first."""
    ensure(policy.may_operate, visitor(), None)
    page = changes.changes(request.args.get("after"))
    return render_template(
        "console/changes.html",
        changes=page.items,
        whats=words.WHATS,
        values=words.VALUES,
        first=url_for("console.changed") if request.args.get("after") else None,
        following=url_for("console.changed", after=page.next) if page.next else None,
    )


@bp.route("/console/health", methods=["GET"])
@login_required
def health() -> ResponseReturnValue:
    """How every part of the site is at this moment."""
    ensure(policy.may_operate, visitor(), None)
    answer = make_response(
        render_template("console/health.html", looks=looking.looks(), parts=words.PARTS, states=words.HEALTH)
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
