"""The author's pack of a case: one page, two buttons."""

from datetime import timedelta
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from forum.attachments.names import content_disposition
from forum.core import limits
from forum.core.errors import DomainError
from forum.core.text import slug
from forum.core.web import login_required, visitor
from forum.handover import actions, policy, queries
from forum.handover.bundle import bundle
from forum.handover.content import gather
from forum.handover.forms import PackForm
from forum.handover.models import Pack
from forum.handover.views import bp
from forum.letters.models import Case
from forum.letters.policy import is_author
from forum.letters.queries import case_for, letter_for

PACKS_PER_HOUR = 12
"""Files a person may have made an hour."""
MIMES = {"pdf": "application/pdf", "zip": "application/zip"}


@bp.route("/cases/<int:case_id>/hand-over", methods=["GET", "POST"])
@login_required
def pack(case_id: int) -> ResponseReturnValue:
    """Choose the body, then take the pack as PDF or ZIP; before there is a ground the page says when."""
    case = case_for(visitor(), case_id, policy.may_take_pack)
    offered = [(body.id, body.name) for body in queries.bodies_of(case.letter.category)]
    form = PackForm(offered=offered, language=visitor().language)
    if form.validate_on_submit():
        try:
            limits.allow("pack", str(visitor().id), most=PACKS_PER_HOUR, window=timedelta(hours=1))
            taken = actions.take_pack(
                case,
                by=visitor(),
                body_id=form.body_id,
                language=form.language.data,
                private=form.private.data,
                once=form.once.data,
            )
        except DomainError as problem:
            form.explain(problem)
            case = case_for(visitor(), case_id, policy.may_take_pack)
        else:
            return _file(case_id, case.letter_id, taken, form.file.data)
    return _page(case, form)


def _page(case: Case, form: PackForm) -> ResponseReturnValue:
    standing = queries.standing_of(case)
    return render_template(
        "handover/pack.html",
        case=case,
        letter=case.letter,
        letter_url=url_for(
            "letters.read", letter_id=case.letter_id, slug=slug(case.letter.title), _anchor=f"case-{case.id}"
        ),
        clock=standing.clock,
        ground=standing.ground,
        bodies=queries.bodies_of(case.letter.category),
        packs=queries.packs_of(case),
        has_details=any((case.details or {}).values()),
        form=form,
    )


def _file(case_id: int, letter_id: int, taken: Pack, kind: str) -> ResponseReturnValue:
    letter = letter_for(visitor(), letter_id, is_author, files=True)
    case = next(one for one in letter.cases if one.id == case_id)
    ground = queries.standing_of(case).ground
    if ground is None:
        flash(_("The case has changed meanwhile: there is no ground for a pack any more."), "info")
        return redirect(url_for("handover.pack", case_id=case.id))
    storage: Any = current_app.extensions["storage"]
    with force_locale(taken.language):
        from forum.handover.paper import paper  # with it comes fpdf, a third of what a process imports

        contents = gather(case, taken, visitor(), ground)
        drawn = paper(contents)
        body: Any = drawn if kind == "pdf" else bundle(contents, drawn, storage)
    response = Response(body, mimetype=MIMES[kind])
    response.headers["Content-Disposition"] = content_disposition(f"{taken.label}.{kind}", inline=False)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
