"""The subjects of letters: added, named, ordered, retired."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.console import actions, policy
from forum.console.forms import CategoryForm, KnownCategoryForm
from forum.console.queries import steered
from forum.console.views import bp
from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor


@bp.route("/console/categories", methods=["GET", "POST"])
@login_required
def categories() -> ResponseReturnValue:
    """All of them, and a form for one more."""
    ensure(policy.may_operate, visitor(), None)
    form = CategoryForm()
    if form.validate_on_submit():
        try:
            actions.add_category(form.indonesian.data, form.english.data, by=visitor())
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("New letters can be filed under it now."), "success")
            return redirect(url_for("console.categories"))
    page = render_template("console/categories.html", form=form, rows=steered.categories())
    return page, 422 if form.errors or form.form_errors else 200


@bp.route("/console/categories/<key>", methods=["GET", "POST"])
@login_required
def category(key: str) -> ResponseReturnValue:
    """Name it anew, move it, retire it or offer it again."""
    ensure(policy.may_operate, visitor(), None)
    row = steered.category_by_key(key)
    form = KnownCategoryForm(
        indonesian=row.indonesian, english=row.english, position=row.position, retired=row.retired, seen=row.version
    )
    if form.validate_on_submit():
        try:
            actions.change_category(
                row,
                form.indonesian.data,
                form.english.data,
                position=form.position.data,
                retired=form.retired.data,
                by=visitor(),
                seen=form.seen.data,
            )
        except DomainError as problem:
            form.explain(problem)
            form.seen.data = steered.category_by_key(key).version
        else:
            flash(_("Kept."), "success")
            return redirect(url_for("console.categories"))
    page = render_template("console/category.html", form=form, row=row)
    return page, 422 if form.errors or form.form_errors else 200
