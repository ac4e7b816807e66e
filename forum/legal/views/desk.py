"""The moderators' pages of legal notices: all of them, one with its history, its documents, the answer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug import Response as Answer

from forum.attachments import actions as attachments
from forum.attachments.queries.openings import openings_of
from forum.attachments.serving import answer as send
from forum.core.access import ensure
from forum.core.errors import DomainError, Missing
from forum.core.events import Role
from forum.core.sentences import sentence
from forum.core.text import slug
from forum.core.web import login_required, visitor
from forum.legal import actions, queries
from forum.legal.forms import AnswerForm
from forum.legal.lifecycle import Demand, NoticeState
from forum.legal.models import LegalNotice
from forum.legal.queries.notices import documents_of, history_of
from forum.legal.views import bp
from forum.moderation.policy import may_open_desk
from forum.moderation.queries.pane import pane

ROWS = 25
MOST_OPENINGS = 20  # shown of a document


@bp.route("/moderation/legal/all", methods=["GET"])
@login_required
def every() -> ResponseReturnValue:
    """All notices: those that wait first, then the others."""
    ensure(may_open_desk, visitor(), None)
    page = queries.waiting(request.args.get("after"), size=ROWS, every=True)
    return render_template(
        "legal/every.html",
        rows=page.items,
        first=url_for("legal.every") if request.args.get("after") else None,
        following=url_for("legal.every", after=page.next) if page.next else None,
    )


@bp.route("/moderation/legal/<int:notice_id>", methods=["GET"])
@login_required
def desk(notice_id: int) -> ResponseReturnValue:
    """One notice, for moderators without a part in it."""
    return _page(queries.notice_for(visitor(), notice_id), AnswerForm(endpoint="legal.answer"), fresh=True)


@bp.route("/moderation/legal/<int:notice_id>/answer", methods=["POST"])
@login_required(back="legal.desk")
def answer(notice_id: int) -> ResponseReturnValue:
    """The answer: kept, mailed, told to the authors."""
    found = queries.notice_for(visitor(), notice_id)
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            actions.answer(found, by=visitor(), outcome=form.chosen, text=form.text.data or "", seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
            return _page(queries.notice_for(visitor(), notice_id), form, fresh=problem.code == "stale")
        flash(_("The answer is kept. It goes by mail where there is an address."), "success")
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(found, form)


@bp.route("/moderation/legal/<int:notice_id>/close", methods=["POST"])
@login_required(back="legal.desk")
def close(notice_id: int) -> ResponseReturnValue:
    """Close the matter; what is held stays held."""
    found = queries.notice_for(visitor(), notice_id)
    try:
        actions.close(found, by=visitor(), seen=AnswerForm().seen.data)
    except DomainError as problem:
        flash(sentence(problem), "warning")
    else:
        flash(_("The matter is closed. What is held stays held until two persons release it."), "success")
        if request.form.get("place"):
            return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return redirect(url_for("legal.desk", notice_id=notice_id))


@bp.route("/moderation/legal/<int:notice_id>/documents/<int:file_id>", methods=["POST"])
@login_required(back="legal.desk")
def document(notice_id: int, file_id: int) -> Answer:
    """One document of a notice: sent only after it is written down who opens it."""
    found = queries.notice_for(visitor(), notice_id)
    file = next((one for one in documents_of(found.id) if one.id == file_id), None)
    if file is None:
        raise Missing
    attachments.note_opening(file, by=visitor(), role=Role.MODERATOR, variant="full")
    return send(file)


def _page(found: LegalNotice, form: AnswerForm, *, fresh: bool = False) -> ResponseReturnValue:
    if fresh:
        form.seen.data = found.version
    files = documents_of(found.id)
    return render_template(
        "legal/desk.html",
        pane=pane(visitor(), f"legal:{found.id}"),
        notice=found,
        form=form,
        things=[(one, slug(one.letter.title)) for one in found.things],
        files=[(one, openings_of(one.id, size=MOST_OPENINGS).items) for one in files],
        history=history_of(found),
        holds=queries.holds_of([one.letter_id for one in found.things]),
        may_answer=found.state is NoticeState.RECEIVED,
        may_close=found.state is not NoticeState.CLOSED,
        wants_identity=Demand.IDENTITY in found.demands,
    ), 422 if form.errors or form.form_errors else 200
