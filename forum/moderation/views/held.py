"""A comment that waits: published or refused, one or all near-equal ones; and letters that say nearly the same."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.comments.lifecycle import CommentState
from forum.comments.policy import may_moderate
from forum.comments.words import held_words
from forum.core.access import ensure
from forum.core.errors import DomainError, Missing
from forum.core.web import login_required, visitor
from forum.moderation import actions, policy
from forum.moderation.forms import HeldForm
from forum.moderation.queries.held import held_for
from forum.moderation.queries.pane import pane
from forum.moderation.queries.panel import panel_of
from forum.moderation.queries.queue_of_letters import alike_letters
from forum.moderation.views import bp


@bp.route("/moderation/held/<int:comment_id>", methods=["GET"])
@login_required
def held_comment(comment_id: int) -> ResponseReturnValue:
    return _page(comment_id)


@bp.route("/moderation/held/<int:comment_id>/decide", methods=["POST"])
@login_required(back="moderation.held_comment")
def decide_held(comment_id: int) -> ResponseReturnValue:
    found = held_for(visitor(), comment_id)
    ensure(may_moderate, visitor(), found.comment)
    form = HeldForm(to=found.author.language if found.author else None)
    decision = form.decision.data
    if decision in {"publish", "refuse"} and form.validate_on_submit():
        if decision == "refuse" and form.propose():
            return _page(comment_id, form)
        try:
            number = actions.decide_held(
                found.comment,
                publish=decision == "publish",
                by=visitor(),
                reason=form.chosen,
                message=form.said,
                seen=form.seen.data,
                others=found.others if form.all.data else (),
            )
        except DomainError as problem:
            form.explain(problem)
            return _page(comment_id, form, fresh=problem.code in {"stale", "already_decided"})
        flash(_done(decision, number), "success")
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(comment_id, form)


def _done(decision: str, number: int) -> str:
    if decision == "publish":
        return str(ngettext("%(num)d comment is published.", "%(num)d comments are published.", number))
    return str(
        ngettext(
            "%(num)d comment is refused, and its author is told why.",
            "%(num)d comments are refused, and their authors are told why.",
            number,
        )
    )


def _page(comment_id: int, form: HeldForm | None = None, *, fresh: bool = False) -> ResponseReturnValue:
    found = held_for(visitor(), comment_id)
    if form is None:
        form, fresh = HeldForm(to=found.author.language if found.author else None, endpoint="moderation.decide_held"), True
    if fresh:
        form.seen.data = found.comment.version
    shown: dict[str, Any] = {
        "pane": pane(visitor(), f"held:{comment_id}"),
        "held": found,
        "comment": found.comment,
        "letter": found.comment.letter,
        "why": held_words(found.comment.held_for),
        "form": form,
        "panel": panel_of(
            [(_("comment"), found.comment.text)],
            person_id=found.comment.author_id,
            merchants=[case.merchant for case in found.comment.letter.cases],
            known_names=[found.comment.byline],
        ),
        "waits": found.comment.state is CommentState.HELD,
        "refused": found.comment.state is CommentState.REFUSED,
        "may_decide": may_moderate(visitor(), found.comment),
    }
    return render_template("moderation/held.html", **shown)


@bp.route("/moderation/letters/<int:letter_id>/alike", methods=["GET"])
@login_required
def alike(letter_id: int) -> ResponseReturnValue:
    """Letters that say nearly the same and wait, as one group."""
    ensure(policy.may_open_desk, visitor(), None)
    rows = alike_letters(letter_id)
    if not rows:
        raise Missing
    return render_template("moderation/alike.html", rows=rows, letter_id=letter_id)
