"""Where authorities send orders, and what somebody concerned sees of one and says against it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.config import settings
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.orders import actions, queries, words
from forum.orders.forms import ObjectionForm
from forum.orders.lifecycle import OrderState
from forum.orders.views import bp


@bp.route("/orders", methods=["GET"])
def where() -> ResponseReturnValue:
    """Where orders are sent, what they must hold, and how fast they are carried out."""
    config = settings()
    return render_template(
        "orders/where.html",
        urgent=config.urgent_order_hours,
        normal=config.order_hours,
        days=config.order_objection_days,
    )


@bp.route("/orders/<int:order_id>", methods=["GET", "POST"])
@login_required
def one(order_id: int) -> ResponseReturnValue:
    """The order as those see it whose words it took away, with the form of the counter-notice."""
    found = queries.order_for(visitor(), order_id)
    form = ObjectionForm()
    if form.validate_on_submit():
        try:
            actions.object_to(found, by=visitor(), text=form.text.data or "")
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("Your objection is sent. Another editor decides and writes to you."), "success")
            return redirect(url_for("orders.one", order_id=order_id))
    return render_template(
        "orders/one.html",
        order=found,
        kinds=words.KINDS,
        states=words.STATES,
        may_object=found.state is OrderState.CARRIED_OUT,
        form=form,
    ), 422 if form.errors or form.form_errors else 200
