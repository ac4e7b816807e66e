"""What the moderators know of a business: the domain that proves its voices, the addresses that are told of letters, its names."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.merchants import actions
from forum.merchants import policy as own
from forum.merchants import queries as merchants
from forum.merchants.models import Merchant
from forum.moderation import policy
from forum.moderation.forms import BusinessForm, ContactForm
from forum.moderation.naming_forms import NameDecisionForm, NameForm
from forum.moderation.queries import businesses as queries
from forum.moderation.queries import desk
from forum.moderation.queries.pane import pane
from forum.moderation.views import bp
from forum.moderation.words import CONTACT_STATES


@bp.route("/moderation/businesses/<int:merchant_id>", methods=["GET", "POST"])
@login_required
def business(merchant_id: int) -> ResponseReturnValue:
    found = desk.business_for(visitor(), merchant_id)
    if found.merged_into_id is not None:
        return redirect(url_for("moderation.business", merchant_id=merchants.moved_to(found).id))
    form = BusinessForm(domain=found.domain or "")
    if form.validate_on_submit():
        try:
            actions.describe(found, by=visitor(), domain=form.domain.data or "")
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("What you know of this business is kept."), "success")
            return redirect(url_for("moderation.business", merchant_id=merchant_id))
    return _page(found, form=form)


@bp.route("/moderation/businesses/<int:merchant_id>/names", methods=["POST"])
@login_required(back="moderation.business")
def add_name(merchant_id: int) -> ResponseReturnValue:
    """Give a business another name."""
    found, form = desk.business_for(visitor(), merchant_id), NameForm()
    if form.validate_on_submit():
        try:
            actions.add_name(found, by=visitor(), name=form.name.data or "", kind=form.chosen)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("The name is kept: letters to it go to this business."), "success")
            return redirect(url_for("moderation.business", merchant_id=merchant_id))
    return _page(desk.business_for(visitor(), merchant_id), name_form=form)


@bp.route("/moderation/names/<int:name_id>/decide", methods=["POST"])
@login_required(back="moderation.names")
def decide_name(name_id: int) -> ResponseReturnValue:
    """Accept or refuse a proposed name, or take an accepted one away."""
    ensure(policy.may_open_desk, visitor(), None)
    found, form, pressed = merchants.merchant_name(name_id), NameDecisionForm(), request.form.get("decision", "")
    merchant_id = found.merchant_id
    ensure(own.may_describe, visitor(), found.merchant)
    name_form = NameForm(endpoint="moderation.add_name")
    if pressed in DONE and form.validate_on_submit():
        try:
            if pressed == "remove":
                actions.remove_name(found, by=visitor())
            else:
                actions.decide_name(found, by=visitor(), accept=pressed == "accept", message=form.message.data or "")
        except DomainError as problem:
            name_form.explain(problem)
        else:
            flash(DONE[pressed](), "success")
            return redirect(url_for("moderation.business", merchant_id=merchant_id))
    return _page(desk.business_for(visitor(), merchant_id), name_form=name_form)


DONE = {
    "accept": lambda: _("The name is kept: letters to it go to this business."),
    "refuse": lambda: _("The name is refused."),
    "remove": lambda: _("The name is taken away."),
}


@bp.route("/moderation/businesses/<int:merchant_id>/clear", methods=["POST"])
@login_required(back="moderation.business")
def clear_name(merchant_id: int) -> ResponseReturnValue:
    """Say that a business whose name looks like a proven one's is a business of its own."""
    actions.clear_name(desk.business_for(visitor(), merchant_id), by=visitor())
    flash(_("The name is cleared: it is a business of its own."), "success")
    return redirect(url_for("moderation.business", merchant_id=merchant_id))


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
    return _page(desk.business_for(visitor(), merchant_id), contact_form=form)


@bp.route("/moderation/contacts/<int:contact_id>/remove", methods=["POST"])
@login_required(back="moderation.queue")
def drop_contact(contact_id: int) -> ResponseReturnValue:
    """Write to an address no more."""
    desk.ensure_desk(visitor())
    found = merchants.contact(contact_id)
    ensure(own.may_describe, visitor(), found.merchant)
    merchant_id = found.merchant_id
    actions.remove_contact(found, by=visitor())
    flash(_("Nobody writes to this address any more."), "success")
    return redirect(url_for("moderation.business", merchant_id=merchant_id))


def _page(
    found: Merchant,
    *,
    form: BusinessForm | None = None,
    name_form: NameForm | None = None,
    contact_form: ContactForm | None = None,
) -> str:
    return render_template(
        "moderation/business.html",
        pane=pane(visitor(), f"doubted:{found.id}", f"proposed:{found.id}"),
        merchant=found,
        form=form or BusinessForm(endpoint="moderation.business", domain=found.domain or ""),
        name_form=name_form or NameForm(endpoint="moderation.add_name"),
        names=merchants.other_names(found.id),
        proposals=queries.waiting_proposals(found.id),
        suspect=queries.suspect_of(found),
        merges=queries.merges_into(found.id),
        record=queries.record_of(found.id),
        contact_form=contact_form or ContactForm(endpoint="moderation.add_contact"),
        contacts=merchants.contacts_of(found.id),
        states=CONTACT_STATES,
    )
