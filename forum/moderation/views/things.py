"""A reported thing, or one that a moderator takes away without a report."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments.addresses import address
from forum.attachments.models import Attachment
from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.moderation import actions, policy, words
from forum.moderation.forms import VerdictForm
from forum.moderation.lifecycle import ThingKind
from forum.moderation.models import Thing
from forum.moderation.queries.pane import pane
from forum.moderation.queries.panel import panel_of
from forum.moderation.queries.reports import reported
from forum.moderation.queries.things import language_of, thing_for
from forum.moderation.views import bp

PATH = "/moderation/<any(letter, comment, response, attachment):kind>s/<int:thing_id>/reports"
REPLY_PATH = "/moderation/replies/<int:thing_id>/reports"
DONE = {
    "uphold": lambda: _("The reports are upheld, and the reporters have your answer."),
    "dismiss": lambda: _("The reports are dismissed, and the reporters have your answer."),
    "hide": lambda: _("It is not shown any more."),
    "restore": lambda: _("It is shown again."),
}


@bp.route(PATH, methods=["GET"])
@bp.route(REPLY_PATH, methods=["GET"], defaults={"kind": ThingKind.REPLY.value})
@login_required
def thing(kind: str, thing_id: int) -> ResponseReturnValue:
    found = _found(kind, thing_id)
    return _page(found, VerdictForm(to=language_of(found), endpoint="moderation.decide_thing"), fresh=True)


@bp.route(f"{PATH}/decide", methods=["POST"])
@bp.route(f"{REPLY_PATH}/decide", methods=["POST"], defaults={"kind": ThingKind.REPLY.value})
@login_required(back="moderation.thing")
def decide_thing(kind: str, thing_id: int) -> ResponseReturnValue:
    found = _found(kind, thing_id)
    ensure(policy.may_decide_thing, visitor(), found)
    form = VerdictForm(to=language_of(found))
    decision = form.decision.data or ""
    if form.validate_on_submit():
        if decision in {"uphold", "hide"} and found.stands and form.propose():
            return _page(found, form)
        try:
            _decide(found, decision, form)
        except DomainError as problem:
            form.explain(problem)
            return _page(_found(kind, thing_id), form, fresh=problem.code == "already_decided")
        flash(DONE[decision](), "success")
        if decision in {"uphold", "dismiss"}:
            return redirect(url_for("moderation.onward", after=request.form.get("place")))
        return redirect(url_for("moderation.thing", kind=kind, thing_id=thing_id))
    return _page(found, form)


def _found(kind: str, thing_id: int) -> Thing:
    ensure(policy.may_open_desk, visitor(), None)
    return thing_for(visitor(), ThingKind(kind), thing_id)


def _decide(found: Thing, decision: str, form: VerdictForm) -> None:
    said: dict[str, Any] = {"by": visitor(), "message": form.said}
    if decision == "uphold":
        actions.uphold(found, reason=form.chosen, answer=form.answered, seen=form.seen.data, **said)
    elif decision == "dismiss":
        actions.dismiss(found, by=visitor(), answer=form.answered, seen=form.seen.data)
    elif decision == "hide":
        actions.hide(found, reason=form.chosen, **said)
    elif decision == "restore":
        actions.restore(found, **said)
    else:
        raise DomainError


def _page(found: Thing, form: VerdictForm, *, fresh: bool = False) -> ResponseReturnValue:
    """Show the thing as it is now; `fresh`: the decision is on the reports that this page shows."""
    reports = reported(found.about)
    author = getattr(found.row, "byline", None) or getattr(found.row, "signatory", None) or found.letter.byline
    if fresh:
        form.seen.data = reports.last_id
    if found.was_taken:
        form.message.description = _("You may add why it is shown again.")
    return render_template(
        "moderation/thing.html",
        pane=pane(visitor(), f"report:{found.about}"),
        thing=found,
        author=author,
        file_url=address(found.row) if isinstance(found.row, Attachment) else None,
        kind_words=words.THINGS[found.kind],
        form=form,
        reports=reports,
        panel=panel_of(
            [(str(words.THINGS[found.kind]), found.text)],
            person_id=found.person_id,
            merchants=[case.merchant for case in found.letter.cases],
            letter=found.letter if found.kind is ThingKind.LETTER else None,
            known_names=[author],
        ),
        may_decide=policy.may_decide_thing(visitor(), found),
    )
