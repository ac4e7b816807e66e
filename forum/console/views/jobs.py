"""The queue of jobs: what failed is tried again or dropped."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.console import actions, policy, words
from forum.console.forms import ReasonForm
from forum.console.lifecycle import Jobs
from forum.console.queries import jobs as queries
from forum.console.views import bp
from forum.core.access import ensure
from forum.core.errors import DomainError, Invalid
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor


@bp.route("/console/jobs", methods=["GET"])
@login_required
def jobs() -> ResponseReturnValue:
    """What failed, waits and runs, and which workers live."""
    ensure(policy.may_operate, visitor(), None)
    try:
        state = Jobs(request.args.get("state") or Jobs.FAILED)
    except ValueError as problem:
        raise Invalid(field="state") from problem
    counts, after = queries.counted(), request.args.get("after")
    page = queries.listed(state, after)
    numbers = {Jobs.FAILED: counts.failed, Jobs.WAITING: counts.waiting, Jobs.RUNNING: counts.running}
    return render_template(
        "console/jobs.html",
        state=state,
        tabs=[
            {"words": label, "count": numbers[one], "url": _url(one), "current": one is state}
            for one, label in words.JOBS.items()
        ],
        rows=page.items,
        kinds=queries.failed_kinds() if state is Jobs.FAILED else [],
        oldest=counts.oldest,
        workers=queries.workers(),
        first=_url(state) if after else None,
        following=_url(state, page.next) if page.next else None,
    )


def _url(state: Jobs, after: str | None = None) -> str:
    return url_for("console.jobs", state=None if state is Jobs.FAILED else state.value, after=after)


@bp.route("/console/jobs/retry", methods=["POST"])
@login_required(back="console.jobs")
def retry_kind() -> ResponseReturnValue:
    """Try all that failed of a kind again."""
    ensure(policy.may_operate, visitor(), None)
    try:
        count = actions.retry_kind(request.form.get("kind", ""), by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(ngettext("%(num)d job is tried again.", "%(num)d jobs are tried again.", count), "success")
    return redirect(url_for("console.jobs"))


@bp.route("/console/jobs/<int:job_id>/retry", methods=["POST"])
@login_required(back="console.jobs")
def retry_job(job_id: int) -> ResponseReturnValue:
    """Try one again."""
    ensure(policy.may_operate, visitor(), None)
    try:
        actions.retry_job(queries.job_by_id(job_id), by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("It is tried again."), "success")
    return redirect(url_for("console.jobs"))


@bp.route("/console/jobs/<int:job_id>/drop", methods=["GET", "POST"])
@login_required
def drop_job(job_id: int) -> ResponseReturnValue:
    """Ask why, then forget it."""
    ensure(policy.may_operate, visitor(), None)
    job, form = queries.job_by_id(job_id), ReasonForm()
    if form.validate_on_submit():
        try:
            actions.drop_job(job, by=visitor(), why=form.why.data)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("It is dropped."), "success")
            return redirect(url_for("console.jobs"))
    page = render_template("console/drop.html", form=form, job=job, error=queries.error_name(job.error))
    return page, 422 if form.errors or form.form_errors else 200
