"""What the moderators know of a business: the domain that proves its voices, and the address that is told of letters."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.merchants import actions
from forum.moderation.forms import BusinessForm
from forum.moderation.queries import desk
from forum.moderation.views import bp


@bp.route("/moderation/businesses/<int:merchant_id>", methods=["GET", "POST"])
@login_required
def business(merchant_id: int) -> ResponseReturnValue:
    found = desk.business_for(visitor(), merchant_id)
    form = BusinessForm(domain=found.domain or "", contact_email=found.contact_email or "")
    if form.validate_on_submit():
        try:
            actions.describe(
                found, by=visitor(), domain=form.domain.data or "", contact_email=form.contact_email.data or ""
            )
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("What you know of this business is kept."), "success")
            return redirect(url_for("moderation.business", merchant_id=merchant_id))
    return render_template("moderation/business.html", merchant=found, form=form)
