"""The moderators' pages of contests: one with what both sides say, and the decision."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.queries import language_of, person
from forum.attachments.addresses import address
from forum.contests import actions, policy, queries
from forum.contests.actions import Verdict
from forum.contests.forms import DecisionForm
from forum.contests.lifecycle import ContestState
from forum.contests.models import Contest
from forum.contests.views import bp
from forum.contests.views.sides import facts
from forum.core.access import ensure
from forum.core.errors import DomainError, Missing
from forum.core.web import login_required, visitor
from forum.letters.passages import same
from forum.moderation.policy import may_open_desk
from forum.moderation.queries.pane import pane
from forum.moderation.queries.panel import panel_of


@bp.route("/moderation/contests/<int:contest_id>", methods=["GET"])
@login_required
def desk(contest_id: int) -> ResponseReturnValue:
    found = _found(contest_id)
    return _page(found, DecisionForm(found, to=language_of(found.letter.author_id), endpoint="contests.decide"), fresh=True)


@bp.route("/moderation/contests/<int:contest_id>/decide", methods=["POST"])
@login_required(back="contests.desk")
def decide(contest_id: int) -> ResponseReturnValue:
    found = _found(contest_id)
    ensure(policy.may_decide, visitor(), queries.dispute(found))
    form = DecisionForm(found, to=language_of(found.letter.author_id))
    pressed = form.decision.data in {"uphold", "reject"}  # Enter in a field only shows the page again
    if pressed and form.validate_on_submit() and not form.propose():
        uphold = form.decision.data == "uphold"
        verdict = Verdict(uphold, form.found, form.message.data or "", form.follows if uphold else None)
        try:
            actions.decide(found, verdict, by=visitor(), seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
            return _page(_found(contest_id), form, fresh=problem.code == "stale")
        flash(_("The contest is upheld.") if uphold else _("The contest is rejected."), "success")
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(found, form)


def _found(contest_id: int) -> Contest:
    ensure(may_open_desk, visitor(), None)
    found = queries.contest_by_id(contest_id)
    if found.state is ContestState.UNPROVEN:
        raise Missing
    return found


def _page(found: Contest, form: DecisionForm, *, fresh: bool = False) -> ResponseReturnValue:
    if fresh:
        form.seen.data = found.version
    others = [one for one in queries.decided_on(found.letter_id) if one.id != found.id]
    author = person(found.letter.author_id)
    challenger = person(found.by_id) if found.by_id else None
    more: dict[str, Any] = {
        "form": form,
        "may_decide": policy.may_decide(visitor(), queries.dispute(found)),
        "may_uphold": found.state is ContestState.HEARD or found.hides,
        "author": author.name if author else "",
        "challenger": found.name or (challenger.name if challenger else ""),
        "panel": panel_of(
            [(_("passage"), "\n".join(found.passages)), (_("contest"), found.text), (_("answer"), found.answer)],
            person_id=found.letter.author_id,
            merchants=[case.merchant for case in found.letter.cases],
            letter=found.letter,
            known_names=[found.letter.byline],
        ),
        "files": [(one, address(one)) for one in queries.files_of(found)],
        "before": [(one, bool(same(found.passages, one.passages))) for one in others],
    }
    return render_template("contests/desk.html", pane=pane(visitor(), f"contest:{found.id}"), **facts(found), **more), 422 if form.errors or form.form_errors else 200
