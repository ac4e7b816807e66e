"""The appeal of who has no account: the number of the report opens it, or the link that was mailed with the decision."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.appeals import actions, links, queries
from forum.appeals.forms import AppealForm
from forum.appeals.models import Verdict
from forum.appeals.views import bp
from forum.appeals.views.decisions import facts
from forum.core.errors import DomainError, Missing
from forum.core.web import open_to_others, remote_address, visitor
from forum.moderation.models import Report
from forum.moderation.queries.reports import report_by_number


@bp.route("/reports/<number>/appeal", methods=["GET", "POST"])
def of_report(number: str) -> ResponseReturnValue:
    """Decision, appeal and outcome of a report that was dismissed; a member's report is appealed on the page of its decision."""
    report = report_by_number(number)
    verdict = queries.verdict_of_report(report)
    if verdict is None:
        raise Missing
    if report.reporter_id is not None:
        if visitor().id != report.reporter_id:
            raise Missing
        return redirect(url_for("appeals.decision", event_id=verdict.event.id))
    return _page(verdict, url_for("appeals.of_report", number=report.number), report)


@bp.route("/decisions/<int:event_id>/<key>", methods=["GET", "POST"])
@open_to_others
def by_link(event_id: int, key: str) -> ResponseReturnValue:
    """The same of a contest, a right of reply or a response by mail, for whoever got the link."""
    if not links.opens(event_id, key):
        raise Missing
    return _page(queries.verdict_by_mail(event_id), url_for("appeals.by_link", event_id=event_id, key=key))


def _page(verdict: Verdict, here: str, report: Report | None = None) -> ResponseReturnValue:
    form = AppealForm()
    if form.validate_on_submit():
        try:
            actions.appeal_by_mail(verdict.event, text=form.text.data or "", address=remote_address(), report=report)
        except DomainError as problem:
            form.explain(problem)
            verdict = queries.verdict_by_mail(verdict.event.id)
        else:
            flash(_("The editors have your appeal."), "success")
            return redirect(here)
    shown = facts(verdict)
    own = next((one for one in shown["appeals"] if one.side == verdict.by_mail), None)
    answer = make_response(
        render_template(
            "appeals/by_mail.html",
            **shown,
            form=form,
            here=here,
            own=own,
            report=report,
            may_appeal=own is None and verdict.stands and not shown["late"],
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
