"""Pages about the interface: how to use it, and the tokens of a business."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from forum.api import actions, policy, queries
from forum.api.forms import TokenForm, scope_words
from forum.api.lifecycle import Scope
from forum.api.samples import samples
from forum.api.views import bp
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.errors import DomainError
from forum.core.rates import LIMITS
from forum.core.web import login_required, visitor
from forum.webhooks.lifecycle import RETRIES, TEST, TYPES
from forum.webhooks.queries import merchant_to_integrate


@bp.route("/api", methods=["GET"])
def about() -> ResponseReturnValue:
    """How a business's own systems talk with the site."""
    return render_template(
        "api/about.html",
        scopes=[(scope.value, scope_words(scope)) for scope in Scope],
        kinds=[*TYPES.values(), TEST],
        samples=samples(settings().site_url),
        calls=LIMITS["api"].number,
        tries=len(RETRIES) + 1,
    )


@bp.route("/merchants/<slug>/tokens", methods=["GET", "POST"])
@login_required
def tokens(slug: str) -> ResponseReturnValue:
    """The tokens of a business, and the form for one more; a new one is shown once, on the answer to its form."""
    merchant = merchant_to_integrate(visitor(), slug, policy.may_make_token)
    form, secret = TokenForm(), None
    if form.validate_on_submit():
        try:
            secret = actions.make_token(
                merchant,
                by=visitor(),
                name=form.name.data,
                scopes={Scope(one) for one in form.scopes.data or ()},
                life=timedelta(days=int(form.life.data)),
                once=form.once.data,
            )
        except DomainError as problem:
            form.explain(problem)
        else:
            form = TokenForm(formdata=MultiDict())
        merchant = merchant_to_integrate(visitor(), slug, policy.may_make_token)
    return render_template(
        "api/tokens.html",
        merchant=merchant,
        form=form,
        secret=secret,
        tokens=queries.tokens_of(merchant, utcnow()),
        scope_words={scope.value: scope_words(scope) for scope in Scope},
    )


@bp.route("/tokens/<int:token_id>/end", methods=["POST"])
@login_required
def end_token(token_id: int) -> ResponseReturnValue:
    """End a token."""
    merchant = actions.end_token(token_id, by=visitor())
    flash(_("The token is ended; nothing is let in with it any more."), "success")
    return redirect(url_for("api.tokens", slug=merchant.slug))
