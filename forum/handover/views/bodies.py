"""Where to turn next: the bodies by category, for everybody."""

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.core.errors import Missing
from forum.core.web import language
from forum.handover import queries
from forum.handover.views import bp
from forum.letters import categories


@bp.route("/bodies")
def bodies() -> ResponseReturnValue:
    """All bodies, and which of them a category names."""
    listed, order = queries.bodies(), queries.order()
    names = {body.id: body.name for body in listed}
    return render_template(
        "handover/bodies.html",
        bodies=listed,
        categories=[
            {
                "key": one.key,
                "name": categories.name(one, language()),
                "bodies": [names[number] for number in order.get(one.key, []) if number in names],
            }
            for one in categories.every()
        ],
    )


@bp.route("/bodies/<slug>")
def bodies_of(slug: str) -> ResponseReturnValue:
    """The bodies of one category, the first to turn to first."""
    category = categories.find(slug)
    if category is None:
        raise Missing
    return render_template(
        "handover/category.html",
        category=categories.name(category, language()),
        slug=slug,
        bodies=queries.bodies_of(slug),
    )
