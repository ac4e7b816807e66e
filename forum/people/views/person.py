"""One person as moderators know them: what they wrote, what was decided, measures; private data only with a reason."""

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.forms import ReadingForm
from forum.accounts.models import User
from forum.appeals.queries import appeals_by
from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.letters.lifecycle import Publication
from forum.letters.stamps import publication_stamp
from forum.moderation import words as moderation_words
from forum.people import actions, policy, words
from forum.people.forms import LiftForm, SanctionForm
from forum.people.queries import orders, people, requests
from forum.people.views import bp


@bp.route("/moderation/people/<int:user_id>", methods=["GET"])
@login_required
def person(user_id: int) -> ResponseReturnValue:
    return _page(people.person_for(visitor(), user_id))


@bp.route("/moderation/people/<int:user_id>/sanctions", methods=["POST"])
@login_required(back="people.person")
def sanction_person(user_id: int) -> ResponseReturnValue:
    """Warn, limit, suspend; of somebody with an office: ask for it."""
    found = people.person_for(visitor(), user_id)
    alone = not found.holds_office
    ensure(policy.may_sanction if alone else policy.may_ask_sanction, visitor(), found)
    form = SanctionForm(to=found.language)
    if form.validate_on_submit() and not form.propose():
        try:
            if alone:
                actions.sanction(found, by=visitor(), **form.values)
            else:
                actions.ask_sanction(found, by=visitor(), why=form.why.data or "", **form.values)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("The person is told by mail.") if alone else _("It waits for a second person."), "success")
            return redirect(url_for("people.person", user_id=user_id))
    return _page(found, form=form)


@bp.route("/moderation/sanctions/<int:sanction_id>/lift", methods=["POST"])
@login_required(back="people.sanction")
def lift(sanction_id: int) -> ResponseReturnValue:
    """End a measure early."""
    found = people.sanction_for(visitor(), sanction_id)
    ensure(policy.may_lift, visitor(), found)
    form = LiftForm()
    if form.validate_on_submit():
        try:
            actions.lift(found, by=visitor(), message=form.message.data or "")
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("It is lifted, and the person is told by mail."), "success")
            return redirect(url_for("people.person", user_id=found.user_id))
    return _page(people.person_for(visitor(), found.user_id), lift_form=form, lifting=sanction_id)


@bp.route("/moderation/people/<int:user_id>/email", methods=["POST"])
@login_required(back="people.person")
def read_email(user_id: int) -> ResponseReturnValue:
    """Show the address, once, with a reason and a row."""
    found = people.person_for(visitor(), user_id)
    ensure(policy.may_judge, visitor(), found)
    form = ReadingForm()
    try:
        email = actions.read_email(found, by=visitor(), reason=form.chosen)
    except DomainError as problem:
        form.explain(problem)
        return _page(found, email_form=form)
    return _page(people.person_for(visitor(), user_id), read={"email": email or _("none: the account is closed")})


def _page(
    found: User,
    *,
    form: SanctionForm | None = None,
    lift_form: LiftForm | None = None,
    lifting: int | None = None,
    email_form: ReadingForm | None = None,
    read: dict[str, Any] | None = None,
) -> ResponseReturnValue:
    who, known = visitor(), people.dossier(found)
    givers = {one.given_by_id for one in known.sanctions} | {one.lifted_by_id or 0 for one in known.sanctions}
    page = render_template(
        "people/person.html",
        person=found,
        known=known,
        stamps={one.value: publication_stamp(one) for one in Publication},
        sanctions=[(one, words.sanction_words(one.kind, one.scope)) for one in known.sanctions],
        names=people.names(givers),
        decisions=moderation_words.DECISIONS,
        appeals=appeals_by(found.id),
        form=form or SanctionForm(to=found.language, endpoint="people.sanction_person"),
        lift_form=lift_form or LiftForm(endpoint="people.lift"),
        lifting=lifting,
        email_form=email_form or ReadingForm(endpoint="people.read_email"),
        may_sanction=policy.may_sanction(who, found),
        may_ask_sanction=policy.may_ask_sanction(who, found),
        may_judge=policy.may_judge(who, found),
        orders=orders.orders_about(found.id),
        may_record_order=policy.may_record_order(who, found),
        waiting=requests.waiting_about(found.id),
        request_words=words.REQUESTS,
        read=read,
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
