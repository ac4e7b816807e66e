"""Businesses merged and parted by moderators."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.access import ensure
from forum.core.db import LARGEST_ID
from forum.core.errors import DomainError, Invalid
from forum.core.templating import address
from forum.core.web import login_required, visitor
from forum.merchants import queries as merchants
from forum.merchants.models import LONGEST_MERCHANT_NAME_CHARACTERS, Merchant
from forum.moderation import actions, policy
from forum.moderation.naming_forms import MergeForm, NameForm, SplitForm
from forum.moderation.queries import businesses as queries
from forum.moderation.queries import desk
from forum.moderation.views import bp
from forum.moderation.views.businesses import _page as business_page


@bp.route("/moderation/businesses/<int:merchant_id>/merge", methods=["GET", "POST"])
@login_required
def merge(merchant_id: int) -> ResponseReturnValue:
    """Merge another business into this one: name it, see what would happen, do it."""
    found, form = desk.business_for(visitor(), merchant_id), MergeForm()
    ensure(policy.may_join, visitor(), queries.pair(found, None))
    if request.method == "GET":
        return _merge_page(found, request.args.get("with", "")[:LONGEST_MERCHANT_NAME_CHARACTERS], form)
    source, name = desk.business_for(visitor(), _number(form.source.data)), found.name
    if form.validate_on_submit():
        reason, kind = form.chosen
        try:
            done = actions.merge(
                source, found, by=visitor(), reason=reason, kind=kind, voices=bool(form.voices.data)
            )
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(ngettext("Merged: %(num)d letter went over to %(name)s.", "Merged: %(num)d letters went over to %(name)s.", done.letters, name=name), "success")
            return redirect(url_for("moderation.business", merchant_id=merchant_id))
    source, found = merchants.merchant_of(source.id), merchants.merchant_of(merchant_id)
    return _merge_page(found, source.name, form, source)


def _merge_page(found: Merchant, typed: str, form: MergeForm, source: Merchant | None = None) -> str:
    source = source or queries.named(typed)
    if source is not None and source.id == found.id:
        form.explain(Invalid("same_business"))
        source = None
    elif source is None and typed.strip():
        form.explain(Invalid("no_such_business"))
    may = source is None or policy.may_join(visitor(), queries.pair(found, source))
    return render_template(
        "moderation/merge.html",
        merchant=found,
        typed=typed,
        source=source,
        outlook=queries.outlook(source, found) if source is not None else None,
        may=may,
        form=form,
        most_double=queries.MOST_DOUBLE,
    )


@bp.route("/moderation/merges/<int:merge_id>/undo", methods=["POST"])
@login_required(back="moderation.queue")
def undo_merge(merge_id: int) -> ResponseReturnValue:
    """Part what a merge joined."""
    found = queries.merge_for(visitor(), merge_id)
    source, target = found.from_merchant, found.into_merchant
    source_id, target_id, name = source.id, target.id, source.name
    ensure(policy.may_join, visitor(), queries.pair(source, target))
    try:
        number = actions.undo_merge(found, by=visitor())
    except DomainError as problem:
        form = NameForm(endpoint="moderation.add_name")
        form.explain(problem)
        return business_page(desk.business_for(visitor(), target_id), name_form=form)
    flash(ngettext("Parted: %(num)d letter went back to %(name)s.", "Parted: %(num)d letters went back to %(name)s.", number, name=name), "success")
    return redirect(url_for("moderation.business", merchant_id=source_id))


@bp.route("/moderation/businesses/<int:merchant_id>/split", methods=["GET", "POST"])
@login_required
def split(merchant_id: int) -> ResponseReturnValue:
    """Choose letters and names of a business that are another one's."""
    found, form = desk.business_for(visitor(), merchant_id), SplitForm()
    ensure(policy.may_join, visitor(), queries.pair(found, None))
    cases, names = _numbers("cases"), _numbers("names")
    if form.validate_on_submit():
        try:
            other = actions.split(
                found, by=visitor(), to=form.to.data or "", case_ids=cases, name_ids=names, reason=form.chosen
            )
        except DomainError as problem:
            form.explain(problem)
        else:
            other_id, name = other.id, other.name
            flash(_("What you chose is of %(name)s now.", name=name), "success")
            return redirect(url_for("moderation.business", merchant_id=other_id))
    found = desk.business_for(visitor(), merchant_id)
    page = queries.cases_of(found.id, request.args.get("after"))
    return render_template(
        "moderation/split.html",
        merchant=found,
        form=form,
        cases=page.items,
        chosen=set(cases),
        names=[one for one in merchants.other_names(found.id) if one.merged_from_id is None],
        chosen_names=set(names),
        here=request.full_path if request.query_string else request.path,
        first=url_for("moderation.split", merchant_id=merchant_id) if request.args.get("after") else None,
        following=address("moderation.split", merchant_id=merchant_id, after=page.next) if page.next else None,
    )


def _numbers(name: str) -> list[int]:
    return [_number(value) for value in request.form.getlist(name)[: queries.CASES_A_PAGE * 2]]


def _number(value: str | None) -> int:
    """The number of a row, 0 (no row) for anything else."""
    text = value or ""
    return number if text.isascii() and text.isdigit() and len(text) < 20 and (number := int(text)) <= LARGEST_ID else 0
