"""Pages of webhooks, for the owners of a business."""


from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core import limits
from forum.core.clock import utcnow
from forum.core.errors import DomainError
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor
from forum.notifications.words.connections import webhook_end_words
from forum.webhooks import actions, policy, queries
from forum.webhooks.forms import WebhookForm
from forum.webhooks.models import MOST_WEBHOOKS
from forum.webhooks.words import problem_words, state_words, type_words

bp = Blueprint("webhooks", __name__)


@bp.route("/merchants/<slug>/webhooks", methods=["GET", "POST"])
@login_required
def webhooks(slug: str) -> ResponseReturnValue:
    """The webhooks of a business, and the form for one more."""
    merchant = queries.merchant_to_integrate(visitor(), slug, policy.may_integrate)
    form = WebhookForm()
    if form.validate_on_submit():
        try:
            made = actions.add_webhook(
                merchant, by=visitor(), url=form.address.data, kinds=form.kinds.data or [], once=form.once.data
            )
        except DomainError as problem:
            form.explain(problem)
            merchant = queries.merchant_to_integrate(visitor(), slug, policy.may_integrate)
        else:
            flash(_("The webhook is added. Copy its secret to your system, then send a test."), "success")
            return redirect(url_for("webhooks.webhook", webhook_id=made.id))
    return render_template(
        "webhooks/list.html",
        merchant=merchant,
        form=form,
        webhooks=queries.webhooks_of(merchant),
        most=MOST_WEBHOOKS,
    )


@bp.route("/webhooks/<int:webhook_id>", methods=["GET"])
@login_required
def webhook(webhook_id: int) -> ResponseReturnValue:
    """One webhook: its secret, its buttons and the log of what was sent."""
    found = queries.webhook_for(visitor(), webhook_id, policy.may_manage)
    page = queries.deliveries_of(found, after=request.args.get("after"))
    return render_template(
        "webhooks/one.html",
        webhook=found,
        merchant=found.merchant,
        page=page,
        state_words=state_words,
        problem_words=problem_words,
        type_words=type_words,
        end_words=webhook_end_words,
        both_sign=found.former_until is not None and found.former_until > utcnow(),
        next_url=url_for("webhooks.webhook", webhook_id=webhook_id, after=page.next) if page.next else None,
    )


@bp.route("/webhooks/<int:webhook_id>/test", methods=["POST"])
@login_required(back="webhooks.webhook")
def test(webhook_id: int) -> ResponseReturnValue:
    """Send a test message."""
    found = queries.webhook_for(visitor(), webhook_id, policy.may_manage)
    try:
        limits.allow("webhook-test", str(found.merchant_id))
        actions.try_webhook(found, by=visitor())
        flash(_("A test message is on its way; its result stands in the log below within a minute."), "success")
    except DomainError as problem:
        flash(sentence(problem), "error")
    return redirect(url_for("webhooks.webhook", webhook_id=webhook_id))


@bp.route("/webhooks/<int:webhook_id>/secret", methods=["POST"])
@login_required(back="webhooks.webhook")
def renew_secret(webhook_id: int) -> ResponseReturnValue:
    """Make a new secret."""
    found = queries.webhook_for(visitor(), webhook_id, policy.may_manage)
    try:
        actions.renew_secret(found, by=visitor())
        flash(_("There is a new secret. The former one signs as well for 24 hours."), "success")
    except DomainError as problem:
        flash(sentence(problem), "error")
    return redirect(url_for("webhooks.webhook", webhook_id=webhook_id))


@bp.route("/webhooks/<int:webhook_id>/remove", methods=["POST"])
@login_required(back="webhooks.webhook")
def remove(webhook_id: int) -> ResponseReturnValue:
    """End a webhook."""
    found = queries.webhook_for(visitor(), webhook_id, policy.may_manage)
    slug = found.merchant.slug
    actions.remove_webhook(found, by=visitor())
    flash(_("The webhook is ended; nothing is sent to it any more."), "success")
    return redirect(url_for("webhooks.webhooks", slug=slug))


@bp.route("/webhook-deliveries/<int:delivery_id>/again", methods=["POST"])
@login_required
def send_again(delivery_id: int) -> ResponseReturnValue:
    """Send a message once more, under its own id."""
    limits.allow("webhook-resend", str(visitor().id))
    webhook_id = actions.send_again(delivery_id, by=visitor())
    flash(_("It is sent again under the same id."), "success")
    return redirect(url_for("webhooks.webhook", webhook_id=webhook_id))
