"""The desk of somebody who speaks for businesses."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.web import login_required, visitor
from forum.merchants.queries import claims_of, representations_of
from forum.responses import policy
from forum.responses.queries.desk import Tab, counts, desk, waiting_drafts
from forum.responses.views import bp


@bp.route("/desk", methods=["GET"], endpoint="desk")
@login_required
def show() -> ResponseReturnValue:
    """The cases of my businesses, due first."""
    who = visitor()
    ensure(policy.may_use_desk, who, None)
    asked_for = request.args.get("tab", "")
    tab = Tab(asked_for) if asked_for in set(Tab) else Tab.DUE
    words = {
        Tab.DUE: _("To answer"),
        Tab.ASKED: _("With the author"),
        Tab.ANSWERED: _("Answered"),
        Tab.RATED: _("Rated"),
    }
    numbers = counts(who)
    page = desk(who, tab, after=request.args.get("after"))
    return render_template(
        "responses/desk.html",
        page=page,
        tab=tab,
        tabs=[
            {
                "words": words[one],
                "url": url_for("responses.desk", tab=one.value),
                "current": one is tab,
                "count": numbers[one],
            }
            for one in Tab
        ],
        next_url=url_for("responses.desk", tab=tab.value, after=page.next) if page.next else None,
        voices=representations_of(who),
        claims=claims_of(who),
        drafts=waiting_drafts(who),
    )
