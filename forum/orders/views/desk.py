"""The moderators' pages of orders: entering one, and what is decided about it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from forum.attachments.addresses import address
from forum.attachments.receive import Received
from forum.attachments.sent import let_go, take, why_not
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.moderation.queries.pane import pane
from forum.moderation.words import THINGS
from forum.orders import actions, policy, queries, words
from forum.orders.forms import DecisionForm, EntryForm, SettleForm
from forum.orders.lifecycle import BLOCKING, OrderState
from forum.orders.models import Order
from forum.orders.views import bp

MOST_FILES = 3


@bp.route("/moderation/orders/new", methods=["GET", "POST"])
@login_required
def enter() -> ResponseReturnValue:
    """Enter the letter of an authority."""
    ensure(policy.may_enter, visitor(), None)
    form = EntryForm()
    if form.validate_on_submit():
        files = _received(form)
        try:
            if not form.files.errors:
                made = actions.enter(form.entry(files), by=visitor())
                flash(_("The order is entered. Please check now whether it is genuine."), "success")
                return redirect(url_for("orders.desk", order_id=made.id))
        except DomainError as problem:
            form.explain(problem)
        finally:
            let_go(files)
    return render_template(
        "orders/enter.html", form=form, most_files=MOST_FILES
    ), 422 if form.errors or form.form_errors else 200


@bp.route("/moderation/orders/<int:order_id>", methods=["GET"])
@login_required
def desk(order_id: int) -> ResponseReturnValue:
    found = _found(order_id)
    return _page(found, DecisionForm(endpoint="orders.decide"), _settling(found), fresh=True)


@bp.route("/moderation/orders/<int:order_id>/decide", methods=["POST"])
@login_required(back="orders.desk")
def decide(order_id: int) -> ResponseReturnValue:
    """Say that it is genuine, carry it out or refuse it, by the button that was pressed."""
    found = _found(order_id)
    ensure(policy.may_handle, visitor(), queries.matter(visitor(), found))
    form = DecisionForm()
    if form.validate_on_submit():
        seen, message = form.seen.data, form.message.data or ""
        try:
            if form.decision.data == "check":
                actions.check(found, by=visitor(), seen=seen)
                flash(_("Noted: it is genuine."), "success")
            elif form.decision.data == "carry_out":
                actions.carry_out(found, by=visitor(), message=message, seen=seen)
                flash(_("Carried out: nothing that the order names is shown any more."), "success")
            elif form.decision.data == "refuse":
                actions.refuse(found, by=visitor(), reason=form.refusal, message=message, seen=seen)
                flash(_("The order is refused."), "success")
        except DomainError as problem:
            form.explain(problem)
            return _page(_found(order_id), form, _settling(found), fresh=problem.code == "stale")
        if form.decision.data == "check":
            return redirect(url_for("orders.desk", order_id=order_id))
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(found, form, _settling(found))


@bp.route("/moderation/orders/<int:order_id>/settle", methods=["POST"])
@login_required(back="orders.desk")
def settle(order_id: int) -> ResponseReturnValue:
    """Put everything back, or refuse the objection."""
    found = _found(order_id)
    ensure(policy.may_settle, visitor(), queries.matter(visitor(), found))
    form = SettleForm(objected=found.state is OrderState.OBJECTED)
    if form.validate_on_submit():
        try:
            actions.settle(found, by=visitor(), end=form.chosen, message=form.message.data or "", seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
            return _page(_found(order_id), DecisionForm(endpoint="orders.decide"), form, fresh=problem.code == "stale")
        flash(_("Decided. Those concerned are told."), "success")
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(found, DecisionForm(endpoint="orders.decide"), form)


def _found(order_id: int) -> Order:
    ensure(policy.may_enter, visitor(), None)
    return queries.order_by_id(order_id)


def _settling(found: Order) -> SettleForm:
    return SettleForm(objected=found.state is OrderState.OBJECTED, endpoint="orders.settle")


def _received(form: EntryForm) -> list[Received]:
    """Take in the document; what cannot be taken is said at the field."""
    sent = [one for one in form.files.data or () if isinstance(one, FileStorage) and one.filename]
    taken: list[Received] = []
    for one in sent[:MOST_FILES]:
        try:
            taken.append(take(one))
        except DomainError as problem:
            form.files.errors = [*form.files.errors, why_not(one, problem)]
    return taken


def _page(found: Order, form: DecisionForm, settling: SettleForm, *, fresh: bool = False) -> ResponseReturnValue:
    if fresh or not form.seen.data:
        form.seen.data = settling.seen.data = found.version
    who = visitor()
    matter = queries.matter(who, found)
    refused = any((form.errors, form.form_errors, settling.errors, settling.form_errors))
    return render_template(
        "orders/desk.html",
        pane=pane(who, f"order:{found.id}", f"order_objection:{found.id}"),
        order=found,
        things=matter.things,
        thing_words=THINGS,
        elsewhere=found.elsewhere.splitlines(),
        files=[(one, address(one)) for one in queries.files_of(found.id)],
        people=queries.people_of(found),
        kinds=words.KINDS,
        hours=words.HOURS,
        states=words.STATES,
        late=found.is_open and found.due_at <= utcnow(),
        may_handle=policy.may_handle(who, matter),
        may_settle=policy.may_settle(who, matter),
        blocks=found.state in BLOCKING,
        form=form,
        settling=settling,
    ), 422 if refused else 200
