"""A new version of a published letter, beside the one that stands."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.queries import language_of
from forum.core.access import ensure
from forum.core.errors import DomainError, Invalid
from forum.core.web import login_required, visitor
from forum.letters.lifecycle import RevisionState
from forum.letters.queries.history import differences
from forum.moderation import actions, policy
from forum.moderation.forms import DecisionForm
from forum.moderation.queries import desk
from forum.moderation.queries.pane import pane
from forum.moderation.queries.panel import panel_of
from forum.moderation.views import bp


@bp.route("/moderation/revisions/<int:revision_id>", methods=["GET"])
@login_required
def revision(revision_id: int) -> ResponseReturnValue:
    return _page(revision_id)


@bp.route("/moderation/revisions/<int:revision_id>/decide", methods=["POST"])
@login_required(back="moderation.revision")
def decide_revision(revision_id: int) -> ResponseReturnValue:
    found = desk.revision_for(visitor(), revision_id)
    ensure(policy.may_decide_revision, visitor(), found)
    form = DecisionForm(to=language_of(found.letter.author_id))
    accept = form.decision.data == "accept"
    if form.validate_on_submit():
        if not accept and form.propose():
            return _page(revision_id, form)
        try:
            actions.decide_revision(
                found,
                accept=accept,
                by=visitor(),
                reason=form.chosen,
                message=form.said,
                seen=form.seen.data,
            )
        except DomainError as problem:
            form.explain(problem)
            return _page(revision_id, form, fresh=not isinstance(problem, Invalid))
        flash(_("The new version is published.") if accept else _("The new version is refused."), "success")
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(revision_id, form)


def _page(revision_id: int, form: DecisionForm | None = None, *, fresh: bool = False) -> ResponseReturnValue:
    found = desk.revision_for(visitor(), revision_id)
    if form is None:
        form, fresh = DecisionForm(to=language_of(found.letter.author_id), endpoint="moderation.decide_revision"), True
    if fresh:
        form.seen.data = found.letter.version
    return render_template(
        "moderation/revision.html",
        pane=pane(visitor(), f"revision:{revision_id}"),
        revision=found,
        letter=found.letter,
        form=form,
        waits=found.state is RevisionState.WAITING,
        may_decide=policy.may_decide_revision(visitor(), found),
        title_parts=differences(found.letter.title, found.title),
        text_parts=differences(found.letter.text, found.text),
        panel=panel_of(
            [(_("title"), found.title), (_("text"), found.text), (_("reason"), found.why)],
            person_id=found.letter.author_id,
            merchants=[case.merchant for case in found.letter.cases],
            letter=found.letter,
            known_names=[found.letter.byline],
        ),
    )
