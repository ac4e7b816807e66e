"""What the moderators know of a business: the domain that proves its voices, and the addresses that are told of letters."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.merchants import actions
from forum.merchants import policy as merchants
from forum.merchants import queries as known
from forum.moderation.forms import BusinessForm, ContactForm
from forum.moderation.queries import desk
from forum.moderation.views import bp
from forum.moderation.words import CONTACT_STATES


@bp.route("/moderation/businesses/<int:merchant_id>", methods=["GET", "POST"])
@login_required
def business(merchant_id: int) -> ResponseReturnValue:
    found = desk.business_for(visitor(), merchant_id)
    form = BusinessForm(domain=found.domain or "")
    if form.validate_on_submit():
        try:
            actions.describe(found, by=visitor(), domain=form.domain.data or "")
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("What you know of this business is kept."), "success")
            return redirect(url_for("moderation.business", merchant_id=merchant_id))
    return _page(merchant_id, form, ContactForm(endpoint="moderation.add_contact"))


@bp.route("/moderation/businesses/<int:merchant_id>/contacts", methods=["POST"])
@login_required(back="moderation.business")
def add_contact(merchant_id: int) -> ResponseReturnValue:
    """An address that a moderator found, with its source."""
    found = desk.business_for(visitor(), merchant_id)
    form = ContactForm()
    if form.validate_on_submit():
        try:
            actions.vouch_for_contact(found, by=visitor(), email=form.email.data or "", source=form.source.data or "")
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("The address is kept, and told of letters from now on."), "success")
            return redirect(url_for("moderation.business", merchant_id=merchant_id))
    found = desk.business_for(visitor(), merchant_id)
    return _page(merchant_id, BusinessForm(endpoint="moderation.business", domain=found.domain or ""), form)


@bp.route("/moderation/contacts/<int:contact_id>/remove", methods=["POST"])
@login_required(back="moderation.queue")
def drop_contact(contact_id: int) -> ResponseReturnValue:
    """Write to an address no more."""
    desk.ensure_desk(visitor())
    found = known.contact(contact_id)
    ensure(merchants.may_describe, visitor(), found.merchant)
    merchant_id = found.merchant_id
    actions.remove_contact(found, by=visitor())
    flash(_("Nobody writes to this address any more."), "success")
    return redirect(url_for("moderation.business", merchant_id=merchant_id))


def _page(merchant_id: int, form: BusinessForm, contact_form: ContactForm) -> ResponseReturnValue:
    return render_template(
        "moderation/business.html",
        merchant=desk.business_for(visitor(), merchant_id),
        form=form,
        contact_form=contact_form,
        contacts=known.contacts_of(merchant_id),
        states=CONTACT_STATES,
    )
