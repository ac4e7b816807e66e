"""Public phone numbers of a business, kept by its owners."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.responses import actions, policy, queries
from forum.responses.actions.numbers import MOST_NUMBERS
from forum.responses.later_forms import NumberForm
from forum.responses.views import bp


@bp.route("/merchants/<slug>/numbers", methods=["GET", "POST"])
@login_required
def numbers(slug: str) -> ResponseReturnValue:
    """Show the public phone numbers of a business and add one."""
    merchant = queries.merchant_named(slug)
    ensure(policy.may_manage_numbers, visitor(), merchant)
    form = NumberForm()
    if form.validate_on_submit():
        try:
            actions.allow_number(merchant, by=visitor(), shown=form.number.data)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("This number may stand in your responses now."), "success")
            return redirect(url_for("responses.numbers", slug=slug))
    return render_template(
        "responses/numbers.html",
        merchant=merchant,
        form=form,
        numbers=queries.numbers_of(merchant.id),
        most=MOST_NUMBERS,
    )


@bp.route("/merchants/<slug>/numbers/<int:number_id>/drop", methods=["POST"])
@login_required(back="desk.board")
def drop_number(slug: str, number_id: int) -> ResponseReturnValue:
    """Take a number off the list."""
    merchant = queries.merchant_named(slug)
    ensure(policy.may_manage_numbers, visitor(), merchant)
    actions.drop_number(merchant, number_id, by=visitor())
    flash(_("The number is off the list."), "success")
    return redirect(url_for("responses.numbers", slug=slug))
