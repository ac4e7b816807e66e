"""Templates of a business: the list, one to read and change, a new one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError, Missing
from forum.core.web import login_required, visitor
from forum.desk import actions, policy, queries
from forum.desk.forms import TemplateForm, wanted_of
from forum.desk.views import bp
from forum.desk.words import placeholder_words
from forum.merchants.models import Merchant
from forum.responses.placeholders import unknown_in


@bp.route("/desk/templates", methods=["GET"])
@login_required
def templates() -> ResponseReturnValue:
    """The templates of my businesses."""
    ensure(policy.may_use_desk, visitor(), None)
    who = visitor()
    businesses = queries.businesses_of(who)
    found = queries.templates_of([one.id for one in businesses])
    return render_template(
        "desk/templates.html",
        groups=[(one, [t for t in found if t.merchant_id == one.id], policy.may_write_templates(who, one.id)) for one in businesses],
    )


def _business(merchant_id: int | None) -> Merchant:
    """One of the person's businesses, the first when none is named; raises Missing or, for readers, NotAllowed."""
    ensure(policy.may_use_desk, visitor(), None)
    mine = queries.businesses_of(visitor())
    found = next((one for one in mine if merchant_id in {None, one.id}), None)
    if found is None:
        raise Missing
    ensure(policy.may_write_templates, visitor(), found.id)
    return found


@bp.route("/desk/templates/new", methods=["GET", "POST"])
@login_required
def new_template() -> ResponseReturnValue:
    """Write a template."""
    business = _business(wanted_of(request.args).merchant)
    form = TemplateForm()
    if form.validate_on_submit():
        try:
            actions.add_template(
                business.id, by=visitor(), name=form.name.data, text=form.text.data, once=form.once.data
            )
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("The template is kept."), "success")
            return redirect(url_for("desk.templates"))
    return _edit_page(form, business.name)


@bp.route("/desk/templates/<int:template_id>", methods=["GET", "POST"])
@login_required
def template(template_id: int) -> ResponseReturnValue:
    """Read and change a template."""
    found = queries.template_for(visitor(), template_id)
    form = TemplateForm(name=found.name, text=found.text, seen=found.version)
    if form.validate_on_submit():
        try:
            actions.change_template(
                found, by=visitor(), name=form.name.data, text=form.text.data, seen=form.seen.data
            )
        except DomainError as problem:
            form.explain(problem)
            found = queries.template_for(visitor(), template_id)
        else:
            flash(_("The template is kept."), "success")
            return redirect(url_for("desk.templates"))
    business = next(one for one in queries.businesses_of(visitor()) if one.id == found.merchant_id)
    return _edit_page(form, business.name, template=found, versions=queries.versions_of(found))


def _edit_page(form: TemplateForm, business: str, **more: Any) -> ResponseReturnValue:
    return render_template(
        "desk/template.html",
        form=form,
        business=business,
        placeholders=placeholder_words(),
        unknown=unknown_in(form.text.data or ""),
        **{"template": None, "versions": (), **more},
    )


@bp.route("/desk/templates/<int:template_id>/end", methods=["POST"])
@login_required(back="desk.template")
def end_template(template_id: int) -> ResponseReturnValue:
    """Take a template out of use."""
    actions.end_template(queries.template_for(visitor(), template_id), by=visitor())
    flash(_("The template is out of use."), "success")
    return redirect(url_for("desk.templates"))
