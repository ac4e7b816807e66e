"""An appeal on the desk: the decision, what is said against it, and who may judge."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.appeals import actions, policy, queries, words
from forum.appeals.forms import JudgeForm
from forum.appeals.policy import Hearing
from forum.appeals.views import bp
from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.moderation.queries.pane import pane
from forum.moderation.queries.panel import businesses_of, panel_of
from forum.people.queries.people import names


@bp.route("/moderation/appeals/<int:appeal_id>", methods=["GET"])
@login_required
def judge(appeal_id: int) -> ResponseReturnValue:
    return _page(queries.hearing_for(visitor(), appeal_id), JudgeForm(endpoint="appeals.decide"))


@bp.route("/moderation/appeals/<int:appeal_id>/decide", methods=["POST"])
@login_required(back="appeals.judge")
def decide(appeal_id: int) -> ResponseReturnValue:
    """Grant it, which undoes the decision, or refuse it."""
    hearing = queries.hearing_for(visitor(), appeal_id)
    ensure(policy.may_judge, visitor(), hearing)
    form = JudgeForm()
    if form.validate_on_submit():
        try:
            if form.decision.data not in {"grant", "refuse"}:
                raise DomainError
            granted = form.decision.data == "grant"
            actions.decide(hearing.appeal, grant=granted, by=visitor(), answer=form.answer.data or "")
        except DomainError as problem:
            form.explain(problem)
            hearing = queries.hearing_for(visitor(), appeal_id)
        else:
            flash(_("The appeal is granted and the decision undone.") if granted else _("The appeal is refused."), "success")
            return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(hearing, form)


def _page(hearing: Hearing, form: JudgeForm) -> ResponseReturnValue:
    who, appeal, verdict = visitor(), hearing.appeal, hearing.verdict
    return render_template(
        "appeals/judge.html",
        pane=pane(visitor(), f"appeal:{appeal.id}"),
        appeal=appeal,
        event=verdict.event,
        said=verdict.event.data.get("message") or "",
        letter=verdict.letter,
        place=_place(hearing),
        stands=verdict.stands,
        alone=hearing.alone,
        first=verdict.deciders,
        names=names(set(verdict.deciders) | {appeal.decided_by_id or 0, appeal.by_id or 0}),
        states=words.STATES,
        form=form,
        panel=panel_of(
            [(_("appeal"), appeal.text)],
            person_id=verdict.letter.author_id if verdict.letter else None,
            merchants=businesses_of([case.merchant_id for case in verdict.letter.cases]) if verdict.letter else [],
            letter=verdict.letter,
        ),
        may_judge=policy.may_judge(who, hearing) and appeal.decided_at is None,
    )


def _place(hearing: Hearing) -> str | None:
    """Where the desk shows what was decided on."""
    event = hearing.verdict.event
    kind, _colon, number = (event.about or "").partition(":")
    if kind in {"comment", "response", "attachment"}:
        return url_for("moderation.thing", kind=kind, thing_id=int(number))
    if kind == "claim":
        return url_for("moderation.claim", claim_id=int(number))
    if kind == "revision":
        return url_for("moderation.revision", revision_id=int(number))
    if kind == "contest":
        return url_for("contests.desk", contest_id=int(number))
    if kind == "objection":
        return url_for("moderation.objection", objection_id=int(number))
    if kind == "reply":
        return url_for("reply.review", reply_id=int(number))
    if kind == "answer":
        return url_for("moderation.answer", link_id=int(number))
    if kind == "user":
        return url_for("people.person", user_id=int(number))
    return url_for("moderation.letter", letter_id=event.letter_id) if event.letter_id else None
