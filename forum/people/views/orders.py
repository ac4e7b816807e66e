"""Orders of authorities about identities: put on record, asked for and confirmed, read by the two."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug import Response as Answer

from forum.attachments import actions as attachments
from forum.attachments.queries.openings import openings_of
from forum.attachments.sent import let_go, received
from forum.attachments.serving import answer as send
from forum.core.access import ensure
from forum.core.db import LARGEST_ID
from forum.core.errors import DomainError, Missing
from forum.core.events import Role
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor
from forum.legal.queries import notice_for
from forum.people import actions, policy, words
from forum.people.forms import AskForm, OrderForm
from forum.people.models import MOST_ORDER_FILES, IdentityOrder
from forum.people.queries import orders, people, requests
from forum.people.views import bp

MOST_OPENINGS = 20  # shown of a document


@bp.route("/moderation/people/<int:user_id>/orders", methods=["GET", "POST"])
@login_required
def record_order(user_id: int) -> ResponseReturnValue:
    """Put an order about somebody's identity on record; `notice` in the address names the matter in which it came."""
    found = people.person_for(visitor(), user_id)
    ensure(policy.may_record_order, visitor(), found)
    notice_id = _notice()
    form = OrderForm()
    if form.validate_on_submit():
        files = received(form, form.files, most=MOST_ORDER_FILES)
        try:
            if not form.errors:
                made = actions.record_order(
                    found, _ordered(form), files, by=visitor(), once=form.once.data or "", legal_notice_id=notice_id
                )
                flash(_("The order is on record."), "success")
                return redirect(url_for("people.identity_order", order_id=made.id))
        except DomainError as problem:
            if problem.code == "not_allowed":
                raise
            form.explain(problem)
        finally:
            let_go(files)
    return render_template(
        "people/record_order.html", form=form, person=found, most_files=MOST_ORDER_FILES
    ), 422 if form.errors or form.form_errors else 200


@bp.route("/moderation/identity-orders/<int:order_id>", methods=["GET"])
@login_required
def identity_order(order_id: int) -> ResponseReturnValue:
    """One order with its documents and what was asked on it."""
    return _page(orders.order_for(visitor(), order_id))


@bp.route("/moderation/identity-orders/<int:order_id>/ask", methods=["POST"])
@login_required(back="people.identity_order")
def ask_identity(order_id: int) -> ResponseReturnValue:
    """Ask that the identity be given out as ordered; another moderator confirms."""
    found = orders.order_for(visitor(), order_id)
    form = AskForm()
    if form.validate_on_submit():
        try:
            actions.ask_identity(found, by=visitor(), why=form.why.data or "")
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("It waits for a second person."), "success")
            return redirect(url_for("people.identity_order", order_id=order_id))
    return _page(found, ask_form=form)


@bp.route("/moderation/identity-orders/<int:order_id>/identity", methods=["POST"])
@login_required(back="people.identity_order")
def read_identity(order_id: int) -> ResponseReturnValue:
    """Show name and address to the two who may, with a row."""
    found = orders.order_for(visitor(), order_id)
    try:
        read = actions.read_identity(found, by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "warning")
        return redirect(url_for("people.identity_order", order_id=order_id))
    return _page(orders.order_for(visitor(), order_id), read=read)


@bp.route("/moderation/identity-orders/<int:order_id>/documents/<int:file_id>", methods=["POST"])
@login_required(back="people.identity_order")
def open_order_document(order_id: int, file_id: int) -> Answer:
    """One document of an order: sent only after it is written down who opens it."""
    found = orders.order_for(visitor(), order_id)
    file = next((one for one in orders.documents_of(found.id) if one.id == file_id), None)
    if file is None:
        raise Missing
    attachments.note_opening(file, by=visitor(), role=Role.MODERATOR, variant="full")
    return send(file)


def _notice() -> int | None:
    """The matter that the address names, which the visitor must be able to handle."""
    asked = request.args.get("notice", "")
    if not asked:
        return None
    if not asked.isdecimal() or not asked.isascii() or int(asked[:20]) > LARGEST_ID:
        raise Missing
    return notice_for(visitor(), int(asked)).id


def _ordered(form: OrderForm) -> actions.Ordered:
    return actions.Ordered(
        authority=form.chosen,
        name=form.name.data or "",
        reference=form.reference.data or "",
        dated_on=form.dated_on.data,
        forbids_telling=bool(form.forbids.data),
        silent_until=form.silent_until.data,
    )


def _page(
    found: IdentityOrder, *, ask_form: AskForm | None = None, read: tuple[str, str] | None = None
) -> ResponseReturnValue:
    asked = orders.requests_on(found)
    page = render_template(
        "people/order.html",
        order=found,
        files=[(one, openings_of(one.id, size=MOST_OPENINGS).items) for one in orders.documents_of(found.id)],
        asked=asked,
        names=people.names({found.recorded_by_id} | {one.asked_by_id for one in asked} | {one.decided_by_id or 0 for one in asked}),
        authorities=words.AUTHORITIES,
        ask_form=ask_form or AskForm(endpoint="people.ask_identity"),
        may_ask=found.given_at is None and not any(one.waits for one in asked),
        may_confirm=policy.may_confirm,
        may_read=requests.allowed_by(found, visitor().id) is not None,
        read=read,
    )
    answer = make_response(page, 422 if ask_form is not None and ask_form.errors else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer
