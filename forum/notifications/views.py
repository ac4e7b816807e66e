"""Pages of notifications: the inbox, the choice of mails, and the way out of a mail."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core import limits
from forum.core.access import ensure
from forum.core.errors import DomainError, Gone, Missing
from forum.core.web import login_required, open_to_others, same_origin, visitor
from forum.letters.queries.merchants import merchant_for
from forum.merchants import actions as merchants
from forum.merchants import policy
from forum.merchants import queries as known
from forum.merchants.lifecycle import ContactPurpose
from forum.merchants.models import Merchant
from forum.notifications import actions, queries
from forum.notifications import unsubscribe as ways
from forum.notifications.forms import ContactForm, MailForm
from forum.notifications.words import words_of
from forum.notifications.words.choices import choice_words, purpose_words

bp = Blueprint("notifications", __name__)
LONGEST_TOKEN_CHARACTERS = 100


@bp.route("/notifications", methods=["GET"])
@login_required
def inbox() -> ResponseReturnValue:
    """Everything a person was told, newest first."""
    page = queries.inbox(visitor(), request.args.get("after"))
    lines = [(line, words_of(line.kind, line.subject)) for line in page.items]
    following = url_for("notifications.inbox", after=page.next) if page.next else None
    return render_template(
        "notifications/inbox.html", lines=lines, following=following, later=bool(request.args.get("after"))
    )


@bp.route("/notifications/<int:notification_id>", methods=["GET"])
@login_required
def follow(notification_id: int) -> ResponseReturnValue:
    """Go where a notification leads; from our own pages it counts as read by that."""
    found, line = queries.notification_for(visitor(), notification_id)
    if same_origin():
        actions.read(found, by=visitor())
    return redirect(words_of(line.kind, line.subject).path or url_for("notifications.inbox"))


@bp.route("/notifications/<int:notification_id>/read", methods=["POST"])
@login_required(back="notifications.follow")
def read(notification_id: int) -> ResponseReturnValue:
    """Mark one as read and stay."""
    found, _line = queries.notification_for(visitor(), notification_id)
    actions.read(found, by=visitor())
    return redirect(url_for("notifications.inbox", after=request.args.get("after"), _anchor=f"n{notification_id}"))


@bp.route("/notifications/read", methods=["POST"])
@login_required(back="notifications.inbox")
def read_all() -> ResponseReturnValue:
    """Mark everything as read."""
    actions.read_all(by=visitor())
    flash(_("Everything is marked as read."), "success")
    return redirect(url_for("notifications.inbox"))


@bp.route("/notifications/settings", methods=["GET", "POST"])
@login_required
def settings() -> ResponseReturnValue:
    """Choose which mails come."""
    offered = queries.offered(visitor())
    form = MailForm(offered, queries.unwanted(visitor()))
    if form.validate_on_submit():
        every = [choice for choices in offered.values() for choice in choices]
        actions.choose(form.wanted, offered=every, by=visitor())
        flash(_("Your choice of mails is kept."), "success")
        return redirect(url_for("notifications.settings"))
    return render_template("notifications/settings.html", form=form)


@bp.route("/unsubscribe/<token>", methods=["GET", "POST"])
@open_to_others
def unsubscribe(token: str) -> ResponseReturnValue:
    """Switch a kind of mail off without signing in; mail programs send the POST by themselves (RFC 8058)."""
    way = ways.read(token)
    if request.method == "POST":
        actions.unsubscribe(way)
    return render_template(
        "notifications/unsubscribe.html",
        done=request.method == "POST",
        about=choice_words(way.choice),
        of_business=way.of_business,
    )


@bp.route("/merchants/<slug>/contacts", methods=["GET", "POST"])
@login_required
def contacts(slug: str) -> ResponseReturnValue:
    """The addresses that are told of letters about one's own business."""
    merchant = _own(slug)
    form = ContactForm()
    if form.validate_on_submit():
        try:
            merchants.register_contact(
                merchant,
                by=visitor(),
                email=form.email.data or "",
                purpose=ContactPurpose(form.purpose.data),
                permit=partial(limits.permit, "contact", str(visitor().id)),
            )
        except DomainError as problem:
            form.explain(problem)
            merchant = _own(slug)
        else:
            flash(_("The address is kept. Mail about letters goes to it when the link that we sent was followed."), "success")
            return redirect(url_for("notifications.contacts", slug=slug))
    rows = [(one, purpose_words(one.purpose)) for one in known.contacts_of(merchant.id)]
    return render_template("notifications/contacts.html", merchant=merchant, form=form, contacts=rows)


@bp.route("/contacts/<int:contact_id>/remove", methods=["POST"])
@login_required(back="notifications.inbox")
def remove_contact(contact_id: int) -> ResponseReturnValue:
    """Write to an address no more."""
    found = known.contact(contact_id)
    if not policy.may_keep_contacts(visitor(), found.merchant):
        raise Missing
    slug = found.merchant.slug
    merchants.remove_contact(found, by=visitor())
    flash(_("Nobody writes to this address any more."), "success")
    return redirect(url_for("notifications.contacts", slug=slug))


@bp.route("/contact-addresses/<token>", methods=["GET", "POST"])
@open_to_others
def confirm_contact(token: str) -> ResponseReturnValue:
    """The link mailed to a registered address: a page with a button, so that no program confirms anything."""
    found = known.contact_of_token(token[:LONGEST_TOKEN_CHARACTERS])
    if request.method == "POST" and found is not None:
        merchant = found.merchant.name
        try:
            merchants.confirm_contact(token)
        except Gone:
            found = None
        else:
            return render_template("notifications/contact.html", merchant=merchant, done=True)
    if found is None:
        return render_template("notifications/contact.html", merchant=None, done=False), 410
    return render_template("notifications/contact.html", merchant=found.merchant.name, done=False)


def _own(slug: str) -> Merchant:
    merchant = merchant_for(visitor(), slug)
    ensure(policy.may_keep_contacts, visitor(), merchant)
    return merchant
