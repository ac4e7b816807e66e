"""Who holds an office, what waits for a second person, and who read private data."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.lifecycle import Private
from forum.accounts.rights import Right
from forum.accounts.words import PRIVATE, READING_REASONS
from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor
from forum.moderation import policy as desk
from forum.moderation.lifecycle import ThingKind
from forum.moderation.queries.things import thing_for
from forum.people import actions, policy, words
from forum.people.forms import AskForm, RightsForm
from forum.people.lifecycle import RequestKind, SanctionKind
from forum.people.models import JointRequest
from forum.people.queries import people as queries
from forum.people.queries import readings as of_readings
from forum.people.queries import requests
from forum.people.views import bp


@bp.route("/moderation/people", methods=["GET"])
@login_required
def people() -> ResponseReturnValue:
    return _page(RightsForm(endpoint="people.ask_rights"))


@bp.route("/moderation/people", methods=["POST"])
@login_required(back="people.people")
def ask_rights() -> ResponseReturnValue:
    """Ask that somebody be appointed or dismissed."""
    ensure(policy.may_ask, visitor(), RequestKind.RIGHTS)
    form = RightsForm()
    if form.validate_on_submit():
        try:
            actions.ask_rights(by=visitor(), email=form.email.data or "", standing=form.chosen, why=form.why.data or "")
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("It waits for a second person."), "success")
            return redirect(url_for("people.people"))
    return _page(form)


@bp.route("/moderation/requests/<int:request_id>/<any(confirm, cancel):move>", methods=["POST"])
@login_required(back="people.people")
def decide(request_id: int, move: str) -> ResponseReturnValue:
    """Confirm what another asked for, or call it off."""
    ensure(policy.may_open_people, visitor(), None)
    found = requests.request_by_id(request_id)
    ensure(policy.may_cancel, visitor(), found)  # whoever may confirm it may do this as well
    try:
        if move == "confirm":
            actions.confirm(found, by=visitor())
            flash(_("It is confirmed and carried out."), "success")
        else:
            actions.cancel(found, by=visitor())
            flash(_("It is called off."), "success")
    except DomainError as problem:
        if problem.code == "not_allowed":
            raise
        flash(sentence(problem), "warning")
    return redirect(url_for("people.people"))


@bp.route("/moderation/files/<int:file_id>/original/delete", methods=["POST"])
@login_required(back="moderation.file")
def ask_delete_original(file_id: int) -> ResponseReturnValue:
    """Ask that the sealed original of a file be deleted for good."""
    ensure(policy.may_ask, visitor(), RequestKind.DELETE_ORIGINAL)
    thing = thing_for(visitor(), ThingKind.ATTACHMENT, file_id, desk.may_decide_thing)
    form = AskForm()
    try:
        actions.ask(
            RequestKind.DELETE_ORIGINAL,
            by=visitor(),
            why=form.why.data or "",
            attachment_id=file_id,
            name=getattr(thing.row, "name", ""),
            owner_id=thing.person_id,
        )
        flash(_("It waits for a second person."), "success")
    except DomainError as problem:
        if problem.code == "not_allowed":
            raise
        flash(sentence(problem), "warning")
    return redirect(url_for("moderation.file", file_id=file_id))


@bp.route("/moderation/readings", methods=["GET"])
@login_required
def readings() -> ResponseReturnValue:
    """Every reading of private data, for administrators."""
    ensure(policy.may_see_readings, visitor(), None)
    page = of_readings.readings(request.args.get("after"))
    return render_template(
        "people/readings.html",
        rows=[(one, _what(one)) for one in page.items],
        reasons=READING_REASONS,
        first=url_for("people.readings") if request.args.get("after") else None,
        following=url_for("people.readings", after=page.next) if page.next else None,
    )


def _what(one: of_readings.Reading) -> str:
    if one.what is None:
        return str(words.READ_KINDS[one.kind])
    return str(PRIVATE[Private(one.what)])


def _page(form: RightsForm) -> ResponseReturnValue:
    who = visitor()
    ensure(policy.may_open_people, who, None)
    return render_template(
        "people/people.html",
        holders=queries.holders(),
        asked=[(one, _says(one.request)) for one in requests.asked()],
        request_words=words.REQUESTS,
        may_confirm=policy.may_confirm,
        may_cancel=policy.may_cancel,
        may_ask=policy.may_ask(who, RequestKind.RIGHTS),
        sees_readings=who.may(Right.SEE_READINGS),
        form=form,
    )


def _says(asked: JointRequest) -> str:
    """What exactly is asked for, in words."""
    data = asked.data
    if asked.kind is RequestKind.RIGHTS:
        return str(
            _(
                "%(before)s becomes %(standing)s",
                before=words.standing_words(data["before"]),
                standing=words.standing_words(data["standing"]),
            )
        )
    if asked.kind is RequestKind.SANCTION:
        done = words.sanction_words(data["sanction"], data["scope"])
        reason = words.sanction_reason_words(data["reason"])
        if data["sanction"] == SanctionKind.WARNING:
            return f"{done} · {reason}"
        length = _("%(days)s days", days=data["days"]) if data["days"] else _("until it is lifted")
        return f"{done} · {length} · {reason}"
    return str(data.get("name", ""))
