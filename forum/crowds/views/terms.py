"""The lists of words and links that moderators look out for: read, added to, taken from."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.crowds import actions, policy, queries
from forum.crowds.forms import RemovalForm, TermForm
from forum.crowds.lifecycle import TermList
from forum.crowds.matching import key_of
from forum.crowds.views import bp
from forum.crowds.words import LISTS


@bp.route("/moderation/words", methods=["GET", "POST"])
@login_required
def terms() -> ResponseReturnValue:
    ensure(policy.may_keep_lists, visitor(), None)
    form = TermForm()
    if form.validate_on_submit():
        try:
            made = actions.add_term(form.term.data, to=TermList(form.list.data), by=visitor(), why=form.why.data)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("“%(term)s” is looked for from now on.", term=made.shown), "success")
            return redirect(url_for("crowds.terms"))
    return _page(form), 422 if form.errors or form.form_errors else 200


@bp.route("/moderation/words/remove", methods=["GET", "POST"])
@login_required
def remove_term() -> ResponseReturnValue:
    """Ask why, then look for it no more."""
    ensure(policy.may_keep_lists, visitor(), None)
    form = RemovalForm(key=request.args.get("key", ""))
    if form.validate_on_submit():
        try:
            row = actions.remove_term(key_of(form.key.data or ""), by=visitor(), why=form.why.data)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("“%(term)s” is not looked for any more.", term=row.shown), "success")
            return redirect(url_for("crowds.terms"))
    page = render_template("crowds/remove.html", form=form, key=key_of(form.key.data or ""))
    return page, 422 if form.errors or form.form_errors else 200


def _page(form: TermForm) -> str:
    return render_template("crowds/terms.html", form=form, lists=LISTS, terms=queries.listed(), changes=queries.changes())
