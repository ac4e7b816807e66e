"""Reporting, for everybody who sees the thing, and the page of the answer."""

from datetime import timedelta

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.config import settings
from forum.core import work
from forum.core.errors import DomainError
from forum.core.web import language, remote_address, visitor
from forum.moderation import actions, words
from forum.moderation.forms import ReportForm
from forum.moderation.lifecycle import ThingKind
from forum.moderation.queries.reports import readable_letter, report_by_number
from forum.moderation.queries.things import thing_for
from forum.moderation.views import bp


@bp.route("/report/<any(letter, comment, response, attachment, reply):kind>/<int:id>", methods=["GET", "POST"])
def report(kind: str, id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    found = thing_for(visitor(), ThingKind(kind), id)
    form = ReportForm()
    asked = visitor().is_guest and work.is_asked("report-site", permitted=True)
    if form.validate_on_submit():
        try:
            made = actions.report(
                found,
                by=visitor(),
                reason=form.chosen,
                text=form.text.data or "",
                email=form.email.data or "",
                language=language(),
                once=form.once.data,
                address=remote_address(),
                proven=not asked or work.is_done(form.work.data or ""),
            )
        except DomainError as problem:
            form.explain(problem)
            found = thing_for(visitor(), ThingKind(kind), id)
        else:
            flash(_("Thank you. The editors have your report."), "success")
            return redirect(url_for("moderation.report_status", number=made.number))
    return _unkept(
        render_template(
            "reports/report.html",
            thing=found,
            kind_words=words.THINGS[found.kind],
            form=form,
            report_hours=settings().report_hours,
            sum_asked=asked,
        )
    )


@bp.route("/reports/<number>", methods=["GET"])
def report_status(number: str) -> ResponseReturnValue:
    found = report_by_number(number)
    kind = ThingKind(found.about.partition(":")[0])
    page = render_template(
        "reports/status.html",
        report=found,
        kind_words=words.THINGS[kind],
        state_words=words.REPORT_STATES[found.state],
        letter=readable_letter(visitor(), found),
        report_hours=settings().report_hours,
        appeal_until=found.decided_at and found.decided_at + timedelta(days=settings().appeal_days),
        due_at=found.created_at + timedelta(hours=settings().report_hours),
    )
    return _unkept(page)


def _unkept(page: str) -> ResponseReturnValue:
    """An answer that no cache keeps: it holds a key of its own, or is for one reader."""
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
