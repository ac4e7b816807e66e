"""Limits of how often something may be done, and the sum that is asked for under attack."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.config import settings
from forum.console import actions, policy, words
from forum.console.forms import LimitForm, ModeForm
from forum.console.queries import steered
from forum.console.views import bp
from forum.core import steering
from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor


@bp.route("/console/limits", methods=["GET"])
@login_required
def limits() -> ResponseReturnValue:
    """What is in force, and how much of it is used."""
    ensure(policy.may_operate, visitor(), None)
    mode = steering.value(steering.PROOF_OF_WORK)
    form = ModeForm(endpoint="console.ask_sums", mode=mode or "", seen=steered.version_of(steering.PROOF_OF_WORK))
    return _page(form)


@bp.route("/console/limits/sums", methods=["POST"])
@login_required(back="console.limits")
def ask_sums() -> ResponseReturnValue:
    """Say when the sum is asked for: the switch for an attack."""
    ensure(policy.may_operate, visitor(), None)
    form = ModeForm()
    if form.validate_on_submit():
        try:
            actions.set_proof_of_work(form.mode.data or None, by=visitor(), why=form.why.data, seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
            form.seen.data = steered.version_of(steering.PROOF_OF_WORK)
        else:
            flash(_("It holds everywhere within a few seconds."), "success")
            return redirect(url_for("console.limits"))
    return _page(form), 422


def _page(form: ModeForm) -> str:
    return render_template(
        "console/limits.html",
        form=form,
        rows=steered.held(),
        who=words.WHO,
        windows=words.WINDOWS,
        usual_mode=words.MODES[settings().proof_of_work],
    )


@bp.route("/console/limits/<name>", methods=["GET", "POST"])
@login_required
def limit(name: str) -> ResponseReturnValue:
    """Another number, within the bounds of the table."""
    ensure(policy.may_operate, visitor(), None)
    found = steered.limit_named(name)
    key = steering.LIMIT + name
    set_now = None if found.number == found.usual else found.number
    form = LimitForm(number=set_now, seen=steered.version_of(key))
    if form.validate_on_submit():
        try:
            actions.set_limit(name, form.number.data, by=visitor(), why=form.why.data, seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
            form.seen.data = steered.version_of(key)
        else:
            flash(_("It holds everywhere within a few seconds."), "success")
            return redirect(url_for("console.limits"))
    page = render_template(
        "console/limit.html", form=form, limit=found, who=words.WHO[found.who], window=words.WINDOWS[found.window]
    )
    return page, 422 if form.errors or form.form_errors else 200
