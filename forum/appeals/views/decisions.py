"""A decision as a whole: what, why, in which words, the appeal and how it ended; and the list of one's own."""

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.appeals import actions, policy, queries, words
from forum.appeals.forms import AppealForm
from forum.appeals.models import Verdict, last_moment
from forum.appeals.views import bp
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.people.queries.people import sanctions_of
from forum.people.words import until_words


@bp.route("/decisions", methods=["GET"])
@login_required
def mine() -> ResponseReturnValue:
    """Every decision about the person's own things, newest first, with the last day to appeal."""
    found = queries.own_decisions(visitor())
    return _unkept(
        render_template(
            "appeals/mine.html",
            rows=[(one, last_moment(one)) for one in found],
            now=utcnow(),
            days=settings().appeal_days,
        )
    )


@bp.route("/decisions/<any(letter, comment, response, attachment, claim, revision, contest, objection):kind>/<int:thing_id>", methods=["GET"])
@login_required
def newest(kind: str, thing_id: int) -> ResponseReturnValue:
    """To the newest decision on a thing."""
    return redirect(url_for("appeals.decision", event_id=queries.newest_decision(visitor(), kind, thing_id).id))


@bp.route("/decisions/<int:event_id>", methods=["GET"])
@login_required
def decision(event_id: int) -> ResponseReturnValue:
    return _page(queries.verdict_for(visitor(), event_id), AppealForm(endpoint="appeals.appeal"))


@bp.route("/decisions/<int:event_id>/appeal", methods=["POST"])
@login_required(back="appeals.decision")
def appeal(event_id: int) -> ResponseReturnValue:
    """Appeal against it."""
    verdict = queries.verdict_for(visitor(), event_id)
    form = AppealForm()
    if form.validate_on_submit():
        try:
            actions.appeal(verdict.event, by=visitor(), text=form.text.data or "")
        except DomainError as problem:
            if problem.code == "not_allowed":
                raise
            form.explain(problem)
            verdict = queries.verdict_for(visitor(), event_id)
        else:
            flash(_("The editors have your appeal."), "success")
            return redirect(url_for("appeals.decision", event_id=event_id))
    return _page(verdict, form)


def facts(verdict: Verdict) -> dict[str, Any]:
    """What the page of a decision shows of it, whoever looks."""
    return {
        "event": verdict.event,
        "said": verdict.event.data.get("message") or "",
        "stands": verdict.stands,
        "last": last_moment(verdict.event),
        "late": utcnow() > last_moment(verdict.event),
        "appeals": queries.appeals_on(verdict.event.id),
        "states": words.STATES,
        "only_one": not queries.others_may_judge(verdict),
        "days": settings().appeal_decision_days,
    }


def _page(verdict: Verdict, form: AppealForm) -> ResponseReturnValue:
    who = visitor()
    side, shown = policy.side_for(who, verdict), facts(verdict)
    own = next((one for one in shown["appeals"] if one.side == side), None)
    sanction = next((one for one in sanctions_of(who.id) if one.event_id == verdict.event.id), None)
    return _unkept(
        render_template(
            "appeals/decision.html",
            **shown,
            form=form,
            side=side,
            own=own,
            letter=verdict.letter,
            until=until_words(sanction) if sanction is not None else "",
            may_appeal=side is not None and own is None and verdict.stands and not shown["late"],
        )
    )


def _unkept(page: str) -> ResponseReturnValue:
    """An answer for one reader, that no cache keeps."""
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
