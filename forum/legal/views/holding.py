"""The moderators' page of holds: what is held, holding by hand, asking that one be released."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError, Invalid
from forum.core.web import login_required, visitor
from forum.legal import actions, policy, queries
from forum.legal.addresses import things_at
from forum.legal.forms import HoldForm, ReleaseForm
from forum.legal.views import bp
from forum.moderation.policy import may_open_desk


@bp.route("/moderation/legal/holds", methods=["GET", "POST"])
@login_required
def holds() -> ResponseReturnValue:
    """All holds, newest first; a letter is held by its address."""
    ensure(may_open_desk, visitor(), None)
    form = HoldForm()
    if form.validate_on_submit():
        try:
            things = things_at(form.thing.data or "", "thing")
            letter = queries.letter_to_hold(things[0].letter_id) if len(things) == 1 else None
            if letter is None:
                raise Invalid("things_unfit", field="thing", number=1)
            actions.hold(
                letter, by=visitor(), why=form.why.data or "", quiet=bool(form.quiet.data), once=form.once.data
            )
        except DomainError as problem:
            if problem.code == "not_allowed":
                raise
            form.explain(problem)
        else:
            flash(_("Nothing of this letter is purged from now on."), "success")
            return redirect(url_for("legal.holds"))
    page = queries.holds(request.args.get("after"))
    return render_template(
        "legal/holds.html",
        form=form,
        rows=page.items,
        may_ask=policy.may_ask_release,
        first=url_for("legal.holds") if request.args.get("after") else None,
        following=url_for("legal.holds", after=page.next) if page.next else None,
    ), 422 if form.errors or form.form_errors else 200


@bp.route("/moderation/legal/holds/<int:hold_id>/release", methods=["GET", "POST"])
@login_required
def release(hold_id: int) -> ResponseReturnValue:
    """Ask that a hold be released; another person confirms."""
    found = queries.hold_for(visitor(), hold_id)
    ensure(policy.may_ask_release, visitor(), found)
    form = ReleaseForm()
    if form.validate_on_submit():
        try:
            actions.ask_release(found, by=visitor(), why=form.why.data or "")
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("It waits for a second person."), "success")
            return redirect(url_for("people.people"))
    return render_template("legal/release.html", form=form, hold=found), 422 if form.errors or form.form_errors else 200
