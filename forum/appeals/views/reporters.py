"""The appeal of who reported without an account: the number of the report opens it."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.appeals import actions, queries
from forum.appeals.forms import AppealForm
from forum.appeals.views import bp
from forum.appeals.views.decisions import facts
from forum.core.errors import DomainError, Missing
from forum.core.web import remote_address, visitor
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
    form = AppealForm()
    if form.validate_on_submit():
        try:
            actions.appeal_as_reporter(report, text=form.text.data or "", address=remote_address())
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("The editors have your appeal."), "success")
            return redirect(url_for("appeals.of_report", number=report.number))
    shown = facts(verdict)
    own = next((one for one in shown["appeals"] if one.report_id == report.id), None)
    answer = make_response(
        render_template(
            "appeals/of_report.html",
            **shown,
            form=form,
            own=own,
            report=report,
            may_appeal=own is None and verdict.stands and not shown["late"],
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
