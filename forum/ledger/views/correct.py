"""A moderator corrects a wrong row by a new one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.ledger import actions, policy, queries, words
from forum.ledger.forms import CorrectionForm
from forum.ledger.views import bp


@bp.route("/ledger/<int:number>/correct", methods=["GET", "POST"])
@login_required
def correct(number: int) -> ResponseReturnValue:
    found = queries.entry(number)
    ensure(policy.may_correct, visitor(), queries.written(found.row))
    form = CorrectionForm(found.row)
    if form.validate_on_submit():
        try:
            actions.correct(
                found.row,
                by=visitor(),
                why=form.chosen_why,
                asked_by=form.chosen_asker,
                reason=form.reason.data or None,
                outcome=form.chosen_outcome,
            )
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("The row is corrected. Both stay in the ledger."), "success")
            return redirect(url_for("ledger.row", number=number))
    return render_template(
        "ledger/correct.html", entry=found, row=found.row, form=form, reason_of=words.reason_of
    ), 422 if form.errors or form.form_errors else 200
