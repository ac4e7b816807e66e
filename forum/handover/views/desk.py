"""The moderators' list of bodies: their words, and which category names them in which order."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError, Missing
from forum.core.sentences import sentence
from forum.core.web import language, login_required, visitor
from forum.handover import actions, policy, queries
from forum.handover.forms import BodyForm
from forum.handover.views import bp
from forum.letters import categories

MOST_PLACES = 50


@bp.route("/moderation/bodies")
@login_required
def edit_bodies() -> ResponseReturnValue:
    """All bodies and all categories."""
    ensure(policy.may_edit_bodies, visitor(), None)
    order = queries.order()
    return render_template(
        "handover/desk.html",
        bodies=queries.all_bodies(),
        categories=[
            {"key": one.key, "name": categories.name(one, language()), "count": len(order.get(one.key, []))}
            for one in categories.every()
        ],
    )


@bp.route("/moderation/bodies/new", methods=["GET", "POST"])
@login_required
def add_body() -> ResponseReturnValue:
    """Write down a body that no list names yet."""
    ensure(policy.may_edit_bodies, visitor(), None)
    form = BodyForm()
    if form.validate_on_submit():
        try:
            actions.add_body(form.words, by=visitor())
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("Kept. Now choose the categories that name it."), "success")
            return redirect(url_for("handover.edit_bodies"))
    return render_template("handover/body.html", form=form, body=None)


@bp.route("/moderation/bodies/<int:body_id>", methods=["GET", "POST"])
@login_required
def edit_body(body_id: int) -> ResponseReturnValue:
    """Change what is known of a body, or take it off the lists."""
    body = queries.body_for(visitor(), body_id)
    form = BodyForm(
        seen=body.version,
        listed=body.ended_at is None,
        website=body.url,
        **{name: getattr(body, name) for name in ("name", "takes", "first", "reach", "address")},
    )
    if form.validate_on_submit():
        try:
            actions.change_body(body, form.words, listed=form.listed.data, by=visitor(), seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
            body = queries.body_for(visitor(), body_id)
            form.seen.data = body.version
        else:
            flash(_("Kept."), "success")
            return redirect(url_for("handover.edit_bodies"))
    return render_template("handover/body.html", form=form, body=body)


@bp.route("/moderation/bodies/order/<slug>", methods=["GET", "POST"])
@login_required
def order_bodies(slug: str) -> ResponseReturnValue:
    """Say which bodies a category names, and in which order: a number for each, none for those it does not name."""
    ensure(policy.may_edit_bodies, visitor(), None)
    category = categories.find(slug)
    if category is None:
        raise Missing
    if request.method == "POST":
        places = [(_place(name), int(name.removeprefix("place-"))) for name in request.form if _is_place(name)]
        chosen = [number for place, number in sorted(places) if place]
        try:
            actions.order_bodies(slug, chosen, by=visitor())
        except DomainError as problem:
            flash(sentence(problem), "error")
        else:
            flash(_("Kept."), "success")
        return redirect(url_for("handover.order_bodies", slug=slug))
    listed = queries.bodies()
    places_now = {number: place for place, number in enumerate(queries.order().get(slug, []), start=1)}
    return render_template(
        "handover/order.html",
        category=categories.name(category, language()),
        slug=slug,
        bodies=sorted(listed, key=lambda body: (places_now.get(body.id, MOST_PLACES), body.name)),
        places=places_now,
        most=max(len(listed), 1),
    )


def _is_place(name: str) -> bool:
    number = name.removeprefix("place-")
    return name.startswith("place-") and number.isascii() and number.isdigit() and len(number) < 10


def _place(name: str) -> int:
    text = request.form[name]
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:4]) <= MOST_PLACES else 0
